"""Which pairs of shingle sets datasketch's LSH takes for alike. Run as a command: NUM_PERM MIN_SIMILARITY.

Reads a line of JSON `[[shingle, ...], [shingle, ...]]` for each pair, and prints one list of booleans.
"""

import json
import sys
from collections.abc import Iterable

from datasketch import MinHash, MinHashLSH


def hashed(shingles: Iterable[str], num_perm: int) -> MinHash:
    """Return the MinHash of a set of shingles."""
    found = MinHash(num_perm=num_perm, seed=42)
    found.update_batch([shingle.encode() for shingle in shingles])
    return found


def main(num_perm: int, min_similarity: float) -> None:
    """Put the first of each pair into an index, and ask it for the second."""
    pairs = [[hashed(one, num_perm) for one in json.loads(line)] for line in sys.stdin]
    index = MinHashLSH(threshold=min_similarity, num_perm=num_perm)
    for number, (one, _) in enumerate(pairs):
        index.insert(number, one)
    sys.stdout.write(json.dumps([number in index.query(other) for number, (_, other) in enumerate(pairs)]))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
