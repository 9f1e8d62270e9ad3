"""Requests put to an author, or to a solver that confirms: what the ledger holds is not asked again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from curate.attempts import Attempt, best_serving
from curate.errors import TeacherError
from curate.ledger import Ledger
from curate.pipeline.generating.quoting import begin_with
from curate.pipeline.generating.sending import Sending, asking_of
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.records import Reply, Request

Asked = tuple[PlannedTeacher, Request]


class Heard(msgspec.Struct, frozen=True):
    """What came of one request."""

    reply: Reply | None
    """The reply, or None."""
    cost: int
    """What all tries cost, in 1e-12 USD."""
    was_asked: bool
    """Whether it was sent at all: not in a dry run, and not when the budget has no room."""


@dataclass
class Asker:
    """Asks what no reply serves.

    Args:
        ledger: What was answered before; None when nothing was.
        others: Ledgers of other runs, whose replies are taken over.
        sending: How requests are sent; None where nothing may be sent.
    """

    ledger: Ledger | None
    others: Sequence[Ledger] = ()
    sending: Sending | None = None
    stopped: TeacherError | None = field(default=None, init=False)
    """What stopped it, if anything did; nothing is sent from then on, so that what came before can still be shown."""

    def ask(self, asked: Sequence[Asked], *, is_closed: bool) -> list[Heard]:
        """Return what each request brings.

        Args:
            asked: The requests, each with the teacher that it goes to.
            is_closed: Whether what failed is not tried again, because others were asked on the strength of that.
        """
        open_ = [pair for pair in asked if self._is_open(*pair, is_closed=is_closed)]
        if open_ and self.sending is not None and self.stopped is None:
            askings = [asking_of(teacher, self._of(teacher, open_)) for teacher in _teachers(open_)]
            try:
                self.sending.send(askings, len(open_), answered=self.sending.ledger.tally().replies)
            except TeacherError as error:
                self.stopped = error
        return [self._heard(teacher, request) for teacher, request in asked]

    def rounds_closed(self, source: int) -> int:
        """Return how many rounds of a source are over for good."""
        return 0 if self.ledger is None else self.ledger.noted(_mark(source))

    def close_round(self, source: int, rounds: int) -> None:
        """Write down that so many rounds of a source are over: later ones depend on what came of them."""
        if self.sending is not None and self.ledger is not None:
            self.ledger.note(_mark(source), rounds)

    def _is_open(self, teacher: PlannedTeacher, request: Request, *, is_closed: bool) -> bool:
        attempts = self._attempts(request)
        if best_serving(attempts, teacher.highest_limit) is not None:
            return False
        return not (is_closed and attempts)

    def _of(self, teacher: PlannedTeacher, open_: Sequence[Asked]) -> Iterator[Request]:
        assert self.ledger is not None
        for other, request in open_:
            if other is teacher:
                yield begin_with(request, self.ledger.standing(request.key, teacher.highest_limit), teacher)

    def _heard(self, teacher: PlannedTeacher, request: Request) -> Heard:
        attempts = self._attempts(request)
        served = best_serving(attempts, teacher.highest_limit)
        cost = sum(attempt.cost or 0 for attempt in attempts)
        return Heard(None if served is None else served.reply, cost, bool(attempts))

    def _attempts(self, request: Request) -> list[Attempt]:
        """Return every attempt at a request; one that another run made and that serves is taken over."""
        ours = [] if self.ledger is None else self.ledger.attempts(request.key)
        if any(attempt.reply is not None for attempt in ours):
            return ours
        for other in self.others:
            theirs = [attempt for attempt in other.attempts(request.key) if attempt.reply is not None]
            if theirs:
                taken = [msgspec.structs.replace(attempt, reused=True) for attempt in theirs]
                if self.sending is not None:
                    self.sending.ledger.record(taken)
                return taken
        return ours


def _teachers(asked: Sequence[Asked]) -> list[PlannedTeacher]:
    """Return the teachers that are asked something, each once."""
    return list({id(teacher): teacher for teacher, _ in asked}.values())


def _mark(source: int) -> str:
    return f"rounds of source {source}"
