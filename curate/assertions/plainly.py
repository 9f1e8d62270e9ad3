"""Tell in a few microseconds that an equals sign asserts nothing untrue, where that is plain to see: mostly it is.

Only plain sums are looked at, and what is no sum at all. Whatever is not plainly fine is left to the slow reading;
nothing is ever accused here.
"""

import re

from curate.assertions.letters import Letters
from curate.assertions.sides import NOTHING, Plain, is_wordy, value_after, value_before
from curate.assertions.tokens import TIMES, plain_latex

_BOLD = re.compile(r"(?<![\d)])(?<![\d)] )\*\*|\*\*(?![\d(-])(?! [\d(-])")
"""Two stars that are no power."""
_TIMES = re.compile(TIMES)
_STOPS = frozenset(".,:;?!>|")
"""Marks after which a side begins."""
_EQUALS = re.compile("=")


def doubtful(line: str, letters: Letters) -> list[int]:
    """Return where the equals signs of a line stand that may assert something untrue.

    Args:
        line: One line of a step.
        letters: What is known of letters; is told of those that the line plainly defines.
    """
    plain = plain_latex(line) if "\\" in line else line
    if "**" in plain:
        plain = _BOLD.sub(" ", plain)
    if "x" in plain or "X" in plain:
        plain = _TIMES.sub("\N{MULTIPLICATION SIGN}", plain)
    judged = _judged(plain, letters)
    if all(judged):
        return []
    signs = zip(_EQUALS.finditer(line), judged, strict=True)
    return [sign.start() for sign, is_sound in signs if not is_sound]


def _judged(line: str, letters: Letters) -> list[bool]:
    """Return for each equals sign of a line whether it plainly asserts nothing untrue."""
    sides = line.split("=")
    computed = letters.with_values(line).split("=") if letters.fixed else sides
    judged: list[bool] = []
    value: Plain = None
    letter, at = "", 0
    is_told = False
    for place in range(len(sides) - 1):
        left, right = computed[place], computed[place + 1]
        following, ends = value_after(right)
        is_lone = False
        if value is None:
            value, is_lone = value_before(left, is_first=place == 0)
            letter, at = "", place
            if following is not NOTHING and (value is NOTHING or letters.fixed):
                letter = _defined(sides[place], is_first=place == 0)
        if letter and at == place:
            is_sound = following is not None and letters.fixed.get(letter, following) == following
        elif value is NOTHING or following is NOTHING:
            is_told = is_told or (len(letters.told) > 1 and letters.tell_of(left, 2))
            is_sound = not (is_told and letters.tell_of(f"{left}={right}", 1)) and not letters.fix(f"{left}={right}")
            letter = ""
        else:
            is_sound = is_lone or (value is not None and value == following)
        judged.append(is_sound)
        if letter and not is_sound:
            # The slow reading is to see the definition whole.
            judged[at] = False
        # A sum that takes up all between two equals signs is the left side of the second too.
        value = following if ends else None
        is_last = not ends or place + 2 == len(sides)
        if letter and is_sound and is_last and following is not None and not isinstance(following, str):
            letters.tell(letter, following)
    return judged


def _defined(left: str, *, is_first: bool) -> str:
    """Return the letter that is all there is of a side, or nothing where it is more than a capital letter."""
    side = left.rstrip()
    before = side[:-1].rstrip()
    if not side[-1:].isupper() or (not before and not is_first):
        return ""
    if before and before[-1] not in _STOPS and (len(before) + 1 == len(side) or not is_wordy(before)):
        return ""
    return side[-1]
