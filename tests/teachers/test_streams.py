"""Streams: however the bytes are cut on the way, the reply is the one that was sent."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines
from curate.protocols import RequestFailedError
from curate.records import Reply
from curate.teachers import wire
from curate.teachers.replies import reply_from
from curate.teachers.streams import Assembly, Events
from tests.teachers.asking import answered, failed, teacher_at
from tests.teachers.canned import Canned

STREAM = {"Content-Type": "text/event-stream; charset=utf-8"}


def chunk(delta: dict[str, Any], **choice: object) -> bytes:
    """Return the event of one delta."""
    return b"data: " + jsonlines.encode({"choices": [{"delta": delta, **choice}]}) + b"\n\n"


DONE = b"data: [DONE]\n\n"
STOP = chunk({}, finish_reason="stop")


def read(pieces: Iterable[bytes]) -> Reply:
    """Return the reply of a stream that comes in these pieces."""

    async def arriving() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    assembly = Assembly()
    asyncio.run(assembly.take(arriving()))
    return reply_from("host", assembly.completion())


SPOKEN: dict[str, tuple[list[dict[str, Any]], tuple[str, str, str | None]]] = {
    "text": ([{"content": "It is "}, {"content": "12."}], ("It is 12.", "", None)),
    "reasoning_content": (
        [{"reasoning_content": "3 * "}, {"reasoning_content": "4"}, {"content": "12"}],
        ("12", "3 * 4", "reasoning_content"),
    ),
    "reasoning": ([{"reasoning": "3 * "}, {"reasoning": "4"}, {"content": "12"}], ("12", "3 * 4", "reasoning")),
    "details alone": (
        [
            {"reasoning_details": [{"type": "reasoning.text", "text": "3 * ", "index": 0}]},
            {"reasoning_details": [{"type": "reasoning.text", "text": "4", "index": 0}]},
            {"content": "12"},
        ],
        ("12", "3 * 4", "reasoning_details"),
    ),
    "details of two kinds": (
        [
            {"reasoning_details": [{"type": "reasoning.summary", "summary": "Multiply.", "index": 0}]},
            {"reasoning_details": [{"type": "reasoning.encrypted", "data": "AAAA", "index": 1}]},
            {"content": "12"},
        ],
        ("12", "Multiply.", "reasoning_details"),
    ),
    "parts, then text": (
        [
            {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "3 * "}]}]},
            {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "4"}]}]},
            {"content": "12"},
        ],
        ("12", "3 * 4", "content"),
    ),
    "tags are left to the trace": (
        [{"content": "<think>3"}, {"content": "</think>12"}],
        ("<think>3</think>12", "", None),
    ),
    "half characters": ([{"content": "\ud83d"}, {"content": "\ude00"}], ("\ud83d\ude00", "", None)),
    "null deltas": ([{"role": "assistant", "content": None}, {"content": "12"}, {"refusal": None}], ("12", "", None)),
    "a refusal": ([{"refusal": "I can"}, {"refusal": "not."}], ("I cannot.", "", None)),
}


@pytest.mark.parametrize("deltas,said", SPOKEN.values(), ids=list(SPOKEN))
def test_carriers(deltas: list[dict[str, Any]], said: tuple[str, str, str | None]) -> None:
    """Text and thinking are put together from every field that servers stream them in."""
    reply = read([*map(chunk, deltas), STOP, DONE])
    assert (reply.content, reply.reasoning, reply.carrier) == said
    assert reply.finish_reason == "stop"


WHOLE = b"".join((b": a comment\r\n\r\n", chunk({"reasoning_content": "3 * 4 \u2260 11"}), b"event: x\nid: 7\n"))
WHOLE += chunk({"content": "caf\u00e9 "}).replace(b"\n", b"\r\n") + chunk({"content": "12\n\n13"}) + STOP
WHOLE += b'data: {"choices":[],\ndata: "usage":{"prompt_tokens":3,"completion_tokens":5}}\n\n' + DONE


@given(st.lists(st.integers(0, len(WHOLE)), max_size=40).map(sorted))
def test_cuts_do_not_matter(cuts: list[int]) -> None:
    """Events are found wherever the network cuts the bytes, inside characters, lines and line ends, too."""
    edges = [0, *cuts, len(WHOLE)]
    reply = read(WHOLE[start:end] for start, end in pairwise(edges))
    assert (reply.content, reply.reasoning) == ("caf\u00e9 12\n\n13", "3 * 4 \u2260 11")
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (3, 5)


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_any_bytes_are_events_or_none(pieces: list[bytes]) -> None:
    """No bytes make the cutting of events fail."""
    events = Events()
    assert all(isinstance(data, bytes) for piece in pieces for data in events.feed(piece))
    assert all(isinstance(data, bytes) for data in events.end())


ENDS: dict[str, tuple[bytes, tuple[str, str | None] | str]] = {
    "whole": (chunk({"content": "12"}) + STOP + DONE, ("12", "stop")),
    "without the last mark": (chunk({"content": "12"}) + STOP, ("12", "stop")),
    "the last mark alone": (chunk({"content": "12"}) + DONE, ("12", None)),
    "at its limit": (chunk({"content": "12"}) + chunk({}, finish_reason="length") + DONE, ("12", "length")),
    "no end at all": (chunk({"content": "12"}), ("12", "interrupted")),
    "in the middle of an event": (chunk({"content": "12"}) + b'data: {"choi', ("12", "interrupted")),
    "an error after a part": (
        chunk({"content": "12"}) + b'data: {"error":{"message":"away"}}\n\n',
        ("12", "interrupted"),
    ),
    "an error first": (b'data: {"error":{"message":"away"}}\n\n', "overloaded"),
    "nonsense first": (b"data: nonsense\n\n", "garbled"),
    "nothing": (b"", "garbled"),
    "only the end": (DONE, "garbled"),
}


@pytest.mark.parametrize("body,expected", ENDS.values(), ids=list(ENDS))
def test_how_it_ends(body: bytes, expected: tuple[str, str | None] | str) -> None:
    """A stream that ends early is kept as interrupted where somebody had said something, and else is no reply."""
    with Canned(body, headers=STREAM) as server:
        teacher = teacher_at(server.url, stream=True)
        if isinstance(expected, tuple):
            reply = answered(teacher).reply
            assert (reply.content, reply.finish_reason) == expected
            return
        failure = failed(teacher)
    assert isinstance(failure, RequestFailedError)
    assert failure.kind == expected


def test_a_server_that_does_not_stream() -> None:
    """A whole reply where a stream was asked for is a reply."""
    with Canned() as server:
        assert answered(teacher_at(server.url, stream=True)).reply.content == "It is 12."


@pytest.mark.parametrize(
    "event",
    [chunk({"content": "on " * 20_000}), b": ping " * 9_000, b"data: \n" * 9_000],
    ids=["text", "no line", "no end"],
)
def test_an_endless_stream_is_cut_off(monkeypatch: pytest.MonkeyPatch, event: bytes) -> None:
    """A stream of more bytes than any reply has is no reply, whether it holds text, one line, or one event."""
    monkeypatch.setattr(wire, "LONGEST_REPLY", 1 << 20)
    with Canned(event * 40, headers=STREAM) as server:
        failure = failed(teacher_at(server.url, stream=True))
    assert isinstance(failure, RequestFailedError)
    assert (failure.kind, failure.billed) == ("garbled", True)
    assert "a reply of more than 1 MB" in str(failure)
