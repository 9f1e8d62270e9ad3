"""A rendered row on its way to its shard: by what it is ordered, which problem it is of, and the row itself.

<16 hexadecimal digits, a hash of the row's id><16 more, a hash of the problem's id>{"id": "9f1c...", "messages": ...}

So lines of a spool, sorted as bytes, stand in an order that says nothing of where they come from, and the rows of one
problem can be sent to one split without reading them.
"""

from curate.digests import raw_digest

HASH_BYTES = 8
ORDER = slice(0, 2 * HASH_BYTES)
POINT = slice(2 * HASH_BYTES, 4 * HASH_BYTES)
ROW = slice(4 * HASH_BYTES, None)


def spooled(id_: str, point: int, row: bytes) -> bytes:
    """Return the line of a row, its newline included.

    Args:
        id_: The id of what the row was made of; rows are ordered by its hash.
        point: Where its problem lies.
        row: The row, without its newline.
    """
    return b"%b%016x%b\n" % (raw_digest("order", id_)[:HASH_BYTES].hex().encode(), point, row)


def point_of(problem_id: str) -> int:
    """Return where a problem lies among all: a number below 2**64, fixed by its id, wherever it is met."""
    return int.from_bytes(raw_digest("split", problem_id)[:HASH_BYTES], "big")
