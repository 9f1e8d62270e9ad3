"""`curate export --check-template`, as a user types it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from curate.cli import cli
from curate.errors import Attention, UsageError
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.recipe import load_text
from tests.export import templates
from tests.export.test_tokenizer_folder import CONFIG, folder
from tests.filtering.results import jsonl

ROWS = [
    {"problem": f"What is {n} + {n}?", "reasoning": f"Twice {n} is {2 * n}, by adding.", "response": f"It is {2 * n}."}
    for n in range(1, 6)
]


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    """Return a curated result of rows with thinking."""
    (tmp_path / "in.jsonl").write_bytes(jsonl(*ROWS))
    recipe = load_text('{"checks": []}', name="recipe.yaml", base=tmp_path)
    filter_into([str(tmp_path / "in.jsonl")], tmp_path / "curated", recipe, FilterOptions(workers=1))
    return tmp_path / "curated"


def exporting(curated: Path, template: str, *words: str, **config: Any) -> Result:  # noqa: ANN401 - any JSON value
    """Export for a student that reads with a template."""
    student = curated.parent / "student"
    student.mkdir(exist_ok=True)
    folder(student, {**CONFIG, "chat_template": template, **config})
    out = str(curated.parent / "out")
    return CliRunner().invoke(cli, ["export", str(curated), "-o", out, "--check-template", str(student), *words])


def test_all_is_whole(curated: Path) -> None:
    """Where everything survives it is said, and the exit code is 0."""
    ended = exporting(curated, templates.MARKED, "--format", "messages", "--format", "alpaca")
    assert ended.exit_code == 0, ended.output
    assert "messages: 5 of 5 replies come through whole, the loss between the template's generation" in ended.stderr
    assert "alpaca: no chat template takes part in its 5 rows" in ended.stderr


def test_what_is_lost(curated: Path) -> None:
    """Where thinking is lost it is said how often, which format would keep it, and it wants attention."""
    ended = exporting(curated, templates.PLAIN, "--format", "messages_reasoning", "--json")
    assert isinstance(ended.exception, Attention)
    (proof,) = json.loads(ended.stdout)["template"]
    assert (proof["rows"], proof["replies"], proof["whole"]) == (5, 5, 0)
    assert proof["faults"] == {"reasoning_lost": 5}
    assert proof["kept_by"] == ["messages"]
    assert json.loads(ended.stdout)["attention"] == [
        "messages_reasoning: 5 of 5 replies do not survive the chat template"
    ]


def test_compressed_shards_and_splits(curated: Path) -> None:
    """Rows of every split are looked at, also where shards are compressed."""
    sets = ("--set", "output.splits.test=0.5", "--set", "output.compression=gzip", "--set", "output.shard_rows=2")
    ended = exporting(curated, templates.PLAIN, "--format", "messages", *sets)
    assert ended.exit_code == 0, ended.output
    assert "messages: 5 of 5 replies" in ended.stderr
    assert {path.suffix for path in (curated.parent / "out" / "messages").iterdir()} == {".gz"}


def test_a_tokenizer_that_is_code(curated: Path) -> None:
    """A tokenizer that is code of its own is refused before anything is written."""
    auto = {"AutoTokenizer": ["tokenization.Own", None]}
    ended = exporting(curated, templates.PLAIN, "--format", "messages", auto_map=auto)
    assert isinstance(ended.exception, UsageError)
    assert not (curated.parent / "out").exists()


FILLS_MEMORY = "{{ 'a' * 30000000000 }}"


def test_a_template_that_does_not_end(curated: Path) -> None:
    """A template that takes all memory or time is refused before anything is in place, an earlier export included."""
    ended = exporting(curated, FILLS_MEMORY, "--format", "messages")
    assert isinstance(ended.exception, UsageError)
    assert not (curated.parent / "out").exists()
    assert exporting(curated, templates.PLAIN, "--format", "messages").exit_code == 0
    again = exporting(curated, FILLS_MEMORY, "--format", "alpaca", "--format", "messages", "--replace")
    assert isinstance(again.exception, UsageError)
    assert {path.name for path in (curated.parent / "out").iterdir()} == {"README.md", "manifest.json", "messages"}
