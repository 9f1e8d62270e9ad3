"""Which equalities of a text are untrue: each pair of neighbours in a chain, where both can be computed."""

import re
from collections.abc import Iterator, Mapping, Sequence

from curate.assertions.chains import Chain, chains
from curate.assertions.excuses import excused
from curate.assertions.letters import Letters
from curate.assertions.mistake import Mistake, spaced
from curate.assertions.pairs import Pair, unequal_pairs
from curate.assertions.plainly import doubtful
from curate.assertions.tokens import CUT, Exact, lexemes, plain_latex

NEAR_CHARACTERS, FAR_CHARACTERS = 48, 200
"""How far from an equals sign its sides are looked for, at first and where they reach so far."""
SURE_CHARACTERS = 24
"""How far from a cut a sum has to begin, or the words before it may be its units."""
MAX_WINDOW_CHARACTERS = 4_000
NEARLY = "\N{ALMOST EQUAL TO}"
_SIGN = re.compile(f"[={NEARLY}]")
_MARK = re.compile(r"<<([^<>\n]*)>>")


def may_equate(text: str) -> bool:
    """Say whether there is any sign of an equality in a text."""
    return "=" in text or NEARLY in text


def lines_of(text: str) -> list[str]:
    """Return the lines of a text with signs of equality, marks such as `<<48/2=24>>` right before their line."""
    lines = text.split("\n")
    if "<" in text and "<<" in text:  # one character is found many times faster than two
        lines = [piece for line in lines for piece in (*_MARK.findall(line), _MARK.sub("", line))]
    return [line for line in lines if "=" in line or NEARLY in line]


def doubtful_chains(text: str, letters: Letters) -> Iterator[tuple[int, Chain]]:
    """Yield the chains of equalities in a text that may be untrue, each with the number of its line, from 0.

    Args:
        text: Its lines are counted as `lines_of` gives them.
        letters: What is known of letters; is told of those that the lines before plainly define, in equalities that
            are not yielded.
    """
    lines = lines_of(text)
    for place, doubted in doubtful(lines, letters):
        line = lines[place]
        signs = [sign.start() for sign in _SIGN.finditer(line)]
        for chain in _chains_at(line, [signs[at] for at in doubted]):
            yield place, chain


def untrue(chain: Chain, names: Mapping[str, Exact]) -> Iterator[Mistake]:
    """Yield the pairs of neighbours in a chain that are unequal beyond doubt."""
    for pair in unequal_pairs(chain, names):
        if not excused(pair):
            yield Mistake(spaced(pair.said), _truth(pair))


def _truth(pair: Pair) -> str:
    left = pair.text[pair.left[0].start : pair.left[-1].end]
    return f"{spaced(left)} is {shown(pair.left_value)}"


def _chains_at(line: str, signs: Sequence[int]) -> list[Chain]:
    """Return the chains that stand round some places of a line."""
    if len(line) <= 2 * NEAR_CHARACTERS:
        return _read(line)
    found = []
    for start, end in _spans(signs, NEAR_CHARACTERS):
        near = _read(_cut(line, start, end))
        if any(_reaches_the_cut(chain) for chain in near):
            near = _read(_cut(line, max(0, start - FAR_CHARACTERS), end + FAR_CHARACTERS))
        found += near
    return found


def _read(line: str) -> list[Chain]:
    plain = plain_latex(line) if "\\" in line else line
    return list(chains(lexemes(plain), plain))


def _reaches_the_cut(chain: Chain) -> bool:
    """Say whether a chain may go on beyond the place where its line was cut."""
    if chain.text[0] == CUT and chain.sides[0] and chain.sides[0][0].start < SURE_CHARACTERS:
        return True
    return any(token is not None and token.text == CUT for token in (chain.before, chain.after))


def _spans(signs: Sequence[int], reach: int) -> Iterator[tuple[int, int]]:
    """Yield the places round some equals signs; near ones share one."""
    start = end = 0
    for sign in signs:
        if end and (sign - reach > end or sign - start > MAX_WINDOW_CHARACTERS):
            yield start, end
            end = 0
        if not end:
            start = max(0, sign - reach)
        end = sign + reach
    yield start, end


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
