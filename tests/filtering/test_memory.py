"""Corpus checks and repeated ids within bounded memory: in shares, with the same result."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.pipeline.filtering import occurrences
from curate.pipeline.filtering.spill import Spill
from tests.filtering.results import filtered, jsonl, sound

ROWS = [sound(number % 7, label=number) for number in range(40)]
CHECKS = ["exact_duplicate", "missing_answer", {"exact_duplicate": {"of": "problem"}}]


def test_little_memory_does_not_show() -> None:
    """A corpus check that has to judge in many shares says what it says of all rows at once."""
    roomy, tight = (
        filtered(jsonl(*ROWS), {"checks": CHECKS}, unit_bytes=200, memory=memory) for memory in (2**30, 500)
    )
    assert tight.files == roomy.files
    assert roomy.manifest.dropped_by["exact_duplicate"] == 33


@pytest.mark.parametrize("unit_bytes", [200, 2**20])
def test_repeated_ids(monkeypatch: pytest.MonkeyPatch, unit_bytes: int) -> None:
    """Identical rows are numbered alike, however few of them are held at a time."""
    at_once = filtered(jsonl(*ROWS), {"checks": []})
    monkeypatch.setattr(occurrences, "HELD_ROWS", 3)
    result = filtered(jsonl(*ROWS), {"checks": []}, unit_bytes=unit_bytes)
    ids = result.column("id")
    assert ids == at_once.column("id")
    assert sorted(id_ for id_ in ids if id_.startswith(ids[0].split("-")[0])) == sorted(
        ids[number] for number in range(0, 40, 7)
    )
    assert len(set(ids)) == len(ROWS)
    assert sorted(row["id"] for row in result.rows("messages")) == sorted(ids)


parts_of_a_table = st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=1, max_size=9)


@given(
    st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=1, max_size=9), st.integers(0, 200), st.integers(1, 4)
)
def test_what_was_spilled(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[int]], most: int, shares: int
) -> None:
    """Rows come back as they went in and in order; in shares each of them once, equal ones together."""
    spill = Spill(tmp_path_factory.mktemp("spill"), most)
    for part in parts:
        spill.add(pl.DataFrame({"value": pl.Series(part, dtype=pl.Int64)}))
    rows = [value for part in parts for value in part]
    assert [value for frame in spill for value in frame["value"]] == rows
    split = [spill.share("value", number, shares)["value"].to_list() for number in range(shares)]
    assert sorted(value for share in split for value in share) == sorted(rows)
    assert len({(value, place) for place, share in enumerate(split) for value in share}) == len(set(rows))
    spill.clear()
    assert not list(Path(spill.folder).glob("*"))
