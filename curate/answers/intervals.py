r"""Intervals, unions of them and inequalities in one variable: `[0, 1)`, `(-\infty, 2] \cup \{5\}`, `-1 < x \le 3`.

All are read as pieces of the number line, in order; pieces that touch are joined, so that `[0,1] U (1,2]` is `[0,2]`.
"""

import math
import re
from fractions import Fraction

import msgspec

from curate.answers.evaluate import NoValueError, is_close, names_in, value_at, value_of
from curate.answers.expressions import Tree, read_expression
from curate.answers.formulas import is_label
from curate.answers.numeric import read_number
from curate.answers.types import Asked
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 400
MAX_PIECES = 20

Bound = Fraction | float


class Piece(msgspec.Struct, frozen=True, order=True):
    """One piece of the number line."""

    low: Bound
    open_below: bool
    """Whether the lower bound itself is left out; infinite bounds always are."""
    high: Bound
    open_above: bool

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{{{self.low}}}"
        return f"{'(' if self.open_below else '['}{self.low}, {self.high}{')' if self.open_above else ']'}"


class Region(msgspec.Struct, frozen=True):
    """Pieces in order, none touching the next."""

    pieces: tuple[Piece, ...]
    is_sure: bool = True
    """Whether it cannot be anything else: `(1, 2)` may be a point."""
    quantum: Fraction = Fraction(0)
    """What the last digit of its roughest decimal is worth."""

    def __str__(self) -> str:
        return " U ".join(map(str, self.pieces)) or "empty"


EVERYTHING = Region((Piece(-math.inf, True, math.inf, True),))  # noqa: FBT003 - open on both sides
NOTHING = Region(())
_NAMED = {
    **dict.fromkeys(("\u211d", "R", "all real numbers", "all reals", "real numbers", "any real number"), EVERYTHING),
    **dict.fromkeys(("∅", "empty set", "the empty set", "no solution", "no solutions", "no real solutions"), NOTHING),
    r"\{\}": NOTHING,
}
_UNION = re.compile(r"\s*∪\s*|\s+U\s+|\s+or\s+")
_BOUNDS = re.compile(r"([(\[\]])\s*([^,;]+)\s*[,;]\s*([^,;]+)\s*([)\]\[])")
_POINTS = re.compile(r"\\\{(.+)\\\}")
_SIGN = re.compile("[<>≤≥≠]")
_BUILDER = re.compile(r"\\?\{\s*[a-zA-Z]\s*(?:∈\s*(?:R|\u211d)\s*)?[|:]\s*([^{}|:]+?)\s*\\?\}")
_LEFT = re.compile(r"\s*(?:x|[a-zA-Z]|[a-zA-Z]\([a-z]\))\s*∈\s*")


def read_region(text: str, _asked: Asked) -> Region | None:
    """Return the part of the number line that a text describes, or None when it describes none."""
    if len(text) > MAX_CHARACTERS:
        return None
    named = _NAMED.get(text) or _NAMED.get(text.lower())
    if named is not None:
        return named
    if builder := _BUILDER.fullmatch(text):
        text = builder[1]
    member = _LEFT.match(text)
    text = text[member.end() :] if member else text
    if text in _NAMED:
        return _NAMED[text]
    return _joined([_read_piece(part) for part in _UNION.split(text, MAX_PIECES)], is_sure=member is not None)


def _joined(parts: list["Region | None"], *, is_sure: bool) -> Region | None:
    """Return the union, with pieces that touch made one."""
    regions = [part for part in parts if part is not None]
    if len(regions) < len(parts):
        return None
    joined: list[Piece] = []
    for piece in sorted(piece for region in regions for piece in region.pieces):
        if joined and _touches(joined[-1], piece):
            joined[-1] = _merged(joined[-1], piece)
        else:
            joined.append(piece)
    sure = is_sure or len(parts) > 1 or any(region.is_sure for region in regions)
    return Region(tuple(joined), sure, max((region.quantum for region in regions), default=Fraction(0)))


