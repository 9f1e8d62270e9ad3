"""How many requests are under way, what becomes of failures, and what ends a run."""

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.engine import Terms, dispatch
from curate.errors import LedgerError, TeacherError
from curate.ledger import Ledger
from curate.protocols import RequestFailedError, Silent
from curate.records import Reply, Request
from curate.testing.teachers import ScriptedTeacher
from tests.engine.asking import ask, asking, kept, number_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a ledger goes."""
    return tmp_path / "ledger.sqlite"


@pytest.mark.parametrize("concurrency,requests", [(1, 5), (3, 20), (16, 60), (16, 4)])
def test_bounded_concurrency(path: Path, concurrency: int, requests: int) -> None:
    """As many requests are under way at once as are allowed, or as there are, and never more."""
    teacher = ScriptedTeacher(lambda _: "4", delay=0.002)
    with Ledger(path) as ledger:
        asyncio.run(ask(teacher, range(requests), ledger, concurrency=concurrency))
    assert teacher.most_under_way == min(concurrency, requests)
    assert kept(path) == {str(number): ["4"] for number in range(requests)}


@pytest.mark.parametrize("concurrency", [1, 4])
def test_a_place_is_freed_by_the_commit(path: Path, concurrency: int) -> None:
    """Whenever a request is sent, all earlier ones but those that hold a place are on disk, for any reader to see."""
    behind: list[int] = []

    def delay(_: Request) -> float:
        with Ledger(path, readonly=True) as reader:
            behind.append(len(teacher.asked) - reader.tally().attempts)
        return 0.0

    teacher = ScriptedTeacher(lambda request: "4" if number_of(request) % 5 else RequestFailedError("no"), delay=delay)
    with Ledger(path) as ledger:
        asyncio.run(ask(teacher, range(60), ledger, concurrency=concurrency))
    assert len(behind) == 60
    assert max(behind) == concurrency


def test_requests_are_drawn_as_places_become_free(path: Path) -> None:
    """A plan of any length is not drawn ahead of what is sent."""
    drawn: list[int] = []
    ahead: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(50):
            drawn.append(number)
            yield number

    def script(_: Request) -> str:
        ahead.append(len(drawn) - len(teacher.replied))
        return "4"

    teacher = ScriptedTeacher(script)
    with Ledger(path) as ledger:
        asyncio.run(ask(teacher, numbers(), ledger))
    assert len(drawn) == len(ahead) == 50
    assert max(ahead) == 4


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["reply", "empty", "cut", "fail"]), min_size=1, max_size=30), st.integers(1, 8))
def test_every_outcome_is_recorded(
    tmp_path_factory: pytest.TempPathFactory, outcomes: list[str], concurrency: int
) -> None:
    """Each request leaves one attempt, with its reply or the reason why there is none, and the counts add up."""
    said: dict[str, Reply | str | Exception] = {
        "reply": "The answer is 4.",
        "empty": "",
        "cut": Reply(content="The ans", finish_reason="length"),
        "fail": RequestFailedError("HTTP 500"),
    }
    path = tmp_path_factory.mktemp("outcomes") / "l.sqlite"
    teacher = ScriptedTeacher(lambda request: said[outcomes[number_of(request)]])
    with Ledger(path) as ledger:
        if set(outcomes) == {"fail"}:
            with pytest.raises(TeacherError):
                asyncio.run(ask(teacher, range(len(outcomes)), ledger, concurrency=concurrency))
        else:
            counts = asyncio.run(ask(teacher, range(len(outcomes)), ledger, concurrency=concurrency))
            assert (counts.requests, counts.failed.total()) == (len(outcomes), outcomes.count("fail"))
            assert counts.replies == counts.requests - counts.failed.total()
        for number, outcome in enumerate(outcomes):
            (attempt,) = ledger.attempts(str(number))
            assert attempt.error == ("HTTP 500" if outcome == "fail" else None)
            assert (attempt.reply is None) == (outcome == "fail")
            assert attempt.max_tokens == 8


def test_no_reply_at_all(path: Path) -> None:
    """When not one request got a reply the teacher cannot be used: an error with the reason, which is kept as well."""
    teacher = ScriptedTeacher(lambda _: RequestFailedError("connection refused"))
    with Ledger(path) as ledger, pytest.raises(TeacherError, match="not one of 9 requests got a reply: connection ref"):
        asyncio.run(ask(teacher, range(9), ledger))
    assert kept(path) == {str(number): [None] for number in range(9)}


def test_no_reply_for_the_rest(path: Path) -> None:
    """Where earlier requests of the run have replies, a rest that fails is no reason to stop."""
    teacher = ScriptedTeacher(lambda _: RequestFailedError("too long"))
    with Ledger(path) as ledger:
        counts = asyncio.run(ask(teacher, [1], ledger, terms=Terms(answered=1)))
    assert (counts.failed, counts.last_failure) == ({"refused": 1}, "too long")


def test_nothing_to_send(path: Path) -> None:
    """A dispatch of nothing sends nothing and is content."""
    with Ledger(path) as ledger:
        counts = asyncio.run(ask(ScriptedTeacher(lambda _: "4"), (), ledger))
    assert (counts.requests, counts.replies, counts.failed) == (0, 0, {})


def test_teacher_error_stops_the_run(path: Path) -> None:
    """When no request can succeed the run stops, though its plan has no end, and keeps every reply that came back."""
    teacher = ScriptedTeacher(lambda request: TeacherError("no quota") if number_of(request) == 50 else "4")
    with Ledger(path) as ledger, pytest.raises(TeacherError, match=r"^no quota$"):
        asyncio.run(ask(teacher, count(), ledger))
    assert kept(path) == {key: ["4"] for key in teacher.replied}
    assert 47 <= len(teacher.replied) <= len(teacher.asked) <= 58


def test_teacher_error_does_not_wait_for_the_slow(path: Path) -> None:
    """Requests that are under way when the run stops are given up, not waited for."""
    teacher = ScriptedTeacher(
        lambda request: "4" if number_of(request) else TeacherError("wrong key"),
        delay=lambda request: 60 if number_of(request) else 0.01,
    )
    with Ledger(path) as ledger, pytest.raises(TeacherError, match="wrong key"):
        asyncio.run(asyncio.wait_for(ask(teacher, range(4), ledger), timeout=10))
    assert (len(teacher.asked), teacher.under_way, kept(path)) == (4, 0, {})


def test_a_bug_in_a_teacher(path: Path) -> None:
    """An error that nobody foresaw comes out as itself, and every reply that came back is kept."""
    teacher = ScriptedTeacher(lambda request: ZeroDivisionError("oh") if number_of(request) == 20 else "4")
    with Ledger(path) as ledger, pytest.raises(ZeroDivisionError, match="oh"):
        asyncio.run(ask(teacher, range(100), ledger))
    assert kept(path) == {key: ["4"] for key in teacher.replied}
    assert len(teacher.replied) >= 17


def test_a_ledger_that_cannot_be_written(path: Path) -> None:
    """A reply that cannot be recorded stops the run with the ledger's error."""
    with Ledger(path):
        pass
    teacher = ScriptedTeacher(lambda _: "4")
    with Ledger(path, readonly=True) as ledger, pytest.raises(LedgerError, match="readonly"):
        asyncio.run(ask(teacher, count(), ledger))
    assert len(teacher.asked) <= 8


