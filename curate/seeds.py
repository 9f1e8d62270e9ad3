"""The only maker of random generators.

Every generator is derived by hashing what it is for, because `Random(seed + index)` makes neighbouring seeds share
nearly all of their draws.
"""

import random

from curate.digests import raw_digest


def rng(seed: int, *purpose: str | int) -> random.Random:
    """Return a generator that depends on `seed` and on every part of `purpose`, and on nothing else."""
    return random.Random(derived(seed, *purpose))


def derived(seed: int, *purpose: str | int, bits: int = 128) -> int:
    """Return an integer below 2**bits derived from `seed` and `purpose`; used for seeds sent to servers."""
    whole = int.from_bytes(raw_digest(str(seed), *map(str, purpose)), "big")
    return whole >> (128 - bits)


def share(key: str, purpose: str) -> float:
    """Return a number in [0, 1) fixed by `key`: rows fall on the same side of a share wherever they are."""
    return int.from_bytes(raw_digest(purpose, key)[:8], "big") / 2**64
