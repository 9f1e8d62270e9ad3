"""What a kill may leave out of the ledger is in it beforehand."""

import asyncio
from pathlib import Path

import pytest

from curate.attempts import Attempt
from curate.engine import Account, Budget, Tariff, Terms, dispatch, worst_case
from curate.errors import TeacherError
from curate.ledger import Ledger
from curate.protocols import Answered, Silent
from curate.records import Reply, Request, Usage
from curate.testing.teachers import ScriptedTeacher
from tests.engine.asking import asking, request_of

TARIFF = Tariff(input=3, output=10)
WORST = worst_case(request_of(1), TARIFF)
LEFT = 7 * WORST
"""What runs that were killed have left in doubt."""


class Watching:
    """A teacher that compares what it was sent and did not charge yet with what the ledger says."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.under_way = 0
        self.doubts: list[int] = []
        """How much more is in doubt than what is under way costs at the worst, at each request."""

    async def reply(self, request: Request) -> Answered:
        """Look, and answer."""
        self.under_way += worst_case(request, TARIFF)
        with Ledger(self.path, readonly=True) as ledger:
            self.doubts.append(ledger.in_doubt() - LEFT - self.under_way)
        await asyncio.sleep(0.002)
        self.under_way -= worst_case(request, TARIFF)
        return Answered(Reply(content="4", usage=Usage(prompt_tokens=5, completion_tokens=7)))

    async def close(self) -> None:
        """Hold nothing."""


def ask(path: Path, teacher: object, numbers: int, most: int | None) -> Account:
    """Ask a teacher within a budget, where some is in doubt from before."""
    with Ledger(path) as ledger:
        ledger.pledge(LEFT)
        wanted = asking(teacher, numbers=range(numbers), concurrency=8, tariff=TARIFF)  # type: ignore[arg-type]
        return asyncio.run(dispatch([wanted], ledger, Silent(), Terms(budget=Budget(most, LEFT))))


def in_doubt(path: Path) -> int:
    """Return what a ledger says is in doubt."""
    with Ledger(path, readonly=True) as ledger:
        return ledger.in_doubt()


def test_pledged_before_it_is_sent(tmp_path: Path) -> None:
    """At every request the ledger has on disk at least what all that are under way may cost; at the end no more."""
    path = tmp_path / "l.sqlite"
    teacher = Watching(path)
    ask(path, teacher, 60, 1000 * WORST)
    assert len(teacher.doubts) == 60
    assert min(teacher.doubts) >= 0
    assert max(teacher.doubts) < 8 * WORST * 1.3
    assert in_doubt(path) == LEFT


def test_nothing_is_pledged_without_a_budget(tmp_path: Path) -> None:
    """Without a budget nothing is written ahead, and what earlier runs left in doubt stays."""
    path = tmp_path / "l.sqlite"
    teacher = Watching(path)
    ask(path, teacher, 20, None)
    assert max(teacher.doubts) < 0
    assert in_doubt(path) == LEFT


def test_what_was_in_flight_stays_in_doubt(tmp_path: Path) -> None:
    """A run that an error stops leaves in doubt what was in flight then, and nothing that the ledger knows of."""
    path = tmp_path / "l.sqlite"

    def script(request: Request) -> Reply | Exception:
        return TeacherError("no such model") if request.key == "3" else Reply(content="4")

    teacher = ScriptedTeacher(script, delay=lambda request: 0.01 if request.key == "3" else 5.0)
    with pytest.raises(TeacherError):
        ask(path, teacher, 4, 1000 * WORST)
    assert in_doubt(path) - LEFT in range(3 * WORST - 50, 4 * WORST + 50)


def test_the_last_amount_counts(tmp_path: Path) -> None:
    """An amount in doubt takes the place of the last one, in the transaction of the attempts beside it."""
    path = tmp_path / "l.sqlite"
    with Ledger(path) as ledger:
        assert ledger.in_doubt() == 0
        ledger.pledge(10**17)
        attempt = Attempt(key="1", max_tokens=8, started=0.0, seconds=0.0, error="no", kind="refused")
        ledger.add([ledger.row(attempt)], 5)
        assert in_doubt(path) == 10**17
        ledger.commit()
    assert in_doubt(path) == 5
