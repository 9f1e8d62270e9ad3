"""An endpoint's replies and failures, over a real socket, whole and streamed, on both wires."""

import time
from dataclasses import replace
from decimal import Decimal

import pytest

from curate import jsonlines
from curate.errors import TeacherError
from curate.protocols import FailureKind, RequestFailedError
from curate.records import Usage
from curate.teachers.endpoint import Endpoint
from curate.teachers.providers import PROVIDERS
from curate.testing.completions import Completion
from curate.testing.faults import FAULTS
from curate.testing.server import FakeServer
from tests.teachers.asking import answered, ask, failed, request_for, teacher_at

SAID = Completion(
    content="It costs $12.", reasoning="3 * 4 = 12.", prompt_tokens=9, completion_tokens=8, cost=Decimal("0.0003")
)


@pytest.fixture(params=["lean", "own call of the SDK"])
def model(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A model whose requests go the lean way, or by the SDK's own call."""
    monkeypatch.setitem(PROVIDERS, "custom", replace(PROVIDERS["custom"], own_call=request.param != "lean"))
    return "custom/tiny"


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_a_reply_loses_nothing(model: str, *, stream: bool) -> None:
    """Text, thinking, where it arrived, finish reason, usage, cost and model are what the server says."""
    with FakeServer(answer=lambda _: SAID) as server:
        reply = answered(teacher_at(server.url, model, stream=stream)).reply
    assert (reply.content, reply.reasoning, reply.carrier) == ("It costs $12.", "3 * 4 = 12.", "reasoning_content")
    assert (reply.finish_reason, reply.model, reply.cost) == ("stop", "tiny", Decimal("0.0003"))
    assert reply.usage == Usage(prompt_tokens=9, completion_tokens=8)


FAILURES: dict[str, tuple[FailureKind, bool | None, str]] = {
    "rate_limited": ("rate_limited", False, "HTTP 429: too many requests"),
    "overloaded": ("overloaded", False, "HTTP 500: the model has trouble"),
    "cut_before_headers": ("disconnected", None, "the connection was cut"),
    "cut_after_headers": ("disconnected", None, "the connection was cut"),
    "cut_stream": ("disconnected", None, "the connection was cut"),
    "hang": ("timed_out", None, "no whole reply within 0.3 s"),
    "broken_json": ("garbled", True, "a reply that is no JSON object: broken JSON"),
    "html": ("garbled", True, "HTML instead of a reply"),
    "error_with_200": ("overloaded", False, "HTTP 502: upstream has trouble"),
    "no_choices": ("garbled", True, "a reply with no choices"),
    "empty_choices": ("garbled", True, "a reply with no choices"),
    "null_content": ("garbled", True, "a reply with null content"),
}
SOUND = {"truncated", "huge", "odd_text", "no_usage", "odd_usage", "duplicate_keys"}
OF_STREAMS = {"silent_stream"}


@pytest.mark.parametrize("fault", FAILURES)
def test_what_went_wrong(model: str, fault: str) -> None:
    """Each thing that can go wrong with one request has its kind, says whether it was billed, and is in words."""
    kind, billed, words = FAILURES[fault]
    with FakeServer(faults={fault: 1.0}, hang=1.0) as server:
        failure = failed(teacher_at(server.url, model, timeout=0.3 if fault == "hang" else 20.0, stream=False))
    assert isinstance(failure, RequestFailedError), failure
    assert (failure.kind, failure.billed) == (kind, billed)
    assert words in str(failure)
    assert str(failure).startswith(f"127.0.0.1:{server.port}: ")


def test_every_fault_is_looked_at() -> None:
    """No fault that the fake server knows is left out here."""
    assert set(FAULTS) == {*FAILURES, *SOUND, *OF_STREAMS}


def test_a_cut_stream_keeps_its_text(model: str) -> None:
    """What had come of a stream that is cut is a reply, whose finish reason says that it was interrupted."""
    with FakeServer(answer=lambda _: SAID, faults={"cut_stream": 1.0}) as server:
        reply = answered(teacher_at(server.url, model, stream=True)).reply
    assert reply.finish_reason == "interrupted"
    assert "3 * 4 = 12.".startswith(reply.reasoning)
    assert reply.reasoning or reply.content


def test_a_silent_stream_times_out(model: str) -> None:
    """A stream in which nothing is said ends with the time limit, and is no reply."""
    with FakeServer(faults={"silent_stream": 1.0}, hang=5.0) as server:
        start = time.monotonic()
        failure = failed(teacher_at(server.url, model, stream=True, timeout=0.3))
    assert isinstance(failure, RequestFailedError)
    assert (failure.kind, failure.billed) == ("timed_out", None)
    assert time.monotonic() - start < 3


def test_a_dripping_reply_times_out(model: str) -> None:
    """The time limit is for the whole request, however steadily bytes drip in; what had come of a stream is kept."""
    with FakeServer(answer=lambda _: SAID, latency=4.0) as server:
        start = time.monotonic()
        reply = answered(teacher_at(server.url, model, stream=True, timeout=1.2)).reply
        assert time.monotonic() - start < 3
    assert reply.finish_reason == "interrupted"


@pytest.mark.parametrize("max_tokens,streams", [(4096, False), (4097, True), (None, True)])
def test_long_replies_are_streamed(max_tokens: int | None, *, streams: bool) -> None:
    """With `stream: auto` a reply is streamed when it may be so long that it takes minutes."""
    with FakeServer() as server:
        answered(teacher_at(server.url), request_for(max_tokens=max_tokens))
        sent = jsonlines.decode(server.received[-1].body)
    assert sent.get("stream", False) is streams


def test_odd_text_travels(model: str) -> None:
    """NUL, half a pair of surrogates and characters that turn text around are kept as they came."""
    with FakeServer(answer=lambda _: "It is 5.", faults={"odd_text": 1.0}) as server:
        reply = answered(teacher_at(server.url, model)).reply
    assert reply.content == "\x00 \ud83d \u202e It is 5."


def test_a_huge_reply_travels(model: str) -> None:
    """A reply of 5 MB is kept whole."""
    with FakeServer(answer=lambda _: "It is 5.", faults={"huge": 1.0}) as server:
        reply = answered(teacher_at(server.url, model)).reply
    assert len(reply.content) > 5_000_000 - 22
    assert reply.content.endswith("It is 5.")


@pytest.mark.parametrize("fault", ["no_usage", "odd_usage"])
def test_odd_usage_is_not_known(model: str, fault: str) -> None:
    """Usage that is missing, negative, or larger than any count is null, and the reply is sound."""
    with FakeServer(answer=lambda _: "It is 5.", faults={fault: 1.0}) as server:
        reply = answered(teacher_at(server.url, model)).reply
    assert (reply.content, reply.usage) == ("It is 5.", Usage())


def test_of_keys_that_stand_twice_the_last_counts(model: str) -> None:
    """A reply with a key that stands twice is read as most parsers read it."""
    with FakeServer(answer=lambda _: "It is 5.", faults={"duplicate_keys": 1.0}) as server:
        reply = answered(teacher_at(server.url, model)).reply
    assert (reply.content, reply.model) == ("It is 5.", "tiny")


@pytest.mark.parametrize("prompt", ["caf\u00e9 \x00 \u202e", "half a character: \ud83d"])
def test_odd_prompts_are_sent(prompt: str) -> None:
    """Whatever a problem's text holds reaches the server unharmed."""
    with FakeServer() as server:
        answered(teacher_at(server.url), request_for(prompt))
        sent = jsonlines.decode(server.received[-1].body)
    assert sent["messages"] == [{"role": "user", "content": prompt}]


def test_integers_of_any_size_travel(model: str) -> None:
    """Integers beyond 64 bits and at their edge reach the server exactly."""
    extra = {"top_k": 2**63 - 1, "min": -(2**63), "beyond": 2**80}
    with FakeServer() as server:
        answered(teacher_at(server.url, model), request_for(extra_body=extra))
        sent = jsonlines.decode(server.received[-1].body)
    assert {key: sent[key] for key in extra} == extra


def test_one_teacher_serves_one_loop_after_the_other(model: str) -> None:
    """A teacher that was closed may be asked again in another event loop."""
    with FakeServer() as server:
        teacher = teacher_at(server.url, model)
        assert answered(teacher).reply == answered(teacher).reply


def test_many_at_once() -> None:
    """As many requests as are asked for are under way at once; no limit of a library stands in the way."""
    with FakeServer(latency=0.5) as server:
        outcomes = ask(teacher_at(server.url), *(request_for(f"{number}?") for number in range(300)))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert server.account.most_under_way == 300


@pytest.mark.parametrize("problem", ["address", "key", "model"])
def test_nothing_can_succeed(model: str, problem: str) -> None:
    """A wrong path, key or model is an error of the teacher, not of one request."""
    with FakeServer(key="another" if problem == "key" else None, models=("large",)) as server:
        failure = failed(teacher_at(f"{server.url}/nowhere/at/all" if problem == "address" else server.url, model))
    assert isinstance(failure, TeacherError), failure
    assert failure.exit_code == 3


def test_an_address_where_nobody_is(model: str) -> None:
    """A connection that cannot be made is no billed request, and may be tried again."""
    with FakeServer() as server:
        url = server.url
    failure = failed(teacher_at(url, model))
    assert isinstance(failure, RequestFailedError)
    assert (failure.kind, failure.billed) == ("disconnected", False)


def test_repr_says_where() -> None:
    """A teacher's repr names provider and host."""
    assert repr(teacher_at("http://localhost:1/v1")) == "Endpoint(custom at localhost:1)"
    assert isinstance(teacher_at("http://localhost:1/v1"), Endpoint)
