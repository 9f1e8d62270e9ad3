"""Words of a text, counted alike in scripts that put spaces between them and in those that do not."""

import re

from curate.escaping import clipped
from curate.records import Trace

_WORD = re.compile(r"[^\W_]+(?:[.,'\u2019][^\W_]+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
CHARACTERS_A_WORD = 2
"""In scripts without spaces; the usual length of a Chinese word."""


def count_words(text: str) -> int:
    """Return the number of words of a text; numbers count, in scripts without spaces two characters are a word."""
    if text.isascii():
        return sum(1 for _ in _WORD.finditer(text))
    unspaced = sum((len(run) + 1) // CHARACTERS_A_WORD for run in _UNSPACED.findall(text))
    return unspaced + sum(1 for _ in _WORD.finditer(_UNSPACED.sub(" ", text)))


def shown(text: str, characters: int) -> str:
    """Return the beginning of a text on one line, quoted, for a reason."""
    plain = " ".join(text[: 2 * characters].split())
    return repr(clipped(plain, characters))


def said_texts(trace: Trace) -> tuple[str, str]:
    """Return all that the teacher said: its thinking and its response, either of which may be empty."""
    return trace.reasoning, trace.response
