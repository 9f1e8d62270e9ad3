"""Which rows are near a threshold, on either side."""

import re
from pathlib import Path

import pytest

from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.pipeline.inspect import Chosen
from curate.recipe import load_text
from tests.commands.running import curate
from tests.filtering.results import jsonl

Measures = list[float | None]


def _answer(words: int) -> dict[str, object]:
    """Return a row with so many words besides its answer, each another one."""
    thoughts = " ".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"[:words])
    return {"question": f"What is {words} + 0?", "output": f"{thoughts}\n\n\\boxed{{{words}}}"}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result of rows with 0 to 20 words, kept from 6 on."""
    folder = tmp_path_factory.mktemp("words")
    (folder / "in.jsonl").write_bytes(jsonl(*(_answer(count) for count in range(21))))
    loaded = load_text("checks: [final_answer_only: {min_words: 6}, special_tokens]", name="r", base=folder)
    filter_into([str(folder / "in.jsonl")], folder / "out", loaded, FilterOptions(workers=1))
    return folder / "out"


NEAR = [
    pytest.param(1, [5], id="one"),
    pytest.param(4, [5, 4, 6, 7], id="half of each side"),
    pytest.param(16, [5, 4, 3, 2, 1, 0, *range(6, 16)], id="more of one where the other has no more"),
    pytest.param(99, [5, 4, 3, 2, 1, 0, *range(6, 21)], id="all"),
]


@pytest.mark.parametrize("count,measures", NEAR)
def test_nearest_on_either_side(words: Path, count: int, measures: Measures) -> None:
    """Borderline rows are the nearest to the threshold on either side, the failing ones first."""
    rows = Chosen(words).borderline(count, "final_answer_only")
    assert [verdict.value for row in rows for verdict in row.verdicts if verdict.check == row.near] == measures
    assert [row.is_kept for row in rows] == [measure is not None and measure >= 6 for measure in measures]


def test_in_words(words: Path, tmp_path: Path) -> None:
    """`view --borderline` says of each row its measure, the threshold, what became of it and where it stands."""
    done = curate("view", words, "--borderline", "--check", "final-answer-only", "-n", 2, cwd=tmp_path)
    headings = [line for line in done.stdout.splitlines() if line.startswith("final_answer_only: ")]
    assert headings[0].startswith("final_answer_only: 5, min_words 6; dropped by final_answer_only: 5 words besides ")
    assert headings[0].endswith("  (in.jsonl:6)")
    assert headings[1] == "final_answer_only: 6, min_words 6; kept  (in.jsonl:7)"
    assert "wordf" in done.stdout


def test_all_thresholds_together(tmp_path: Path) -> None:
    """Without a check those of all are looked at, by share of the threshold, and a row comes once."""
    (tmp_path / "in.jsonl").write_bytes(jsonl(*(_answer(count) for count in range(21))))
    recipe = "checks: [too_long: {max_tokens: 60}, final_answer_only: {min_words: 6}]"
    filter_into(
        [str(tmp_path / "in.jsonl")],
        tmp_path / "out",
        load_text(recipe, name="r", base=tmp_path),
        FilterOptions(workers=1),
    )
    rows = Chosen(tmp_path / "out").borderline(12)
    assert len({row.id for row in rows}) == len(rows) == 12
    assert {row.near for row in rows} == {"too_long", "final_answer_only"}


def test_rows_that_are_compared(tmp_path: Path) -> None:
    """Near-duplicates are found by how near they are to the threshold as well."""
    text = " ".join(f"the word{number} of the list comes after word{number - 1} and is kept," for number in range(60))
    rows = [
        {"question": "What is 1 + 2?", "output": f"{text} {end}. The answer is 3."} for end in ("so", "well", "so so")
    ]
    (tmp_path / "in.jsonl").write_bytes(jsonl(*rows))
    loaded = load_text("checks: [near_duplicate: {min_similarity: 0.8}]", name="r", base=tmp_path)
    filter_into([str(tmp_path / "in.jsonl")], tmp_path / "out", loaded, FilterOptions(workers=1))
    done = curate("view", "out", "--borderline", "--check", "near_duplicate", cwd=tmp_path)
    near = re.findall(r"^near_duplicate: (0\.\d+), min_similarity 0\.8; dropped by ", done.stdout, re.MULTILINE)
    assert len(near) == 2
    assert near == sorted(near)


def test_marked_rows(tmp_path: Path) -> None:
    """Of rows that were only marked, the sides are what the check said; all are kept, and say what marked them."""
    (tmp_path / "in.jsonl").write_bytes(jsonl(*(_answer(count) for count in range(21))))
    loaded = load_text("checks: [final_answer_only: {min_words: 6}]", name="r", base=tmp_path)
    filter_into([str(tmp_path / "in.jsonl")], tmp_path / "out", loaded, FilterOptions(workers=1, mark=True))
    done = curate("view", "out", "--borderline", "-n", 2, cwd=tmp_path)
    assert "final_answer_only: 5, min_words 6; kept, marked by final_answer_only: 5 words" in done.stdout
    assert done.stdout.count("\n  problem:\n") == 2
    assert len(Chosen(tmp_path / "out").dropped(99)) == 6


WRONG = [
    pytest.param(["--borderline", "--check", "special_tokens"], "against no single number; these do", id="none"),
    pytest.param(["--borderline", "--check", "specal"], "no check 'specal' in ", id="unknown"),
    pytest.param(["--borderline", "--kept"], "exclude each other", id="two kinds"),
    pytest.param(["--check", "special_tokens"], "--check goes with --borderline", id="a check alone"),
]


@pytest.mark.parametrize("options,said", WRONG)
def test_wrong_usage(words: Path, tmp_path: Path, options: list[str], said: str) -> None:
    """What cannot be shown is refused with a sentence that helps."""
    done = curate("view", words, *options, cwd=tmp_path)
    assert done.code == 2
    assert said in done.stderr


def test_no_plugin_is_loaded_to_look(tmp_path: Path) -> None:
    """Thresholds of a plugin's check are in the manifest: nothing of a stranger's result is run to view it."""
    from tests.plugins.files import laid_out  # noqa: PLC0415 - this test alone needs it

    recipe = laid_out(tmp_path)
    curate("filter", "rows.jsonl", "-r", recipe, "-o", "out", cwd=tmp_path)
    (tmp_path / "my_checks.py").write_text("raise SystemExit('I ran')")
    done = curate("view", "out", "--borderline", cwd=tmp_path)
    assert done.code == 0
    assert "apologies: 1, max_times 0; dropped by apologies: says sorry 1 times" in done.stdout
