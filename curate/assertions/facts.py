"""Facts that a step states in words or units: `2 hours = 120 minutes`, `April has 30 days`, `{1, 2} has 2 elements`."""

import calendar
import re
from collections.abc import Iterator
from fractions import Fraction

from curate.assertions.chains import Chain
from curate.assertions.expressions import value_of
from curate.assertions.mistake import Mistake, spaced
from curate.assertions.pairs import is_lone
from curate.assertions.rounding import agree, quantum
from curate.assertions.tokens import Token
from curate.assertions.units import Unit, unit_of
from curate.assertions.words import BEFORE_A_SIGN

BY_CUSTOM = frozenset({"days", "months"})
"""Dimensions in which a problem may have its own week or year: a working week, a school year."""
_SCALED = re.compile(
    r"\b(?:scale|map|model|represents?|drawing|blueprint|exchange|rate|if|suppose|assume)\b", re.IGNORECASE
)


def misconverted(chain: Chain) -> Iterator[Mistake]:
    """Yield what is untrue where a chain says that an amount is the same in another unit."""
    if len(chain.sides) != 2 or any(chain.approximate):  # noqa: PLR2004 - an amount and another
        return
    (left, right), before = chain.sides, chain.before
    one, other = _unit_in(left), _unit_in(right) or _unit_named(chain.after)
    if one is None or other is None or one.dimension != other.dimension or one.dimension in BY_CUSTOM:
        return
    if one.size == other.size or left[0].kind == "operator" or not _begins(before):
        return
    if not (is_lone(left) and is_lone(right)) or _SCALED.search(chain.text):
        return
    amount, said = value_of(left, {}), value_of(right, {})
    if amount is None or said is None:
        return
    true = amount * Fraction(one.size) / other.size
    if not agree(true, said, quantum(right)):
        end = chain.after.end if _unit_in(right) is None and chain.after is not None else right[-1].end
        yield Mistake(spaced(chain.text[left[0].start : end]), f"it is {true}")


def _begins(before: Token | None) -> bool:
    """Say whether what stands before an amount is no part of it, as in `17 hours 51 minutes`."""
    if before is None or before.text in (".", ":", "(", ",", ";"):
        return True
    return before.kind == "word" and before.text.lower() in BEFORE_A_SIGN


def _unit_in(side: tuple[Token, ...]) -> Unit | None:
    words = [token.text for token in side if token.kind == "unit"]
    return unit_of(words[0]) if len(words) == 1 else None


def _unit_named(token: Token | None) -> Unit | None:
    return unit_of(token.text) if token is not None and token.kind == "word" else None


_MONTH_NAMES = tuple(calendar.month_name)[1:]
_DAY_NAMES = tuple(calendar.day_name)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(name for name in calendar.month_name if name)
_DAY = "|".join(calendar.day_name)
_LENGTH = re.compile(rf"\b({_MONTH}) has (\d{{1,2}}) days\b|\bthere are (\d{{1,2}}) days in ({_MONTH})\b")
_LEAP = re.compile(r"\b(\d{4}) (?:is|was) (not )?a leap year\b(?!\?)")
_DATE = re.compile(rf"\b({_MONTH}) (\d{{1,2}}),? (\d{{4}}),? (?:is|was|falls on|fell on) (?:a |an )?({_DAY})\b(?!\?)")
MONTH_LENGTHS = range(28, 32)
"""A smaller number counts the days of a month that matter, not all that it has."""
FIRST_YEAR, LAST_YEAR = 1800, 2400
"""Years of which the calendar of today is meant."""


def mismeasured(step: str) -> Iterator[Mistake]:
    """Yield what is untrue about the lengths of months."""
    for match in _LENGTH.finditer(step):
        month, said = _MONTHS[(match[1] or match[4]).lower()], int(match[2] or match[3])
        lengths = {calendar.monthrange(year, month)[1] for year in (2023, 2024)}
        if said in MONTH_LENGTHS and said not in lengths:
            yield Mistake(match[0], f"it has {max(lengths)}")


def misleapt(step: str) -> Iterator[Mistake]:
    """Yield what is untrue about leap years."""
    for match in _LEAP.finditer(step):
        is_leap = calendar.isleap(int(match[1]))
        if is_leap == bool(match[2]):
            yield Mistake(match[0], f"it is {'' if is_leap else 'not '}one")


def misdated(step: str) -> Iterator[Mistake]:
    """Yield what is untrue about days of the week."""
    for match in _DATE.finditer(step):
        year, month, day = int(match[3]), _MONTHS[match[1].lower()], int(match[2])
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= day <= calendar.monthrange(year, month)[1]:
            true = calendar.day_name[calendar.weekday(year, month, day)]
            if true != match[4]:
                yield Mistake(match[0], f"it is a {true}")


_SET = re.compile(
    r"\\?\{([^{}\\]{1,400})\\?\}(?:,? which)? (?:has|contains) (?:exactly )?(\d{1,3}) (?:distinct )?"
    r"(?:elements|members)\b"
)
_OPEN_ENDED = re.compile(r"\.\.|\u2026|[|:]|\bor\b|\bsuch\b")


def miscounted(step: str) -> Iterator[Mistake]:
    """Yield what is untrue about the size of a set that is written out."""
    for match in _SET.finditer(step):
        size = len({item.strip() for item in match[1].split(",")})
        if not _OPEN_ENDED.search(match[1]) and size != int(match[2]):
            yield Mistake(spaced(match[0]), f"it has {size}")


_DAYS = re.compile(
    rf"day(?:s(?: in (?:{_MONTH})|(?<=has \d days)|(?<=has \d\d days))|{'|'.join(f'(?<={day})' for day in _DAY_NAMES)})"
)
"""The end of what is said of days; a pattern that begins with letters is found fastest."""
NEAR_CHARACTERS = 64
"""More than there are between that and the beginning or end of what is said."""


def may_state(text: str) -> bool:
    """Say whether a text may hold any such words: a look that is many times faster than the patterns."""
    if "leap year" in text or ("}" in text and (" elements" in text or " members" in text)):
        return True
    return _DAYS.search(text) is not None and any(map(text.__contains__, _MONTH_NAMES))


def misstated(step: str) -> Iterator[Mistake]:
    """Yield what is untrue in the words of a step."""
    of_days = [near for near in _near_days(step) if any(map(near.__contains__, _MONTH_NAMES))]
    for near in of_days:
        yield from mismeasured(near)
    if "leap year" in step:
        yield from misleapt(step)
    for near in of_days:
        yield from misdated(near)
    if "}" in step and (" elements" in step or " members" in step):
        yield from miscounted(step)


def _near_days(step: str) -> Iterator[str]:
    """Yield what stands round each end of what may be said of days."""
    for day in _DAYS.finditer(step):
        yield step[max(0, day.start() - NEAR_CHARACTERS) : day.end() + NEAR_CHARACTERS]
