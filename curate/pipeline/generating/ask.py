"""Ask the teachers of a run for every sample that no reply serves."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curate.engine import Account
from curate.errors import TeacherError
from curate.pipeline.generating.planning import read_plan
from curate.pipeline.generating.quoting import Planned
from curate.pipeline.generating.sending import Sending, asking_of
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.protocols import Notice
from curate.records import Request


@dataclass
class Ask:
    """The asking of what no reply serves."""

    plan: Path
    teachers: tuple[PlannedTeacher, ...]
    sending: Sending
    answered: int = 0
    """Requests that had a reply before they were asked."""

    @property
    def account(self) -> Account:
        """What was sent so far, and what came of it."""
        return self.sending.account

    @property
    def notice(self) -> Notice:
        """Told what a user should read."""
        return self.sending.notice

    def all(self, planned: Planned, start: int) -> TeacherError | None:
        """Ask what is open in the plan; returns the error that stopped it, because what came is still shown.

        Args:
            planned: What that comes to.
            start: The byte of the plan to begin at.
        """
        self.answered += planned.reused
        askings = [asking_of(teacher, self._pending(place, start)) for place, teacher in enumerate(self.teachers)]
        try:
            self.sending.send(askings, planned.to_send, answered=self.answered)
        except TeacherError as error:
            return error
        return None

    def _pending(self, place: int, start: int) -> Iterator[Request]:
        """Yield what one teacher is to be sent; each reads the plan for itself, so that none waits for another."""
        for entry in read_plan(self.plan, start):
            if entry.teacher == place and entry.is_open:
                yield entry.to_send()
