"""Is a problem new? Held against all that are known, which grow while it goes on: the same text, or nearly the same."""

from collections import defaultdict

import msgspec
import numpy as np

from curate.digests import problem_id
from curate.similarity import minhash, problems
from curate.similarity.mixing import Hashes
from curate.similarity.shingles import Shingles, compact, distinct, jaccard, shingles
from curate.similarity.words import words_of

NUM_PERM = 64
NGRAM = 3
"""Words in a run; problems are short."""
MAX_COMPARED = 64
"""Known problems under one key that another is compared with; a key that more share is a template's."""


class Like(msgspec.Struct, frozen=True):
    """A known problem that another one is like."""

    text: str
    similarity: float
    """Share of runs of words that both have; 1 for the same text."""


class _Known(msgspec.Struct, frozen=True):
    text: str
    words: Hashes
    runs: Shingles


class Novelty:
    """The problems that are known.

    Two with other numbers, or with the opposite asked, are two problems however alike they read.

    Args:
        min_similarity: The least similarity at which two are taken for one.
    """

    def __init__(self, min_similarity: float) -> None:
        self._min_similarity = min_similarity
        self._band_rows = minhash.band_rows(NUM_PERM, min_similarity)
        self._ids: dict[str, str] = {}
        self._known: list[_Known] = []
        self._buckets: dict[int, list[int]] = defaultdict(list)

    def add(self, text: str) -> None:
        """Make a problem known."""
        self._ids.setdefault(problem_id(text), text)
        known, keys = self._sketch(text)
        for key in keys:
            self._buckets[key].append(len(self._known))
        self._known.append(known)

    def same(self, text: str) -> Like | None:
        """Return the known problem with this very text, or None."""
        found = self._ids.get(problem_id(text))
        return None if found is None else Like(found, 1.0)

    def nearest(self, text: str) -> Like | None:
        """Return the known problem that this one is most like, if it is as like as that; else None."""
        one, keys = self._sketch(text)
        places = {place for key in keys for place in self._buckets.get(key, ())[:MAX_COMPARED]}
        others = [other for other in map(self._known.__getitem__, sorted(places)) if not _differ(one, other)]
        found = max(
            (Like(other.text, jaccard(one.runs, other.runs)) for other in others), key=_by_similarity, default=None
        )
        return found if found is not None and found.similarity >= self._min_similarity else None

    def _sketch(self, text: str) -> tuple[_Known, list[int]]:
        words = words_of(text)
        runs = shingles(words.hashes, NGRAM)
        known = _Known(text, words.hashes, distinct(compact(runs)))
        if not len(runs):
            return known, []
        keys = minhash.keys(minhash.minimums(runs, NUM_PERM), self._band_rows)
        return known, problems.with_numbers(keys, words).tolist()


def _by_similarity(like: Like) -> float:
    return like.similarity


def _differ(one: _Known, other: _Known) -> bool:
    return problems.differ(one.words, other.words)


def share_of(text: str, whole: str) -> float:
    """Return the share of a text's runs of words that stand in another text as well."""
    runs, there = (distinct(compact(shingles(words_of(one).hashes, NGRAM))) for one in (text, whole))
    return float(np.isin(runs, there).mean()) if len(runs) else 0.0
