"""Tell in a few microseconds that an equals sign asserts nothing untrue, where that is plain to see: mostly it is.

Only plain sums are looked at, and what is no sum at all. Whatever is not plainly fine is left to the slow reading;
nothing is ever accused here.
"""

import re
from collections.abc import Callable
from operator import add, mul, sub
from typing import TypeAlias

from curate.assertions.expressions import divided
from curate.assertions.sums import NOTHING, Plain, value_after, value_before
from curate.assertions.tokens import Exact, plain_latex

TAIL_CHARACTERS = 48
"""How far before an equals sign its left side is looked for."""
HEAD_CHARACTERS = 48
SUM_CHARACTERS = 24
_SUM = re.compile(
    r"(?:[a-zA-Z.,:;] [$(]?|\()(\d{1,9})(?: [a-z]{3,})? ?([-+*/\u00d7]) ?\$?([1-9]\d{0,8})(?: [a-z]{3,})? ?$"
)
_RESULT = re.compile(r" ?\$?(\d{1,9})(?:[.,;:)]?$|[.,;:)]? [a-zA-Z]{2})")
_APPLIED: dict[str, Callable[[int, int], Exact]] = {"+": add, "-": sub, "*": mul, "\u00d7": mul, "/": divided}
_DEFINED = re.compile(r"(?<![^\W_])(?<![-+*/^] )(?<![-+*/^])([A-Z])\s*$")
"""A letter that is defined, as in `A = 3 * 4`: later steps may speak of it."""
Tell: TypeAlias = Callable[[str, Exact], None]
"""Takes a letter and its value."""


def doubtful(line: str, tell: Tell, *, letters: bool) -> list[int]:
    """Return where the equals signs of a line stand that may assert something untrue.

    Args:
        line: One line of a step.
        tell: Is told of the letters that the line plainly defines.
        letters: Whether letters have values, so that what holds letters may be computed.
    """
    pieces = line.split("=")
    plain = plain_latex(line).split("=") if "\\" in line else pieces
    found = []
    at = -1
    value: Plain = None
    for place, right in enumerate(plain[1:]):
        at += len(pieces[place]) + 1
        if value is None and _is_plain_sum(plain[place], right):
            continue
        following, ends = value_after(right[:HEAD_CHARACTERS])
        is_last = not ends or place + 2 == len(plain)
        defined = _DEFINED.search(plain[place][-4:]) if value is None else None
        if defined and following is not NOTHING:
            if following is None or isinstance(following, str) or not is_last or letters:
                found.append(at)
            else:
                tell(defined[1], following)
                letters = True
        elif not _is_sound(plain[place], value, following, letters=letters):
            found.append(at)
        # A sum that takes up all between two equals signs is the left side of the second too.
        value = None if is_last or len(right) > HEAD_CHARACTERS else following
    return found


def _is_plain_sum(left: str, right: str) -> bool:
    """Say whether a sum of two whole numbers comes to the number after it: so most equalities are written."""
    result = _RESULT.match(right)
    if result is None:
        return False
    sum_ = _SUM.search(left[-SUM_CHARACTERS:])
    return sum_ is not None and _APPLIED[sum_[2]](int(sum_[1]), int(sum_[3])) == int(result[1])


def _is_sound(left: str, value: Plain, following: Plain, *, letters: bool) -> bool:
    if following is NOTHING:
        return not letters
    is_lone = False
    if value is None:
        value, is_lone = value_before(left[-TAIL_CHARACTERS:], whole=len(left) <= TAIL_CHARACTERS)
    if value is NOTHING:
        return not letters
    return value is not None and (is_lone or value == following)
