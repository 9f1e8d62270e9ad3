"""Checks whose signatures stay on disk: the same result whatever the workers, the memory and the order of files."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from curate.errors import DataError, RecipeError
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.recipe import load
from tests.filtering.results import Result, filtered, jsonl
from tests.reading.strategies import Json

STORY = " ".join(f"word{number}" for number in range(80))


def told(number: int, **more: Any) -> Json:  # noqa: ANN401 - any JSON value
    """Return a row whose reply is the story with one word changed."""
    return {"question": "Tell a story.", "output": STORY.replace(f"word{number} ", f"other{number} "), **more}


FILES = {
    "a.jsonl": jsonl(*(told(number) for number in range(9))),
    "b.jsonl": jsonl(told(3), {"question": "Count.", "output": "one two three"}, told(20)),
    "c.jsonl": jsonl(told(3, note="another column"), {"question": "count.", "output": "One two  three"}),
}
CHECKS = [{"exact_duplicate": {}}, {"near_duplicate": {"min_similarity": 0.7}}]


def kept(result: Result) -> list[bytes]:
    """Return the kept lines, sorted."""
    return sorted(result.lines("kept"))


def test_order_of_files_does_not_show() -> None:
    """The same lines are kept whatever the files are called, so whatever order they are read in."""
    found = []
    for names in itertools.permutations("abc"):
        files = {f"{name}.jsonl": FILES[f"{old}.jsonl"] for name, old in zip(names, "abc", strict=True)}
        found.append(kept(filtered(files, {"checks": CHECKS})))
    assert all(lines == found[0] for lines in found)
    assert 2 <= len(found[0]) < 6


def test_copies_with_other_columns_do_not_show_the_order_of_files() -> None:
    """Of rows that are the same but for columns which nobody reads the same one stays, whichever file comes first."""
    copies = [jsonl(told(3, note=note)) for note in ("one", "two", "three")]
    found = {
        filtered(
            {f"{name}.jsonl": data for name, data in zip("abc", order, strict=True)}, {"checks": CHECKS[:1]}
        ).lines("kept")[0]
        for order in itertools.permutations(copies)
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    "options",
    [{"workers": 2}, {"unit_bytes": 300}, {"memory": 1}, {"workers": 2, "unit_bytes": 1, "memory": 1}],
    ids=str,
)
def test_work_does_not_show(options: dict[str, Any]) -> None:
    """The result is the same on any number of workers, in units of any size, within any memory."""
    plain, other = filtered(FILES, {"checks": CHECKS}), filtered(FILES, {"checks": CHECKS}, **options)
    assert plain.column("reason") == other.column("reason")
    assert kept(plain) == kept(other)


def run(folder: Path, recipe: Json, rows: bytes, name: str = "in.jsonl") -> Any:  # noqa: ANN401 - a manifest
    """Filter rows by a recipe in a folder; returns the manifest."""
    (folder / name).write_bytes(rows)
    (folder / "recipe.yaml").write_text(json.dumps(recipe))
    loaded = load(str(folder / "recipe.yaml"), ())
    return filter_into([str(folder / name)], folder / f"{name}.out", loaded, FilterOptions(workers=1))


def test_grows_an_earlier_dataset_without_repeating_it(tmp_path: Path) -> None:
    """`against` names a result beside the recipe; rows like its rows go, and nothing of it is counted as input."""
    run(tmp_path, {"checks": []}, jsonl(told(1)), "first.jsonl")
    check = {"near_duplicate": {"against": "first.jsonl.out", "min_similarity": 0.7}}
    manifest = run(tmp_path, {"checks": [check]}, jsonl(told(2), {"question": "Count.", "output": "one two three"}))
    assert (manifest.rows.in_, manifest.dropped_by["near_duplicate"]) == (2, 1)
    assert b"of the earlier dataset" in b"".join(path.read_bytes() for path in tmp_path.glob("in.jsonl.out/dropped/*"))
    assert str(tmp_path).encode() not in (tmp_path / "in.jsonl.out" / "manifest.json").read_bytes()


def test_earlier_dataset_that_holds_nothing_is_an_error(tmp_path: Path) -> None:
    """An earlier dataset of which not one row can be read is said to be so, and not taken for an empty one."""
    (tmp_path / "first.jsonl").write_bytes(jsonl({"unknown": 1}, {"unknown": 2}))
    with pytest.raises(DataError, match="not one row of the earlier dataset"):
        run(tmp_path, {"checks": [{"near_duplicate": {"against": "first.jsonl"}}]}, jsonl(told(2)))


def test_leaks_are_held_against_a_file(tmp_path: Path) -> None:
    """`benchmark_leak` reads files as problem files are read, and names them by their file."""
    question = "How many bolts of blue fiber does a robe take that takes half as much white fiber and 3 in all?"
    (tmp_path / "bench.jsonl").write_bytes(jsonl({"question": "Another?"}, {"problem": question}))
    rows = jsonl({"question": question, "output": "2"}, {"question": "What is 1 + 1?", "output": "2"})
    manifest = run(tmp_path, {"checks": [{"benchmark_leak": {"against": "bench.jsonl"}}]}, rows)
    assert manifest.dropped_by == {"benchmark_leak": 1}
    assert b"the whole of bench item 2" in (tmp_path / "in.jsonl.out" / "dropped" / "part-00000.jsonl").read_bytes()


@pytest.mark.parametrize(
    "check,words",
    [
        pytest.param({"near_duplicate": {"against": "nowhere"}}, "nowhere does not exist", id="no dataset"),
        pytest.param({"benchmark_leak": {"against": ["gsm8k"]}}, "there is no file 'gsm8k'", id="no benchmark"),
        pytest.param({"benchmark_leak": {}}, "curate benchmarks add", id="none was added"),
        pytest.param({"near_duplicate": {"min_similarity": 0}}, "min_similarity", id="a bound that is none"),
        pytest.param({"near_duplicate": {"ngram": 0}}, "ngram", id="no words in a run"),
    ],
)
def test_what_is_missing_is_said_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Json, words: str
) -> None:
    """A dataset or benchmark that does not exist is an error of the recipe, before anything is read."""
    monkeypatch.setenv("CURATE_BENCHMARKS", str(tmp_path / "none"))
    with pytest.raises(RecipeError, match=rf"recipe.yaml:\d+.*{words}"):
        run(tmp_path, {"checks": [check]}, jsonl(told(1)))
