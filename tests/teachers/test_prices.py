"""Prices: what is known is dated and of a provider that there is; what is not known is never nothing."""

import re

import pytest

from curate.teachers import PROVIDERS
from curate.teachers.prices import NOTHING, PRICES, price_of
from curate.teachers.providers import Provider

ROWS = [(provider, model) for provider, models in PRICES.items() for model in models]


@pytest.mark.parametrize("provider,model", ROWS)
def test_a_row_is_sound(provider: str, model: str) -> None:
    """Every price is of a provider that there is, above zero, dearer for what is written, and dated."""
    price = price_of(provider, model)
    assert provider in PROVIDERS
    assert price is not None
    assert 0 < price.input < price.output
    assert price.noted is not None


@pytest.mark.parametrize("model", ["gpt-4o-2024-05-13", "gpt-4", "gpt-4o ", "GPT-4o", ""])
def test_names_are_compared_whole(model: str) -> None:
    """A name that is not in the table has no price, however near it comes to one that is."""
    assert price_of("openai", model) is None
    assert price_of("openai", "gpt-4o") is not None


def test_only_the_built_in_teacher_costs_nothing() -> None:
    """A server of one's own has a price that nobody but its owner knows."""
    free = [provider for provider in PROVIDERS if price_of(provider, "any") == NOTHING]
    assert free == ["builtin"]


@pytest.mark.parametrize("row", PROVIDERS.values(), ids=list(PROVIDERS))
def test_a_provider_is_described(row: Provider) -> None:
    """Every provider says where it is, whose key goes where, and what it takes and cannot do."""
    described = row.described()
    assert all(described.values())
    assert row.key_env is None or re.match(rf"{row.key_env}\b.* goes to .+ alone$", described["key"])
    assert (row.seed is None) == ("seed" in described["cannot"].split(", "))
    assert row.limit in described["takes"]
