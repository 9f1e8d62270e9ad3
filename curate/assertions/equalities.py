"""Which equalities of a text are untrue: each pair of neighbours in a chain, where both can be computed."""

import re
from collections.abc import Iterator, Mapping

from curate.assertions.chains import Chain, chains
from curate.assertions.excuses import excused
from curate.assertions.mistake import Mistake, spaced
from curate.assertions.pairs import Pair, unequal_pairs
from curate.assertions.tokens import CUT, Exact, lexemes, plain_latex

WINDOW_CHARACTERS = 200
"""How far from an equals sign its sides are looked for."""
MAX_WINDOW_CHARACTERS = 4_000
_MARK = re.compile(r"<<([^<>\n]*)>>")


def chains_in(text: str) -> Iterator[Chain]:
    """Yield the chains of equalities in a text, those in marks such as `<<48/2=24>>` apart from the text round them."""
    if "=" not in text and "\u2248" not in text:
        return
    if "<<" in text:
        for mark in _MARK.finditer(text):
            yield from _in_line(mark[1])
        text = _MARK.sub("", text)
    for line in text.split("\n"):
        if "=" in line or "\u2248" in line:
            yield from _in_line(plain_latex(line) if "\\" in line else line)


def untrue(chain: Chain, names: Mapping[str, Exact]) -> Iterator[Mistake]:
    """Yield the pairs of neighbours in a chain that are unequal beyond doubt."""
    for pair in unequal_pairs(chain, names):
        if not excused(pair):
            yield Mistake(spaced(pair.said), _truth(pair))


def _truth(pair: Pair) -> str:
    left = pair.text[pair.left[0].start : pair.left[-1].end]
    return f"{spaced(left)} is {shown(pair.left_value)}"


def _in_line(line: str) -> Iterator[Chain]:
    for window in _windows(line):
        yield from chains(lexemes(window), window)


_EQUALS = re.compile("[=\u2248]")


def _windows(line: str) -> Iterator[str]:
    """Yield a line, or of a long one the places round its equals signs; where it was cut stands `CUT`."""
    if len(line) <= 2 * WINDOW_CHARACTERS:
        yield line
        return
    start = end = 0
    for sign in _EQUALS.finditer(line):
        if sign.start() - WINDOW_CHARACTERS > end or sign.start() - start > MAX_WINDOW_CHARACTERS:
            if end:
                yield _cut(line, start, end)
            start = max(end, sign.start() - WINDOW_CHARACTERS)
        end = sign.end() + WINDOW_CHARACTERS
    yield _cut(line, start, end)


def _cut(line: str, start: int, end: int) -> str:
    return f"{CUT if start else ''}{line[start:end]}{CUT if end < len(line) else ''}"


def shown(value: Exact) -> str:
    """Return a number as people write it: a decimal where it ends soon, else a fraction."""
    scaled = value * SHOWN_PLACES
    if scaled.denominator == 1:
        whole, places = divmod(abs(scaled.numerator), SHOWN_PLACES)
        digits = f"{places:06d}".rstrip("0")
        return f"{'-' if scaled < 0 else ''}{whole}{'.' if digits else ''}{digits}"
    return str(value)


SHOWN_PLACES = 10**6