def _touches(first: Piece, second: Piece) -> bool:
    return second.low < first.high or (second.low == first.high and not (first.open_above and second.open_below))


def _merged(first: Piece, second: Piece) -> Piece:
    further = second if (second.high, not second.open_above) > (first.high, not first.open_above) else first
    below = first.open_below and (second.open_below or second.low > first.low)
    return Piece(first.low, below, further.high, further.open_above)


def _read_piece(text: str) -> Region | None:
    text = text.strip()
    if bounds := _BOUNDS.fullmatch(text):
        return _between(bounds[2], bounds[3], open_below=bounds[1] != "[", open_above=bounds[4] != "]", text=text)
    if points := _POINTS.fullmatch(text):
        return _points(points[1].split(","))
    if _SIGN.search(text):
        return _intersection([_read_inequality(part) for part in re.split(r"\s+and\s+|\s*,\s*", text)])
    return None


def _between(low: str, high: str, *, open_below: bool, open_above: bool, text: str) -> Region | None:
    start, end = _bound(low), _bound(high)
    if start is None or end is None or start > end or (start == end and (open_below or open_above)):
        return None
    piece = Piece(start, open_below or math.isinf(start), end, open_above or math.isinf(end))
    is_sure = not (text[0] == "(" and text[-1] == ")") and not (text[0] == "[" and text[-1] == "]")
    return Region((piece,), is_sure or "∞" in text, max(_quantum(low), _quantum(high)))


def _points(texts: list[str]) -> Region | None:
    values = [_bound(text) for text in texts]
    found = tuple(Piece(value, False, value, False) for value in values if value is not None)  # noqa: FBT003 - closed
    return Region(found, is_sure=False) if len(found) == len(values) else None


def _bound(text: str) -> Bound | None:
    text = text.strip()
    folded = text.lower().replace("infinity", "∞").replace("inf", "∞")
    if folded.lstrip("+- ") in {"∞", "oo"}:
        return -math.inf if folded.startswith("-") else math.inf
    tree = read_expression(text)
    value = None if tree is None or names_in(tree) else value_of(tree)
    if isinstance(value, complex):
        return value.real if abs(value.imag) <= 1e-12 * abs(value) else None
    return None if value is not None and abs(value) > MAX_BOUND else value


MAX_BOUND = 10**300
"""Beyond the range of floats nothing is compared."""


def _quantum(text: str) -> Fraction:
    number = read_number(text.strip())
    return Fraction(0) if number is None or number.quantum is None else number.quantum


def _intersection(regions: list[Region | None]) -> Region | None:
    """Return what all of one-piece regions have in common."""
    found = EVERYTHING.pieces[0]
    if len(regions) == 1:
        return regions[0]
    for region in regions:
        if region is None or len(region.pieces) != 1:
            return None
        found = _common(found, region.pieces[0])
    return Region((found,)) if found.low < found.high else None


def _common(first: Piece, second: Piece) -> Piece:
    lower = second if (second.low, second.open_below) > (first.low, first.open_below) else first
    upper = second if (second.high, not second.open_above) < (first.high, not first.open_above) else first
    return Piece(lower.low, lower.open_below, upper.high, upper.open_above)


def _read_inequality(text: str) -> Region | None:
    """Return the values that an inequality in one variable allows: `x > 5`, `3 - 2x <= 1`, `0 < f(x) < 1`."""
    sized = _SIZE.search(text)
    if sized:
        return _of_both_signs(_read_inequality(text.replace(sized[0], sized[1])))
    sides = [side.strip() for side in _SIGN.split(text)]
    signs = _SIGN.findall(text)
    if len(signs) == 1:
        return _one_sided(sides[0], signs[0], sides[1])
    if len(signs) == 2 and not {"≠"} & set(signs):  # noqa: PLR2004 - a double inequality
        return _intersection(
            [_one_sided(sides[1], _TURNED[signs[0]], sides[0]), _one_sided(sides[1], signs[1], sides[2])]
        )
    return None


