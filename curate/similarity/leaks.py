"""Questions of benchmarks, found in other texts: whole, in part, or with other numbers.

A question is known by its runs of n words (numbers as they stand, symbols left out). One that has fewer words is
looked for as a whole, symbols included. Beside that, each is known by its letters alone, in which a copy with changed
numbers is the same.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curate.similarity.mixing import Hashes
from curate.similarity.shingles import ngrams
from curate.similarity.words import DIGIT, LETTER, SYMBOL, Words, hashed_words, normalised

ANCHORS = (8, 3)
"""Words by which a short question is looked for: the first so many of it."""
MIN_LETTERS = 5
"""Words without numbers that a question must have for a copy with other numbers to be told from chance."""

Grams = NDArray[np.int64]
"""Numbers of runs of words, in the order of the index."""


class Question(NamedTuple):
    """One item of a benchmark."""

    benchmark: str
    item: int
    """From 1, in the order of its file."""
    text: str


class Matches(NamedTuple):
    """What of the benchmarks is found in one text."""

    grams: Grams
    """Runs of words that questions have as well."""
    whole: tuple[int, ...]
    """Short questions that stand in it."""
    renumbered: tuple[int, ...]
    """Questions of which it is a copy with other numbers."""

    def __bool__(self) -> bool:
        return bool(len(self.grams) or self.whole or self.renumbered)


class Span(NamedTuple):
    """The part of a question that was found."""

    score: float
    """Share of its runs of words that were found."""
    text: str
    """The longest stretch of them."""


class LeakIndex:
    """The questions of some benchmarks, by what they can be recognised by.

    Args:
        questions: All of them.
        ngram: Words in a run.
    """

    def __init__(self, questions: Sequence[Question], ngram: int) -> None:
        self.questions = questions
        self._ngram = ngram
        self._texts = [normalised(question.text) for question in questions]
        self._index_runs(hashed_words(b"\n".join(self._texts)))
        self._anchors: dict[int, dict[int, list[int]]] = {length: {} for length in ANCHORS}
        self._wholes: dict[bytes, list[int]] = {}
        self._letters: dict[bytes, list[tuple[int, bytes]]] = {}
        for number in range(len(questions)):
            self._index_whole(number)
        self._anchor_keys = {length: np.array(sorted(keys), np.uint64) for length, keys in self._anchors.items()}

    def _index_runs(self, words: Words) -> None:
        """Number the runs of words of all questions; `_grams` holds them question by question, `_of` its borders."""
        borders = np.cumsum([0, *(len(text) + 1 for text in self._texts)])
        plain = words.kinds != SYMBOL
        hashes, starts = words.hashes[plain], words.starts[plain]
        question = np.searchsorted(borders, starts, side="right") - 1
        runs = ngrams(hashes, self._ngram)
        inside = np.flatnonzero(question[: len(runs)] == question[len(question) - len(runs) :])
        self._known, self._grams = np.unique(runs[inside], return_inverse=True)
        self._of = np.searchsorted(question[inside], np.arange(len(self.questions) + 1))
        self._questions_of = np.argsort(self._grams, kind="stable")
        self._users = np.searchsorted(self._grams[self._questions_of], np.arange(len(self._known) + 1))
        self._question_of_run = question[inside]

    def _index_whole(self, number: int) -> None:
        words = hashed_words(self._texts[number])
        letters = words.hashes[words.kinds == LETTER]
        if len(letters) >= MIN_LETTERS:
            self._letters.setdefault(_key(letters), []).append((number, _key(words.numbers())))
        if self._of[number] < self._of[number + 1]:
            return
        self._wholes.setdefault(_key(words.hashes), []).append(number)
        for length in ANCHORS:
            if len(words) >= length and (length == max(ANCHORS) or np.any(words.kinds == DIGIT)):
                self._anchors[length].setdefault(int(ngrams(words.hashes[:length], length)[0]), []).append(number)
                return

    def matches(self, text: str, *, question: str) -> Matches:
        """Return what of the questions is found in a text.

        Args:
            text: The text.
            question: The problem of it, which alone can be a copy with other numbers.
        """
        words = hashed_words(normalised(text))
        runs = ngrams(words.hashes[words.kinds != SYMBOL], self._ngram)
        asked = words if question == text else hashed_words(normalised(question))
        grams = np.unique(np.searchsorted(self._known, runs[_known(self._known, runs)]))
        return Matches(grams, self._whole_in(words), self._renumbered(asked))

    def _whole_in(self, words: Words) -> tuple[int, ...]:
        found = set(self._wholes.get(_key(words.hashes), ()))
        for length, anchors in self._anchors.items():
            windows = ngrams(words.hashes, length) if anchors else _NO_HASHES
            for place in np.flatnonzero(_known(self._anchor_keys[length], windows)).tolist():
                found |= {number for number in anchors[int(windows[place])] if self._stands_at(number, words, place)}
        return tuple(sorted(found))

    def _stands_at(self, number: int, words: Words, place: int) -> bool:
        own = hashed_words(self._texts[number]).hashes
        return np.array_equal(own, words.hashes[place : place + len(own)])

    def _renumbered(self, words: Words) -> tuple[int, ...]:
        letters = words.hashes[words.kinds == LETTER]
        known = self._letters.get(_key(letters), ()) if len(letters) >= MIN_LETTERS else ()
        return tuple(number for number, numbers in known if numbers != _key(words.numbers()))

    def spans(self, grams: Grams, templates: Grams) -> dict[int, Span]:
        """Return the questions of which runs were found, each with how much of it.

        Args:
            grams: The runs found in a text.
            templates: Those that are evidence of nothing, unless they make up a whole question.
        """
        users = [self._questions_of[self._users[gram] : self._users[gram + 1]] for gram in grams.tolist()]
        if not users:
            return {}
        numbers = np.unique(self._question_of_run[np.concatenate(users)]).tolist()
        spans = {number: self._span(number, grams, templates) for number in numbers}
        return {number: span for number, span in spans.items() if span.score > 0}

    def _span(self, number: int, grams: Grams, templates: Grams) -> Span:
        own = self._grams[self._of[number] : self._of[number + 1]]
        found = np.isin(own, grams)
        if not found.all():
            found &= ~np.isin(own, templates)
        start, end = _longest(found)
        return Span(float(found.mean()), self._text_of(number, start, end + self._ngram - 1))

    def _text_of(self, number: int, start: int, end: int) -> str:
        """Return the words of a question from one to another, as they are compared."""
        words = hashed_words(self._texts[number])
        starts = [*words.starts[words.kinds != SYMBOL].tolist(), len(self._texts[number])]
        return " ".join(self._texts[number][starts[start] : starts[end]].decode("utf-8", "replace").split())


def _key(hashes: Hashes) -> bytes:
    return hashlib.blake2b(hashes.tobytes(), digest_size=8).digest()


_NO_HASHES: Hashes = np.zeros(0, np.uint64)


def _known(known: Hashes, runs: Hashes) -> NDArray[np.bool_]:
    """Return which runs are among the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(runs), bool)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, runs), len(known) - 1)] == runs
    return found


def _longest(found: NDArray[np.bool_]) -> tuple[int, int]:
    """Return where the longest stretch of true values begins and ends; an empty one where there is none."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], found, [False]]).astype(np.int8)))
    if not len(edges):
        return 0, 0
    longest = int(np.argmax(edges[1::2] - edges[::2]))
    return int(edges[2 * longest]), int(edges[2 * longest + 1])
