"""What stands right before or right after an equals sign: the value of a plain sum, or that there is none to be had.

A sum is cut off a piece of a line by its characters. What stands beside it is looked at as far as `chains.py` may take
it for a part of the sum; wherever that could be, the side is not plain.
"""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from curate.assertions.sums import MINUS, SIGN, SIGNS, applied, sum_of
from curate.assertions.tokens import CUT, Exact
from curate.assertions.units import unit_of
from curate.assertions.words import BEFORE_A_SIGN, NOT_UNITS

NOTHING: Final = "nothing"
"""Stands for the value of a side that has none: words, or letters for unknowns."""
Plain: TypeAlias = Exact | str | None
"""The value of a plain sum, `NOTHING`, or None for what is not plain."""

NEAR_CHARACTERS = 160
"""How far from an equals sign the units of a sum are taken away."""
FEW_WORDS = 4
"""More words than a unit has."""
_CHARACTERS = f"0123456789 ().,$%{''.join(SIGNS)}"
"""What plain sums are written with. A point or a comma may also end one sum, before the next begins."""
_MARKS = frozenset(':;?|"<>')
"""Other marks after which a sum begins anew."""
_ENDS = _MARKS | frozenset("!'\N{ALMOST EQUAL TO}")
"""Other marks before which a sum ends."""
_LETTER = r"[^\W\d_\u00b2\u00b3]"
_GOES_ON = rf"(?:{_LETTER}++(?:['\u2019-]{_LETTER}++)*+[ /]*+){{1,4}}+[^\w\s.,;:?\"'|)]"
"""The words of a unit with a sign after them: there the sum may go on."""
_PAIR = re.compile(rf"(?:[.,]? )?\(?\$?(\d{{1,15}}) ?({SIGN}) ?\$?(\d{{1,15}}) ?")
"""Two whole numbers with a sign between them: so most sums are written."""
_TERMS = re.compile(rf"(?:[.,]? )?\(?\$?\d{{1,15}}(?: ?[+{re.escape(MINUS)}] ?\$?\d{{1,15}})++ ?")
"""Whole numbers that are added and subtracted."""
_APART = str.maketrans({"+": " ", **dict.fromkeys(MINUS, " -"), **dict.fromkeys(" $(.,")})
"""Makes such a sum one of numbers with white space between them."""
_RESULT = re.compile(
    rf" ?\$?(\d{{1,15}}+)(?:( ?$)|[.,;:?|\"](?!\d)|\)[.,]?(?: {_LETTER}|$)| (?={_LETTER}{_LETTER})(?!{_GOES_ON}))"
)
"""A whole number and what ends it: so most sums come out."""
_UNIT_GOES_ON = re.compile(_GOES_ON)
_UNIT = re.compile(rf"(?<=[\d)])(?: +| */ *)((?:{_LETTER}{{2,}}+(?: */ *(?={_LETTER})| *+)){{1,3}}+)(?=$|{SIGN})")
_BREAK = re.compile(r"[.,](?!\d)")


def value_before(piece: str, *, is_first: bool) -> tuple[Plain, bool]:
    """Return the value of the sum that a piece of a line ends with, and whether it is but a number, and first.

    Args:
        piece: What stands before an equals sign, from the one before it or from the beginning of the line.
        is_first: Whether it is from the beginning of the line.
    """
    rest = piece.rstrip(_CHARACTERS)
    text = piece[len(rest) :]
    found = _PAIR.fullmatch(text)
    if found is not None and _is_apart(rest, text):
        return applied(*found.groups()), False
    if _TERMS.fullmatch(text) and _is_apart(rest, text):
        return sum(map(int, text.translate(_APART).split())), False
    value, is_lone = _last_sum(rest, text)
    if value is not None or not rest or not rest[-1].isalpha():
        return value, is_lone and (is_first or bool(rest))
    near = piece if len(piece) <= NEAR_CHARACTERS else CUT + piece[-NEAR_CHARACTERS:]
    bare = _UNIT.sub(_without_unit, near)
    rest = bare.rstrip(_CHARACTERS)
    value, is_lone = _last_sum(rest, bare[len(rest) :])
    # What a lone number with a unit is set equal to may be the same in another unit.
    is_unit = is_lone and unit_of(piece.rsplit(maxsplit=1)[-1]) is not None
    return None if is_unit else value, is_lone and not is_unit and (is_first or bool(rest))


def value_after(piece: str) -> tuple[Plain, bool]:
    """Return the value of the sum that a piece of a line begins with, and whether it takes up all of the piece."""
    found = _RESULT.match(piece)
    if found is not None:
        return int(found[1]), found[2] is not None
    rest = piece.lstrip(_CHARACTERS)
    value, ends = _first_sum(piece[: len(piece) - len(rest)], rest)
    if value is not None or not rest or not rest[0].isalpha():
        return value, ends
    near = piece if len(piece) <= NEAR_CHARACTERS else piece[:NEAR_CHARACTERS] + CUT
    bare = _UNIT.sub(_without_unit, near)
    rest = bare.lstrip(_CHARACTERS)
    return _first_sum(bare[: len(bare) - len(rest)], rest)


