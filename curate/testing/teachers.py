"""Teachers that do as they are told: for tests of whatever asks one, without a key and without a network.

    teacher = ScriptedTeacher(lambda request: f"The answer is {request.problem.reference}.")
    await dispatch([Asking([teacher], iter([request]))], ledger, Silent())
    assert teacher.replied == [request.key]

What happens at a request is a function of the request alone, so a test does not depend on the order in which requests
come. A script may also return an exception: `RequestFailedError` for a request that gets no reply, `TeacherError` for
a teacher that cannot be used any more.
"""

import asyncio
from collections.abc import Callable

from curate.protocols import Answered
from curate.records import Reply, Request

Script = Callable[[Request], Reply | str | Exception]
"""What comes back for a request: a reply, the text of one that ended well, or an error to raise."""


class ScriptedTeacher:
    """A teacher that answers by a script, and remembers what it was asked.

    Args:
        script: What comes back for each request.
        delay: Seconds until it does; a number, or a function of the request.
    """

    def __init__(self, script: Script, *, delay: float | Callable[[Request], float] = 0.0) -> None:
        self.script = script
        self.delay = delay
        self.asked: list[Request] = []
        """Every request, in the order they came."""
        self.replied: list[str] = []
        """The keys of those that got a reply, in the order they got it."""
        self.under_way = 0
        """Requests that wait for an answer now."""
        self.most_under_way = 0
        """How many waited at once, at most."""

    async def reply(self, request: Request) -> Answered:
        """Return what the script says, or raise it."""
        self.asked.append(request)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(self.delay(request) if callable(self.delay) else self.delay)
        finally:
            self.under_way -= 1
        said = self.script(request)
        if isinstance(said, Exception):
            raise said
        self.replied.append(request.key)
        return Answered(Reply(content=said, finish_reason="stop") if isinstance(said, str) else said)

    async def close(self) -> None:
        """Hold nothing."""
