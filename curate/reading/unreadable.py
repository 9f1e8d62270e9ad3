"""Lines that could not be read, set aside with their place and reason."""

import hashlib

import msgspec

from curate import jsonlines
from curate.reading.lines import Line, Unit

MAX_RAW_CHARACTERS = 10_000


class Unreadable(msgspec.Struct, frozen=True, kw_only=True):
    """A line that could not be read."""

    file: str
    """The input file."""
    line: int
    """The physical line, from 1, blank lines included."""
    offset: int
    """Bytes before the line in the uncompressed file."""
    bytes: int
    """Size of the line, its ending included."""
    sha256: str
    """Digest of the line."""
    error: str
    """Why it could not be read."""
    raw: str
    """Its first 10,000 characters; bytes that are no UTF-8 as backslash escapes."""


def unreadable_record(unit: Unit, line: Line, error: str) -> bytes:
    """Return the JSON of a line that could not be read."""
    return jsonlines.encode(
        Unreadable(
            file=unit.source.name,
            line=line.number,
            offset=line.offset,
            bytes=line.size,
            sha256=line.sha256 or hashlib.sha256(line.data).hexdigest(),
            error=error,
            raw=line.data[: 4 * MAX_RAW_CHARACTERS].decode("utf-8", "backslashreplace")[:MAX_RAW_CHARACTERS],
        )
    )
