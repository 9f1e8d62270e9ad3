"""What can go wrong at an endpoint, each a row: what a client sees, and whether the request was billed all the same."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import msgspec

from curate import jsonlines
from curate.records import JSON
from curate.testing.completions import Completion, cut_off, event, events, limit_of, whole
from curate.testing.exchanges import Connection

HUGE_BYTES = 5_000_000


@dataclass(frozen=True)
class Exchange:
    """A request that is being answered."""

    connection: Connection
    body: JSON
    said: Completion
    """What the model says."""
    headers: Mapping[str, str]
    """Sent with every answer."""
    hang: float
    """Seconds that a hanging request hangs."""
    pause: float
    """Seconds between two pieces of a stream."""

    @property
    def model(self) -> str:
        """The model asked."""
        return str(self.body.get("model"))

    async def send(self) -> None:
        """Answer with the completion, in pieces where the request asks for a stream."""
        if not self.body.get("stream"):
            self.send_object(self.whole())
            return
        self._begin_stream()
        with_usage = bool((self.body.get("stream_options") or {}).get("include_usage"))
        for piece in events(self.said, self.model, with_usage=with_usage):
            self.connection.chunk(piece)
            await asyncio.sleep(self.pause)
        self.connection.chunk(b"")

    async def send_part(self) -> None:
        """Answer with the first part of a stream, and no end."""
        self._begin_stream()
        for piece in list(events(self.said, self.model, with_usage=False))[:3]:
            self.connection.chunk(piece)
            await asyncio.sleep(self.pause)

    def whole(self) -> JSON:
        """Return the completion as one object."""
        return whole(self.said, self.model)

    def _begin_stream(self) -> None:
        headers = {**self.headers, "Transfer-Encoding": "chunked"}
        self.connection.begin(200, headers, kind="text/event-stream")

    def send_object(self, value: JSON) -> None:
        """Answer with an object."""
        self.send_bytes(jsonlines.encode(value))

    def send_bytes(self, data: bytes, *, kind: str = "application/json") -> None:
        """Answer with any bytes at all."""
        self.connection.answer(200, data, self.headers, kind=kind)


@dataclass(frozen=True)
class Fault:
    """One thing that can go wrong."""

    billed: bool
    """Whether the request is paid for."""
    play: Callable[[Exchange], Awaitable[None]] = Exchange.send
    """Answers the request, in a wrong way."""
    change: Callable[[Completion, JSON], Completion] = lambda said, _: said
    """Takes what the model would have said, and the request's body; returns what it says instead."""


async def _rate_limited(exchange: Exchange) -> None:
    exchange.connection.refuse(429, "too many requests", {**exchange.headers, "Retry-After": "0.2"})


async def _overloaded(exchange: Exchange) -> None:
    exchange.connection.refuse(500, "the model has trouble", exchange.headers)


async def _cut_before_headers(exchange: Exchange) -> None:
    exchange.connection.cut()


async def _cut_after_headers(exchange: Exchange) -> None:
    exchange.connection.begin(200, {**exchange.headers, "Content-Length": "1000"})
    exchange.connection.write(b'{"id": "chatcmpl-')
    await asyncio.sleep(0.01)
    exchange.connection.cut()


async def _cut_stream(exchange: Exchange) -> None:
    """Break off in the middle of a stream; a reply that is no stream ends in the middle of its body."""
    if not exchange.body.get("stream"):
        await _cut_after_headers(exchange)
        return
    await exchange.send_part()
    await asyncio.sleep(0.01)
    exchange.connection.cut()


async def _hang(exchange: Exchange) -> None:
    await asyncio.sleep(exchange.hang)
    await exchange.send()


async def _broken_json(exchange: Exchange) -> None:
    exchange.send_bytes(jsonlines.encode(exchange.whole())[:-9])


async def _html(exchange: Exchange) -> None:
    exchange.send_bytes(b"<html><body>Please log in to the hotel's network.</body></html>", kind="text/html")


async def _error_with_200(exchange: Exchange) -> None:
    exchange.send_object({"error": {"message": "upstream has trouble", "code": 502}})


async def _no_choices(exchange: Exchange) -> None:
    exchange.send_object({key: value for key, value in exchange.whole().items() if key != "choices"})


async def _empty_choices(exchange: Exchange) -> None:
    exchange.send_object({**exchange.whole(), "choices": []})


def _null_content(said: Completion, _: JSON) -> Completion:
    return msgspec.structs.replace(said, content=None)


def _truncated(said: Completion, body: JSON) -> Completion:
    return cut_off(said, limit_of(body))


def _huge(said: Completion, _: JSON) -> Completion:
    return msgspec.structs.replace(said, content="All work and no play. " * (HUGE_BYTES // 22) + (said.content or ""))


def _odd_text(said: Completion, _: JSON) -> Completion:
    """Say NUL, half a pair of surrogates, and a character that turns text around."""
    return msgspec.structs.replace(said, content=f"\x00 \ud83d \u202e {said.content}")


async def _no_usage(exchange: Exchange) -> None:
    exchange.send_object({**exchange.whole(), "usage": None})


async def _odd_usage(exchange: Exchange) -> None:
    exchange.send_object({**exchange.whole(), "usage": {"prompt_tokens": -5, "completion_tokens": 2**63}})


async def _duplicate_keys(exchange: Exchange) -> None:
    data = jsonlines.encode(exchange.whole())
    exchange.send_bytes(b'{"choices": [], "model": "another", ' + data[1:])


async def _silent_stream(exchange: Exchange) -> None:
    """Begin a stream and say nothing more in it."""
    exchange.connection.begin(200, {**exchange.headers, "Transfer-Encoding": "chunked"}, kind="text/event-stream")
    choice: JSON = {"index": 0, "delta": {"role": "assistant"}, "finish_reason": None}
    exchange.connection.chunk(event(choice, exchange.model))
    await asyncio.sleep(exchange.hang)
    exchange.connection.cut()


FAULTS: dict[str, Fault] = {
    "rate_limited": Fault(billed=False, play=_rate_limited),
    "overloaded": Fault(billed=False, play=_overloaded),
    "cut_before_headers": Fault(billed=False, play=_cut_before_headers),
    "cut_after_headers": Fault(billed=True, play=_cut_after_headers),
    "cut_stream": Fault(billed=True, play=_cut_stream),
    "silent_stream": Fault(billed=True, play=_silent_stream),
    "hang": Fault(billed=True, play=_hang),
    "broken_json": Fault(billed=True, play=_broken_json),
    "html": Fault(billed=False, play=_html),
    "error_with_200": Fault(billed=False, play=_error_with_200),
    "no_choices": Fault(billed=True, play=_no_choices),
    "empty_choices": Fault(billed=True, play=_empty_choices),
    "null_content": Fault(billed=True, change=_null_content),
    "truncated": Fault(billed=True, change=_truncated),
    "huge": Fault(billed=True, change=_huge),
    "odd_text": Fault(billed=True, change=_odd_text),
    "no_usage": Fault(billed=True, play=_no_usage),
    "odd_usage": Fault(billed=True, play=_odd_usage),
    "duplicate_keys": Fault(billed=True, play=_duplicate_keys),
}
"""Fault to what it is; `curate.testing.server` draws from them."""
