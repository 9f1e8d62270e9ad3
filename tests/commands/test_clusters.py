"""`curate clusters`: which rows were dropped for being like which."""

import json
from pathlib import Path

from click.testing import CliRunner

from curate.cli import cli
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.recipe import load_text
from tests.filtering.results import jsonl, sound


def told(*words: str) -> str:
    """Return what `curate clusters` prints."""
    return CliRunner().invoke(cli, ["clusters", *words], catch_exceptions=False).stdout


def filtered(folder: Path, copies: list[int]) -> Path:
    """Filter rows of which there are so many copies of each; returns the result."""
    rows = [sound(number, note=note) for number, count in enumerate(copies) for note in range(count)]
    (folder / "in.jsonl").write_bytes(jsonl(*rows))
    recipe = load_text(json.dumps({"checks": ["exact_duplicate"]}), name="recipe.yaml", base=folder, overrides=())
    filter_into([str(folder / "in.jsonl")], folder / "out", recipe, FilterOptions(workers=1))
    return folder / "out"


def test_sizes_and_the_largest_are_shown(tmp_path: Path) -> None:
    """Clusters are counted by size, and the largest is shown with the first of its rows."""
    out = filtered(tmp_path, [9, 2, 2, 1])
    found = json.loads(told(str(out), "--json"))
    assert found["sizes"] == {"exact_duplicate": {"2": 2, "9": 1}}
    largest = found["largest"][0]
    assert largest["size"] == 9
    assert [member["id"] for member in largest["members"]] == [f"{largest['kept']}-{place}" for place in range(1, 6)]
    text = told(str(out))
    assert "exact_duplicate: 3 clusters" in text
    assert f"9 rows like {largest['kept']}" in text
    assert "and 3 more" in text


def test_none_is_said_so(tmp_path: Path) -> None:
    """Where nothing was dropped for being like another row, nothing is printed."""
    assert told(str(filtered(tmp_path, [1, 1]))) == ""
