"""What models cost: rows of provider, model and USD per million tokens, each with the day it was noted.

A row is here only when the provider's own pages, or several that quote them, say one price for every request; where it
depends on the hour or on the length of the prompt there is none, and the recipe states it. A dated snapshot may cost
something else than the name without the date, so names are compared whole.
"""

from datetime import date
from decimal import Decimal

from curate.records import Price

_NOVEMBER_2026 = date(2026, 11, 24)


def _noted(input_: str, output: str, day: date = _NOVEMBER_2026) -> Price:
    return Price(input=Decimal(input_), output=Decimal(output), noted=day)


PRICES: dict[str, dict[str, Price]] = {
    "openai": {
        "gpt-5-mini": _noted("0.25", "2.00"),
        "gpt-5.4-mini": _noted("0.75", "4.50"),
        "gpt-5.4-nano": _noted("0.20", "1.25"),
        "gpt-4.1": _noted("2.00", "8.00"),
        "gpt-4.1-mini": _noted("0.40", "1.60"),
        "gpt-4.1-nano": _noted("0.10", "0.40"),
        "gpt-4o": _noted("2.50", "10.00"),
        "gpt-4o-mini": _noted("0.15", "0.60"),
        "gpt-4-turbo": _noted("10.00", "30.00"),
    },
    "anthropic": {
        "claude-opus-5-5": _noted("4.00", "20.00"),
        "claude-opus-5": _noted("5.00", "25.00"),
        "claude-sonnet-5-5": _noted("2.00", "10.00"),
        "claude-sonnet-5": _noted("2.00", "10.00"),
        "claude-haiku-4-5": _noted("1.00", "5.00"),
    },
    "groq": {"openai/gpt-oss-120b": _noted("0.15", "0.60")},
    "together": {"openai/gpt-oss-120b": _noted("0.15", "0.60")},
}
"""Provider to model to price."""

NOTHING = Price(input=Decimal(0), output=Decimal(0))
_FREE = ("builtin",)


def price_of(provider: str, model: str) -> Price | None:
    """Return what a model costs, or None when that is not known; not known is never the same as nothing."""
    return NOTHING if provider in _FREE else PRICES.get(provider, {}).get(model)
