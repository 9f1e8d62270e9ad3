"""Several endpoints of one teacher, and several teachers: work goes to whoever is free and up."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from curate.engine import Asking, Escalation, Terms, dispatch
from curate.engine.endpoint import ASIDE_AFTER, Endpoint
from curate.errors import TeacherError
from curate.ledger import Ledger
from curate.protocols import UNPACED, Allowance, Answered, FailureKind, Pace, RequestFailedError, Silent
from curate.records import Reply, Request, Usage
from curate.testing.teachers import ScriptedTeacher
from tests.engine.asking import asking, kept, number_of

DOWN = RequestFailedError("connection refused", "disconnected")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a ledger goes."""
    return tmp_path / "l.sqlite"


def run(path: Path, *askings: Asking, terms: Terms | None = None) -> Counter[str]:
    """Dispatch; returns what failed for good."""
    with Ledger(path) as ledger:
        return Counter(asyncio.run(dispatch(list(askings), ledger, Silent(), terms)).failed)


def test_work_goes_to_whoever_is_free(path: Path) -> None:
    """A quick endpoint does what a slow one does not come to, and nothing is done twice."""
    quick, slow = ScriptedTeacher(lambda _: "4", delay=0.005), ScriptedTeacher(lambda _: "4", delay=0.25)
    assert run(path, asking(quick, slow, numbers=range(120))) == {}
    assert len(quick.replied) > 4 * len(slow.replied) > 0
    assert kept(path) == {str(number): ["4"] for number in range(120)}


def test_an_endpoint_that_is_down_is_set_aside(path: Path) -> None:
    """An endpoint that answers nothing gets a few requests, which another one answers; none is lost."""
    down, up = ScriptedTeacher(lambda _: DOWN), ScriptedTeacher(lambda _: "4", delay=0.01)
    assert run(path, asking(down, up, numbers=range(200))) == {}
    assert ASIDE_AFTER <= len(down.asked) <= ASIDE_AFTER + 8
    assert len(up.replied) == 200


def test_an_endpoint_that_comes_up_is_used_again(path: Path) -> None:
    """An endpoint that was set aside is tried again, and then does its part."""
    asked = Counter[str]()

    def script(_: Request) -> str | Exception:
        asked["here"] += 1
        return DOWN if asked["here"] < 8 else "4"

    flaky, up = ScriptedTeacher(script, delay=0.002), ScriptedTeacher(lambda _: "4", delay=0.1)
    assert run(path, asking(flaky, up, numbers=range(200))) == {}
    assert len(flaky.replied) > 40


def test_nobody_is_there(path: Path) -> None:
    """A teacher none of whose endpoints can be reached is no use: the run stops soon, having sent a few."""
    teachers = [ScriptedTeacher(lambda _: DOWN) for _ in range(2)]
    with pytest.raises(TeacherError, match="no endpoint of the teacher answers: connection refused"):
        run(path, asking(*teachers, numbers=range(1000)))
    assert sum(len(teacher.asked) for teacher in teachers) < 40


def test_teachers_do_not_wait_for_one_another(path: Path) -> None:
    """Each teacher works on its own list at its own speed."""
    quick, slow = ScriptedTeacher(lambda _: "4"), ScriptedTeacher(lambda _: "5", delay=0.2)
    run(path, asking(quick, numbers=range(100)), asking(slow, numbers=range(100, 104), concurrency=1))
    assert (len(quick.replied), len(slow.replied)) == (100, 4)


class Pacing:
    """A teacher that says how fast it wants to be asked.

    Args:
        pace: What it says with every reply.
    """

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.times: list[float] = []

    async def reply(self, _: Request) -> Answered:
        """Answer at once."""
        self.times.append(asyncio.get_running_loop().time())
        usage = Usage(prompt_tokens=10, completion_tokens=90)
        return Answered(Reply(content="4", finish_reason="stop", usage=usage), self.pace)

    async def close(self) -> None:
        """Hold nothing."""


def test_limits_that_are_used_up_are_waited_for(path: Path) -> None:
    """An endpoint that says that nothing is left is not asked until its limit is full again."""
    teacher = Pacing(Pace(requests=Allowance(remaining=0, reset=0.3)))
    run(path, asking(teacher, numbers=range(3), concurrency=1))
    gaps = [later - earlier for earlier, later in zip(teacher.times, teacher.times[1:], strict=False)]
    assert all(gap >= 0.3 for gap in gaps)


