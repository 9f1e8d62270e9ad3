"""A line that cannot be read is recorded so that it can be found again."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines
from curate.reading.lines import Line, Source, Unit
from curate.reading.unreadable import unreadable_record

UNIT = Unit(index=0, source=Source(name="a.jsonl", path="a.jsonl"), start=0, end=None, first_line=1)


@given(st.binary(max_size=50))
def test_what_is_said_of_a_line(data: bytes) -> None:
    """An unreadable line is recorded with its place, size, digest, reason and text, as one line of JSON."""
    record = jsonlines.decode(unreadable_record(UNIT, Line(7, 120, data, len(data)), "broken"))
    assert record == {
        "file": "a.jsonl",
        "line": 7,
        "offset": 120,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "error": "broken",
        "raw": data.decode("utf-8", "backslashreplace"),
    }


def test_a_long_line() -> None:
    """Of a long line the first 10,000 characters are recorded, and the digest that was taken as it was skipped."""
    data = "\N{SLIGHTLY SMILING FACE}".encode() * 20_000
    record = jsonlines.decode(unreadable_record(UNIT, Line(1, 0, data, 10**9, "whole"), "too long"))
    assert record["raw"] == "\N{SLIGHTLY SMILING FACE}" * 10_000
    assert (record["bytes"], record["sha256"]) == (10**9, "whole")
