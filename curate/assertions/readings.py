"""Other ways to read two sides that differ as they stand: percent, units, fractions, sums that go on."""

from fractions import Fraction

from curate.assertions.expressions import value_of
from curate.assertions.pairs import Pair, Side
from curate.assertions.rounding import agree, quantum
from curate.assertions.tokens import Token
from curate.assertions.units import SCALES, singular, unit_of
from curate.assertions.words import MULTIPLIERS


def other_percent(pair: Pair) -> bool:
    """Say whether the sides agree when a percent sign is read in another usual way: `0.2 * 100 = 20%`, `50 + 20%`."""
    sides = (pair.left, pair.right)
    if not any(token.kind == "percent" for side in sides for token in side):
        return False
    lefts, rights = ([value_of(side, pair.names, percent=by) for by in (100, 1)] for side in sides)
    steps = (quantum(pair.right, percent=100), quantum(pair.right, percent=1))
    if any(agree(left, right, step) for left in lefts for right, step in zip(rights, steps, strict=True)):
        return True
    marked = sum(token.kind == "percent" for token in pair.left)
    return 0 < marked < sum(token.kind == "number" for token in pair.left) and _adds(pair.left)


def _adds(side: Side) -> bool:
    return any(token.kind == "operator" and token.text in "+-" for token in side)


def running_total(pair: Pair) -> bool:
    """Say whether the right side goes on from the value of the left one: `5 + 3 = 8 * 2`; or is its first part.

    What goes on brings something new; a tail that the left side has too (`5 + 3 + 2 = 10 + 2`) was counted twice.
    """
    left, right = ([token.text for token in side] for side in (pair.left, pair.right))
    if len(right) > 1 and right == left[: len(right)]:
        return True
    at = 1 + (right[0] == "-")
    at += len(pair.right) > at and pair.right[at].kind == "unit"
    rest = right[at:]
    goes_on = len(rest) > 1 and value_of(pair.right[:at], pair.names) == pair.left_value
    return goes_on and rest != left[-len(rest) :]


def exclaimed(pair: Pair) -> bool:
    """Say whether the sides agree when the right one ends with an exclamation mark: `3 + 4 = 7!`."""
    return pair.right[-1].text == "!" and value_of(pair.right[:-1], pair.names) == pair.left_value


def tight_fractions(pair: Pair) -> bool:
    """Say whether the sides agree when fractions written without spaces are taken first: `2000 / 2/3`."""
    left, right = (value_of(_bracketed(side), pair.names) for side in (pair.left, pair.right))
    return left is not None and left == right


def _bracketed(side: Side) -> list[Token]:
    """Return a side with brackets round every `a/b` that is written without spaces."""
    found: list[Token] = []
    for place, token in enumerate(side):
        if _is_tight(side[place : place + 3]):
            found.append(token._replace(kind="open", text="("))
        found.append(token)
        if place > 1 and _is_tight(side[place - 2 : place + 1]):
            found.append(token._replace(kind="close", text=")"))
    return found


def _is_tight(three: Side) -> bool:
    if [token.kind for token in three] != ["number", "operator", "number"] or three[1].text != "/":
        return False
    return three[0].end == three[1].start and three[1].end == three[2].start


def other_units(pair: Pair) -> bool:
    """Say whether units may account for the difference."""
    sides = (pair.left, pair.right)
    if any(map(_is_odd, sides)):
        return True
    words = [token.text for side in sides for token in side if token.kind == "unit"]
    if any(word.lower() in MULTIPLIERS for word in words):
        return True
    if pair.after is not None and pair.after.kind == "word":
        words.append(pair.after.text)
    units = {unit for word in words if (unit := unit_of(word)) is not None}
    dimensions = [unit.dimension for unit in units]
    dimensions += ["money"] * any(token.kind == "money" for side in sides for token in side)
    if len(set(dimensions)) < len(dimensions):
        return True
    return bool(units and pair.right_value) and abs(Fraction(pair.left_value) / pair.right_value) in SCALES


def _is_odd(side: Side) -> bool:
    """Say whether units in a side do not fit together: unlike terms are added, or like ones multiplied."""
    units: list[str | None] = []
    for token in side:
        if token.kind == "number":
            units.append(None)
        elif token.kind == "unit" and units and units[-1] is None and token.text != "/":
            units[-1] = singular(token.text)
    named = [unit for unit in units if unit is not None]
    return len(set(units)) > 1 if named and _adds(side) else len(set(named)) < len(named)
