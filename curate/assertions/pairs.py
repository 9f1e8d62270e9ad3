"""Neighbours in a chain of equalities, trimmed to what is really set equal, with their values."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from curate.assertions.chains import Chain
from curate.assertions.expressions import value_of
from curate.assertions.tokens import Exact, Token

Side = Sequence[Token]


class Pair(NamedTuple):
    """Two expressions that are set equal to one another, and do not have the same value."""

    left: Side
    right: Side
    left_value: Exact
    right_value: Exact
    before: Token | None
    """What stands before the left side; None where the line begins, or another side of the chain stands there."""
    after: Token | None
    """What stands after the right side; None where the line ends, or another side of the chain stands there."""
    is_first: bool
    """Whether the left side is the first of its chain: only then may words before it belong to it."""
    approximate: bool
    text: str
    """The line."""
    names: Mapping[str, Exact]
    """The values of letters."""

    @property
    def said(self) -> str:
        """The pair as it is written."""
        return self.text[self.left[0].start : self.right[-1].end]


def unequal_pairs(chain: Chain, names: Mapping[str, Exact]) -> Iterator[Pair]:
    """Yield the neighbours of a chain that can be computed and differ."""
    last = len(chain.sides) - 1
    values: list[Exact | None] = []
    trimmed: list[Side] = []
    before, after = chain.before, chain.after
    for place, whole in enumerate(chain.sides):
        side: Side = whole
        if place == 0:
            side, before = _without_head(side, before)
        if place == last:
            side, after = _without_tail(side, after)
        trimmed.append(side)
        values.append(value_of(side, names) if side else None)
    for place, approximate in enumerate(chain.approximate):
        left, right = values[place], values[place + 1]
        if left is None or right is None or left == right or (place == 0 and is_lone(trimmed[0])):
            continue
        yield Pair(
            left=trimmed[place],
            right=trimmed[place + 1],
            left_value=left,
            right_value=right,
            before=before if place == 0 else None,
            after=after if place + 1 == last else None,
            is_first=place == 0,
            approximate=approximate,
            text=chain.text,
            names=names,
        )


def _without_head(side: Side, before: Token | None) -> tuple[Side, Token | None]:
    """Return the first side without what stands before it in the same run: `1) 3 + 4`, `2 * (3 + 4`."""
    opened: list[int] = []
    start = 0
    for place, token in enumerate(side):
        if token.kind == "open":
            opened.append(place)
        elif token.kind == "close":
            if opened:
                opened.pop()
            else:
                start = place + 1
    if opened:
        start = max(start, opened[-1] + 1)
    return (side[start:], side[start - 1]) if start else (side, before)


def _without_tail(side: Side, after: Token | None) -> tuple[Side, Token | None]:
    """Return the last side up to a parenthesis that closes what was opened before the chain."""
    depth = 0
    for place, token in enumerate(side):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth < 0:
            return side[:place], token
    return side, after


def is_lone(side: Side) -> bool:
    """Say whether a side is one number and no more: what it counts may be said by the words before it."""
    signs = sum(token.kind == "operator" for token in side)
    operands = sum(token.kind in ("number", "name") for token in side)
    return operands == 1 and (signs == 0 or (signs == 1 and side[0].text == "-")) and not has_names(side)


def has_names(side: Side) -> bool:
    """Say whether a letter stands in a side."""
    return any(token.kind == "name" for token in side)
