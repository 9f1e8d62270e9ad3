"""Money: what a reply cost, what a request may cost at the worst, and a budget that is never exceeded.

Amounts are whole numbers of 1e-12 USD, so that they add up exactly and a price per million tokens is whole per token.
"""

import math
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from curate.attempts import PICO
from curate.records import Message, Price, Reply, Request

TOKENS_AROUND_A_MESSAGE = 64
"""What a server may wrap around a message, at most: role, separators, a date."""
MILLION = 10**6
_MOST = 10**18
"""A million USD; what a server makes up beyond that is not believed."""


class Tariff(msgspec.Struct, frozen=True):
    """What tokens cost, in 1e-12 USD each."""

    input: int
    output: int

    def of(self, prompt_tokens: int, completion_tokens: int) -> int:
        """Return what so many tokens cost."""
        return prompt_tokens * self.input + completion_tokens * self.output


def tariff_of(price: Price) -> Tariff:
    """Return a price per million tokens as one per token; what is no whole amount is rounded up."""
    return Tariff(math.ceil(price.input * PICO / MILLION), math.ceil(price.output * PICO / MILLION))


def amount_of(dollars: Decimal) -> int:
    """Return USD as an amount, rounded up."""
    return math.ceil(dollars * PICO)


def dollars(amount: int) -> Decimal:
    """Return an amount as USD."""
    return Decimal(amount) / PICO


def in_usd(amount: int | None) -> float | None:
    """Return an amount as it is handed out: USD, or None where it is not known."""
    return None if amount is None else float(dollars(amount))


def usd_with(so_far: float, amount: int) -> float:
    """Return USD with an amount of 1e-12 USD more, exact to what amounts are counted in."""
    return round(so_far + float(dollars(amount)), 12)


def money(amount: float) -> str:
    """Return an amount of 1e-12 USD as people write it."""
    return usd(dollars(round(amount)))


def usd(value: Decimal | float) -> str:
    """Return USD as people write them: to the cent, or finer below a dollar."""
    return f"${value:,.2f}" if value >= 1 or not value else f"${value:.4f}"


def in_doubt(amount: int) -> str:
    """Return in words that an amount may have been spent unheard of."""
    return f"{money(amount)} may have been spent by requests in flight when the run was stopped"


def most_prompt_tokens(messages: Sequence[Message]) -> int:
    """Return a count of tokens that no prompt of these messages exceeds: no token is shorter than a byte."""
    return sum(len(message.content.encode("utf-8", "surrogatepass")) + TOKENS_AROUND_A_MESSAGE for message in messages)


def worst_case(request: Request, tariff: Tariff) -> int:
    """Return what a request may cost at most: its prompt, and a completion that uses up its limit."""
    return tariff.of(most_prompt_tokens(request.messages), request.sampling.max_tokens or 0)


def cost_of(reply: Reply, request: Request, tariff: Tariff | None) -> int | None:
    """Return what a reply cost: as its server says, else by its tokens, else the worst; None where nothing is known."""
    # Compared as it came: a number with a huge exponent cannot even be multiplied.
    if reply.cost is not None and reply.cost.is_finite() and 0 <= reply.cost <= dollars(_MOST):
        return amount_of(reply.cost)
    if tariff is None:
        return None
    tokens = tokens_of(reply)
    return worst_case(request, tariff) if tokens is None else min(_MOST, tariff.of(*tokens))


def tokens_of(reply: Reply) -> tuple[int, int] | None:
    """Return the tokens of prompt and completion, or None where either is not known or made up."""
    prompt, completion = reply.usage.prompt_tokens, reply.usage.completion_tokens
    if prompt is None or completion is None or prompt < 0 or completion < 0:
        return None
    return prompt, completion


class Budget:
    """What may still be spent: the worst case of a request is reserved before it is sent.

    Args:
        most: What may be spent in all; None for no limit.
        spent: What was spent before.
    """

    def __init__(self, most: int | None = None, spent: int = 0) -> None:
        self.most = most
        self.spent = spent
        self.reserved = 0

    def reserve(self, amount: int) -> bool:
        """Set an amount aside, if there is room for it; returns whether there was."""
        if self.most is not None and self.spent + self.reserved + amount > self.most:
            return False
        self.reserved += amount
        return True

    def settle(self, reserved: int, spent: int) -> None:
        """Replace what was set aside by what it came to."""
        self.reserved -= reserved
        self.spent += spent
