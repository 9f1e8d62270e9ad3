"""Bytes that nobody would write: for a few minutes, whatever hypothesis can think of is filtered."""

import gzip
import os
from collections.abc import Callable
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.errors import DataError
from tests.filtering.results import BOM, NAME, filtered, jsonl, sound
from tests.filtering.rows import lines
from tests.reading.strategies import Json, files, garbage

pytestmark = pytest.mark.integration

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "400"))
fuzzing = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
CHECKS: Json = {
    "checks": [
        "invalid_structure",
        "truncated",
        "unclosed_thinking",
        "missing_answer",
        "final_answer_only",
        "looping",
        "mixed_language",
        "refusal",
        "special_tokens",
        "broken_text",
        "answer_mismatch",
        "wrong_answer",
        "exact_duplicate",
    ]
}


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """Return a file of rows with some of its bytes changed, cut out, doubled or put elsewhere."""
    data = bytearray(draw(files(lines)))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 40)))
        piece = bytes(data[start:stop])
        data[start:stop] = draw(
            st.sampled_from([b"", piece * 2, piece[::-1], b"\x00" * len(piece)]) | st.binary(max_size=9)
        )
    return bytes(data)


def _adds_up(data: bytes, **options: Any) -> None:  # noqa: ANN401 - the fields of FilterOptions
    """Filter a file whose first row is sound, and hold what came of it against its lines."""
    bare = jsonl(sound()) + data.removeprefix(BOM)
    result = filtered(bare, CHECKS, **options)
    count = bare.count(b"\n") + (not bare.endswith(b"\n"))
    counts = result.manifest.lines
    assert counts.in_ == count == counts.with_rows + counts.unreadable + counts.blank
    blank = sum(1 for line in bare.split(b"\n")[:count] if not line.strip(b" \t\r"))
    assert counts.blank == blank
    assert result.manifest.rows.in_ == result.manifest.rows.kept + result.manifest.rows.dropped == len(result.verdicts)
    told = {row["line"] for row in result.rows("unreadable")} | set(result.column("line"))
    assert len(told) == count - blank
    assert {row["file"] for row in result.rows("unreadable")} <= {NAME}


@fuzzing
@given(mangled(), st.sampled_from([1, 300, 2**20]))
def test_every_line_is_accounted_for(data: bytes, unit_bytes: int) -> None:
    """Whatever stands in a file, each of its lines is a row, unreadable or blank, and nothing crashes or hangs."""
    _adds_up(data, unit_bytes=unit_bytes)


@fuzzing
@given(mangled(), st.integers(1, 80))
def test_every_line_of_any_length(data: bytes, longest: int) -> None:
    """The same where lines beyond a few bytes are skipped."""
    bare = jsonl(sound()) + data
    result = filtered(bare, CHECKS, max_line_bytes=max(longest, len(jsonl(sound()))))
    counts = result.manifest.lines
    assert counts.in_ == bare.count(b"\n") + (not bare.endswith(b"\n"))
    assert counts.in_ == counts.with_rows + counts.unreadable + counts.blank


Compress = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    "name,compress",
    [
        pytest.param("in.jsonl.gz", lambda data: gzip.compress(data, 1), id="gzip"),
        pytest.param("in.jsonl.zst", zstandard.ZstdCompressor().compress, id="zstd"),
    ],
)
@fuzzing
@given(data=st.data())
def test_compressed_bytes(name: str, compress: Compress, data: st.DataObject) -> None:
    """Of a compressed file with any bytes changed or cut off, what can be read is, and the rest is told.

    A change can rename a column of all rows that are left; such a file is refused by its name.
    """
    packed = bytearray(compress(jsonl(*map(sound, range(30)))))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(packed)))
        packed[place : place + data.draw(st.integers(0, 3))] = data.draw(garbage)
    packed = packed[: data.draw(st.integers(0, len(packed)) | st.just(len(packed)))]
    try:
        result = filtered({"a.jsonl": jsonl(sound(99)), name: bytes(packed)}, CHECKS)
    except DataError as refusal:
        assert str(refusal).startswith(f"{name}: ")  # noqa: PT017 - most files are not refused
        return
    counts = result.manifest.lines
    assert counts.in_ == counts.with_rows + counts.unreadable + counts.blank
    assert all(row["error"] for row in result.rows("unreadable"))
