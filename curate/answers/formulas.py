r"""Formulas, with or without a name in front, and relations: `2x+1`, `25\pi cm^2`, `y = 2x+1`, `x + y < 3`.

What stands before `=` is a label when it only names what is found (`x`, `f(x)`, `\frac{AB}{CD}`); else it is an
equation, and two equations are the same when one is a multiple of the other.
"""

import math
import re
from fractions import Fraction

import msgspec

from curate.answers.evaluate import (
    NoValueError,
    Value,
    agreement,
    as_float,
    is_close,
    names_in,
    points_for,
    uses,
    value_at,
    value_of,
)
from curate.answers.expressions import Tree, is_prose, read_expression
from curate.answers.numeric import Number, read_number
from curate.answers.types import Asked
from curate.answers.units import read_unit
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 300
NEAR = Fraction(1, 1000)
"""A decimal within so much of an irrational value may be meant for it."""


class Formula(msgspec.Struct, frozen=True):
    """An expression."""

    tree: Tree
    text: str
    """As it was read, without its unit."""
    names: frozenset[str]
    """Its variables."""
    unit: str = ""
    """The unit that followed it, or empty."""

    def __str__(self) -> str:
        return f"{self.text} {self.unit}".rstrip()


_UNIT = re.compile(r"(.*[0-9A-Za-z)}\]π!])\s+((?:square |cubic )?[A-Za-z]{2,}(?:\s*\^\s*\{?[23]\}?)?)")


def read_formula(text: str, _asked: Asked) -> Formula | None:
    """Return the formula that a text is, or None when it is none; a lone letter may be a choice, and is none."""
    if len(text) > MAX_CHARACTERS or (len(text) == 1 and text.isascii() and text.isalpha()):
        return None
    tree = None if is_prose(text) else read_expression(text)
    if tree is not None and not (text.isascii() and text.isalpha()):
        return Formula(tree, text, names_in(tree))
    followed = _UNIT.fullmatch(text)
    tree = read_expression(followed[1]) if followed and not is_prose(followed[1]) and _is_unit(followed[2]) else None
    return None if followed is None or tree is None else Formula(tree, followed[1], names_in(tree), followed[2])


def _is_unit(text: str) -> bool:
    unit = read_unit(text)
    return unit is not None and unit.dimensions != () and (unit.is_measure or text.endswith("units"))


def compare_formulas(left: Formula, right: Formula, asked: Asked) -> Decision | None:
    """Compare two formulas: equal wherever both have a value, or different at a point."""
    if left.unit and right.unit and left.unit != right.unit:
        return None
    one, other = _in_one_case(left, right)
    match agreement(one, other):
        case "equal":
            return "same", "formula"
        case "unclear":
            return None
        case "apart":
            return "undecided", "domain"
    return _unequal(left, right, one, other, asked)


def _in_one_case(left: Formula, right: Formula) -> tuple[Tree, Tree]:
    """Return both trees with variables in lower case, unless one of them tells `x` from `X`."""
    if left.names == right.names or any(_tells_case(formula.names) for formula in (left, right)):
        return left.tree, right.tree
    return _lowered(left.tree), _lowered(right.tree)


def _tells_case(names: frozenset[str]) -> bool:
    return len({name.lower() for name in names}) < len(names)


def _lowered(tree: Tree) -> Tree:
    if tree[0] == "name":
        return ("name", tree[1].lower())
    return tuple(_lowered(part) if isinstance(part, tuple) else part for part in tree)


def _unequal(left: Formula, right: Formula, one: Tree, other: Tree, asked: Asked) -> Decision:
    """Return what unequal formulas come to: rounded, another base or name, or different."""
    if any(uses(tree, "log") for tree in (one, other)) and agreement(_decadic(one), _decadic(other)) == "equal":
        return "undecided", "log_base"
    if not left.names and not right.names:
        return _constants(left, right, asked)
    if (
        left.names != right.names
        and len(left.names) == len(right.names)
        and agreement(one, _renamed(other, one)) == "equal"
    ):
        return "undecided", "renamed"
    return "different", "formula"


def _decadic(tree: Tree) -> Tree:
    """Return a formula in which a logarithm without a base is the one of base 10."""
    if tree[:2] == ("call", "log"):
        return ("call", "log10", _decadic(tree[2]))
    return tuple(_decadic(part) if isinstance(part, tuple) else part for part in tree)


def _renamed(tree: Tree, like: Tree) -> Tree:
    names = dict(zip(sorted(names_in(tree)), sorted(names_in(like)), strict=True))
    return _with_names(tree, names)


