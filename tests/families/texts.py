"""What the independent checkers read out of texts."""

import re

LIST = re.compile(r"\[[^\[\]]*\]")
NUMBER = re.compile(r"-?\d+")


def lists(text: str) -> list[list[int]]:
    """Return the lists of integers in a text, in order."""
    return [numbers(found) for found in LIST.findall(text)]


def numbers(text: str) -> list[int]:
    """Return the integers in a text, in order."""
    return [int(found) for found in NUMBER.findall(text)]


def one(pattern: str, text: str) -> str:
    """Return what the only match of a pattern holds in its group."""
    (found,) = re.findall(pattern, text)
    assert isinstance(found, str)
    return found
