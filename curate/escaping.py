"""Text of models and names of files made safe to show: nothing in them can drive a terminal or forge a line."""

import re
from collections.abc import Iterator

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(f"[{_CONTROL}{_BIDI}\ud800-\udfff]")
_UNSAFE_IN_JSON = re.compile(f"[{_CONTROL}{_BIDI}]")


def safe(text: str) -> str:
    r"""Return text with control, bidi and surrogate characters as `\x1b` escapes; newlines and tabs stay."""
    return _UNSAFE.sub(lambda match: _escape(match[0]), text)


def parted(text: str) -> Iterator[tuple[str, str]]:
    r"""Yield a text in pieces: what is safe, and the escape (`\x1b`) of the unsafe character after it, or nothing."""
    start = 0
    for match in _UNSAFE.finditer(text):
        yield text[start : match.start()], _escape(match[0])
        start = match.end()
    yield text[start:], ""


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def clipped(text: str, characters: int) -> str:
    """Return a text, or so much of its beginning with a mark that it goes on."""
    return text if len(text) <= characters else f"{text[:characters]} ..."


def one_line(text: str) -> str:
    r"""Return safe text on one line, newlines and tabs as `\n` and `\t`."""
    return safe(text.replace("\n", "\\n").replace("\t", "\\t"))


def safe_json(text: str) -> str:
    r"""Return JSON with what could drive a terminal as `\u001b` escapes: the same value, safe to print."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