class Watched(Ledger):
    """A ledger that counts its transactions."""

    transactions = 0

    def commit(self) -> None:
        """Count, and commit."""
        self.transactions += 1
        super().commit()


def test_group_commit(path: Path) -> None:
    """Replies that come together share a transaction, so that a fast teacher does not wait for the disk each time."""
    with Watched(path) as ledger:
        asyncio.run(ask(ScriptedTeacher(lambda _: "4"), range(400), ledger, concurrency=200))
        assert ledger.transactions <= 20
        assert ledger.tally().replies == 400


class Steps(Silent):
    """Progress that counts."""

    done = 0

    def advance(self, amount: int = 1) -> None:
        """Count."""
        self.done += amount


def test_progress(path: Path) -> None:
    """Progress is told of every request that is over, whether it got a reply or not."""
    teacher = ScriptedTeacher(lambda request: "4" if number_of(request) % 2 else RequestFailedError("no"))
    steps = Steps()
    with Ledger(path) as ledger:
        asyncio.run(dispatch([asking(teacher, numbers=range(10))], ledger, steps))
    assert steps.done == 10


def test_times_are_recorded(path: Path) -> None:
    """An attempt says when it was sent and how long it took, in seconds."""
    with Ledger(path) as ledger:
        asyncio.run(ask(ScriptedTeacher(lambda _: "4", delay=0.05), range(1), ledger))
        (attempt,) = ledger.attempts("0")
    assert 0.04 < attempt.seconds < 5
    assert attempt.started > 1_700_000_000
