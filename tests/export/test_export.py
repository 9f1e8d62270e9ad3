"""`curate export`, from a curated result to a folder of its own."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from curate.cli import cli
from curate.errors import DataError, NotOursError
from curate.pipeline.exporting.export import Exported, ExportOptions, export_into, recipe_of
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.pipeline.validate import faults_of
from curate.recipe import load_text
from curate.schemas import named
from tests.filtering.results import jsonl, sound

ROWS = [sound(number) for number in range(30)]
SEVERAL = {"question": "What is 3 + 3?", "generations": ["Three and three makes six: 6.", "It is 3 + 3 = 6, so 6."]}


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    """Return a curated result with rows of several shapes, some of them alike."""
    (tmp_path / "in.jsonl").write_bytes(jsonl(*ROWS, SEVERAL, ROWS[0], ROWS[0]))
    recipe = load_text('{"checks": []}', name="recipe.yaml", base=tmp_path)
    filter_into([str(tmp_path / "in.jsonl")], tmp_path / "curated", recipe, FilterOptions(workers=1))
    return tmp_path / "curated"


def _exported(curated: Path, out: Path, formats: Sequence[str] = (), **options: Any) -> Exported:  # noqa: ANN401 - the fields of ExportOptions
    loaded = recipe_of(curated, options.pop("overrides", ()))
    return export_into(curated, out, loaded, ExportOptions(formats=formats, workers=1, **options))


def _shards(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_rows_as_filtering_writes(curated: Path, tmp_path: Path) -> None:
    """An export of a result has the bytes that filtering itself would have written in that format."""
    done = _exported(curated, tmp_path / "out", ("messages",))
    assert _shards(tmp_path / "out" / "messages") == _shards(curated / "messages")
    assert done.manifest.rows == 34
    assert done.manifest.formats["messages"].rows == {"train": 34}
    assert list(faults_of(str(tmp_path / "out"), named("trace.v1"))) == []


def test_several_formats_and_overrides(curated: Path, tmp_path: Path) -> None:
    """Several formats lie side by side, each in a folder with nothing but its shards, under the same wishes."""
    overrides = ("output.splits.test=0.5", "output.shard_rows=4")
    done = _exported(curated, tmp_path / "out", ("llama-factory", "same"), overrides=overrides)
    assert [facts.folder for facts in done.facts] == ["llama_factory", "same"]
    for name in ("llama_factory", "same"):
        shards = _shards(tmp_path / "out" / name)
        assert {shard.split("-")[0] for shard in shards} == {"train", "test"}
        assert all(data.count(b"\n") <= 4 for data in shards.values())
        assert sum(data.count(b"\n") for data in shards.values()) == 34


def test_other_rows_are_never_overwritten(curated: Path, tmp_path: Path) -> None:
    """A folder with somebody's files is refused in any case, one with an export of ours unless it is replaced."""
    out = tmp_path / "out"
    (out / "messages").mkdir(parents=True)
    (out / "messages" / "train-00000-of-00001.jsonl").write_text("{}\n")
    for replace in (False, True):
        with pytest.raises(NotOursError, match="not ours"):
            _exported(curated, out, ("messages",), replace=replace)
    assert (out / "messages" / "train-00000-of-00001.jsonl").read_text() == "{}\n"
    mine = tmp_path / "mine"
    _exported(curated, mine, ("messages",))
    with pytest.raises(NotOursError, match="--replace"):
        _exported(curated, mine, ("axolotl",))
    _exported(curated, mine, ("axolotl",), replace=True)
    assert sorted(path.name for path in mine.iterdir()) == ["README.md", "axolotl", "axolotl.yaml", "manifest.json"]
    with pytest.raises(NotOursError, match="not ours"):
        _exported(curated, curated, ("messages",), replace=True)


def test_there_must_be_a_result(tmp_path: Path) -> None:
    """What is no curated result, and no run that has one, is refused with what would make one."""
    with pytest.raises(DataError, match="curate filter"):
        _exported(tmp_path, tmp_path / "out")


def test_the_command_prints_what_to_paste(curated: Path, tmp_path: Path) -> None:
    """What to paste goes to stdout, the rest to stderr; with --json all of it is one object."""
    out = str(tmp_path / "out")
    shown = CliRunner().invoke(cli, ["export", str(curated), "--format", "axolotl", "-o", out, "--workers", "1"])
    assert shown.exit_code == 0
    assert "axolotl train axolotl.yaml" in shown.stdout
    assert "34 train" in shown.stderr
    again = CliRunner().invoke(
        cli, ["export", str(curated), "--format", "messages", "-o", out, "--workers", "1", "--replace", "--json"]
    )
    told = json.loads(again.stdout)
    assert told["kind"] == "export"
    assert "SFTConfig" in told["paste"]["messages"]


def test_a_format_that_comes_to_nothing(curated: Path, tmp_path: Path) -> None:
    """It is said, also with --json, that a format has no rows, and why no strategy could have found a pair."""
    out = str(tmp_path / "out")
    words = ["export", str(curated), "--format", "dpo", "--format", "messages", "-o", out, "--workers", "1", "--json"]
    shown = CliRunner().invoke(cli, words)
    assert shown.exit_code == 0
    assert "dpo: no rows" in shown.stderr
    assert "messages: no rows" not in shown.stderr
    assert "no pairs right_over_wrong, which goes by wrong_answer: it is not asked" in shown.stderr
    assert json.loads(shown.stdout)["formats"]["dpo"]["rows"] == {}
