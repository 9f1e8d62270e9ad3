"""Money: exact, never less than it was, and never more than the budget."""

import asyncio
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.attempts import PICO
from curate.engine import Budget, Tariff, Terms, amount_of, dispatch, tariff_of, worst_case
from curate.engine.account import Outlay
from curate.engine.cost import cost_of, dollars, money, most_prompt_tokens
from curate.ledger import Ledger
from curate.protocols import RequestFailedError, Silent
from curate.records import Message, Price, Reply, Request, Usage
from curate.seeds import rng
from curate.testing.teachers import ScriptedTeacher
from tests.engine.asking import asking, number_of, request_of

TARIFF = Tariff(input=3, output=10)
REQUEST = request_of(1)
WORST = worst_case(REQUEST, TARIFF)


@pytest.mark.parametrize(
    "price,amount", [("2.5", 2_500_000), ("0.15", 150_000), ("0.0000001", 1), ("0", 0), ("75", 75_000_000)], ids=str
)
def test_tariff(price: str, amount: int) -> None:
    """A price per million tokens is an exact amount per token, rounded up where it is finer than amounts are."""
    tariff = tariff_of(Price(input=Decimal(price), output=Decimal(0)))
    assert tariff.input == amount
    assert dollars(tariff.of(10**6, 0)) >= Decimal(price)


def reply(prompt: int | None = 5, completion: int | None = 7, cost: str | None = None) -> Reply:
    """Return a reply with this usage."""
    usage = Usage(prompt_tokens=prompt, completion_tokens=completion)
    return Reply(content="4", usage=usage, cost=None if cost is None else Decimal(cost))


