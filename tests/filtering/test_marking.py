"""`--mark` and `--sample`: look before anything is dropped, or at a part."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.filtering.results import BOM, filtered, jsonl, sound
from tests.filtering.rows import inputs, recipes, some
from tests.reading.strategies import Json

unit_sizes = st.sampled_from([1, 200, 2**20])


@some
@given(inputs(), recipes, unit_sizes)
def test_nothing_is_dropped(data: bytes, recipe: Json, unit_bytes: int) -> None:
    """Marked, every row is kept, and each check has judged every row that it is for."""
    marked = filtered(data, recipe, unit_bytes=unit_bytes, mark=True)
    assert marked.manifest.marked
    assert marked.manifest.rows.kept == marked.manifest.rows.in_ == len(marked.lines("kept"))
    assert not any(marked.manifest.dropped_by.values())
    assert not marked.lines("dropped")
    filtering = filtered(data, recipe)
    names = list(filtering.manifest.dropped_by)
    for said, before in zip(marked.verdicts, filtering.verdicts, strict=True):
        first = before["dropped_by"]
        judged = names if first is None else names[: names.index(first) + 1]
        compares_rows = [name for name in names if name.startswith("exact_duplicate")]
        if not set(compares_rows) & set(judged):
            assert (said["marked_by"], said["reason"]) == (first, before["reason"])
            assert [said[name] for name in judged] == [before[name] for name in judged]


def test_every_check_judges_every_row() -> None:
    """A row on which several checks fail has the verdict of each; the first one marks it."""
    row = {"question": "q", "output": "14"}
    checks = ["missing_answer", "final_answer_only", {"too_few_steps": {"min_words": 8}}, "exact_duplicate"]
    result = filtered(jsonl(sound(), row, row), {"checks": checks}, mark=True)
    assert result.column("final_answer_only") == ["pass", "fail", "fail"]
    assert result.column("too_few_steps")[1:] == ["fail", "fail"]
    assert result.column("exact_duplicate") == ["pass", "pass", "fail"]
    assert result.column("marked_by") == [None, "final_answer_only", "final_answer_only"]
    assert result.column("dropped_by") == [None] * 3
    assert result.whole("kept") == jsonl(sound(), row, row)


def test_a_broken_trace_is_marked_and_kept() -> None:
    """A row that says it is a trace and is not is kept as it is, and no format carries it."""
    broken = {"schema_version": 1, "problem": {}}
    result = filtered(jsonl(sound(), broken), {"checks": ["invalid_structure", "missing_answer"]}, mark=True)
    assert result.whole("kept") == jsonl(sound(), broken)
    assert result.column("marked_by") == [None, "invalid_structure"]
    assert result.column("missing_answer") == ["pass", None]
    assert result.manifest.formats["messages"].refused == {"no valid trace": 1}


ROWS = [sound(number) for number in range(50)]


@pytest.mark.parametrize("count", [1, 7, 50, 99])
def test_sample(count: int) -> None:
    """A sample is so many lines, the same wherever they stand and however the input is cut, in input order."""
    result = filtered(jsonl(*ROWS), {"checks": []}, sample=count)
    kept = result.lines("kept")
    assert len(kept) == min(count, 50) == result.manifest.lines.in_
    assert all(one < other for one, other in pairwise(result.column("line")))
    assert filtered(jsonl(*ROWS), {"checks": []}, sample=count, unit_bytes=300).lines("kept") == kept
    turned = filtered(BOM + jsonl(*reversed(ROWS)), {"checks": []}, sample=count)
    assert sorted(turned.lines("kept")) == sorted(kept)


def test_samples_grow() -> None:
    """A larger sample holds the smaller one."""
    small, large = (filtered(jsonl(*ROWS), {"checks": []}, sample=count).lines("kept") for count in (5, 12))
    assert set(small) < set(large)


def test_a_sample_of_the_first_lines() -> None:
    """With a limit, the sample is of the lines within it."""
    result = filtered(jsonl(*ROWS), {"checks": []}, sample=5, limit=10, unit_bytes=300)
    assert len(result.column("line")) == 5
    assert max(result.column("line")) <= 10


def test_a_sample_of_nothing() -> None:
    """A sample of blank lines is no row."""
    assert filtered(b"\n\n", {"checks": []}, sample=3).manifest.rows.in_ == 0
