"""Faults of the text itself: characters that nobody wrote, tokens of a chat template."""

import re

from curate.chat import special_token_in
from curate.checks.words import said_texts
from curate.jsonlines import has_lone_surrogate
from curate.records import Finding, Trace

_CONTROLS = {
    "\x00": "NUL",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
}
r"""Characters to their names. `\frac` and `\beta` read with JSON's escapes begin with a form feed and a backspace."""
_LATIN_1 = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2022\u02dc\u2122\u0161\u203a\u0153"
    "\u017e\u0178"
)
"""What the second byte of a character in UTF-8 is read as by Latin-1 or Windows-1252, ordinary quotes left out."""
_QUOTES = "\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
_ALSO_QUOTES = f"{_LATIN_1}{_QUOTES}"
# After a number an A with a ring is a unit: `160 \u00c5\u00b3`.
_MOJIBAKE = re.compile(
    rf"[\u00c2\u00c3][{_LATIN_1}]|\u00e2\u20ac|\u00e2[{_ALSO_QUOTES}]{{2}}|\u00ef\u00bf\u00bd"
    rf"|\u00c3[{_QUOTES}](?=[a-z])|(?<![^\W\d_])\u00c3[{_QUOTES}]"
    rf"|(?<!\d)(?<!\d[ \u00a0\u202f])[\u00c4\u00c5][\u0080-\u00aa\u00ac-\u00ba\u00bc-\u00bf]"
    rf"|(?:[\u00ce\u00cf][{_LATIN_1}]){{2}}|(?:[\u00d0\u00d1][{_LATIN_1}]){{3}}|(?:[\u00d8-\u00db][{_LATIN_1}]){{3}}"
    rf"|(?:[\u00e0\u00e1\u00e3-\u00ed][{_ALSO_QUOTES}]{{2}}){{2}}|(?:\u00e3[{_ALSO_QUOTES}]{{1,2}}){{3}}|\u00f0[\u0178\u009f][{_ALSO_QUOTES}]"
)
"""Bytes of one character in UTF-8, each read as a character: of letters with accents one such pair tells, of other
scripts it takes several in a row, since single pairs stand in sound text."""
_MOJIBAKE_HEADS = (
    "\u00c2\u00c3\u00c4\u00c5\u00ce\u00cf\u00e2\u00ef\u00d0\u00d1\u00e3\u00e4\u00e5\u00e6\u00e7\u00e8\u00e9\u00f0"
    "\u00d8\u00d9\u00da\u00db\u00e0\u00e1\u00ea\u00eb\u00ec\u00ed"
)
"""What the first byte of such a character is read as."""
_WORD_MARKS = ("\u2581", "\u0120")
_PIECES = re.compile(r"(?:\A|\s)[A-Za-z]+[,.]?\u2581[A-Za-z\d]|[a-z,.]\u0120[A-Za-z\d]")
"""Where words begin in the vocabulary of a tokenizer: `The\u2581answer`, `The\u0120answer`."""


def broken_text(trace: Trace) -> Finding | None:
    """The text holds characters that nobody wrote.

    Replacement characters, NUL and other control characters, lone surrogates, UTF-8 that was read as Latin-1 or
    Windows-1252 somewhere on its way, and the marks by which tokenizers know where words begin.

    Args:
        trace: The trace to judge.
    """
    for text in said_texts(trace):
        for control, name in _CONTROLS.items():
            if control in text:
                return _broken(f"a {name} character", text, text.index(control))
        if text.isascii():
            continue
        if "\ufffd" in text:
            return _broken("a replacement character", text, text.index("\ufffd"))
        if has_lone_surrogate(text):
            return Finding(outcome="fail", reason="a lone surrogate")
        broken = _MOJIBAKE.search(text) if any(head in text for head in _MOJIBAKE_HEADS) else None
        if broken:
            return _broken("UTF-8 read as Latin-1", text, broken.start())
        pieces = _PIECES.search(text) if any(mark in text for mark in _WORD_MARKS) else None
        if pieces:
            return _broken("pieces of a tokenizer", text, pieces.start())
    return None


def _broken(what: str, text: str, place: int) -> Finding:
    return Finding(outcome="fail", reason=f"{what}: {text[max(0, place - 15) : place + 15]!r}")


def special_tokens(trace: Trace) -> Finding | None:
    """The text holds tokens of a chat template, such as `<|im_end|>`, `<|channel|>`, `[INST]` or `</s>`.

    A trainer's tokenizer would take them for turns that begin or end, also where they are only quoted. `<s>` and `</s>`
    strike text out in HTML, so they count only where a turn begins or the text ends.

    Args:
        trace: The trace to judge.
    """
    for text in said_texts(trace):
        token = special_token_in(text)
        if token is not None:
            return Finding(outcome="fail", reason=f"the token {token} stands in the text")
    return None
