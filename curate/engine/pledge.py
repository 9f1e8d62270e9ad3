"""What may have been spent by requests that nobody will hear of, kept on disk ahead of what is sent.

A run that is killed leaves requests in flight, and nobody can know whether they were paid for. So before requests are
sent whose worst cases come to more than the ledger says, the ledger is told of more; whoever goes on after a kill takes
that for spent. A run that ends in any other way leaves what was really in flight: nothing, as a rule.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from curate.engine.cost import Budget
from curate.engine.journal import Journal
from curate.errors import LedgerError
from curate.ledger import Ledger

MARGIN = 1.25
"""How much more is pledged than is reserved at the moment, so that it is seldom raised; a kill costs so much more."""


class Pledge:
    """Keeps the ledger's amount in doubt at or above what is reserved, where a budget is set.

    Args:
        ledger: Where it is kept.
        budget: What may be spent.
    """

    def __init__(self, ledger: Ledger, budget: Budget) -> None:
        self._ledger = ledger
        self._budget = budget
        self._before = ledger.in_doubt() if budget.most is not None else 0
        """What runs that were killed have left."""
        self._asked = self._pledged = 0

    async def cover(self, journal: Journal) -> None:
        """Return when all that is reserved is pledged on disk; at once, as a rule."""
        while self._budget.most is not None and self._budget.reserved > self._pledged:
            self._asked = pledged = max(self._asked, int(self._budget.reserved * MARGIN))
            await journal.pledge(self._before + pledged)
            self._pledged = max(self._pledged, pledged)

    @contextmanager
    def settled(self) -> Iterator[None]:
        """Leave no more in doubt at the end than what is reserved still; whatever came back is on disk by then."""
        try:
            yield
        except LedgerError:  # something may not be on disk
            raise
        except BaseException:  # an interrupt too; it is raised again
            self._settle()
            raise
        else:
            self._settle()

    def _settle(self) -> None:
        if self._pledged:
            self._ledger.pledge(self._before + self._budget.reserved)
