"""Every byte line of the input is kept as it was, dropped with its reason, unreadable or blank, and counted."""

import hashlib
import json
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines
from curate.errors import UsageError
from curate.jsonlines import UnreadableLineError
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.recipe import load_text
from tests.filtering.results import BOM, NAME, Result, filtered, jsonl, sound
from tests.filtering.rows import inputs, recipes, some
from tests.folders.results import tree
from tests.reading.strategies import Json

unit_sizes = st.sampled_from([1, 200, 2**20])


def _lines_of(data: bytes) -> dict[int, bytes]:
    """Return number and bytes of each line that holds more than what JSON calls white space; all with a newline."""
    pieces = data.removeprefix(BOM).split(b"\n")
    return {number: piece + b"\n" for number, piece in enumerate(pieces, 1) if piece.strip(b" \t\r")}


def _is_expanded(line: bytes) -> bool:
    """Say whether a line is of a shape that holds several rows, which are written as traces."""
    row = jsonlines.decode(line)
    return row.get("schema_version") != 1 and ("custom_id" in row or "generations" in row)


def _of_lines(result: Result) -> dict[int, list[Json]]:
    """Return the verdicts by line."""
    return {line: list(rows) for line, rows in groupby(result.verdicts, key=lambda row: row["line"])}


@some
@given(inputs(), recipes, unit_sizes)
def test_kept_lines_are_copied(data: bytes, recipe: Json, unit_bytes: int) -> None:
    """Kept lines are the input's own, byte for byte and in order; one of several rows is written as a trace."""
    result = filtered(data, recipe, unit_bytes=unit_bytes)
    kept = iter(result.lines("kept"))
    for number, rows in _of_lines(result).items():
        for row in rows:
            if row["dropped_by"] is None and not _is_expanded(_lines_of(data)[number]):
                assert next(kept) + b"\n" == _lines_of(data)[number]
            elif row["dropped_by"] is None:
                assert _identity(jsonlines.decode(next(kept))) == (row["id"], NAME, number)
    assert next(kept, None) is None


def _identity(trace: Json) -> tuple[str, str, int]:
    return trace["id"], trace["origin"]["file"], trace["origin"]["line"]


@some
@given(inputs(), recipes, unit_sizes)
def test_everything_adds_up(data: bytes, recipe: Json, unit_bytes: int) -> None:
    """Lines in = with rows + unreadable + blank, and rows in = kept + dropped, in the manifest and in the files."""
    result = filtered(data, recipe, unit_bytes=unit_bytes)
    rows, lines = result.manifest.rows, result.manifest.lines
    assert lines.in_ == len(data.removeprefix(BOM).split(b"\n")) - data.endswith(b"\n")
    assert lines.in_ == lines.with_rows + lines.unreadable + lines.blank
    assert rows.in_ == rows.kept + rows.dropped == len(result.verdicts)
    assert lines.with_rows == sum(result.manifest.shapes.values()) == len(_of_lines(result))
    assert rows.dropped == sum(result.manifest.dropped_by.values())
    assert [rows.kept, rows.dropped, rows.unreadable] == [
        len(result.lines(folder)) for folder in ("kept", "dropped", "unreadable")
    ]
    for name, counts in result.manifest.formats.items():
        assert sum(counts.rows.values()) == len(result.lines(name))
        assert rows.kept == sum(counts.rows.values()) + sum(counts.refused.values())


@some
@given(inputs(), recipes, unit_sizes)
def test_each_line_goes_one_way(data: bytes, recipe: Json, unit_bytes: int) -> None:
    """Each line that is not blank has verdicts or is unreadable; all that is no JSON is unreadable, and says why."""
    result = filtered(data, recipe, unit_bytes=unit_bytes)
    lines, judged = _lines_of(data), set(result.column("line"))
    unreadable = {row["line"]: row for row in result.rows("unreadable")}
    assert sorted([*judged, *unreadable]) == sorted(lines)
    assert {number for number, line in lines.items() if not _is_json_object(line)} <= set(unreadable)
    for number, row in unreadable.items():
        raw = data[row["offset"] :][: row["bytes"]]
        assert raw.removesuffix(b"\n") + b"\n" == lines[number]
        assert (row["file"], row["sha256"]) == (NAME, hashlib.sha256(raw).hexdigest())
        assert row["error"]
        assert row["raw"] == raw.decode("utf-8", "backslashreplace")


def _is_json_object(line: bytes) -> bool:
    try:
        return isinstance(jsonlines.decode(line), dict)
    except UnreadableLineError:
        return False


