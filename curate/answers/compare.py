"""Are two answers the same? Three results, each with the rule that decided it.

First what costs nothing: equal text. Then each kind of answer that both can be: numbers, times, intervals ... Then what
one kind may say of another: a label left away, a value in a sentence, a set of one. Last, and only where both look like
mathematics, the symbolic comparison in a process of its own. What none of these decides is undecided, never wrong.
"""

from collections.abc import Callable

from curate.answers import symbolic
from curate.answers.formulas import Labelled, read_formula, read_labelled, read_relation
from curate.answers.kinds import kinds_for
from curate.answers.matrices import Matrix, as_vector, read_matrix
from curate.answers.numeric import read_decimal_comma, read_number
from curate.answers.plain import is_readable, tidy
from curate.answers.quantities import compare_numbers, read_quantity
from curate.answers.ratios import read_ratio_as_number
from curate.answers.sentences import said_in
from curate.answers.several import Several, compare_several, in_order, read_several
from curate.answers.types import Asked, asked_for
from curate.answers.verdicts import Decision, Sameness, Verdict

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
    if one is not None and other is not None:
        return compare_several(one, other, asked.element, decide)
    for values, text in ((one, right), (other, left)):
        if values is not None and len(values.values) == 1:
            return decide(values.values[0], text, asked)
        if values is not None and _is_single(text) and _are_values(values):
            return "different", "count"
    return None


def _is_single(text: str) -> bool:
    return read_quantity(text) is not None or read_formula(text, Asked()) is not None


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


def _case(left: str, right: str, _asked: Asked) -> Decision | None:
    """Take two texts that differ only in capitals for one, but not where LaTeX tells them apart."""
    return ("same", "case") if "\\" not in left and left.casefold() == right.casefold() else None


def _misfits(left: str, right: str, asked: Asked) -> Decision | None:
    """Tell an equation from an expression, and a number from a truth value: neither can be the other."""
    for text, other in ((left, right), (right, left)):
        relation = read_relation(text, asked)
        if relation is not None and relation.sign == "=" and read_labelled(text) is None and _is_single(other):
            return "different", "kind"
    return None


ACROSS: tuple[Callable[[str, str, Asked], Decision | None], ...] = (
    _labels,
    _decimal_comma,
    _ratio_as_number,
    _matrices,
    _several,
    _sentences,
    _case,
    _misfits,
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
    if labelled is not None:
        return _normal(labelled.value, asked)
    values = read_several(text, asked)
    if values is not None and asked.type not in {"names", "words", "literal", "date", "time"}:
        found = [_normal(value, asked.element) for value in values.values]
        return f"({', '.join(found)})" if values.is_ordered else f"{{{', '.join(sorted(set(found)))}}}"
    for kind in kinds_for(asked):
        value = kind.read(text, asked)
        if value is not None:
            return kind.normal_form(value, asked)
    return text.casefold()


def reading(answer: str, answer_type: str | None = None, *, problem_text: str | None = None) -> str:
    """Return how an answer is read, for people: `1,000.0` as `1000`, `6:4` as `3:2`."""
    if not is_readable(answer):
        return answer[:MAX_SHOWN]
    text, asked = tidy(answer), asked_for(answer_type, problem_text)
    for kind in kinds_for(asked):
        value = kind.read(text, asked)
        if value is not None:
            return kind.show(value)[:MAX_SHOWN]
    return text
