"""`view` and `why`: rows to read by eye, and one row's life."""

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.commands.running import curate
from tests.filtering.results import jsonl, sound


def verdicts(finished: Path) -> list[dict[str, Any]]:
    """Return the verdicts on every row of a run."""
    return pl.read_parquet(finished / "curated" / "verdicts.parquet").to_dicts()


def test_view_kept(finished: Path, tmp_path: Path) -> None:
    """`view --kept` shows the kept rows in order, with problem, reasoning, response and answer."""
    done = curate("view", finished, "--kept", "-n", 3, cwd=tmp_path)
    kept = [row["id"] for row in verdicts(finished) if row["dropped_by"] is None]
    assert re.findall(r"^kept  (\w+)$", done.stdout, re.MULTILINE) == kept[:3]
    assert done.stdout.count("\n  problem:\n") == 3
    assert done.stdout.count("\n  reasoning:\n") == 3
    assert len(re.findall(r"^  answer '.+', reference '.+', finish_reason stop$", done.stdout, re.MULTILINE)) == 3


def test_view_dropped(finished: Path, tmp_path: Path) -> None:
    """`view` shows dropped rows of every check, with check, reason and place; `--dropped-by` those of one."""
    dropped = [row for row in verdicts(finished) if row["dropped_by"]]
    done = curate("view", finished / "curated", "-n", 100, cwd=tmp_path)
    assert done.stdout.count("dropped by ") == len(dropped)
    for row in dropped:
        assert f"dropped by {row['dropped_by']}: {row['reason']}  (part-00000.jsonl:{row['line']})" in done.stdout
    one = curate("view", finished, "-n", 100, "--dropped-by", "wrong-answer", cwd=tmp_path)
    assert one.stdout.count("dropped by wrong_answer: ") == sum(row["dropped_by"] == "wrong_answer" for row in dropped)
    assert one.stdout.count("dropped by ") == one.stdout.count("dropped by wrong_answer")


def test_view_of_an_unknown_check(finished: Path, tmp_path: Path) -> None:
    """A check that the result does not know is refused, and those that it knows are listed."""
    done = curate("view", finished, "--dropped-by", "looping", cwd=tmp_path)
    assert done.code == 2
    assert "there are invalid_structure, truncated, " in done.stderr


def test_why_by_every_name(finished: Path, tmp_path: Path) -> None:
    """A row is found by its id, a beginning of it, and FILE:LINE, whether the file is named as here or from outside."""
    row = next(row for row in verdicts(finished) if row["dropped_by"] == "wrong_answer")
    line = row["line"]
    names = [row["id"], row["id"][:12], f"part-00000.jsonl:{line}", f"{finished}/traces/part-00000.jsonl:{line}"]
    told = {curate("why", finished, name, cwd=tmp_path).stdout for name in names}
    assert len(told) == 1
    (said,) = told
    assert said.startswith(f"{row['id']}  part-00000.jsonl:{line}\n")
    assert f"dropped by wrong_answer: {row['reason']}" in said
    assert re.search(r"sent \S+ \S+ UTC, max_tokens 4096: stop, \d+ prompt and \d+ completion tokens", said)
    assert re.search(r"^  truncated +pass  \(\d+\)$", said, re.MULTILINE)
    assert re.search(r"^  wrong_answer +fail", said, re.MULTILINE)
    assert re.search(r"^  exact_duplicate +not judged$", said, re.MULTILINE)


WHERE = ("id", "file", "line", "offset", "dropped_by", "reason")


def test_why_as_json(finished: Path, tmp_path: Path) -> None:
    """`why --json` gives verdicts and attempts, with the reply verbatim, as one object."""
    row = verdicts(finished)[0]
    told = json.loads(curate("why", finished, row["id"], "--json", cwd=tmp_path).stdout)
    assert {name: told[name] for name in WHERE} == {name: row[name] for name in WHERE}
    assert [verdict["check"] for verdict in told["verdicts"]] == [name for name in row if f"{name}.value" in row]
    for verdict in told["verdicts"]:
        assert (verdict["outcome"], verdict["value"]) == (row[verdict["check"]], row[f"{verdict['check']}.value"])
    bounds = {verdict["check"]: verdict["threshold"] for verdict in told["verdicts"]}
    assert bounds["final_answer_only"] == {"name": "min_words", "bound": 6}
    assert bounds["truncated"] is None
    assert told["raw"]["id"] == told["trace"]["id"] == row["id"]
    (attempt,) = told["attempts"]
    assert attempt["key"] == row["id"]
    assert attempt["reply"]["finish_reason"] in {"stop", "length"}


UNKNOWN = {
    "no such id": ("zzzz", "no row 'zzzz'"),
    "no such line": ("part-00000.jsonl:9999", "no row "),
    "no such file": ("other.jsonl:1", "no row "),
    "a file whose name ends like it": ("rt-00000.jsonl:1", "no row "),
    "line zero": ("part-00000.jsonl:0", "no row "),
    "a line that is no number": ("part-00000.jsonl:\u00b2", "no row "),
    "a line beyond all numbers": ("part-00000.jsonl:" + "9" * 30, "no row "),
    "everything": ("", "could be 24 rows: "),
    "a pattern is no pattern": (".*", "no row '.*'"),
}


@pytest.mark.parametrize("name,said", UNKNOWN.values(), ids=UNKNOWN)
def test_why_of_no_row(finished: Path, tmp_path: Path, name: str, said: str) -> None:
    """A name that means no row, or several, is refused with a sentence."""
    done = curate("why", finished, name, cwd=tmp_path)
    assert done.code == 2, done.stderr
    assert said in done.stderr


@pytest.mark.parametrize(
    "option,said",
    [
        (("--sample", 2), "Only 2 lines of the input were read, a sample of them (--sample 2)"),
        (("--limit", 3), "Only the first 3 lines of the input were read (--limit 3)"),
        ((), "give an id, or FILE:LINE of the input\n"),
    ],
    ids=["sample", "limit", "all"],
)
def test_why_of_a_row_that_was_not_read(tmp_path: Path, option: tuple[str, int], said: str) -> None:
    """Where not all lines were read, a row that is not there may be one of the others, which is said."""
    (tmp_path / "rows.jsonl").write_bytes(jsonl(*map(sound, range(9))))
    assert curate("filter", "rows.jsonl", "-o", "out", *option, cwd=tmp_path).code == 0
    judged = set(pl.read_parquet(tmp_path / "out" / "verdicts.parquet")["line"])
    assert [curate("why", "out", f"rows.jsonl:{line}", cwd=tmp_path).code for line in judged] == [0] * len(judged)
    done = curate("why", "out", f"rows.jsonl:{min(set(range(1, 11)) - judged)}", cwd=tmp_path)
    assert done.code == 2
    assert said in done.stderr


def test_why_of_an_imported_row(hostile: Path, tmp_path: Path) -> None:
    """A row of a file, which no request is behind, tells its verdicts alone."""
    told = json.loads(curate("why", hostile / "out", "rows.jsonl:4", "--json", cwd=tmp_path).stdout)
    assert told["attempts"] == []
    assert told["dropped_by"] == "truncated"
    assert told["raw"]["question"] == told["trace"]["problem"]["text"]


def test_reading_leaves_nothing_behind(finished: Path, tmp_path: Path) -> None:
    """Looking at a run changes no file in it."""
    before = {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}
    curate("why", finished, "part-00000.jsonl:1", cwd=tmp_path)
    curate("view", finished, cwd=tmp_path)
    curate("validate", finished, cwd=tmp_path)
    assert {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()} == before