def _with_names(tree: Tree, names: dict[str, str]) -> Tree:
    if tree[0] == "name":
        return ("name", names[tree[1]])
    return tuple(_with_names(part, names) if isinstance(part, tuple) else part for part in tree)


def _constants(left: Formula, right: Formula, asked: Asked) -> Decision:
    """Compare two unequal values, of which one may be the other rounded."""
    for rounded, exact in ((left, right), (right, left)):
        number = read_number(rounded.text)
        value = value_of(exact.tree)
        if number is not None and value is not None and _may_stand_for(number, value, exact):
            return (
                ("same", "rounded_as_asked") if asked.rounded and _rounds(number, value) else ("undecided", "rounded")
            )
    return "different", "formula"


def _may_stand_for(number: Number, value: Value, exact: Formula) -> bool:
    if read_number(exact.text) is not None or number.quantum is None:
        return False
    return _rounds(number, value) or _gap(number, value) <= float(NEAR) * _size(value)


def _size(value: Value) -> float:
    try:
        return abs(as_float(value))
    except NoValueError:
        return 0.0


def _rounds(number: Number, value: Value) -> bool:
    assert number.quantum is not None
    return _gap(number, value) <= number.quantum / 2


def _gap(number: Number, value: Value) -> float:
    """Return how far apart two values are; infinitely where one is too large to tell."""
    try:
        return abs(as_float(number.value) - as_float(value))
    except NoValueError:
        return math.inf


class Labelled(msgspec.Struct, frozen=True):
    """A value and what it was called: `x = 5`."""

    label: str
    """Without spaces, in lower case; empty where there was none."""
    value: str
    """What stands after it."""


_NAME = r"(?:\\[A-Za-z]+\s*|[A-Za-z](?:_\{[^{}]*\}|_\w+)?'?)+"
_LABEL = re.compile(
    rf"(?:\\frac\s*\{{\s*{_NAME}\s*\}}\s*\{{\s*{_NAME}\s*\}}|\|?{_NAME}\|?(?:\s*[/:]\s*{_NAME})*"
    rf"|{_NAME}\s*(?:\^\s*\{{?-1\}}?\s*)?\(\s*{_NAME}(?:\s*,\s*{_NAME})*\s*\)|\(\s*{_NAME}(?:\s*[,;]\s*{_NAME})+\s*\)"
    rf"|[A-Za-z]{{2,}}(?: [A-Za-z]+){{0,4}})"
)
MAX_LABEL_CHARACTERS = 60


def is_label(text: str) -> bool:
    """Say whether a text only names something: `x`, `f(x)`, `AB`, `P(A)`, `(p, q)`, `the area`."""
    return 0 < len(text) <= MAX_LABEL_CHARACTERS and _LABEL.fullmatch(text) is not None


_LISTS = re.compile(r"[,;]|\band\b|\bor\b")
_APPROXIMATELY = re.compile(r"\s*≈\s*")
_MEMBER = re.compile(rf"({_NAME})\s*∈\s*(.+)")


def read_labelled(text: str) -> Labelled | None:
    """Return what follows a label, or the end of a chain such as `1/2 = 0.5`; None for equations and bare values."""
    exact, *about = _APPROXIMATELY.split(text)
    parts = [part.strip() for part in exact.split("=")]
    if len(parts) == 1:
        return Labelled(_folded(exact), about[-1]) if about and is_label(exact) else None
    if not all(parts) or any(sign in text for sign in "<>≤≥≠"):
        return None
    if any(_LISTS.search(part) for part in parts[1:-1]):  # `x = 1 or x = 2` is two
        return None
    return _labelled(parts)


def _labelled(parts: list[str]) -> Labelled | None:
    """Return the value among the sides of `=`, or None where they are an equation."""
    if is_label(parts[0]):
        return Labelled(_folded(parts[0]), parts[-1])
    if len(parts) == 2 and is_label(parts[1]):  # noqa: PLR2004 - the two sides of an equation
        return Labelled(_folded(parts[1]), parts[0])
    is_chain = len(parts) > 2 or _are_constant(parts)  # noqa: PLR2004 - the two sides of an equation
    return Labelled("", parts[-1]) if is_chain else None


def _are_constant(parts: list[str]) -> bool:
    trees = [read_expression(part) for part in parts]
    return all(tree is not None and not names_in(tree) for tree in trees)


def _folded(label: str) -> str:
    return label.replace(" ", "").replace("{", "").replace("}", "").lower()


_RELATION = re.compile("[=<>≤≥≠]")
_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}


class Relation(msgspec.Struct, frozen=True):
    """An equation or inequality, as `difference sign 0`."""

    difference: Tree
    sign: str
    text: str

    def __str__(self) -> str:
        return self.text


