"""The scripted teacher that we ship for tests does as it is told, and remembers."""

import asyncio

import pytest

from curate.errors import TeacherError
from curate.protocols import Answered, RequestFailedError
from curate.records import Reply, Request
from curate.testing.teachers import ScriptedTeacher
from tests.engine.asking import number_of, request_of

SCRIPTED: dict[str, tuple[str | Reply, Reply]] = {
    "a text": ("It is 4.", Reply(content="It is 4.", finish_reason="stop")),
    "a reply": (Reply(content="It", finish_reason="length"), Reply(content="It", finish_reason="length")),
}


@pytest.mark.parametrize("said,reply", SCRIPTED.values(), ids=SCRIPTED)
def test_replies(said: str | Reply, reply: Reply) -> None:
    """A text becomes a reply that ended well; a reply is given as it is."""
    teacher = ScriptedTeacher(lambda _: said)
    assert asyncio.run(teacher.reply(request_of(1))).reply == reply
    assert (teacher.asked, teacher.replied) == ([request_of(1)], ["1"])


@pytest.mark.parametrize("error", [RequestFailedError("a"), TeacherError("b"), ValueError("c")])
def test_errors(error: Exception) -> None:
    """An exception is raised, and counts as asked and not as replied."""
    teacher = ScriptedTeacher(lambda _: error)
    with pytest.raises(type(error)):
        asyncio.run(teacher.reply(request_of(1)))
    assert (len(teacher.asked), teacher.replied, teacher.under_way) == (1, [], 0)


def test_replies_depend_on_the_request_alone() -> None:
    """The order in which requests come changes no reply; delays may differ, and how many waited at once is known."""

    def delay(request: Request) -> float:
        return 0.02 - number_of(request) / 500

    async def both() -> list[Answered]:
        return await asyncio.gather(*(teacher.reply(request_of(number)) for number in (1, 9)))

    teacher = ScriptedTeacher(lambda request: request.key, delay=delay)
    assert [answered.reply.content for answered in asyncio.run(both())] == ["1", "9"]
    assert (teacher.replied, teacher.most_under_way, teacher.under_way) == (["9", "1"], 2, 0)
