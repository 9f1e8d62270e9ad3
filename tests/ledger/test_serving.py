"""What serves a request: a finished reply any limit, one that was cut off limits up to its own, half a reply none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.attempts import Attempt, best_serving
from curate.ledger import Ledger
from curate.records import FinishReason, Reply

Tried = tuple[int | None, str]
"""One attempt: its limit, and how it ended (`error` for no reply)."""

CASES: dict[str, tuple[list[Tried], int | None, int | None]] = {
    "nothing was tried": ([], 100, None),
    "it failed": ([(100, "error")], 100, None),
    "finished, the same limit": ([(100, "stop")], 100, 0),
    "finished, a higher limit": ([(100, "stop")], 200, 0),
    "finished, a lower limit": ([(100, "stop")], 50, 0),
    "finished, no limit": ([(100, "stop")], None, 0),
    "cut off, the same limit": ([(100, "length")], 100, 0),
    "cut off, a higher limit": ([(100, "length")], 101, None),
    "cut off, a lower limit": ([(100, "length")], 99, 0),
    "cut off, no limit": ([(100, "length")], None, None),
    "cut off by the server's own limit, no limit": ([(None, "length")], None, 0),
    "cut off by the server's own limit, a limit": ([(None, "length")], 9_999_999, 0),
    "the connection was cut, the same limit": ([(100, "interrupted")], 100, None),
    "the connection was cut, a lower limit": ([(100, "interrupted")], 50, None),
    "cut off before the connection was cut": ([(100, "length"), (100, "interrupted")], 100, 0),
    "cut off after the connection was cut": ([(100, "interrupted"), (100, "length")], 100, 1),
    "finished after the connection was cut": ([(100, "interrupted"), (100, "stop")], 100, 1),
    "filtered counts as finished": ([(100, "content_filter")], 200, 0),
    "tool calls count as finished": ([(100, "tool_calls")], 200, 0),
    "no finish reason counts as finished": ([(100, "none")], 200, 0),
    "finished after it was cut off": ([(100, "length"), (200, "stop")], 100, 1),
    "cut off after it was finished": ([(100, "stop"), (200, "length")], 300, 0),
    "finished after it failed": ([(100, "error"), (100, "stop")], 100, 1),
    "finished twice": ([(100, "stop"), (100, "stop")], 100, 0),
    "the highest of those cut off": ([(100, "length"), (400, "length"), (200, "length")], 50, 1),
    "no limit is the highest": ([(None, "length"), (400, "length")], 50, 0),
    "one of two reaches": ([(100, "length"), (400, "length")], 300, 1),
    "none of two reaches": ([(100, "length"), (400, "length")], 500, None),
}


def attempts_of(tried: list[Tried]) -> list[Attempt]:
    """Return the attempts of a case, with their places as times."""
    return [
        Attempt(key="k", max_tokens=limit, started=place, seconds=0.0, reply=_reply(end), error=_error(end))
        for place, (limit, end) in enumerate(tried)
    ]


def _reply(end: str) -> Reply | None:
    reasons: dict[str, FinishReason | None] = {
        "stop": "stop",
        "length": "length",
        "interrupted": "interrupted",
        "content_filter": "content_filter",
        "tool_calls": "tool_calls",
        "none": None,
    }
    return None if end == "error" else Reply(content="", finish_reason=reasons[end])


def _error(end: str) -> str | None:
    return "no answer" if end == "error" else None


@pytest.mark.parametrize("tried,wanted,serves", CASES.values(), ids=CASES)
def test_serving(tmp_path: Path, tried: list[Tried], wanted: int | None, serves: int | None) -> None:
    """The ledger serves a request with the attempt that the table says, or with none."""
    attempts = attempts_of(tried)
    with Ledger(tmp_path / "l.sqlite") as ledger:
        for attempt in attempts:
            ledger.record([attempt])
        assert best_serving(ledger.attempts("k"), wanted) == (None if serves is None else attempts[serves])
        assert ledger.standing("k", wanted).served is (serves is not None)
        assert ledger.standing("another", wanted).served is False


LIMITS = st.integers(1, 6) | st.none()
ENDS = st.sampled_from(["stop", "none", "content_filter", "length", "interrupted", "error"])
TRIED = st.lists(st.tuples(LIMITS, ENDS), max_size=6)
INFINITE = 10


def _size(limit: int | None) -> int:
    return INFINITE if limit is None else limit


@given(TRIED, LIMITS)
def test_serving_is_sound(tried: list[Tried], wanted: int | None) -> None:
    """A finished reply serves everything; without one, a cut one that reaches as far; a failure serves nothing."""
    served = best_serving(attempts_of(tried), wanted)
    ends = [end for _, end in tried]
    finished = [place for place, end in enumerate(ends) if end not in {"length", "interrupted", "error"}]
    reaching = [limit for limit, end in tried if end == "length" and _size(limit) >= _size(wanted)]
    if finished:
        assert served is not None
        assert served.started == finished[0]
    elif reaching:
        assert served is not None
        assert _size(served.max_tokens) == max(map(_size, reaching))
    else:
        assert served is None


@given(TRIED, LIMITS, LIMITS)
def test_a_lower_limit_is_served_too(tried: list[Tried], one: int | None, other: int | None) -> None:
    """Whatever serves a limit serves every lower one, so lowering `max_tokens` never sends anything."""
    low, high = sorted([one, other], key=_size)
    if best_serving(attempts_of(tried), high) is not None:
        assert best_serving(attempts_of(tried), low) is not None


@given(TRIED, LIMITS, st.tuples(LIMITS, ENDS))
def test_a_later_attempt_takes_nothing_away(tried: list[Tried], wanted: int | None, later: Tried) -> None:
    """What was served before is served after any further attempt, and a finished reply stays the one that is used."""
    before = best_serving(attempts_of(tried), wanted)
    after = best_serving(attempts_of([*tried, later]), wanted)
    if before is not None:
        assert after is not None
        if before.reply is not None and before.reply.finish_reason != "length":
            assert after == before
