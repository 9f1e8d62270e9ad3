"""Places and infinities: `3rd`, `third`; `-∞`, `negative infinity`."""

import re

from curate.answers.types import Asked
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 40
_NAMES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_PLACES = {name: place for place, name in enumerate(_NAMES.split(), 1)}
_PLACE = re.compile(r"([0-9]{1,9})\s?(?:st|nd|rd|th)", re.IGNORECASE)
_INFINITE = re.compile(r"(\+|positive |plus )?(-|negative |minus )?(?:∞|infinity|inf)", re.IGNORECASE)


def read_place(text: str, _asked: Asked) -> int | None:
    """Return which place an ordinal number names, or None for anything else."""
    if len(text) > MAX_CHARACTERS:
        return None
    match = _PLACE.fullmatch(text)
    return int(match[1]) if match else _PLACES.get(text.lower())


def compare_places(left: int, right: int, _asked: Asked) -> Decision:
    """Compare two places."""
    return ("same" if left == right else "different"), "ordinal"


def read_infinity(text: str, _asked: Asked) -> str | None:
    """Return `∞` or `-∞`, or None for anything else."""
    match = _INFINITE.fullmatch(text) if len(text) <= MAX_CHARACTERS else None
    return None if match is None else "-∞" if match[2] else "∞"


def compare_infinities(left: str, right: str, _asked: Asked) -> Decision:
    """Compare two infinities by their sign."""
    return ("same" if left == right else "different"), "infinity"
