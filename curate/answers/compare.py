"""Are two answers the same? Three results, each with the rule that decided it.

First what costs nothing: equal text. Then each kind of answer that both can be: numbers, times, intervals ... Then what
one kind may say of another: a label left away, a value in a sentence, a set of one. Last, and only where both look like
mathematics, the symbolic comparison in a process of its own. What none of these decides is undecided, never wrong.
"""

import re
from collections.abc import Callable
from typing import Any

from curate.answers import symbolic
from curate.answers.code import PYTHON_FUNCTION, compare_code
from curate.answers.formulas import (
    Formula,
    Labelled,
    compare_formulas,
    read_formula,
    read_labelled,
    read_relation,
)
from curate.answers.intervals import Region
from curate.answers.kinds import Kind, kinds_for
from curate.answers.matrices import Matrix, as_vector, read_matrix
from curate.answers.numerals import Numeral
from curate.answers.numeric import read_decimal_comma, read_number
from curate.answers.ordinals import read_infinity
from curate.answers.plain import is_readable, tidy
from curate.answers.quantities import compare_numbers, read_quantity
from curate.answers.ratios import read_ratio_as_number
from curate.answers.sentences import said_in
from curate.answers.several import Several, compare_several, in_order, labels_of, read_several
from curate.answers.times import looks_dated
from curate.answers.types import Asked, asked_for
from curate.answers.verdicts import Decision, Sameness, Verdict
from curate.answers.words import read_words

MAX_SHOWN = 200
NO_RULE: Decision = ("undecided", "no_rule")


def compare(gold: str, answer: str, answer_type: str | None = None, *, problem_text: str | None = None) -> Verdict:
    """Compare an answer with the one known to be right; symmetric in the two.

    Args:
        gold: The reference.
        answer: The answer found in a response.
        answer_type: What the problem says its answer is; None when it does not say.
        problem_text: The question, which may list options or ask for a form; None when it is not at hand.
    """
    if answer_type == PYTHON_FUNCTION:
        return compare_code(gold, answer)
    verdict = compare_cheaply(gold, answer, answer_type, problem_text=problem_text)
    return symbolic.compare(verdict) if verdict.rule == NO_RULE[1] else verdict


def compare_cheaply(
    gold: str, answer: str, answer_type: str | None = None, *, problem_text: str | None = None
) -> Verdict:
    """Compare as `compare` does, but without the symbolic comparison."""
    if gold == answer and gold.strip():
        return _verdict(("same", "exact"), gold, answer)
    if not is_readable(gold) or not is_readable(answer):
        return _verdict(("undecided", "unreadable"), gold, answer)
    left, right = tidy(gold), tidy(answer)
    if not left or not right:
        return _verdict(("undecided", "empty"), left, right)
    if left == right:
        return _verdict(("same", "exact"), left, right)
    return _verdict(decide(left, right, asked_for(answer_type, problem_text)), left, right)


def _verdict(decision: Decision, left: str, right: str) -> Verdict:
    sameness, rule = decision
    return Verdict(sameness=sameness, rule=rule, gold=left[:MAX_SHOWN], answer=right[:MAX_SHOWN])


def decide(left: str, right: str, asked: Asked) -> Decision:
    """Decide between two tidy texts: by the first kind that both can be, else across kinds."""
    if left == right:
        return "same", "exact"
    if (decision := _subscripts(left, right, asked)) is not None:
        return decision
    for kind in kinds_for(asked):
        one = kind.read(left, asked)
        other = None if one is None else kind.read(right, asked)
        if other is not None and (decision := kind.compare(one, other, asked)) is not None:
            return decision
    for rule in ACROSS:
        if (decision := rule(left, right, asked)) is not None:
            return decision
    return NO_RULE


def _labels(left: str, right: str, asked: Asked) -> Decision | None:
    """Compare what follows `x =` on either side or on both; another label makes `same` doubtful."""
    one, other = read_labelled(left), read_labelled(right)
    if one is None and other is None:
        return None
    first, second = one or Labelled("", left), other or Labelled("", right)
    decision = decide(first.value, second.value, asked)
    if first.label and second.label and first.label != second.label and decision[0] == "same":
        return "undecided", "label"
    return decision


def _decimal_comma(left: str, right: str, asked: Asked) -> Decision | None:
    """Take `3,14` for 3.14 where the other is just that."""
    for text, other in ((left, right), (right, left)):
        number, plain = read_decimal_comma(text), read_number(other)
        if number and plain and compare_numbers(number, plain, asked)[0] == "same":
            return "same", "decimal_comma"
    return None