@some
@given(inputs(), recipes, unit_sizes)
def test_verdicts_tell_of_dropped_rows_what_dropped_tells(data: bytes, recipe: Json, unit_bytes: int) -> None:
    """A dropped row is in `dropped/` as it was, with the place, id, check, reason and measure of its verdicts."""
    result = filtered(data, recipe, unit_bytes=unit_bytes)
    expected = [row for row in result.verdicts if row["dropped_by"] is not None]
    for said, row, line in zip(expected, result.rows("dropped"), result.lines("dropped"), strict=True):
        assert row["origin"] == {"file": said["file"], "line": said["line"]}
        assert [row[key] for key in ("id", "dropped_by", "reason")] == [
            said[key] for key in ("id", "dropped_by", "reason")
        ]
        assert row["value"] in [value for name, value in said.items() if _is_measure_of(name, row["dropped_by"])]
        if not _is_expanded(_lines_of(data)[said["line"]]):
            assert line.endswith(b',"row":' + _lines_of(data)[said["line"]].strip() + b"}")


def _is_measure_of(column: str, check: str) -> bool:
    return column == f"{check}.value"


@some
@given(inputs(), recipes, unit_sizes)
def test_verdicts_add_up_to_the_manifest(data: bytes, recipe: Json, unit_bytes: int) -> None:
    """The verdicts count to what the manifest says; no check looks at a row that an earlier one has dropped."""
    result = filtered(data, recipe, unit_bytes=unit_bytes)
    manifest = result.manifest
    assert Counter(result.column("dropped_by")) == Counter(manifest.dropped_by) + Counter({None: manifest.rows.kept})
    checks = list(manifest.outcomes)
    for check, counts in manifest.outcomes.items():
        assert Counter(filter(None, result.column(check))) == counts
    for row in result.verdicts:
        seen = [check for check in checks if row[check] is not None]
        judge = seen[-1] if row["dropped_by"] else None
        assert judge == row["dropped_by"]
        assert [check for check in seen if row[check] == "fail"] == [judge] * (
            judge is not None and row[judge] == "fail"
        )


@some
@given(inputs(), recipes, st.integers(1, 400), st.integers(1, 400))
def test_the_cut_does_not_show(data: bytes, recipe: Json, one: int, other: int) -> None:
    """Into how many units the input is cut shows in nothing but the number of parts."""
    results = [filtered(data, recipe, unit_bytes=size) for size in (one, other)]
    for folder in ("kept", "dropped", "unreadable"):
        assert results[0].whole(folder) == results[1].whole(folder)
    assert results[0].verdicts == results[1].verdicts
    shards = [{name: data for name, data in result.files.items() if name[:9] == "messages/"} for result in results]
    assert shards[0] == shards[1]


def test_bytes_that_only_a_copy_keeps() -> None:
    """Spacing, escapes, key order, doubled keys, big integers and long fractions of a kept line are as they were."""
    row = json.dumps(sound())[:-1]
    lines = [
        row + ' , "a" : 1.0000000000000000000001 }',
        row + ', "a": 1, "a": 2}\r',
        row + ', "n": 123456789012345678901234567890, "e": 1E5, "z": -0.0}',
        row + ', "s": "\\ud83d", "u": "caf\\u00e9 \\/ caf\u00e9", "l": "\u2028\u0085"}',
        "\t " + row + "} \t",
    ]
    data = "\n".join(lines).encode()
    assert filtered(BOM + data).whole("kept") == data + b"\n"


def test_a_line_of_50_mb() -> None:
    """A line of 50 MB is kept as any other."""
    data = jsonl(sound(1), sound(2, more="0123456789" * 5_000_000), sound(3))
    assert filtered(data).whole("kept") == data


def test_a_line_over_the_limit() -> None:
    """A line over the limit is set aside with its size; the others go on."""
    data = jsonl(sound(1), sound(2, more="0123456789" * 1_000), sound(3))
    result = filtered(data, max_line_bytes=1_000)
    assert result.whole("kept") == jsonl(sound(1), sound(3))
    (row,) = result.rows("unreadable")
    assert (row["line"], row["bytes"]) == (2, len(jsonl(sound(2, more="0123456789" * 1_000))))
    assert row["error"] == f"the line is too long: {row['bytes']:,} bytes"
    assert row["sha256"] == hashlib.sha256(data.split(b"\n")[1] + b"\n").hexdigest()


