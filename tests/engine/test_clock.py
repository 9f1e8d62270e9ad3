"""A machine that slept is found out, and its requests are not blamed."""

import asyncio
from pathlib import Path

import pytest

from curate.engine import Terms
from curate.engine.clock import BEAT, NAP, Clock
from curate.ledger import Ledger
from curate.protocols import RequestFailedError
from curate.records import Request
from curate.testing.teachers import ScriptedTeacher
from tests.engine.asking import ask, kept


class Hands:
    """Two clocks that are moved by hand."""

    steady = 100.0
    wall = 1_000_000.0

    def move(self, steady: float, wall: float) -> None:
        """Move both on."""
        self.steady += steady
        self.wall += wall

    def clock(self) -> Clock:
        """Return a clock that reads them."""
        return Clock(steady=lambda: self.steady, wall=lambda: self.wall)


MOVES: dict[str, tuple[float, float, bool]] = {
    "a beat": (BEAT, BEAT, False),
    "a late beat": (BEAT + NAP / 2, BEAT + NAP / 2, False),
    "asleep, the steady clock stood still": (BEAT, 3600.0, True),
    "stopped, both clocks went on": (60.0, 60.0, True),
    "the wall clock was set back": (BEAT, -3600.0, False),
}


@pytest.mark.parametrize("steady,wall,slept", MOVES.values(), ids=MOVES)
def test_naps(steady: float, wall: float, slept: bool) -> None:  # noqa: FBT001 - a column of the table
    """A look that comes late on either clock means sleep; one on a clock that was set back does not."""
    hands = Hands()
    clock, before = hands.clock(), hands.steady
    hands.move(steady, wall)
    assert clock.slept_since(before) is slept
    assert clock.slept_since(hands.steady) is False


def test_sleeping_costs_no_tries(tmp_path: Path) -> None:
    """Requests that fail because the machine slept are sent again as if they had never been sent, however often."""
    hands = Hands()
    naps: dict[str, int] = {}

    def script(request: Request) -> str | Exception:
        naps[request.key] = naps.get(request.key, 0) + 1
        if naps[request.key] <= 20:
            hands.move(BEAT, 3600.0)
            return RequestFailedError("nobody was awake", "timed_out", billed=None)
        return "4"

    teacher = ScriptedTeacher(script)
    with Ledger(tmp_path / "l.sqlite") as ledger:
        replied, failed = asyncio.run(_with_clock(teacher, ledger, hands))
    assert (replied, failed) == (3, 0)
    assert all(texts == [None] * 20 + ["4"] for texts in kept(tmp_path / "l.sqlite").values())


async def _with_clock(teacher: ScriptedTeacher, ledger: Ledger, hands: Hands) -> tuple[int, int]:
    """Ask three times, with a wall clock that is moved by hand."""
    clock = Clock(steady=asyncio.get_running_loop().time, wall=lambda: hands.wall)
    account = await ask(teacher, range(3), ledger, terms=Terms(clock=clock))
    return len(teacher.replied), account.failed.total()


def test_the_same_failures_awake(tmp_path: Path) -> None:
    """Awake, the same failures end the request after a few tries."""
    teacher = ScriptedTeacher(
        lambda request: "4" if request.key == "0" else RequestFailedError("slow", "timed_out", billed=None)
    )
    with Ledger(tmp_path / "l.sqlite") as ledger:
        account = asyncio.run(ask(teacher, range(2), ledger))
    assert account.failed == {"timed_out": 1}
    assert len(teacher.asked) == 1 + 4
