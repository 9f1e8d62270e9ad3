"""One request to the fake server and what goes back, as bytes of HTTP/1.1 on a real connection."""

import asyncio
from collections.abc import Callable, Mapping

import msgspec

from curate import jsonlines
from curate.records import JSON

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}
_END_OF_HEAD = b"\r\n\r\n"


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it came."""

    method: str
    """`POST` or `GET`."""
    path: str
    """The path, with its query."""
    headers: dict[str, str]
    """Header, in small letters, to its value."""
    body: bytes
    """Its body, verbatim."""


Serve = Callable[["Connection", Received], "asyncio.Future[None] | asyncio.Task[None]"]
"""Answers a request on its connection."""


class Connection(asyncio.Protocol):
    """A client's connection: reads one request after the other, each when the one before is answered.

    Args:
        serve: Answers a request.
    """

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._unread = b""
        self._at_work: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    @property
    def is_gone(self) -> bool:
        """Whether the client has hung up."""
        return self._transport is None or self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the reason does not matter
        """The client has gone."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Some bytes have come."""
        self._unread += data
        self._read_on()

    def _read_on(self) -> None:
        if self._at_work is not None and not self._at_work.done():
            return
        request = self._request()
        if request is not None:
            self._at_work = self._serve(self, request)
            self._at_work.add_done_callback(lambda _: self._read_on())

    def _request(self) -> Received | None:
        """Return the next request, if all of it is here."""
        head, found, rest = self._unread.partition(_END_OF_HEAD)
        if not found:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        length = int(headers.get("content-length", 0))
        if len(rest) < length:
            return None
        self._unread = rest[length:]
        method, path, _ = first.split(" ")
        return Received(method=method, path=path, headers=headers, body=rest[:length])

    def write(self, data: bytes) -> None:
        """Send bytes, if the client is still there."""
        if self._transport is not None:
            self._transport.write(data)

    def begin(self, status: int, headers: Mapping[str, str], *, kind: str = "application/json") -> None:
        """Send the head of an answer."""
        lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Whatever')}", f"Content-Type: {kind}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.write("\r\n".join(lines).encode("latin-1") + _END_OF_HEAD)

    def answer(self, status: int, data: bytes, headers: Mapping[str, str], *, kind: str = "application/json") -> None:
        """Send a whole answer."""
        self.begin(status, {**headers, "Content-Length": str(len(data))}, kind=kind)
        self.write(data)

    def refuse(self, status: int, message: str, headers: Mapping[str, str], *, code: str | None = None) -> None:
        """Send an error as OpenAI words it."""
        error: JSON = {"message": message, "type": "fake", "param": None, "code": code}
        self.answer(status, jsonlines.encode({"error": error}), headers)

    def chunk(self, data: bytes) -> None:
        """Send a piece of an answer in chunks; an empty one ends it."""
        self.write(b"%x\r\n%s\r\n" % (len(data), data))

    def cut(self) -> None:
        """Break the connection off."""
        if self._transport is not None:
            self._transport.abort()
