"""A result is the same, byte for byte, on any number of workers, any day and in any folder."""

import gzip
from pathlib import Path
from random import Random

import pytest

from tests.filtering.results import BOM, Result, filtered, jsonl, sound
from tests.reading.strategies import Json

DATA = Path(__file__).parents[1] / "data"
EVERY_CHECK: Json = {
    "checks": [
        "invalid_structure",
        "truncated",
        "exact_duplicate",
        "missing_answer",
        {"final_answer_only": {"when": {"model": ["m", None]}}},
        "wrong_answer",
        {"exact_duplicate": {"of": "problem"}},
    ],
    "output": {"shard_rows": 7, "splits": {"validation": 0.2}},
}
ODD_LINES = [
    b'{"question": "What is 9 + 9?", "output": "Nine and nine more make eighteen in all. The answer is 18."}',
    b'{"question": "WHAT IS 9 + 9?", "output": "Adding nine to another nine gives eighteen. The answer is 18."}',
    b"",
    b" \t\r",
    b'{"a": NaN}',
    b'{"question": "q", "output": "r", "a": "\xff"}',
    b'{"question": "q", "output": "This goes on for quite some words until it is \\ud83d"}',
    b'{"schema_version": 1, "problem": {}}',
    b'{"question": "q", "generations": ["The answer is 5.", "5", "The answer is 5."]}',
    b'{"question": "q", "output": "r", "deep": ' + b"[" * 970 + b"]" * 970 + b"}",
    b'{"question": "q", "output": "r", "n_tokens": 1' + b"0" * 400 + b', "max_tokens": 1}',
]


def _inputs() -> dict[str, bytes]:
    """Return the committed samples of real data, each with rows that stand twice and lines of every odd kind."""
    found = {}
    for path in sorted(DATA.glob("*.jsonl")):
        lines = path.read_bytes().splitlines()[:60]
        lines += [*lines[::3], *ODD_LINES]
        Random(path.name).shuffle(lines)
        found[path.name] = BOM + jsonl(sound()) + b"\n".join(lines)
    return found


@pytest.fixture(scope="module")
def alone() -> Result:
    """What one worker makes of many units."""
    return filtered(_inputs(), EVERY_CHECK, unit_bytes=16_384)


def test_there_is_something_to_do(alone: Result) -> None:
    """The input is in many units, and every check and every kind of line has something in it."""
    assert len([name for name in alone.files if name.startswith("kept/")]) > 20
    assert all(alone.manifest.dropped_by.values())
    assert alone.manifest.lines.unreadable == 18
    assert len(alone.manifest.shapes) >= 4
    assert any(id_.endswith("-2") for id_ in alone.column("id"))


def test_four_workers_make_what_one_makes(alone: Result) -> None:
    """On one and on four workers every file is the same, byte for byte, the manifest included."""
    assert filtered(_inputs(), EVERY_CHECK, unit_bytes=16_384, workers=4).files == alone.files


def test_twice_the_same(alone: Result) -> None:
    """The same input gives the same files on another day, from another folder."""
    assert filtered(_inputs(), EVERY_CHECK, unit_bytes=16_384).files == alone.files


def test_nothing_names_this_machine(alone: Result) -> None:
    """No file names the folders that input and result lie in."""
    text = b"".join(data for name, data in alone.files.items() if name in {"manifest.json", "README.md"})
    for hint in (b"/tmp", b"/dev/shm", b"/home", b"/root", str(Path.home()).encode()):
        assert hint not in text


def test_damaged_files() -> None:
    """Of damaged files the sound part is filtered, the rest is set aside with its reason, on any number of workers."""
    rows = jsonl(*map(sound, range(200)))
    broken = {
        "a.jsonl": jsonl(sound()),
        "b.jsonl.gz": b"no gzip",
        "c.jsonl.gz": gzip.compress(rows)[:-100],
        "d.parquet": b"no parquet",
    }
    alone = filtered(broken, {"checks": []})
    (b, c, d) = alone.rows("unreadable")
    assert b["error"] == "the file is damaged from here on: Not a gzipped file (b'no')"
    assert (b["file"], b["line"], b["offset"], b["bytes"], b["raw"]) == ("b.jsonl.gz", 1, 0, 0, "")
    assert c["error"] == "the file is damaged from here on: it ends in the middle"
    assert rows.startswith(alone.whole("kept").removeprefix(jsonl(sound())) + c["raw"].encode())
    assert d["error"].startswith("the file is damaged from here on: ")
    assert alone.manifest.rows.in_ > 100
    assert alone.manifest.lines.unreadable == 3
    assert filtered(broken, {"checks": []}, workers=2).files == alone.files
