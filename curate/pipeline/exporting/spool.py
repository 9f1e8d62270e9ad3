"""A rendered row on its way to its shard: by what it is ordered, which problem it is of, how long it is, and itself.

<16 hexadecimal digits, a hash of the row's id><16, a hash of the problem's id><8, its tokens>{"id": "9f1c...", ...}

So lines of a spool, sorted as bytes, stand in an order that says nothing of where they come from, and the rows of one
problem can be sent to one split without reading them.
"""

from functools import lru_cache

from curate.digests import raw_digest

HASH_BYTES = 8
ORDER = slice(0, 16)
POINT = slice(16, 32)
TOKENS = slice(32, 40)
ROW = slice(40, None)


def spooled(id_: str, point: int, tokens: int, row: bytes) -> bytes:
    """Return the line of a row, its newline included.

    Args:
        id_: The id of what the row was made of; rows are ordered by its hash.
        point: Where its problem lies.
        tokens: Its length.
        row: The row, without its newline.
    """
    return b"%b%016x%08x%b\n" % (raw_digest("order", id_)[:HASH_BYTES].hex().encode(), point, tokens, row)


@lru_cache(maxsize=1024)
def point_of(problem_id: str) -> int:
    """Return where a problem lies among all: a number below 2**64, fixed by its id, wherever it is met."""
    return int.from_bytes(raw_digest("split", problem_id)[:HASH_BYTES], "big")