def test_how_unreadable_lines_are_told() -> None:
    """Each kind of unreadable line says what is wrong with it."""
    good = jsonl(sound())
    told = {
        b'{"a": NaN}': "NaN is no JSON",
        b"[1, 2]": "an array, not an object",
        b'{"a": 1}{"b": 2}': "more than one value on the line, the second at character 8",
        b'{"a": "\xff"}': "invalid UTF-8 at byte 7 of the line",
        b'{"a": ' + b"[" * 600 + b"]" * 600 + b"}": "nested more than 500 levels deep",
        b'{"a": 1, "b": ""}': "no problem and reply found among the columns a, b",
        good[
            :-9
        ]: "broken JSON at character 137: Unterminated string starting at; the file ends here without a newline",
    }
    result = filtered(good + b"\n".join(told))
    assert result.whole("kept") == good
    assert [row["error"] for row in result.rows("unreadable")][:6] == list(told.values())[:6]
    assert result.rows("unreadable")[6]["error"].endswith("; the file ends here without a newline")


def test_a_result_is_never_filtered_into_itself(tmp_path: Path) -> None:
    """An input that lies where the result would go is refused, and the result that is there stays."""
    (tmp_path / "in.jsonl").write_bytes(jsonl(*map(sound, range(5))))
    loaded = load_text("{}", name="r.yaml", base=tmp_path, overrides=())
    out = tmp_path / "out"
    filter_into([str(tmp_path / "in.jsonl")], out, loaded, FilterOptions())
    before = tree(out)
    with pytest.raises(UsageError, match="where the result would go"):
        filter_into([str(out)], out, loaded, FilterOptions(replace=True))
    assert tree(out) == before
    manifest = filter_into([str(out)], tmp_path / "again", loaded, FilterOptions())
    assert [entry.path for entry in manifest.inputs] == ["part-00000.jsonl"]
    assert (tmp_path / "again" / "kept" / "part-00000.jsonl").read_bytes() == (tmp_path / "in.jsonl").read_bytes()


LONG = "It takes quite a number of words to come to where it is cut off, right in a pair \ud83d"
HOSTILE = [
    pytest.param({"question": "q", "output": LONG}, "truncated", id="a-surrogate-in-the-reason"),
    pytest.param({"question": "q", "output": "\ud83d"}, "final_answer_only", id="a-surrogate-as-reply"),
    pytest.param({"\ud83d": 1}, None, id="a-surrogate-in-a-column"),
    pytest.param({**sound(), "n_tokens": 10**30, "max_tokens": 10**30}, "truncated", id="a-count-beyond-64-bits"),
    pytest.param({**sound(), "n_tokens": 10**400, "max_tokens": 9}, "truncated", id="a-count-beyond-floats"),
    pytest.param({"schema_version": 1, "problem": {}}, "invalid_structure", id="a-broken-trace"),
    pytest.param({"schema_version": 1, "problem": {"\ud83d": 1}}, "invalid_structure", id="a-surrogate-in-the-fault"),
    pytest.param(
        {"schema_version": 1, "problem": {"id": "\ud83d", "text": ""}, "id": ""}, "missing_answer", id="an-id"
    ),
    pytest.param({"question": "\x00", "output": "\x00" * 9}, "final_answer_only", id="nul"),
]


@pytest.mark.parametrize("row,dropped_by", HOSTILE)
def test_hostile_rows(row: Json, dropped_by: str | None) -> None:
    """A row that holds what a file of ours cannot hold is dropped or unreadable like any other."""
    checks = ["invalid_structure", "truncated", "final_answer_only", "missing_answer"]
    result = filtered(jsonl(sound(), row), {"checks": checks})
    assert result.whole("kept") == jsonl(sound())
    assert [line["dropped_by"] for line in result.rows("dropped")] == ([dropped_by] if dropped_by else [])
    assert len(result.rows("unreadable")) == (dropped_by is None)
    assert result.manifest.lines.with_rows == (2 if dropped_by else 1)


def test_a_broken_trace_where_no_check_looks() -> None:
    """A row that says it is a trace and is not is unreadable where `invalid_structure` is not in the list."""
    result = filtered(jsonl(sound(), {"schema_version": 1, "problem": {}}), {"checks": ["truncated"]})
    assert [row["error"] for row in result.rows("unreadable")] == ["no valid trace: /: 'id' is a required property"]


@pytest.mark.parametrize("depth,unreadable", [(499, 0), (500, 1)])
def test_nesting(depth: int, unreadable: int) -> None:
    """How deep a row may be nested is fixed, so that all workers agree; dropped or kept, it is read again."""
    deep = '"deep": ' + "[" * depth + "]" * depth + "}\n"
    rows = [sound(), {"question": "q", "generations": ["The answer is 5.", "5"]}, {"question": "q", "output": "5"}]
    data = jsonl(sound()) + "".join(json.dumps(row)[:-1] + ", " + deep for row in rows).encode()
    result = filtered(data, {"checks": ["final_answer_only"]})
    assert len(result.rows("unreadable")) == 3 * unreadable
    assert len(result.rows("kept") + result.rows("dropped")) == 1 + 4 * (1 - unreadable)