_SIZE = re.compile(r"\|\s*([A-Za-z])\s*\|")


def _of_both_signs(region: Region | None) -> Region | None:
    """Return the numbers whose size lies in a region: `|z| < 3` is (-3, 3)."""
    if region is None or len(region.pieces) != 1:
        return None
    piece = region.pieces[0]
    sizes = _common(piece, Piece(Fraction(0), False, math.inf, True))  # noqa: FBT003 - closed at 0
    if sizes.low > sizes.high:
        return NOTHING
    mirrored = Piece(-sizes.high, sizes.open_above, -sizes.low, sizes.open_below)
    return _joined([Region((mirrored,)), Region((sizes,))], is_sure=True)


_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "≠": "≠"}


def _one_sided(left: str, sign: str, right: str) -> Region | None:
    for side, value, relation in ((left, right, sign), (right, left, _TURNED[sign])):
        bound = _bound(value)
        if bound is not None and is_label(side) and "|" not in side:
            return _beyond(bound, relation, _quantum(value))
    return _solved(read_expression(left), sign, read_expression(right))


def _solved(left: Tree | None, sign: str, right: Tree | None) -> Region | None:
    """Return the solution of an inequality that is linear in its one variable."""
    names = names_in(("-", left, right)) if left and right else frozenset()
    if len(names) != 1:
        return None
    (name,) = names
    try:
        values = [value_at(("-", left, right), {name: Fraction(place)}) for place in (0, 1, 2, 5)]
    except NoValueError:
        return None
    exact = [value for value in values if isinstance(value, Fraction)]
    if len(exact) < len(values):
        return None
    slope = exact[1] - exact[0]
    if slope == 0 or exact[2] - exact[1] != slope or exact[3] - exact[0] != 5 * slope:
        return None
    return _beyond(-exact[0] / slope, sign if slope > 0 else _TURNED[sign], Fraction(0))


def _beyond(bound: Bound, sign: str, quantum: Fraction) -> Region:
    is_open = sign not in {"≤", "≥"}
    below, above = Piece(-math.inf, True, bound, is_open), Piece(bound, is_open, math.inf, True)  # noqa: FBT003 - open
    if sign == "≠":
        return Region((below, above), quantum=quantum)
    return Region((below if sign in {"<", "≤"} else above,), quantum=quantum)


def compare_regions(left: Region, right: Region, asked: Asked) -> Decision | None:
    """Compare two regions piece by piece, where one of them at least can be nothing else."""
    if not (left.is_sure or right.is_sure or asked.type == "interval"):
        return None
    if len(left.pieces) != len(right.pieces):
        return "different", "interval"
    if any(not _same_ends(one, other) for one, other in zip(left.pieces, right.pieces, strict=True)):
        return "different", "interval"
    bounds = [bound for one, other in zip(left.pieces, right.pieces, strict=True) for bound in _pairs(one, other)]
    if all(_equal(one, other) for one, other in bounds):
        return "same", "interval"
    slack = max(left.quantum, right.quantum) / 2
    if all(_equal(one, other) or abs(float(one) - float(other)) <= slack for one, other in bounds):
        return ("same", "rounded_as_asked") if asked.rounded else ("undecided", "rounded")
    return "different", "interval"


def _same_ends(one: Piece, other: Piece) -> bool:
    return (one.open_below, one.open_above) == (other.open_below, other.open_above)


def _pairs(one: Piece, other: Piece) -> tuple[tuple[Bound, Bound], tuple[Bound, Bound]]:
    return (one.low, other.low), (one.high, other.high)


def _equal(one: Bound, other: Bound) -> bool:
    if math.isinf(one) or math.isinf(other):
        return one == other
    exact = [bound if isinstance(bound, Fraction) else complex(bound) for bound in (one, other)]
    return is_close(exact[0], exact[1])
