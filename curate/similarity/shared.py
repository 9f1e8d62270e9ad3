"""Rows that share a key: found in a few passes over keys that lie on disk, so that memory stays within a bound."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curate.similarity.mixing import Hashes

Rows = NDArray[np.uint32]
ROW_BYTES = 16
"""What a row takes while its key is looked at: the key, and its place while the keys are sorted."""


class Shared(NamedTuple):
    """Rows whose key another row has as well."""

    rows: Rows
    """In order."""
    keys: Hashes


def shared_keys(read: Callable[[], Iterator[Hashes]], memory: int) -> Shared:
    """Return the rows that share a key with another; the key 0 is nobody's.

    Args:
        read: Gives the keys of all rows, in order and in pieces; called again for each pass.
        memory: Bytes to stay within. The keys are looked at in as many parts as that takes.
    """
    total = sum(map(len, read()))
    passes = max(1, -(-total * ROW_BYTES // max(1, memory)))
    parts = [_shared_in_part(read, part, passes) for part in range(passes)]
    rows = np.concatenate([part.rows for part in parts])
    keys = np.concatenate([part.keys for part in parts])
    order = np.argsort(rows, kind="stable")
    return Shared(rows[order], keys[order])


def picked(pieces: Iterator[Hashes], rows: Rows) -> Hashes:
    """Return the keys of some rows, given in order, of pieces that hold those of all."""
    found, start = [_NONE.keys], 0
    for keys in pieces:
        first, last = np.searchsorted(rows, [start, start + len(keys)])
        found.append(keys[rows[first:last] - start])
        start += len(keys)
    return np.concatenate(found)


def _shared_in_part(read: Callable[[], Iterator[Hashes]], part: int, passes: int) -> Shared:
    """Return those whose key leaves `part` when divided by the number of passes."""
    repeated = _repeated(np.concatenate([_NONE.keys, *(_of_part(keys, part, passes) for keys in read())]))
    rows, keys, start = [_NONE.rows], [_NONE.keys], 0
    for chunk in read():
        found = np.flatnonzero(np.isin(chunk, repeated))
        rows.append((found + start).astype(np.uint32))
        keys.append(chunk[found])
        start += len(chunk)
    return Shared(np.concatenate(rows), np.concatenate(keys))


_NONE = Shared(np.zeros(0, np.uint32), np.zeros(0, np.uint64))


def _of_part(keys: Hashes, part: int, passes: int) -> Hashes:
    chosen: NDArray[np.bool_] = keys != 0
    if passes > 1:
        chosen &= keys % np.uint64(passes) == part
    picked: Hashes = keys[chosen]
    return picked


def _repeated(keys: Hashes) -> Hashes:
    """Return the keys that occur more than once, sorted."""
    keys.sort()
    return np.unique(keys[1:][keys[1:] == keys[:-1]])