def _ratio_as_number(left: str, right: str, _asked: Asked) -> Decision | None:
    """Take `3:2` for 3/2 where the other is a number."""
    for text, other in ((left, right), (right, left)):
        ratio, number = read_ratio_as_number(text), read_number(other)
        if ratio is not None and number is not None:
            return ("same" if ratio == number.value else "different"), "ratio"
    return None


def _matrices(left: str, right: str, asked: Asked) -> Decision | None:
    """Compare two matrices element by element, or a vector with a tuple."""
    one, other = read_matrix(left, asked), read_matrix(right, asked)
    if one is not None and other is not None:
        return _in_shape(one, other, asked), "matrix"
    for matrix, text in ((one, right), (other, left)):
        vector = as_vector(matrix) if matrix else None
        values = read_several(text, asked)
        if vector is not None and values is not None and values.is_ordered:
            return in_order(vector, values.values, asked.element, decide), "vector"
    return None


def _in_shape(one: Matrix, other: Matrix, asked: Asked) -> Sameness:
    if (len(one), len(one[0])) != (len(other), len(other[0])):
        return "different"
    return in_order(sum(one, ()), sum(other, ()), asked.element, decide)


def _several(left: str, right: str, asked: Asked) -> Decision | None:
    """Compare collections; a set of one is its element, and a single value is not several."""
    one, other = read_several(left, asked), read_several(right, asked)
    for values, others, text in ((one, other, right), (other, one, left)):
        if values is not None and others is not None and len(values.values) == 1 < len(others.values):
            return decide(values.values[0], text, asked)
    if one is not None and other is not None:
        return compare_several(one, other, asked.element, decide)
    for values, text in ((one, right), (other, left)):
        if values is not None and len(values.values) == 1:
            return decide(values.values[0], text, asked)
        if values is not None and _is_single(text) and _are_values(values):
            return "different", "count"
    return None


def _is_single(text: str) -> bool:
    labelled = read_labelled(text)
    text = text if labelled is None else labelled.value
    if read_quantity(text) is not None:
        return True
    formula = read_formula(text, Asked())
    return formula is not None and not (formula.names and formula.names <= _UNIT_VECTORS)


_UNIT_VECTORS = frozenset({"i", "j", "k"})
"""`i + 2j` may be the pair (1, 2)."""


def _are_values(values: Several) -> bool:
    return len(set(values.values)) > 1 and all(_is_single(value) for value in values.values)


def _sentences(left: str, right: str, asked: Asked) -> Decision | None:
    """Compare the one value that a sentence states with a number."""
    for text, other in ((left, right), (right, left)):
        said = said_in(text) if read_quantity(other) is not None else None
        if said is not None:
            sameness, _ = decide(tidy(said), other, asked)
            return sameness, "sentence"
    return None


def _subscripts(left: str, right: str, _asked: Asked) -> Decision | None:
    """Take `H2O` for `H_2O`: a subscript that stands on the line."""
    if ("_" in left or "_" in right) and _on_the_line(left) == _on_the_line(right):
        return "same", "subscript"
    return None


def _on_the_line(text: str) -> str:
    return _SUBSCRIPT.sub(r"\1\2", text).replace(" ", "")


_SUBSCRIPT = re.compile(r"(?<=[A-Za-z)])\s*_\s*(?:\{\s*(\w+)\s*\}|([A-Za-z0-9]))")


def _case(left: str, right: str, _asked: Asked) -> Decision | None:
    """Take two texts that differ only in capitals for one, but not where LaTeX tells them apart."""
    return ("same", "case") if "\\" not in left and left.casefold() == right.casefold() else None


def _lone_letter(left: str, right: str, asked: Asked) -> Decision | None:
    """Take a letter alone for a variable where the other is a formula in it."""
    for text, other in ((left, right), (right, left)):
        formula = read_formula(other, asked) if len(text) == 1 and text.isalpha() else None
        if formula is not None and text in formula.names:
            return compare_formulas(Formula(("name", text), text, frozenset({text})), formula, asked)
    return None


def _misfits(left: str, right: str, asked: Asked) -> Decision | None:
    """Tell an equation from an expression, and infinity from a number: neither can be the other."""
    for text, other in ((left, right), (right, left)):
        if read_infinity(text, asked) and read_quantity(other) is not None:
            return "different", "infinity"
        relation = read_relation(text, asked)
        if relation is not None and relation.sign == "=" and read_labelled(text) is None and _is_single(other):
            return "different", "kind"
    return None


