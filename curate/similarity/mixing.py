"""Arithmetic on 64-bit words: our own constants, so that a signature means the same wherever it was made."""

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

GOLDEN = 0x9E3779B97F4A7C15
MASK = 2**64 - 1


def mixed(values: Hashes) -> Hashes:
    """Return every value with its low bits spread over the high ones, and those over the low."""
    out = values ^ (values >> np.uint64(32))
    out *= np.uint64(0xD6E8FEB86659FD93)
    out ^= out >> np.uint64(32)
    return out


def combined(table: NDArray[np.unsignedinteger]) -> Hashes:
    """Return one number for each row of a table of numbers; their order within the row counts."""
    return mixed((table * POWERS[: table.shape[1]]).sum(axis=1, dtype=np.uint64))


POWERS = np.array([pow(GOLDEN, place + 1, 2**64) for place in range(256)], np.uint64)
"""Of the constant, from the first on; no table is wider."""