COSTS: dict[str, tuple[Reply, Tariff | None, int | None]] = {
    "by its tokens": (reply(), TARIFF, 5 * 3 + 7 * 10),
    "as the server says": (reply(cost="0.25"), TARIFF, PICO // 4),
    "as the server says, without a price": (reply(cost="0.25"), None, PICO // 4),
    "nothing, as the server says": (reply(cost="0"), TARIFF, 0),
    "a negative cost is not believed": (reply(cost="-1"), TARIFF, 85),
    "a cost that is no number is not believed": (reply(cost="NaN"), TARIFF, 85),
    "an infinite cost is not believed": (reply(cost="Infinity"), TARIFF, 85),
    "an absurd cost is not believed": (reply(cost="1e30"), TARIFF, 85),
    "a cost beyond decimal arithmetic is not believed": (reply(cost="1e999999"), TARIFF, 85),
    "a cost too small to count": (reply(cost="1e-999999999"), TARIFF, 0),
    "no usage": (reply(prompt=None, completion=None), TARIFF, WORST),
    "half of the usage": (reply(completion=None), TARIFF, WORST),
    "negative usage": (reply(completion=-5), TARIFF, WORST),
    "no price": (reply(), None, None),
}


@pytest.mark.parametrize("said,tariff,amount", COSTS.values(), ids=COSTS)
def test_cost_of_a_reply(said: Reply, tariff: Tariff | None, amount: int | None) -> None:
    """A server that reports cost is believed if it makes sense; without usage the worst is assumed, never nothing."""
    assert cost_of(said, REQUEST, tariff) == amount


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_no_prompt_has_more_tokens(text: str) -> None:
    """The count that a prompt never exceeds holds for any text: a token has a byte or more."""
    assert most_prompt_tokens([Message(role="user", content=text)]) >= len(text)


@pytest.mark.parametrize(
    "amount,words",
    [(0, "$0.00"), (PICO, "$1.00"), (112_400_000_000_000, "$112.40"), (PICO // 8, "$0.1250"), (10**16, "$10,000.00")],
    ids=str,
)
def test_words(amount: int, words: str) -> None:
    """Amounts are shown to the cent, below a dollar finer."""
    assert money(amount) == words


def budgeted(most: int, numbers: int, path: Path, script: object = None, *, spent: int = 0) -> ScriptedTeacher:
    """Ask within a budget; returns the teacher."""
    teacher = ScriptedTeacher(script or (lambda _: reply()), delay=0.001)  # type: ignore[arg-type]
    budget = Budget(most, spent)
    with Ledger(path) as ledger:
        wanted = asking(teacher, numbers=range(numbers), concurrency=8, tariff=TARIFF)
        account = asyncio.run(dispatch([wanted], ledger, Silent(), Terms(budget=budget, answered=1)))
        assert ledger.tally().cost == budget.spent - spent
    assert budget.reserved == 0
    assert budget.spent <= most
    assert account.stopped_by_budget is (len(teacher.replied) < numbers)
    return teacher


@pytest.mark.parametrize("most", [0, WORST - 1, WORST, 3 * WORST, 10 * WORST, 1000 * WORST])
def test_a_budget_holds(tmp_path: Path, most: int) -> None:
    """Nothing is sent whose worst case has no room; what replies leave of it is used for others."""
    teacher = budgeted(most, 40, tmp_path / "l.sqlite")
    cheap = 5 * 3 + 7 * 10
    assert len(teacher.replied) == min(40, max(0, (most - WORST) // cheap + 1))


def test_failures_are_paid_for(tmp_path: Path) -> None:
    """A failure of which nobody knows whether it was billed counts with its worst case; others not at all."""

    def script(request: Request) -> Exception:
        unknown = number_of(request) % 2
        return RequestFailedError("no", "refused", billed=None if unknown else False)

    teacher = budgeted(4 * WORST, 100, tmp_path / "l.sqlite", script)
    assert sum(number_of(request) % 2 for request in teacher.asked) == 4


def test_what_was_spent_before_counts(tmp_path: Path) -> None:
    """What earlier runs of the same recipe spent leaves less."""
    assert len(budgeted(10 * WORST, 40, tmp_path / "l.sqlite", spent=9 * WORST).asked) < 40
    assert budgeted(10 * WORST, 40, tmp_path / "m.sqlite", spent=10 * WORST).asked == []


def test_amounts_of_dollars() -> None:
    """USD and amounts are the same money."""
    assert dollars(amount_of(Decimal("112.40"))) == Decimal("112.40")


TRIES = st.lists(st.tuples(st.integers(0, 10**12), st.booleans()), max_size=50)


def outlay_of(tries: Iterable[tuple[int, bool]]) -> Outlay:
    """Return what these tries cost, each with whether its sample was done with it."""
    outlay = Outlay()
    for cost, done in tries:
        outlay.add(cost, done=done)
    return outlay


@given(TRIES, st.integers(0, 10**6))
def test_interval(tries: list[tuple[int, bool]], more: int) -> None:
    """The interval of a quote holds the quote, is never negative, and is a point where nothing is left."""
    outlay = outlay_of([(1, True), (2, True), *tries])
    about, least, most = outlay.sum_of(more)
    assert 0 <= least <= about <= most
    assert about == pytest.approx(more * outlay.spent / outlay.done, rel=1e-6, abs=1e-6)
    if more == 0:
        assert (about, least, most) == (0, 0, 0)


def test_a_quote_reckons_with_tries_that_are_not_the_last() -> None:
    """The interval holds what runs come to of which a third of the replies are cut off and asked for again."""
    held = 0
    for number in range(200):
        luck = rng(number, "quote", 0)
        tries = [(30 if cut else 10, not cut) for cut in (luck.random() < 1 / 3 for _ in range(2000))]
        first = outlay_of(tries[:100])
        whole = outlay_of(tries)
        _, least, most = first.sum_of(whole.done - first.done)
        held += first.spent + least <= whole.spent <= first.spent + most
    assert held >= 180


def test_records_keep_exact_money() -> None:
    """Decimal cost survives the ledger's encoding."""
    said = reply(cost="0.000123456789")
    assert msgspec.json.decode(msgspec.json.encode(said), type=Reply) == said
