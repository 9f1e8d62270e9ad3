"""Words, phrases and names: compared without case, accents, articles and punctuation."""

import re
import unicodedata
from functools import lru_cache

from curate.answers.types import Asked
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 400
_NOT_WORD = re.compile(r"[^\w\s]|_")
_ARTICLE = re.compile(r"\b(?:the|a|an)\s+(?=[^\W\d_]{2})")
"""Not the `A` of `A, B`."""
_NAME = re.compile(r"[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*){0,2}")
_JOINED = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s*&\s*")


_MATHEMATICS = re.compile(
    r"[\\=+*/^<>|{}\[\]_~π°%$#\u266d]|(?<![^\W\d_])-|-(?![^\W\d_])|\A(?:[^\W\d_]['\u2032]|[a-z]!)(?![^\W\d_])"
)
"""Signs that are not to be lost, with the `-` that joins no words, the prime of `p'` and the factorial of `n!`; besides
them, those that Unicode counts to mathematics."""


def read_words(text: str, asked: Asked) -> str | None:
    """Return words folded for comparison, or None when there are none, or signs and digits that folding would lose."""
    if len(text) > MAX_CHARACTERS or _MATHEMATICS.search(text):
        return None
    if not text.isascii() and any(unicodedata.category(sign) == "Sm" for sign in text):
        return None
    if asked.type != "words" and any(sign.isdigit() for sign in text):
        return None
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFD", plain)
        plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words = " ".join(_NOT_WORD.sub(" ", _ARTICLE.sub("", plain)).split())
    return _SHORT.get(words, words) or None


def compare_words(left: str, right: str, asked: Asked) -> Decision | None:
    """Compare words; other words are another answer only where nothing but that word would be right."""
    if left == right or left.replace(" ", "") == right.replace(" ", ""):
        return "same", "words"
    return ("different", "words") if asked.type == "words" or _both_named(left, right, asked) else None


_SHORT = {"dne": "does not exist"}
MAX_NAMED_WORDS = 3


def _both_named(left: str, right: str, asked: Asked) -> bool:
    """Say whether the problem itself names both, so that they are two of its own things."""
    if f" {left} " in f" {right} " or f" {right} " in f" {left} ":
        return False
    said = _words_of(asked.text)
    named = [words for words in (left, right) if f" {words} " in said and not words.isdigit()]
    return len(named) == 2 and all(len(words.split()) <= MAX_NAMED_WORDS for words in named)  # noqa: PLR2004 - both


@lru_cache(maxsize=16)
def _words_of(problem_text: str) -> str:
    return f" {' '.join(_NOT_WORD.sub(' ', _ARTICLE.sub('', problem_text.casefold())).split())} "


def read_names(text: str, asked: Asked) -> frozenset[str] | None:
    """Return the names that a text lists, or None when it is no list of names."""
    if asked.type != "names" or len(text) > MAX_CHARACTERS:
        return None
    names = [name.strip() for name in _JOINED.split(text.strip("()[]{}\\")) if name.strip()]
    return frozenset(name.casefold() for name in names) if names and all(map(_NAME.fullmatch, names)) else None


def compare_names(left: frozenset[str], right: frozenset[str], _asked: Asked) -> Decision:
    """Compare names, whatever joins them and in any order."""
    return ("same" if left == right else "different"), "names"
