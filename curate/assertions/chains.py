r"""Find the chains of equalities in a line of prose: what is set equal to what, and what stands before and after.

    So he needs 5 * 40 = 100 + 100 = 200 shrimp.

has one chain with the sides `5 * 40`, `100 + 100` and `200 shrimp`, between the words `needs` and the full stop.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from curate.assertions.tokens import Token
from curate.assertions.units import unit_of
from curate.assertions.words import NOT_UNITS

MAX_SIDE_TOKENS = 400
MAX_UNIT_WORDS = 3


class Chain(NamedTuple):
    """Expressions set equal to one another; `text` is the line that they stand in."""

    sides: tuple[tuple[Token, ...], ...]
    approximate: tuple[bool, ...]
    """For each side but the first, whether it is said to be nearly equal to the one before."""
    before: Token | None
    """The lexeme before the first side."""
    after: Token | None
    """The lexeme after the last side."""
    text: str


def chains(tokens: Sequence[Token], text: str) -> Iterator[Chain]:
    """Yield every chain in the lexemes of a line."""
    run: list[Token] = []
    before: Token | None = None
    at = 0
    while at < len(tokens):
        token = tokens[at]
        taken = _taken(tokens, at, run)
        if taken and _is_operand(token) and run and _ends_operand(run[-1]) and not _touches(run[-1], token):
            yield from _chain(run, before, token, text)
            before, run = run[-1], []
        if taken:
            run += taken
            at += len(taken)
        else:
            if run:
                yield from _chain(run, before, token, text)
                run = []
            before = token
            at += 1
    yield from _chain(run, before, None, text)


def _chain(run: list[Token], before: Token | None, after: Token | None, text: str) -> Iterator[Chain]:
    """Yield a run of lexemes as a chain, if it holds an equals sign."""
    sides: list[list[Token]] = [[]]
    approximate = []
    for token in run:
        if token.kind in ("equals", "approx"):
            sides.append([])
            approximate.append(token.kind == "approx")
        else:
            sides[-1].append(token)
    if approximate and max(map(len, sides)) <= MAX_SIDE_TOKENS:
        yield Chain(tuple(map(tuple, sides)), tuple(approximate), before, after, text)


def _taken(tokens: Sequence[Token], at: int, run: Sequence[Token]) -> list[Token]:
    """Return the lexemes from here on that belong to a run: itself, with its role, or the words of a unit; or none."""
    token = tokens[at]
    if token.kind == "other":
        return []
    previous = run[-1] if run else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.kind != "word":
        if token.text == "/" and previous and _ends_operand(previous) and following and _is_long_word(following):
            return [Token("unit", token.text, token.start, token.end), *_unit(tokens, at + 1)]
        return [token]
    if _is_name(token, previous, following):
        return [Token("name", token.text, token.start, token.end)]
    if previous and previous.kind == "number" and _touches(previous, token) and unit_of(token.text) is None:
        return [Token("name", token.text, token.start, token.end)]
    return _unit(tokens, at) if previous and _ends_operand(previous) else []


def _is_name(token: Token, previous: Token | None, following: Token | None) -> bool:
    """Say whether a word is a letter that stands for a number: a single one, next to a sign or a number it touches."""
    if len(token.text) != 1:
        return False
    if previous and (previous.kind in ("operator", "equals", "approx", "open") or _touches(previous, token)):
        return True
    return following is not None and following.kind in ("operator", "equals", "approx")


def _unit(tokens: Sequence[Token], at: int) -> list[Token]:
    """Return the words from here on as a unit, if after them the expression goes on."""
    words: list[Token] = []
    for token in tokens[at : at + MAX_UNIT_WORDS + 2]:
        if token.kind == "word" or (token.text == "/" and words):
            words.append(Token("unit", token.text, token.start, token.end))
        else:
            going_on = token.kind in ("operator", "equals", "approx", "close")
            fits = going_on and not any(word.text.lower() in NOT_UNITS for word in words)
            return words if fits and len(words) <= MAX_UNIT_WORDS else []
    return []


def _is_long_word(token: Token) -> bool:
    return token.kind == "word" and len(token.text) > 1


def _touches(left: Token, right: Token) -> bool:
    return left.end == right.start


def _is_operand(token: Token) -> bool:
    return token.kind in ("number", "open", "money")


def _ends_operand(token: Token) -> bool:
    return token.kind in ("number", "name", "close", "percent", "unit")
