"""Text as hashed words: two texts that differ in case, spacing, quotes, line breaks or LaTeX spacing are the same here.

A word is a run of letters, a run of digits, or one of the symbols that carry meaning in a formula. All other
punctuation only separates; so does multiplication, which is written in too many ways.
"""

import re
import unicodedata
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from curate.digests import normalised_words
from curate.similarity.folding import LATEX_SPACING
from curate.similarity.mixing import GOLDEN, MASK, Hashes

SEPARATOR, LETTER, DIGIT, SYMBOL = range(4)
SYMBOLS = "+-/=<>^%()"
CHUNK_BYTES = 2**15
"""Bytes hashed at a time: the tables of powers stay in the cache."""


class Words(msgspec.Struct, frozen=True):
    """The words of a text, in order."""

    hashes: Hashes
    kinds: NDArray[np.uint8]
    """`LETTER`, `DIGIT` or `SYMBOL`."""
    starts: NDArray[np.int64]
    """Where each begins in the normalised text, in bytes."""

    def without_numbers(self) -> "Words":
        """Return the words with one and the same number for all numbers."""
        return msgspec.structs.replace(self, hashes=np.where(self.kinds == DIGIT, np.uint64(1), self.hashes))

    def numbers(self) -> Hashes:
        """Return the hashes of the numbers alone."""
        numbers: Hashes = self.hashes[self.kinds == DIGIT]
        return numbers

    def __len__(self) -> int:
        return len(self.hashes)


def words_of(text: str) -> Words:
    """Return the words of a text; takes time linear in its length."""
    return hashed_words(normalised(text))


def normalised(text: str) -> bytes:
    """Return the text as it is cut into words: compatibility forms, case, typography and LaTeX spacing made one."""
    if not text.isascii():
        text = _in_plain_characters(text)
    if "\\" in text:
        text = _LATEX_MARKS.sub(" ", LATEX_SPACING.sub(" ", text))
    return text.lower().encode("utf-8", "surrogatepass")


def _in_plain_characters(text: str) -> str:
    """Return a text whose characters outside ASCII are in plain forms; most texts have few different ones."""
    foreign = set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    if any(map(unicodedata.combining, foreign)):
        return _FOREIGN.sub(lambda run: _plain(run[0]), normalised_words("NFKC", text))
    if len(foreign) > _MANY:
        return _FOREIGN.sub(lambda run: _plain(run[0]), text)
    for character in foreign:
        text = text.replace(character, _plain(character))
    return text


@lru_cache(maxsize=2**14)
def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).translate(_TYPOGRAPHY)
    return _UNSPACED.sub(r" \g<0> ", plain).casefold()


_ASCII = bytes(range(128))
_FOREIGN = re.compile("[^\x00-\x7f]")
_MANY = 32


_LATEX_MARKS = re.compile(r"\\(?:[()\[\]]|(?:cdot|times)(?![A-Za-z]))", re.IGNORECASE)
"""The borders of a formula, and multiplication."""
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00ab\u00bb\u2032\u2033", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00d7\u00b7\u22c5\u2217\u2022\u3001\u3002\u200b\u2026", " "),
        **dict.fromkeys("\u00f7\u2044", "/"),
    }
)
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""Scripts that put no spaces between words: a character is a word."""


def hashed_words(data: bytes) -> Words:
    """Return the words of normalised text."""
    parts = [_chunk(data, start, end) for start, end in _chunks(data)]
    if len(parts) == 1:
        return parts[0]
    return Words(
        np.concatenate([part.hashes for part in parts]),
        np.concatenate([part.kinds for part in parts]),
        np.concatenate([part.starts for part in parts]),
    )


def _chunks(data: bytes) -> list[tuple[int, int]]:
    """Return the borders of the chunks; they lie at a space where there is one."""
    borders = [0]
    while len(data) - borders[-1] > CHUNK_BYTES:
        space = data.rfind(b" ", borders[-1] + 1, borders[-1] + CHUNK_BYTES)
        borders.append(space if space > 0 else borders[-1] + CHUNK_BYTES)
    return list(zip(borders, [*borders[1:], len(data)], strict=True))


def _chunk(data: bytes, start: int, end: int) -> Words:
    """Return the words between two places: a polynomial of each word's bytes, as a difference of two prefix sums."""
    kinds = np.frombuffer(b"\0%b\0" % data[start:end].translate(_KIND), np.uint8)
    borders = np.flatnonzero((kinds[1:] != kinds[:-1]) | (kinds[1:] == SYMBOL))
    runs = kinds[borders[:-1] + 1]
    words = np.flatnonzero(runs != SEPARATOR)
    starts = borders[words]
    values = np.frombuffer(data, np.uint8, end - start, start)
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * _POWERS[: len(values)], out=sums[1:])
    sums = sums[borders]
    return Words((sums[words + 1] - sums[words]) * _INVERSES[starts], runs[words], starts + start)


def _kind_of(byte: int) -> int:
    character = chr(byte)
    if byte >= 128 or character.isalpha():  # noqa: PLR2004 - bytes from 128 on belong to letters outside ASCII
        return LETTER
    return DIGIT if character.isdigit() else SYMBOL if character in SYMBOLS else SEPARATOR


_KIND = bytes(map(_kind_of, range(256)))


def _powers(base: int) -> Hashes:
    table, power = [], 1
    for _ in range(CHUNK_BYTES + 1):
        table.append(power)
        power = power * base & MASK
    return np.array(table, np.uint64)


_POWERS = _powers(GOLDEN)
_INVERSES = _powers(pow(GOLDEN, -1, 2**64))
