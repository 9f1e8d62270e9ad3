"""How many samples a problem gets: those of the recipe, and further ones while too few of them are right.

With `samples: 4` and `resample_until: {correct: 1, max_samples: 16}` a problem gets samples 0 to 3. If all four are
answered and none is right it gets 4 to 7 as well, and so on up to 15. A sample without a reply holds up those after it
until a later command has one. So the number is a function of the ledger alone: a run that was stopped comes to the same
samples, and none is asked twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from curate.attempts import best_serving
from curate.checks.correctness import is_right
from curate.ledger import Ledger
from curate.pipeline.generating.requests import with_sample
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.records import Request
from curate.traces.build import trace_of


class Extent(msgspec.Struct, frozen=True):
    """How many samples a problem gets of one teacher."""

    planned: int
    """As far as is known."""
    most: int
    """If no sample that is still to come were right."""


@dataclass(frozen=True)
class Resampling:
    """Decides by what ledgers hold how many samples a problem gets.

    Args:
        ledgers: Where replies are looked for, in this order.
        seed: The recipe's.
    """

    ledgers: Sequence[Ledger]
    seed: int

    def extent(self, first: Request, teacher: PlannedTeacher) -> Extent:
        """Return how many samples there are to be of the request whose first sample is given."""
        planned, until = teacher.shape.samples, teacher.shape.resample_until
        if until is None or first.problem.reference is None:
            return Extent(planned, planned)
        right = 0
        for sample in range(until.max_samples):
            if sample == planned:
                planned = min(planned + teacher.shape.samples, until.max_samples)
            outcome = self._outcome(with_sample(first, sample, teacher.seed(self.seed)), teacher)
            if outcome is None:
                return Extent(planned, until.max_samples)
            right += outcome
            if right >= until.correct:
                break
        return Extent(planned, planned)

    def _outcome(self, request: Request, teacher: PlannedTeacher) -> bool | None:
        """Return whether a sample is right; None where it has no reply yet."""
        attempts = [attempt for ledger in self.ledgers for attempt in ledger.attempts(request.key)]
        served = best_serving(attempts, teacher.highest_limit)
        if served is None or served.reply is None:
            return None
        return is_right(trace_of(request, served.reply, recipe=""))