@pytest.mark.parametrize(
    "limits", [{"requests_per_minute": 600}, {"tokens_per_minute": 60_000}], ids=["requests", "tokens"]
)
def test_rates_hold(path: Path, limits: dict[str, float]) -> None:
    """Ten requests of a hundred tokens a second are what these limits allow, however many could be under way."""
    teacher = Pacing(UNPACED)
    run(path, asking(teacher, numbers=range(30), concurrency=64, **limits))
    took = teacher.times[-1] - teacher.times[0]
    assert 1.2 < took < 8


def test_retries_run_beside_first_tries(path: Path) -> None:
    """While a request waits for its next try, others use its place; it does not wait for the last of them."""
    order: list[int] = []
    failed = set[str]()

    def script(request: Request) -> str | Exception:
        order.append(number_of(request))
        if request.key == "0" and request.key not in failed:
            failed.add(request.key)
            return RequestFailedError("busy", "overloaded", pace=Pace(retry_after=0.1))
        return "4"

    run(path, asking(ScriptedTeacher(script, delay=0.02), numbers=range(60), concurrency=1))
    again = order.index(0, 1)
    assert 2 < again < 55


def test_total_time(path: Path) -> None:
    """A sample whose total time is up fails with that reason, in the middle of a request or before its next try."""
    hangs = ScriptedTeacher(lambda _: "4", delay=lambda request: 60 if request.key == "0" else 0)
    busy = ScriptedTeacher(lambda _: RequestFailedError("busy", "overloaded", pace=Pace(retry_after=30)))
    failed = run(
        path,
        asking(hangs, numbers=range(2), total_timeout=0.3),
        asking(busy, numbers=range(10, 11), total_timeout=0.3),
    )
    assert failed == {"timed_out": 1, "overloaded": 1}
    with Ledger(path, readonly=True) as ledger:
        assert ledger.attempts("0")[0].error == "no reply within 0.3 s in all"
        assert ledger.attempts("0")[0].billed is None


def test_cut_off_replies_are_asked_for_again(path: Path) -> None:
    """A reply that was cut off is asked for again with higher limits, to the highest; every one of them stays."""

    def script(request: Request) -> Reply:
        needs = 100 if number_of(request) else 10**9
        limit = request.sampling.max_tokens or 0
        return Reply(content=str(limit), finish_reason="stop" if limit >= needs else "length")

    teacher = ScriptedTeacher(script)
    with Ledger(path) as ledger:
        wanted = asking(teacher, numbers=range(2), escalation=Escalation(factor=2, most=100))
        account = asyncio.run(dispatch([wanted], ledger, Silent()))
    assert kept(path) == {key: ["8", "16", "32", "64", "100"] for key in ("0", "1")}
    assert (account.truncated, account.retried, account.replies) == (9, 8, 10)


def test_a_part_of_a_reply_is_kept(path: Path) -> None:
    """A request whose connection is cut is tried again, and leaves its part where nothing better comes."""
    part = Reply(content="The ans", finish_reason="interrupted")
    teacher = ScriptedTeacher(lambda request: part if request.key == "0" else "4", delay=0.0)
    pace = Terms(answered=1)
    assert run(path, asking(teacher, numbers=range(2)), terms=pace) == {}
    assert kept(path)["0"] == ["The ans"] * 8


KINDS: list[FailureKind] = ["overloaded", "timed_out", "disconnected"]


@pytest.mark.parametrize("kind", KINDS)
def test_set_aside_longer_each_time(kind: FailureKind) -> None:
    """An endpoint that stays down is tried one request at a time, after longer and longer waits; a reply ends that."""
    endpoint, now = Endpoint(ScriptedTeacher(lambda _: "4")), 0.0
    for _ in range(ASIDE_AFTER):
        endpoint.begin(0)
        endpoint.failed(kind, now, now, UNPACED)
        endpoint.places -= 1
    waits = []
    for _ in range(4):
        waits.append(endpoint.wait(now))
        now += waits[-1]
        assert endpoint.limit == 1
        endpoint.begin(0)
        endpoint.failed(kind, now, now, UNPACED)
        endpoint.places -= 1
    assert waits == [1, 2, 4, 8]
    now += endpoint.wait(now)
    endpoint.begin(0)
    endpoint.replied(now, now, UNPACED, 0)
    endpoint.places -= 1
    assert endpoint.wait(now) == 0
    assert endpoint.limit > 1
