"""What carries a request to an endpoint: the shape that the lean way and the own call of the SDK have in common."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from curate.protocols import RequestFailedError
from curate.records import JSON
from curate.teachers.failures import garbled

LONGEST_REPLY = 64 * 2**20
"""Bytes of a reply; a longer one could not be read again as a line of a file."""


@dataclass(frozen=True)
class Arrived:
    """A reply whose head has arrived."""

    status: int
    """Its HTTP status."""
    headers: Mapping[str, str]
    """Its headers; names are looked up in lower case."""
    chunks: AsyncIterator[bytes]
    """Its body, as it comes, decompressed."""

    @property
    def is_stream(self) -> bool:
        """Whether its body is server-sent events."""
        return self.headers.get("content-type", "").startswith("text/event-stream")

    async def bounded(self, host: str) -> AsyncIterator[bytes]:
        """Yield the body as it comes.

        Raises:
            RequestFailedError: It is longer than any reply.
        """
        left = LONGEST_REPLY
        async for piece in self.chunks:
            left -= len(piece)
            if left < 0:
                raise garbled(host, f"a reply of more than {LONGEST_REPLY // 2**20} MB")
            yield piece

    async def read(self, host: str) -> bytes:
        """Return the whole body.

        Raises:
            RequestFailedError: It is longer than any reply.
        """
        pieces = [piece async for piece in self.bounded(host)]
        return b"".join(pieces)


class Wire(Protocol):
    """Carries requests to one endpoint; what goes wrong on the way is raised as `RequestFailedError`."""

    def post(self, body: JSON, *, stream: bool) -> AbstractAsyncContextManager[Arrived]:
        """Send a request for a completion."""
        ...

    def models(self) -> AbstractAsyncContextManager[Arrived]:
        """Ask what models there are."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


def timed_out(host: str, seconds: float, *, sent: bool) -> RequestFailedError:
    """Return the failure of a request that was not answered in time."""
    what = f"no whole reply within {seconds:g} s" if sent else "no connection in time"
    return RequestFailedError(f"{host}: {what}", "timed_out", billed=None if sent else False)


def disconnected(host: str, what: str, *, sent: bool) -> RequestFailedError:
    """Return the failure of a request whose connection could not be made, or was cut."""
    return RequestFailedError(f"{host}: {what}", "disconnected", billed=None if sent else False)
