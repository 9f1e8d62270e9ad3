"""Formats of a result: shards, their order, splits, and rows that a format cannot carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.filtering.results import Result, filtered, jsonl, sound
from tests.filtering.rows import some
from tests.reading.strategies import Json

SPLITS = {"validation": 0.3, "test": 0.2}


@pytest.mark.parametrize(
    "rows,shard_rows,sizes",
    [
        pytest.param(0, 3, [], id="none"),
        pytest.param(1, 3, [1], id="one"),
        pytest.param(3, 3, [3], id="full"),
        pytest.param(7, 3, [3, 3, 1], id="rest"),
        pytest.param(4, 1, [1, 1, 1, 1], id="singles"),
        pytest.param(4, 5000, [4], id="room"),
    ],
)
@pytest.mark.parametrize("unit_bytes", [1, 2**20])
def test_shards(rows: int, shard_rows: int, sizes: list[int], unit_bytes: int) -> None:
    """Shards hold so many rows each, in an order of their own, and their names say how many there are."""
    data = jsonl(*(sound(number) for number in range(rows)), {"question": "Why?", "output": "5"})
    result = filtered(data, {"output": {"shard_rows": shard_rows}}, unit_bytes=unit_bytes)
    found = {name: data.count(b"\n") for name, data in result.files.items() if name.startswith("messages/")}
    names = [f"messages/train-{number:05d}-of-{len(sizes):05d}.jsonl" for number in range(len(sizes))]
    assert found == dict(zip(names, sizes, strict=True))
    asked = [row["messages"][0]["content"] for row in result.rows("messages")]
    assert sorted(asked) == sorted(f"What is {number} + 2?" for number in range(rows))


def test_a_shard_is_a_fair_sample() -> None:
    """Rows stand in the order of a hash of their ids, so it matters neither where they came from nor what else came."""
    numbers = list(range(400))
    recipe = {"checks": [], "output": {"shard_rows": 100}}
    one = filtered(jsonl(*map(sound, numbers)), recipe)
    other = filtered(
        {"a.jsonl": jsonl(*map(sound, numbers[200:])), "b.jsonl": jsonl(*map(sound, numbers[:200]))}, recipe
    )
    shards = {name: data for name, data in one.files.items() if name.startswith("messages/")}
    assert shards == {name: data for name, data in other.files.items() if name.startswith("messages/")}
    for name in shards:
        asked = [int(row["messages"][0]["content"].split()[2]) for row in one.rows(name)]
        assert 30 < sum(number < 200 for number in asked) < 70
        assert asked != sorted(asked)
    fewer = filtered(jsonl(*map(sound, numbers[::3])), {"checks": []})
    known = set(fewer.lines("messages"))
    assert [line for line in one.lines("messages") if line in known] == fewer.lines("messages")


def test_the_manifest_lists_the_files() -> None:
    """The manifest lists every file of the result but itself, with its rows."""
    result = filtered(jsonl(*map(sound, range(5))) + b"[]\n", {"output": {"splits": SPLITS}})
    listed = {file.path: (file.bytes, file.rows) for file in result.manifest.files}
    assert listed == {
        name: (len(data), data.count(b"\n") if name.endswith(".jsonl") else None)
        for name, data in result.files.items()
        if name != "manifest.json"
    }


def _splits(result: Result) -> dict[str, set[str]]:
    """Return the splits that the rows of each problem fell into."""
    problems = dict(zip(result.column("id"), result.column("problem_id"), strict=True))
    found: dict[str, set[str]] = {}
    for split in ("train", *SPLITS):
        for row in _rows_of(result, split):
            found.setdefault(problems[row["id"]], set()).add(split)
    return found


def _rows_of(result: Result, split: str) -> list[Json]:
    return result.rows(f"messages/{split}-")


numbers = st.lists(st.integers(0, 40), min_size=1, max_size=30)


@some
@given(numbers, numbers, st.integers(1, 4))
def test_splits_are_stable(numbers: list[int], more: list[int], shard_rows: int) -> None:
    """A problem falls into one split with all its samples, and stays there when rows are added."""
    recipe = {"checks": [], "output": {"splits": SPLITS, "shard_rows": shard_rows}}
    before = _splits(filtered(jsonl(*map(_sample, numbers, range(100))), recipe))
    after = _splits(filtered(jsonl(*map(_sample, [*more, *numbers, *more], range(100))), recipe))
    assert all(len(splits) == 1 for splits in after.values())
    assert before.items() <= after.items()


def _sample(number: int, sample: int) -> Json:
    """Return one of several replies to the same problem, spaced in its own way."""
    row = sound(number, model=f"model {sample}")
    return {**row, "question": row["question"].replace(" ", " " * (1 + sample % 3))}


def test_splits_have_their_shares() -> None:
    """Of many problems each split gets about its share."""
    result = filtered(jsonl(*map(sound, range(2000))), {"checks": [], "output": {"splits": SPLITS}})
    rows = result.manifest.formats["messages"].rows
    assert rows == {split: len(_rows_of(result, split)) for split in ("test", "train", "validation")}
    assert {split: round(count / 2000, 1) for split, count in rows.items()} == {
        "train": 0.5,
        "validation": 0.3,
        "test": 0.2,
    }


def test_refused_rows_are_counted() -> None:
    """Rows that a format cannot carry are counted with the reason, and are kept none the less."""
    rows = [sound(1), sound(2, reasoning="So </think> it is"), sound(3)]
    rows[2]["output"] += "\ud83d"
    result = filtered(jsonl(*rows), {"checks": []})
    assert result.manifest.rows.kept == 3
    assert sum(result.manifest.formats["messages"].refused.values()) == 2
    assert [row["id"] for row in result.rows("messages")] == result.column("id")[:1]
