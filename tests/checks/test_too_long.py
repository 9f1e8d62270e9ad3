"""Tokens counted with a tokenizer file of the student's."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from curate.checks.length import too_long
from curate.errors import CurateError, UsageError
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.pipeline.plan import plan_checks
from curate.recipe import load, load_text
from tests.checks.cases import trace
from tests.generating.running import RECIPE, run_here


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    """Return a tokenizer file whose tokens are words and marks."""
    words = Tokenizer(WordLevel({"[UNK]": 0}, "[UNK]"))
    words.pre_tokenizer = Whitespace()
    path = tmp_path / "student.json"
    words.save(str(path))
    return path


@pytest.mark.parametrize("limit,outcome", [(7, "pass"), (6, "fail")])
def test_tokens_are_counted_by_the_tokenizer(tokenizer: Path, limit: int, outcome: str) -> None:
    """Seven words of thinking and response are seven tokens, whatever the server counted."""
    found = too_long(
        trace(reasoning="We add two ", response="The answer is 6"), max_tokens=limit, tokenizer=str(tokenizer)
    )
    assert found is not None
    assert (found.outcome, found.value) == (outcome, 7)
    assert outcome == "pass" or found.reason == "7 tokens by the tokenizer, 6 at most"


def test_lone_surrogates_are_counted(tokenizer: Path) -> None:
    """Text that is no text for a tokenizer is counted all the same."""
    found = too_long(trace(reasoning="", response="a \ud83d b"), tokenizer=str(tokenizer))
    assert found is not None
    assert found.value == 3


def test_a_file_that_is_no_tokenizer_is_an_error(tmp_path: Path) -> None:
    """A file that holds anything else is named."""
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(UsageError, match=r"other\.json is no tokenizer file"):
        too_long(trace(), tokenizer=str(tmp_path / "other.json"))


def test_the_file_is_relative_to_the_recipe(tokenizer: Path, tmp_path: Path) -> None:
    """A recipe names the tokenizer from where it stands; rows beyond the limit fall."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"question": "q", "output": "one two three"}\n{"question": "q", "output": "one two three four"}\n')
    text = "checks: [{too_long: {max_tokens: 3, tokenizer: student.json}}]"
    loaded = load_text(text, name="r.yaml", base=tokenizer.parent)
    filter_into([str(rows)], tmp_path / "out", loaded, FilterOptions(workers=1))
    kept = b"".join(part.read_bytes() for part in sorted((tmp_path / "out" / "kept").iterdir()))
    assert kept.count(b"\n") == 1


def test_a_missing_file_is_an_error_at_its_place(tmp_path: Path) -> None:
    """A tokenizer that is not there is found before the first row, and the recipe's line is named."""
    text = "checks:\n  - too_long:\n      tokenizer: none.json\n"
    with pytest.raises(CurateError, match=r"r\.yaml:3.*tokenizer"):
        plan_checks(load_text(text, name="r.yaml", base=tmp_path))


def test_the_recipe_of_a_run_finds_the_file(tokenizer: Path, tmp_path: Path) -> None:
    """The recipe that is written into a run's folder names the tokenizer from there."""
    checks = "checks: [{too_long: {tokenizer: student.json}}]\n"
    run_here(tmp_path / "runs" / "small", RECIPE + checks, base=tokenizer.parent)
    written = load(str(tmp_path / "runs" / "small" / "recipe.yaml"))
    assert [check.parameters["tokenizer"] for check in plan_checks(written)] == ["../../student.json"]