def _unread(left: str, right: str, _asked: Asked) -> Decision | None:
    """Leave open what is no mathematics on one side: the figures of a date, a quantity beside letters of no unit."""
    if looks_dated(left) or looks_dated(right):
        return "undecided", "date"
    for text, other in ((left, right), (right, left)):
        quantity = read_quantity(text) if any(map(str.isalpha, other)) else None
        if quantity is not None and quantity.unit.dimensions and quantity.unit.is_measure:
            return "undecided", "unit"
    return None


ACROSS: tuple[Callable[[str, str, Asked], Decision | None], ...] = (
    _labels,
    _decimal_comma,
    _ratio_as_number,
    _matrices,
    _several,
    _sentences,
    _case,
    _lone_letter,
    _misfits,
    _unread,
)
"""Rules for texts of different kinds, in order."""


def canonical(answer: str, answer_type: str | None = None, *, problem_text: str | None = None) -> str:
    """Return a normal form in which answers that cheap rules call the same are equal, for counting votes.

    Where a unit was left away on one side alone, the forms differ although the answers are the same.

    Args:
        answer: An answer as it was found.
        answer_type: What the problem says its answer is; None when it does not say.
        problem_text: The question; None when it is not at hand.
    """
    if not is_readable(answer):
        return answer[:MAX_SHOWN]
    return _normal(tidy(answer), asked_for(answer_type, problem_text))


def _normal(text: str, asked: Asked) -> str:
    labelled = read_labelled(text)
    if labelled is not None and (read_relation(text, asked) is None or not _has_variables(labelled.value, asked)):
        return _normal(labelled.value, asked)
    if (matrix := read_matrix(text, asked)) is not None:
        return _normal_matrix(matrix, asked.element)
    match _read(text, asked):
        case Several() as values:
            return _normal_values(values, asked.element)
        case kind, value:
            return kind.normal_form(value, asked)
    said = said_in(text)
    return read_words(text, asked) or _on_the_line(text).casefold() if said is None else _normal(tidy(said), asked)


def _has_variables(text: str, asked: Asked) -> bool:
    formula = read_formula(text, asked)
    return formula is not None and bool(formula.names)


def _normal_values(values: Several, asked: Asked) -> str:
    by_label = labels_of(values.values)
    if by_label:
        return ", ".join(f"{label}={_normal(by_label[label], asked)}" for label in sorted(by_label))
    found = [_normal(value, asked) for value in values.values]
    if values.around == "{" and len(found) == 1:
        return found[0]
    if not values.is_ordered:
        return f"{{{', '.join(sorted(set(found)))}}}"
    return f"[{', '.join(found)}]" if values.around == "[" and len(found) == INTERVAL else f"({', '.join(found)})"


INTERVAL = 2
"""Values in brackets that may be an interval, so that `[1, 2]` and `(1, 2)` are kept apart."""


def _normal_matrix(matrix: Matrix, asked: Asked) -> str:
    vector = as_vector(matrix)
    rows = [vector] if vector else matrix
    shown = [f"({', '.join(_normal(cell, asked) for cell in row)})" for row in rows]
    return shown[0] if vector else f"[{', '.join(shown)}]"


def _read(text: str, asked: Asked) -> tuple[Kind, Any] | Several | None:
    """Return how a text is read by itself: as a value of the first kind that fits, or as several values."""
    values = read_several(text, asked)
    for kind in kinds_for(asked):
        if kind.name == "words" or (values is not None and kind.name in _SINGLE):
            continue
        value = kind.read(text, asked)
        if value is not None and (kind.name == asked.type or not _is_doubtful(value, values)):
            return kind, value
    return values


_SINGLE = frozenset({"choice", "formula", "relation"})
"""Kinds that a list of values would be misread as."""


def _is_doubtful(value: object, values: Several | None) -> bool:
    """Say whether a value is only one reading of several: digits without a base, `(1, 2)` as an interval."""
    if isinstance(value, Region):
        return values is not None and not value.is_sure
    return isinstance(value, Numeral) and value.base is None


def reading(answer: str, answer_type: str | None = None, *, problem_text: str | None = None) -> str:
    """Return how an answer is read, for people: `1,000.0` as `1000`, `6:4` as `3:2`."""
    if not is_readable(answer):
        return answer[:MAX_SHOWN]
    text = tidy(answer)
    match _read(text, asked_for(answer_type, problem_text)):
        case Several() as values:
            return str(values)[:MAX_SHOWN]
        case kind, value:
            return kind.show(value)[:MAX_SHOWN]
    return text[:MAX_SHOWN]