def _without_unit(found: re.Match[str]) -> str:
    """Return nothing for the words of a unit; other words stay."""
    words = found[1].replace("/", " ").lower().split()
    return found[0] if any(word in NOT_UNITS or word.endswith("cent") for word in words) else " "


def _last_sum(rest: str, text: str) -> tuple[Plain, bool]:
    """Return the value of the sum at the end of a text that stands after words, and whether it is a lone number."""
    if not text or text.isspace():
        return _value_of_words(rest), False
    *_, sum_ = _BREAK.split(text)
    if "(" not in sum_:
        if ")" in sum_:
            return (NOTHING if _is_closed(rest, sum_) else None), False
    elif sum_.count("(") > sum_.count(")"):
        sum_ = _after_opened(sum_)
    if len(sum_) == len(text) and not _is_apart(rest, text):
        return (NOTHING if _begins_with_unknown(rest, text) else None), False
    return sum_of(sum_)


def _after_opened(text: str) -> str:
    """Return what stands after the last parenthesis that is not closed again."""
    closed = 0
    for place in range(len(text) - 1, -1, -1):
        if text[place] == "(" and not closed:
            return text[place + 1 :]
        closed += (text[place] == ")") - (text[place] == "(")
    return text


def _is_closed(rest: str, sum_: str) -> bool:
    """Say whether all that stands between the last words and the equals sign is the end of something in parentheses."""
    *before, after = sum_.split(")")
    if not after.isspace():
        return False
    return _is_apart(rest, sum_) if any(map(str.strip, before)) else _value_of_words(rest) is NOTHING


def _first_sum(text: str, rest: str) -> tuple[Plain, bool]:
    """Return the value of the sum at the beginning of a text that stands before others, and whether that is all."""
    sum_ = _BREAK.split(text, maxsplit=1)[0]
    if "(" not in sum_:
        sum_ = sum_.partition(")")[0]
    is_cut = len(sum_) < len(text)
    if rest and not is_cut:
        if rest[0].isalpha():
            if _ends_with_unknown(text, rest):
                return NOTHING, False
            if _UNIT_GOES_ON.match(rest):
                return None, False
            sum_ = text.rstrip().removesuffix("(").removesuffix("/")
        elif rest[0] not in _ENDS:
            return None, False
    if not sum_ or sum_.isspace():
        return (NOTHING if not rest or rest[0] in _ENDS else None), False
    return sum_of(sum_)[0], not rest and not is_cut


def is_wordy(text: str) -> bool:
    """Say whether a text ends with words that are no unit of a number before them."""
    return _value_of_words(text) is NOTHING


def _is_apart(rest: str, text: str) -> bool:
    """Say whether a text of numbers and signs is a sum of its own, whatever words stand before it."""
    if not rest or text[0] in ".,":
        return True
    if text[0] != " ":
        return False
    if rest[-1] in _MARKS:
        return True
    if not rest[-1].isalpha():
        return False
    return text.lstrip()[0] not in SIGNS or (text.lstrip()[0] in MINUS and _is_before_a_sign(rest))


def _is_before_a_sign(text: str) -> bool:
    """Say whether a minus sign after the last word of a text is the sign of a number."""
    return text.rsplit(None, 1)[-1].lower() in BEFORE_A_SIGN and not _is_letter(text[:-3:-1]) and is_wordy(text)


def _begins_with_unknown(rest: str, text: str) -> bool:
    """Say whether words before a sum take away its value: a name that it begins with, or touches."""
    if not rest[-1].isalpha():
        return False
    first = text.lstrip()[0]
    if first in SIGNS:
        return is_wordy(rest)
    return text[0].isdecimal() or (text[0] == "(" and text.count("(") == text.count(")"))


def _ends_with_unknown(text: str, rest: str) -> bool:
    """Say whether letters after a sum take away its value: a name in it, or a sign with words after it."""
    sum_ = text.rstrip()
    last = sum_.rstrip("( ")[-1:]
    if not last or last in SIGNS:
        return sum_[-1:] != "/" or not rest[1:2].isalpha()
    return text[-1] != " " and sum_[-1] != "("


def _is_letter(letters: str) -> bool:
    """Say whether the last letter of a text, given backwards, stands alone."""
    return not letters[1:].isalpha() and letters[1:] not in ("'", "\u2019", "-")


def _value_of_words(text: str) -> Plain:
    """Return `NOTHING` where the words that a text ends with are no unit of a number before them, else None."""
    if text and not text[-1].isalpha():
        return NOTHING if text[-1] in _MARKS else None
    words = text.rsplit(None, FEW_WORDS)[-FEW_WORDS:]
    if _is_name(words):
        return NOTHING
    for word in reversed(words):
        if not word[-1].isalpha():
            return NOTHING if word[-1] in _MARKS or word[-1] in ".,!" else None
        if word.lower() in NOT_UNITS:
            return NOTHING
        if not word[0].isalpha():
            return NOTHING if word.lstrip('("').isalpha() or word.lstrip("0123456789.,").isalpha() else None
    return NOTHING


def _is_name(words: Sequence[str]) -> bool:
    """Say whether the last of some words is a letter for a number: a single one, and not the last word of a unit."""
    if not words or not _is_letter(words[-1][:-3:-1]):
        return False
    return len(words[-1]) > 1 or len(words) == 1 or not words[-2][-1].isalpha()