def read_relation(text: str, _asked: Asked) -> Relation | None:
    """Return the relation that a text states, or None when it states none, or more than one."""
    sign = _RELATION.findall(text) if len(text) <= MAX_CHARACTERS else []
    if len(sign) != 1:
        return None
    left, right = (read_expression(side.strip()) for side in _RELATION.split(text))
    return None if left is None or right is None else Relation(("-", left, right), sign[0], text)


def show_proportions(relation: Relation, _asked: Asked) -> str:
    """Return a normal form that multiples of a relation share: its proportions at the points, and its sign."""
    try:
        first, *values = [value_at(relation.difference, point) for point in points_for(names_in(relation.difference))]
        shares = [_as_text(value / first) for value in values]
    except (NoValueError, ZeroDivisionError, ValueError):  # the last one: there are too many variables
        return relation.text
    turned = isinstance(first, Fraction) and first < 0
    return f"{_TURNED[relation.sign] if turned else relation.sign} {', '.join(shares)}"


def show_values(formula: Formula, _asked: Asked) -> str:
    """Return a normal form that equal formulas share: its value, or its values at the points of comparison."""
    points = points_for(formula.names)
    try:
        return ", ".join(_as_text(value_at(formula.tree, point)) for point in points[: 2 if formula.names else 1])
    except NoValueError:
        return formula.text


def _as_text(value: Value) -> str:
    """Return a value exactly, or as many digits of a float as are sure."""
    if isinstance(value, Fraction):
        return str(value)
    return " + ".join(f"{part:.9g}" for part in (value.real, value.imag) if abs(part) > NOISE * abs(value)) or "0"


NOISE = 1e-12


def compare_relations(left: Relation, right: Relation, _asked: Asked) -> Decision | None:
    """Compare two relations: multiples of one another are the same; linear ones that are none are different."""
    one, other = names_in(left.difference), names_in(right.difference)
    if one != other and len(one) == len(other) == 1:  # `x = 5` and `y = 5`: the label is looked at elsewhere
        return None
    names = one | other
    factor = _factor(left.difference, right.difference, names)
    if factor is None or not names:
        return None
    if factor == 0:
        return ("different", "relation") if _differ(left, right, names) else None
    if (_TURNED[right.sign] if factor < 0 else right.sign) == left.sign:
        return "same", "relation"
    return "different", "relation"


def _factor(left: Tree, right: Tree, names: frozenset[str]) -> Fraction | float | None:
    """Return the constant that makes the second the first, 0 when there is none, or None when it cannot be told."""
    ratios: list[Value] = []
    try:
        for point in points_for(names):
            one, other = value_at(left, point), value_at(right, point)
            ratios.append(one / other)
    except (NoValueError, ZeroDivisionError):
        return None
    if not ratios or any(isinstance(ratio, complex) and ratio.imag for ratio in ratios):
        return None
    first = ratios[0]
    if not all(is_close(first, ratio) for ratio in ratios):
        return 0
    return first if isinstance(first, Fraction) else first.real


def _differ(left: Relation, right: Relation, names: frozenset[str]) -> bool:
    """Say whether two relations that are no multiples of one another surely have different solutions."""
    if left.sign == right.sign == "=":
        return _leaves(left, right, names) or _leaves(right, left, names)
    return _is_linear(left, names) and _is_linear(right, names)


def _leaves(one: Relation, other: Relation, names: frozenset[str]) -> bool:
    """Say whether a point that solves the first, found where it is linear in a variable, does not solve the second."""
    for name in sorted(names_in(one.difference)):
        for point in points_for(names):
            try:
                start, end, check = (value_at(one.difference, point | {name: Fraction(step)}) for step in (0, 1, 3))
                slope = end - start
                if not isinstance(start, Fraction) or not slope or check != start + 3 * slope:
                    break
                root = -start / slope
                value = value_at(other.difference, point | {name: root}) if isinstance(root, Fraction) else root
            except NoValueError:
                break
            if isinstance(value, Fraction) and value:
                return True
    return False


def _is_linear(relation: Relation, names: frozenset[str]) -> bool:
    """Say whether a relation is linear in all its variables, judged along a line through two of the points."""
    start, end, *_ = points_for(names)
    try:
        values = [
            value_at(relation.difference, {name: start[name] + step * (end[name] - start[name]) for name in names})
            for step in range(4)
        ]
    except NoValueError:
        return False
    exact = [value for value in values if isinstance(value, Fraction)]
    return len(exact) == len(values) and exact[3] - 2 * exact[2] + exact[1] == exact[2] - 2 * exact[1] + exact[0] == 0
