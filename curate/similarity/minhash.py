"""MinHash: signatures whose agreement estimates Jaccard similarity, cut into keys that similar texts share.

Broder, On the resemblance and containment of documents (1997); the bands are those of Leskovec, Rajaraman, Ullman,
Mining of Massive Datasets, section 3.4.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from curate.similarity.mixing import Hashes, combined

MARGIN = 0.05
"""How far above the threshold a pair must be for its recall to be promised."""
MIN_RECALL = 0.9998
"""Chance that such a pair shares a key."""
_SEED = 42


@lru_cache(maxsize=64)
def band_rows(num_perm: int, min_similarity: float) -> int:
    """Return how many minimums make one key: as many as leave a pair just above the threshold its recall."""
    target = min(min_similarity + MARGIN, (1 + min_similarity) / 2)
    fitting = [rows for rows in range(1, num_perm + 1) if _recall(target, rows, num_perm // rows) >= MIN_RECALL]
    return max(fitting, default=1)


def _recall(similarity: float, rows: int, bands: int) -> float:
    """Return the chance that two texts share at least one of their keys."""
    return float(1 - (1 - similarity**rows) ** bands)


def minimums(runs: Hashes, num_perm: int) -> NDArray[np.uint32]:
    """Return the least value of a text's runs under each of `num_perm` permutations; of a text without runs, zeros."""
    if not len(runs):
        return np.zeros(num_perm, np.uint32)
    digests = RMinHash.digest_matrix_from_flat_token_hashes(runs, [0, len(runs)], num_perm, _SEED)
    return np.array(digests.to_rows()[0], np.uint32)


def keys(least: NDArray[np.uint32], rows: int) -> Hashes:
    """Return the key of each band of `rows` minimums; what is left over is not used."""
    bands = len(least) // rows
    return combined(least[: bands * rows].reshape(bands, rows))
