"""Python literals: `[1, 'a']`, `{'x': 1}`, `(1, 2)`, `None`. They are read by a parser of literals and never run."""

import ast
import re
from fractions import Fraction
from typing import Any

from curate.answers.types import Asked
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 2_000
_STARTS = ("[", "{", "(", "'", '"', "b'", 'b"')

Literal = tuple[Any, ...]
"""A value with its kind, so that `1`, `True` and `'1'` are three."""


def read_literal(text: str, asked: Asked) -> Literal | None:
    """Return the literal that `text` is, or None when it is none; a quotation mark or the type must say that it is."""
    if len(text) > MAX_CHARACTERS or not (asked.type == "literal" or _looks_quoted(text)):
        return None
    if _ODD.search(_QUOTED.sub("''", text)):
        return None
    try:
        return _kinded(ast.literal_eval(text))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


_QUOTED = re.compile(r"'[^'\\]*'|\"[^\"\\]*\"")
_ODD = re.compile(r"[0-9][A-Za-z_]|\\")
"""What the parser would warn of: digits that run into letters, escapes."""


def _looks_quoted(text: str) -> bool:
    return text.startswith(_STARTS) and ("'" in text or '"' in text)


def _kinded(value: object) -> Literal:
    match value:
        case dict():
            return "dict", _in_order({(_kinded(key), _kinded(item)) for key, item in value.items()})
        case set() | frozenset():
            return "set", _in_order(set(map(_kinded, value)))
        case list() | tuple():
            return type(value).__name__, tuple(map(_kinded, value))
        case bool() | None:
            return "constant", repr(value)
        case int() | float():
            return "number", Fraction(str(value))
        case _:
            return type(value).__name__, repr(value)


def _in_order(content: set[Literal]) -> Literal:
    """Return what a set holds in an order of its own, so that equal ones are also written alike."""
    return tuple(sorted(content, key=repr))


def compare_literals(left: Literal, right: Literal, _asked: Asked) -> Decision:
    """Compare two literals; a list with the elements of a tuple is another value, but may be meant."""
    if left == right:
        return "same", "literal"
    return ("undecided" if _as_lists(left) == _as_lists(right) else "different"), "literal"


def _as_lists(value: Literal) -> Literal:
    kind, content = value
    if kind in {"list", "tuple"}:
        return "list", tuple(map(_as_lists, content))
    return value
