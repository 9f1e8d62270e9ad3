"""Rows made to do harm: none is a path, none hangs, none takes the memory."""

import gzip
import json
import tracemalloc
from pathlib import Path

import polars as pl
import pytest

from curate.reading import lines
from tests.filtering.results import filtered, jsonl, sound
from tests.reading.strategies import Json

ELSEWHERE = "../../../../etc/passwd"
TRACE: Json = {
    "schema_version": 1,
    "id": ELSEWHERE,
    "problem": {"id": ELSEWHERE, "text": "What is 2 + 3?", "family": ELSEWHERE, "source": ELSEWHERE},
    "response": "Two and three make five in all, as one counts on the fingers. The answer is 5.",
}


def test_a_path_as_an_id() -> None:
    """An id that is a path goes into no name of a file."""
    row = sound(1, model=ELSEWHERE, source=ELSEWHERE, custom_id=ELSEWHERE)
    recipe: Json = {"checks": ["exact_duplicate", "missing_answer"], "output": {"splits": {"validation": 0.5}}}
    result = filtered(jsonl(TRACE, TRACE, row), recipe, unit_bytes=1)
    assert result.column("id")[:2] == [ELSEWHERE, f"{ELSEWHERE}-1"]
    assert not [name for name in result.files if "etc" in name or ".." in name]
    assert {name.split("/")[0] for name in result.files} <= {
        *("kept", "dropped", "messages", "verdicts.parquet", "clusters.parquet", "manifest.json", "README.md")
    }


@pytest.mark.parametrize("checks", [["invalid_structure", "truncated"], ["exact_duplicate"]])
def test_nested_200_levels(checks: list[str]) -> None:
    """A row that is nested 200 levels deep is a row like any other."""
    deep = "[" * 200 + "]" * 200
    lines = [json.dumps(row)[:-1] + f', "extra": {{"deep": {deep}}}}}' for row in (TRACE, sound(1))]
    data = "\n".join(lines).encode() + b"\n"
    assert filtered(data, {"checks": checks}).whole("kept") == data


def test_a_gzip_bomb() -> None:
    """A few kilobytes that stand for 300 MB are skipped as one line that is too long, and take no memory."""
    bomb = gzip.compress(jsonl(sound(1)) + b'{"question": "' + b"a" * 300_000_000 + b'"}\n' + jsonl(sound(2)), 9)
    assert len(bomb) < 400_000
    tracemalloc.start()
    try:
        result = filtered({"in.jsonl.gz": bomb}, {"checks": ["truncated"]}, max_line_bytes=2**20)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert result.whole("kept") == jsonl(sound(1), sound(2))
    (row,) = result.rows("unreadable")
    assert row["error"] == f"the line is too long: {300_000_017:,} bytes"
    assert peak < 60 * 2**20


def test_a_gzip_bomb_of_blank_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes that stand for 60 million blank lines are left when there are too many, and it is said why."""
    monkeypatch.setattr(lines, "MAX_BLANK_LINES", 10_000)
    bomb = gzip.compress(jsonl(sound(1)) + b"\n" * 10_000 + jsonl(sound(2)) + b"\n" * 60_000_000 + jsonl(sound(3)), 9)
    assert len(bomb) < 70_000
    result = filtered({"in.jsonl.gz": bomb}, {"checks": ["truncated"]})
    assert result.whole("kept") == jsonl(sound(1), sound(2))
    (row,) = result.rows("unreadable")
    assert row["line"] == 20_003
    assert row["error"] == (
        "the file is damaged from here on: more than 10,000 blank lines in a row, and nothing behind them is read"
    )
    assert result.manifest.lines.blank == 20_000


def test_a_huge_cell(tmp_path: Path) -> None:
    """A cell of a Parquet file that is too long is set aside with its reason, and takes a few times its size."""
    rows = pl.DataFrame([sound(1), {**sound(2), "output": "a" * 2**26}, sound(3)])
    rows.write_parquet(tmp_path / "in.parquet")
    tracemalloc.start()
    try:
        result = filtered({"in.parquet": (tmp_path / "in.parquet").read_bytes()}, max_line_bytes=2**20)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    (row,) = result.rows("unreadable")
    assert row["error"].startswith("the line is too long: 67,1")
    assert row["line"] == 2
    assert result.manifest.rows.kept == 2
    assert peak < 3.5 * 2**26


def test_a_thousand_shards() -> None:
    """A thousand shards are one input, in order."""
    result = filtered(
        {f"{number:04d}.jsonl": jsonl(sound(number)) for number in range(1000)}, {"checks": ["truncated"]}
    )
    assert result.whole("kept") == jsonl(*map(sound, range(1000)))
    assert [entry.path for entry in result.manifest.inputs] == [f"{number:04d}.jsonl" for number in range(1000)]
