"""Kinds of answers, in the order in which they are tried: how one is read, compared and shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from curate.answers.choices import Choice, chosen, compare_choices, read_choice
from curate.answers.formulas import (
    Formula,
    compare_formulas,
    compare_relations,
    read_formula,
    read_relation,
    show_proportions,
    show_values,
)
from curate.answers.intervals import compare_regions, read_region
from curate.answers.literals import compare_literals, read_literal
from curate.answers.numerals import compare_numerals, read_numeral, show_worth
from curate.answers.numeric import Number, read_plain_number
from curate.answers.ordinals import compare_infinities, compare_places, read_infinity, read_place
from curate.answers.quantities import (
    canonical_quantity,
    compare_numbers,
    compare_quantities,
    read_quantity,
)
from curate.answers.ratios import compare_ratios, read_ratio
from curate.answers.times import (
    compare_dates,
    compare_times,
    looks_dated,
    read_date,
    read_time,
    show_days,
    show_moments,
)
from curate.answers.truths import compare_truths, read_truth
from curate.answers.types import Asked
from curate.answers.verdicts import Decision
from curate.answers.words import compare_names, compare_words, read_names, read_words


@dataclass(frozen=True)
class Kind:
    """One kind of answer."""

    name: str
    read: Callable[[str, Asked], Any]
    """Returns a value, or None for a text of another kind."""
    compare: Callable[[Any, Any, Asked], Decision | None]
    """Decides between two values, or returns None to leave it to the kinds that follow."""
    show: Callable[[Any], str] = str
    """Says how a text was read."""
    normal: Callable[[Any, Asked], str] | None = None
    """A normal form, equal for values that are the same, where it is another than what is shown."""

    def normal_form(self, value: object, asked: Asked) -> str:
        """Return a normal form: equal for values that are the same."""
        return self.show(value) if self.normal is None else self.normal(value, asked)


def _number(text: str, _asked: Asked) -> Number | None:
    return read_plain_number(text)


def _formula(text: str, asked: Asked) -> Formula | None:
    return None if looks_dated(text) else read_formula(text, asked)


def _option(text: str, asked: Asked) -> Choice | None:
    return chosen(text, asked.options) if asked.options else None


def _letter(choice: Choice) -> str:
    return choice.letter


def _letters(left: Choice, right: Choice, _asked: Asked) -> Decision:
    return ("same" if left.letter == right.letter else "different"), "option"


KINDS: tuple[Kind, ...] = (
    Kind("number", _number, compare_numbers, lambda number: str(number.value)),
    Kind("option", _option, _letters, _letter),
    Kind("literal", read_literal, compare_literals),
    Kind("truth", read_truth, compare_truths),
    Kind("names", read_names, compare_names, lambda names: ", ".join(sorted(names))),
    Kind("time", read_time, compare_times, show_moments),
    Kind("date", read_date, compare_dates, show_days),
    Kind("numeral", read_numeral, compare_numerals, normal=show_worth),
    Kind("ordinal", read_place, compare_places, lambda place: f"place {place}"),
    Kind("infinity", read_infinity, compare_infinities),
    Kind("quantity", read_quantity, compare_quantities, normal=canonical_quantity),
    Kind("ratio", read_ratio, compare_ratios, lambda ratio: ":".join(map(str, ratio))),
    Kind("interval", read_region, compare_regions),
    Kind("choice", read_choice, compare_choices, _letter),
    Kind("formula", _formula, compare_formulas, normal=show_values),
    Kind("relation", read_relation, compare_relations, normal=show_proportions),
    Kind("words", read_words, compare_words),
)
"""Where a text may be of several kinds, the first that both texts can be of decides."""

PREFERRED = {"ratio": "ratio", "time": "time", "date": "date", "interval": "interval", "numeral": "numeral"}
PREFERRED |= {"choice": "choice", "truth": "truth", "words": "words", "names": "names", "literal": "literal"}
"""Type asked for to the kind that is tried before all others."""


def kinds_for(asked: Asked) -> tuple[Kind, ...]:
    """Return the kinds in the order to try them."""
    return _ORDERS.get(asked.type or "", KINDS)


_ORDERS = {
    type_: tuple(sorted(KINDS, key=lambda kind, first=first: kind.name != first))  # type: ignore[misc]
    for type_, first in PREFERRED.items()
}
