"""From requests to recorded replies.

dispatch.py   places that send one request after the other, and what becomes of each
asking.py     one teacher, how it is asked, and what: the plan, and what is due again
desk.py       that teacher while it is being asked: its queue and its endpoints
endpoint.py   one address: set aside when it is down, paused when it refuses
limits.py     how many at once, how many a minute
retry.py      is another try worth it, and when?
clock.py      notices that the machine slept
cost.py       money: what a reply cost, what a request may cost, the budget
pledge.py     what a kill may leave out of the ledger, kept there ahead of what is sent
account.py    what it came to
journal.py    group commits: a reply is acknowledged only when it is on disk
"""

from curate.engine.account import Account
from curate.engine.asking import Asking, Escalation, with_limit
from curate.engine.cost import Budget, Tariff, amount_of, tariff_of, worst_case
from curate.engine.dispatch import Terms, dispatch, ended_at_the_cap

__all__ = [
    "Account",
    "Asking",
    "Budget",
    "Escalation",
    "Tariff",
    "Terms",
    "amount_of",
    "dispatch",
    "ended_at_the_cap",
    "tariff_of",
    "with_limit",
    "worst_case",
]
