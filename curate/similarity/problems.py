"""Problems that read alike and are not the same: other numbers, or the opposite asked."""

from functools import lru_cache

import numpy as np

from curate.similarity.mixing import GOLDEN, Hashes, mixed
from curate.similarity.words import Words, words_of

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "third quarter fifth sixth eighth tenth first second fourth once twice thrice double triple dozen"
)
_SIDES = (
    "more less fewer most least larger smaller largest smallest greater greatest longer shorter longest shortest "
    "taller tallest heavier lighter heaviest lightest older younger oldest youngest higher lower highest lowest "
    "faster slower fastest slowest before after above below left right first last true false truth lie truthful lies "
    "tells not never no none all some every any and or if only unless without yes knight knave odd even sum "
    "difference product quotient increase decrease increases decreases maximum minimum"
)
"""Words of which one in the place of another asks for something else."""


def with_numbers(keys: Hashes, text: Words) -> Hashes:
    """Return other keys for texts whose numbers are not the same ones in the same order."""
    total = 0
    for number in text.numbers().tolist():
        total = (total * GOLDEN + number + 1) % 2**64
    return mixed(keys ^ np.uint64(total))


def differ(one: Hashes, other: Hashes) -> bool:
    """Say whether two problems with nearly the same words ask for different things.

    They do if, of the words that count or choose a side, there are as many in both but not the same ones; and if they
    are made of the same words but each has more of some (`Alice is`, `Bob is`). A typing error or a synonym brings in a
    word that the other has not, and is neither.
    """
    return _another_side(one, other) or _exchanged(one, other)


def _another_side(one: Hashes, other: Hashes) -> bool:
    mine, theirs = (np.sort(words[np.isin(words, _deciding())]) for words in (one, other))
    return len(mine) == len(theirs) and bool(np.any(mine != theirs))


def _exchanged(one: Hashes, other: Hashes) -> bool:
    known, mine = np.unique(one, return_counts=True)
    theirs_known, theirs = np.unique(other, return_counts=True)
    common, here, there = np.intersect1d(known, theirs_known, assume_unique=True, return_indices=True)
    if len(common) < max(len(known), len(theirs_known)):
        return False
    more = mine[here].astype(np.int64) - theirs[there]
    return bool(more.min() < 0 < more.max())


@lru_cache(maxsize=1)
def _deciding() -> Hashes:
    return np.unique(words_of(f"{_NUMBERS} {_SIDES}").hashes)
