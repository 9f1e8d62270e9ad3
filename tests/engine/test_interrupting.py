"""Whatever interrupts a run, every reply that came back is on disk when it is over."""

import asyncio
import gc
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from curate.engine import dispatch
from curate.engine.dispatch import AT_ONCE, BREATH
from curate.errors import TeacherError
from curate.ledger import Ledger
from curate.protocols import Answered, Silent
from curate.records import Request
from curate.testing.teachers import ScriptedTeacher
from tests.engine.asking import ask, asking, kept, number_of

Interrupt = Callable[[asyncio.Task[object]], object]


def cancel_the_run(run: asyncio.Task[object]) -> None:
    """What `asyncio.run` does at the first Ctrl-C."""
    run.cancel()


def cancel_everything(run: asyncio.Task[object]) -> None:
    """What `asyncio.run` does when something stopped its loop: the tasks of the engine are not spared."""
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


def cancel_twice(run: asyncio.Task[object]) -> None:
    """What an impatient user does."""
    run.cancel()
    asyncio.get_running_loop().call_soon(run.cancel)


INTERRUPTS: dict[str, Interrupt] = {"run": cancel_the_run, "everything": cancel_everything, "twice": cancel_twice}


def quick(request: Request) -> float:
    """Return a delay that differs from request to request, so that replies come at all times."""
    return random.Random(request.key).random() / 200


@pytest.mark.parametrize("interrupt", INTERRUPTS.values(), ids=INTERRUPTS)
@pytest.mark.parametrize("replies", [1, 7, 8, 30, 65])
def test_cancelled(tmp_path: Path, interrupt: Interrupt, replies: int) -> None:
    """A run that is cancelled at any moment has recorded exactly the replies that came back, each once."""
    path = tmp_path / "l.sqlite"
    enough = asyncio.Event()

    def script(_: Request) -> str:
        if len(teacher.replied) == replies:
            enough.set()
        return "4"

    teacher = ScriptedTeacher(script, delay=quick)

    async def interrupted(ledger: Ledger) -> None:
        run: asyncio.Task[object] = asyncio.create_task(ask(teacher, range(500), ledger, concurrency=8))
        await enough.wait()
        interrupt(run)
        with pytest.raises(asyncio.CancelledError):
            await run

    with Ledger(path) as ledger:
        asyncio.run(interrupted(ledger))
    assert replies <= len(teacher.replied) < 500
    assert kept(path) == {key: ["4"] for key in teacher.replied}


class SlowToStop(ScriptedTeacher):
    """A teacher whose requests take their time to end when they are cancelled."""

    async def reply(self, request: Request) -> Answered:
        """Answer by the script."""
        try:
            return await super().reply(request)
        except asyncio.CancelledError:
            await asyncio.sleep(BREATH * 4)
            raise


@pytest.mark.parametrize("end", [asyncio.CancelledError, TeacherError])
def test_no_place_is_taken_while_a_run_ends(tmp_path: Path, end: type[BaseException]) -> None:
    """A run that ends while its places are still being taken, some at a time, takes no more, and nothing complains."""
    complaints: list[object] = []
    filling = asyncio.Event()

    def script(request: Request) -> TeacherError | str:
        return TeacherError("no such model") if number_of(request) == AT_ONCE else "4"

    def delay(request: Request) -> float:
        if len(teacher.asked) > AT_ONCE:
            filling.set()
        return 9.0 if number_of(request) % AT_ONCE or end is asyncio.CancelledError else 0.0

    teacher = SlowToStop(script, delay=delay)

    async def ended(ledger: Ledger) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, about: complaints.append(about))
        wanted = asking(teacher, numbers=range(500), concurrency=400, opening=0.0)
        run = asyncio.create_task(dispatch([wanted], ledger, Silent()))
        await filling.wait()
        if end is asyncio.CancelledError:
            run.cancel()
        with pytest.raises(end):
            await run

    with Ledger(tmp_path / "l.sqlite") as ledger:
        asyncio.run(ended(ledger))
    assert complaints == []


@pytest.mark.parametrize("at", [0, 3, 40, 41, 42, 43])
def test_keyboard_interrupt(tmp_path: Path, at: int) -> None:
    """A signal that strikes while a reply is being made ends the run, and the replies before it are on disk."""
    path = tmp_path / "l.sqlite"

    def script(request: Request) -> str:
        if number_of(request) == at:
            raise KeyboardInterrupt
        return "4"

    teacher = ScriptedTeacher(script)
    with Ledger(path) as ledger, pytest.raises(KeyboardInterrupt):
        asyncio.run(ask(teacher, range(500), ledger, concurrency=16))
    gc.collect()  # asyncio prints the interrupted task when it goes; within another test's parsing, 3.11 fails at that
    assert kept(path) == {key: ["4"] for key in teacher.replied}
    assert len(teacher.replied) < 500


def test_going_on_after_an_interrupt(tmp_path: Path) -> None:
    """What was left out by an interrupted run is all that is left to do, and nothing is asked twice."""
    path = tmp_path / "l.sqlite"
    teacher = ScriptedTeacher(lambda _: "4", delay=quick)

    async def interrupted(ledger: Ledger) -> None:
        run = asyncio.create_task(ask(teacher, range(100), ledger))
        await asyncio.sleep(0.03)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run

    with Ledger(path) as ledger:
        asyncio.run(interrupted(ledger))
        left = [number for number in range(100) if not ledger.standing(str(number), 8).served]
        asyncio.run(ask(teacher, left, ledger))
    assert 0 < len(left) < 100
    assert kept(path) == {str(number): ["4"] for number in range(100)}
