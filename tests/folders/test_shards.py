"""Shards hold so many rows each, under names that people expect."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines
from curate.reading.lines import read_lines
from curate.reading.sources import plan_input
from curate.shards import ShardWriter, split_shard_name
from tests.folders.results import MEMORY, tree
from tests.reading.strategies import Json, texts, values


@given(st.lists(st.fixed_dictionaries({}, optional={"text": texts, "other": values}), max_size=8), st.integers(1, 4))
def test_round_trip(rows: list[Json], shard_rows: int) -> None:
    """Rows of any text come back from their shards in order, so many from each."""
    with TemporaryDirectory(dir=MEMORY) as folder:
        with ShardWriter(Path(folder, "traces"), shard_rows) as shards:
            for row in rows:
                shards.write(jsonlines.encode(row) + b"\n")
        assert shards.rows == len(rows)
        sizes = {name: data.count(b"\n") for name, data in tree(Path(folder)).items()}
        full, rest = divmod(len(rows), shard_rows)
        expected = [shard_rows] * full + [rest] * bool(rest)
        assert sizes == {f"traces/part-{number:05d}.jsonl": size for number, size in enumerate(expected)}
        if rows:
            units = plan_input([str(Path(folder, "traces"))]).units
            assert [jsonlines.decode(line.data) for unit in units for line in read_lines(unit)] == rows


def test_no_rows_no_folder(tmp_path: Path) -> None:
    """For no rows there is no shard and no folder."""
    with ShardWriter(tmp_path / "traces", 3):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "split,number,total,name",
    [
        pytest.param("train", 3, 16, "train-00003-of-00016.jsonl", id="train"),
        pytest.param("validation", 0, 1, "validation-00000-of-00001.jsonl", id="one"),
        pytest.param("test", 99_999, 100_000, "test-99999-of-100000.jsonl", id="many"),
    ],
)
def test_name_of_a_shard(split: str, number: int, total: int, name: str) -> None:
    """A shard of a split is named as `datasets` and people expect it."""
    assert split_shard_name(split, number, total) == name
