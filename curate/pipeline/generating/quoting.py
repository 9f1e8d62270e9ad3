"""What a run comes to before anything is sent, counted and in words."""

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from curate.engine import Tariff, amount_of, with_limit, worst_case
from curate.engine.cost import in_doubt, in_usd, money, usd
from curate.ledger import Ledger, Standing
from curate.pipeline.generating.aside import Aside
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.records import JSON, Request
from curate.wording import counted, counts_by_name

CHARACTERS_PER_TOKEN = 4
"""The usual rule of thumb; a quote made with it is called an estimate."""


class Planned(msgspec.Struct):
    """What a recipe comes to, before anything is sent."""

    problems: int = 0
    requests: int = 0
    reused: int = 0
    """Requests that a reply in the ledger serves, or one in another run's."""
    unreadable: int = 0
    """Rows of problem files that hold no problem."""
    repeated: int = 0
    """Problems that were there before; they are asked once."""
    dropped: dict[str, int] = {}
    """Check of a source to the problems that it dropped."""
    left_out: int = 0
    """Problems that a `sample` of their source does not take."""
    to_author: int = 0
    """Problems that an author has still to write; what they cost, and what solving them costs, is not counted."""
    prompt_tokens: int = 0
    """Tokens of the prompts to send, estimated."""
    max_completion_tokens: int = 0
    """Tokens of completions at the worst, if every request to send used up its limit."""
    reused_cost: int = 0
    """What the replies that are reused have cost, in 1e-12 USD."""
    in_doubt: int = 0
    """What requests in flight may have cost when earlier commands were stopped, in 1e-12 USD; a budget counts it."""
    spent: int = 0
    """What was paid so far in all, in 1e-12 USD."""
    worst_cost: int | None = None
    """What is to be sent may cost at most, in 1e-12 USD; null where a price is not known."""
    likely_cost: int | None = None
    """What it will cost if replies cost what those that are reused did, in 1e-12 USD; null where none are known."""
    further: int = 0
    """Requests that `resample_until` may add, at most: as many as if no further sample were right."""
    further_cost: int | None = None
    """What those may cost at most, in 1e-12 USD; null where there are none, or a price is not known."""

    @property
    def to_send(self) -> int:
        """Requests that no reply serves."""
        return self.requests - self.reused

    @property
    def most_cost(self) -> int | None:
        """What all that may be sent can cost, in 1e-12 USD; None where a price is not known."""
        return None if self.worst_cost is None and self.to_send else (self.worst_cost or 0) + (self.further_cost or 0)

    def quoted(self) -> JSON:
        """Return all of it, money in USD."""
        names = ("spent", "reused_cost", "in_doubt", "likely_cost", "worst_cost", "further_cost")
        return {**msgspec.to_builtins(self), **{name: in_usd(getattr(self, name)) for name in names}}

    def count_aside(self, aside: Aside) -> None:
        """Take over what is not asked, of this stretch and of all before it."""
        self.unreadable, self.repeated, self.left_out = aside.unreadable, aside.repeated, aside.left_out
        self.dropped = dict(aside.dropped)

    def count_served(self, standing: Standing) -> None:
        """Count a request that a reply serves."""
        self.requests += 1
        self.reused += 1
        self.reused_cost += standing.cost

    def count_to_send(self, request: Request, tariff: Tariff | None) -> None:
        """Count a request to send, at its worst."""
        self.requests += 1
        self.prompt_tokens += sum(len(message.content) for message in request.messages) // CHARACTERS_PER_TOKEN
        self.max_completion_tokens += request.sampling.max_tokens or 0
        if tariff is not None:
            self.worst_cost = (self.worst_cost or 0) + worst_case(request, tariff)

    def count_further(self, request: Request, count: int, tariff: Tariff | None) -> None:
        """Count requests like this one that may have to be sent later."""
        self.further += count
        if tariff is not None and count:
            self.further_cost = (self.further_cost or 0) + count * worst_case(request, tariff)

    def finish(self, teachers: Iterable[PlannedTeacher], ledger: Ledger | None) -> None:
        """Quote what is to be sent by what is reused, when all is counted."""
        if ledger is not None:
            self.in_doubt, self.spent = ledger.in_doubt(), ledger.tally().cost
        if any(teacher.tariff is None for teacher in teachers):
            self.worst_cost = None if self.to_send else self.worst_cost
            self.further_cost = None
        if self.reused and self.worst_cost is not None:
            self.likely_cost = min(self.worst_cost, self.reused_cost * self.to_send // self.reused)


def begin_with(request: Request, standing: Standing, teacher: PlannedTeacher) -> Request:
    """Return a request with the limit to begin with: replies may have been cut off at lower ones."""
    return request if standing.cut_at is None else with_limit(request, teacher.limit_after(standing.cut_at))


def forecast(planned: Planned) -> str:
    """Return what is reused and what is sent, with what that has cost and may cost."""
    paid = f" ({money(planned.reused_cost)})" if planned.reused_cost else ""
    quote = f"reusing {counted(planned.reused, 'reply', 'replies')}{paid}, {sending(planned)}"
    if planned.to_author:
        missing = counted(planned.to_author, "problem is", "problems are")
        quote = f"{quote}; {missing} still to be written, and not counted here"
    return f"{quote}; {in_doubt(planned.in_doubt)}" if planned.in_doubt else quote


def not_asked(planned: Planned) -> str:
    """Return in brackets what the sources hold beside the problems, and why it is not asked; nothing if all is."""
    counts = {**planned.dropped, "repeated": planned.repeated, "unreadable": planned.unreadable}
    said = counts_by_name({name: count for name, count in counts.items() if count})
    return f" (not asked: {said})" if said else ""


def over_budget(planned: Planned, max_cost: Decimal | None) -> str | None:
    """Return in words that a budget may not hold what is to be sent; None where it holds the worst of it."""
    if max_cost is None or planned.most_cost is None:
        return None
    room = max(0, amount_of(max_cost) - planned.spent - planned.in_doubt)
    if planned.most_cost <= room:
        return None
    may = "will" if planned.likely_cost is not None and planned.likely_cost > room else "may"
    left = f"{money(room)} of {usd(max_cost)} is left"
    return f"the budget {may} stop it: {left}, and it may take {money(planned.most_cost)}"


def sending(planned: Planned) -> str:
    """Return what is sent and may have to be sent later, with what that may cost."""
    words = f"sending {planned.to_send:,}{_price_of_rest(planned)}"
    if not planned.further:
        return words
    return f"{words}, and up to {planned.further:,} more{_price_of_further(planned)} where too few are right"


def _price_of_rest(planned: Planned) -> str:
    if not planned.to_send or not planned.worst_cost:
        return ""
    if planned.likely_cost:
        return f", about {money(planned.likely_cost)}, at most {money(planned.worst_cost)}"
    return f", at most {money(planned.worst_cost)}"


def _price_of_further(planned: Planned) -> str:
    return f" (at most {money(planned.further_cost)})" if planned.further_cost else ""
