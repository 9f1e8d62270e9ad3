"""Until it is known that a teacher can be used, a handful is sent."""

import asyncio
from pathlib import Path

import pytest

from curate.engine import dispatch
from curate.errors import TeacherError
from curate.ledger import Ledger
from curate.protocols import Silent
from curate.recipe.teacher import Teacher
from curate.records import Request
from curate.teachers import elsewhere, make_teachers
from curate.testing.teachers import ScriptedTeacher
from tests.engine.asking import asking


def test_a_refusal_that_takes_long(tmp_path: Path) -> None:
    """Where a wrong key is said late, no more than a handful is sent before, whatever the recipe allows at once."""
    teacher = ScriptedTeacher(lambda _: TeacherError("HTTP 401"), delay=0.5)
    wanted = asking(teacher, numbers=range(300), concurrency=256, opening=2.0)
    with Ledger(tmp_path / "l.sqlite") as ledger, pytest.raises(TeacherError, match="401"):
        asyncio.run(dispatch([wanted], ledger, Silent()))
    assert len(teacher.asked) <= 4


@pytest.mark.parametrize("opening", [2.0, 0.06], ids=["the first reply", "its time"])
def test_what_opens(tmp_path: Path, opening: float) -> None:
    """The first reply opens all places, and where none comes, the time that errors take."""
    slow = 1.0 if opening < 1 else 0.01

    def delay(request: Request) -> float:
        return slow if int(request.key) < 4 else 0.3

    teacher = ScriptedTeacher(lambda _: "4", delay=delay)
    with Ledger(tmp_path / "l.sqlite") as ledger:
        wanted = asking(teacher, numbers=range(64), concurrency=64, opening=opening)
        account = asyncio.run(dispatch([wanted], ledger, Silent()))
    assert account.seconds < 1.8
    assert teacher.most_under_way > 32


@pytest.mark.parametrize(
    "url,is_elsewhere",
    [("http://127.0.0.1:8000/v1", False), ("http://localhost/v1", False), ("https://api.example.org/v1", True)],
    ids=["address", "name", "another machine"],
)
def test_elsewhere(url: str, is_elsewhere: bool) -> None:  # noqa: FBT001 - a case
    """Only a teacher on another machine is waited for longer."""
    assert elsewhere(make_teachers(Teacher(model="custom/tiny", base_url=(url,)))) is is_elsewhere
