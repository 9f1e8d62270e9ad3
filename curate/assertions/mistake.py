"""Something untrue that a text asserts."""

from typing import NamedTuple


class Mistake(NamedTuple):
    """Something untrue that a text asserts."""

    said: str
    """The assertion as it is written."""
    truth: str
    """What is true instead, as a clause: `12 * 4 is 48`."""


def spaced(text: str) -> str:
    """Return a quotation on one line."""
    return " ".join(text.split())
