"""Filtering and running from Python: rows, frames, files and functions of one's own go in, a result comes out."""

import asyncio
import gc
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import curate
from curate.errors import DataError
from curate.records import JSON
from tests.filtering.results import sound
from tests.plugins.files import ROWS, laid_out

ONLY_AN_ANSWER: JSON = {"question": "What is 2 + 2?", "output": "The answer is 4."}
GIVEN: list[JSON] = [sound(1), ONLY_AN_ANSWER, sound(2, label=[1, {"deep": None}], big=2**70)]


def test_dicts() -> None:
    """Rows come back as they were given; what fell says which check dropped it, why, and by which measure."""
    result = curate.filter(GIVEN)
    assert list(result.kept) == [GIVEN[0], GIVEN[2]]
    assert list(result.kept) == [GIVEN[0], GIVEN[2]]
    assert (len(result.kept), len(result.dropped), len(result.unreadable)) == (2, 1, 0)
    (dropped,) = result.dropped
    assert (dropped.dropped_by, dropped.row, dropped.origin.line) == ("final_answer_only", ONLY_AN_ANSWER, 2)
    assert "words besides the answer" in dropped.reason
    assert result.kept_indices == [0, 2]
    assert [trace.answer for trace in result.traces()] == ["3", "4"]
    assert result.manifest.rows.in_ == 3


class Dataset:
    """What we use of a Hugging Face dataset: it is iterated by rows, has a length and columns, and can select."""

    def __init__(self, rows: list[JSON]) -> None:
        self.rows = rows
        self.column_names = list(rows[0])

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: int | str) -> Any:  # noqa: ANN401 - as theirs
        return self.rows[key] if isinstance(key, int) else [row[key] for row in self.rows]

    def __iter__(self) -> Iterator[JSON]:
        return iter(self.rows)

    def select(self, indices: list[int]) -> "Dataset":
        """Return some of the rows."""
        return Dataset([self.rows[index] for index in indices])


SOURCES = {
    "a generator": lambda rows: (row for row in rows),
    "a tuple": tuple,
    "a data set": Dataset,
    "a frame": pl.DataFrame,
}


@pytest.mark.parametrize("make", SOURCES.values(), ids=SOURCES)
def test_whatever_holds_rows(make: Any) -> None:  # noqa: ANN401 - many types on purpose
    """Rows may come from anything that can be iterated, once."""
    result = curate.filter(make([sound(1), ONLY_AN_ANSWER, sound(2)]))
    assert list(result.kept) == [sound(1), sound(2)]


def test_selecting_from_a_data_set() -> None:
    """A data set keeps what is its own: the positions of the kept rows select from it."""
    given = Dataset(GIVEN)
    assert given.select(curate.filter(given).kept_indices).rows == [GIVEN[0], GIVEN[2]]


def test_traces() -> None:
    """Traces go in as they come out."""
    traces = list(curate.filter(GIVEN).traces())
    again = curate.filter(traces)
    assert [trace.problem.text for trace in again.traces()] == [trace.problem.text for trace in traces]
    assert again.manifest.shapes == {"trace": 2}


def test_paths(tmp_path: Path) -> None:
    """A path, several, and a folder are files; the result goes where it is told to, and is found there later."""
    path = laid_out(tmp_path).parent / "rows.jsonl"
    for rows in (path, str(path), [path], [str(path)]):
        assert len(curate.filter(rows, checks=["truncated"]).kept) == len(ROWS)
    result = curate.filter(path, recipe=tmp_path / "recipe.yaml", into=tmp_path / "out")
    assert result.folder == tmp_path / "out"
    assert (tmp_path / "out" / "manifest.json").exists()
    assert [row.value for row in result.dropped] == [1, 2]
    with pytest.raises(curate.CurateError, match="already holds a finished result"):
        curate.filter(path, into=tmp_path / "out")
    assert len(curate.filter(path, checks=[], into=tmp_path / "out", replace=True).kept) == len(ROWS)


def test_lines_outlive_the_result() -> None:
    """What was asked of a result can be read when nobody holds the result itself any more."""
    lines = curate.filter(GIVEN).kept
    gc.collect()
    assert len(list(lines)) == 2


def test_scratch_goes_with_the_result() -> None:
    """A result without a folder of its own leaves nothing behind when it is gone, nor does one that failed."""
    result = curate.filter(GIVEN)
    scratch = result.folder.parent
    assert scratch.exists()
    del result
    gc.collect()
    assert not scratch.exists()


def shouting(trace: curate.Trace, *, max_marks: int = 0) -> curate.Finding | None:
    """The text shouts.

    Args:
        trace: The trace to judge.
        max_marks: Most exclamation marks; the measure is how many there are.
    """
    marks = trace.chain.count("!")
    if marks > max_marks:
        return curate.Finding(outcome="fail", reason=f"{marks} exclamation marks", value=marks)
    return curate.Finding(outcome="pass", value=marks)


LOUD = [sound(1), {"question": "What is 1 + 1?", "output": "Adding one and one makes two! The answer is 2!"}]


def test_a_function_is_a_check() -> None:
    """A function is a check, marked or not, with parameters or without, among names of ours."""
    assert [row.reason for row in curate.filter(LOUD, checks=[shouting]).dropped] == ["2 exclamation marks"]
    assert len(curate.filter(LOUD, checks=["truncated", {shouting: {"max_marks": 2}}]).dropped) == 0
    assert len(curate.filter(LOUD, checks=[curate.check(shouting), {"truncated": None}], workers=4).dropped) == 1


def test_a_check_in_a_notebook() -> None:
    """A function that no other process could find, as in a notebook, works too, and may see what is around it."""
    seen: list[str] = []

    @curate.check(threshold="max_rows")
    def later_than(trace: curate.Trace, *, max_rows: int = 1) -> curate.Finding | None:
        """The row comes later."""
        seen.append(trace.id)
        return curate.Finding(outcome="fail", reason="later", value=2) if len(seen) > max_rows else None

    assert len(curate.filter(LOUD, checks=[later_than]).kept) == 1
    assert len(seen) == 2


def test_checks_and_a_recipe(tmp_path: Path) -> None:
    """Checks that are given take the place of the recipe's; its plugins are there for them."""
    recipe = laid_out(tmp_path)
    for given in (recipe, curate.load(recipe)):
        result = curate.filter(ROWS, checks=["truncated", {"apologies": {"max_times": 1}}], recipe=given)
        assert result.manifest.dropped_by == {"truncated": 0, "apologies": 1}
    assert curate.filter(ROWS, recipe={"checks": ["truncated"]}).manifest.dropped_by == {"truncated": 0}


WRONG = {
    "a name": (GIVEN, ["trunctaed"], "unknown check 'trunctaed'"),
    "a parameter": (GIVEN, [{"truncated": {"min_wrds": 3}}], "did you mean 'min_words'?"),
    "a lambda": (GIVEN, [lambda _: None], "is no name for a check"),
    "no function": (GIVEN, [3], "a check is a name or a function, not 3"),
    "a class": (GIVEN, [dict], "a check is a name or a function, not <class 'dict'>"),
    "a mapping": ({"train": GIVEN}, None, "give one of its values (train)"),
    "a number": (3, None, "rows are files or an iterable of dicts, not int"),
    "numbers": ([1, 2], None, "row 0 is no dict but int"),
    "what JSON cannot hold": ([sound(), {"a": object()}], None, "row 1 holds what JSON cannot"),
    "no rows": ([], None, "empty, there is nothing to read"),
    "no columns that we know": ([{"a": "b"}], None, "no problem and reply found among the columns a"),
    "a file that is not there": ("gone.jsonl", None, "gone.jsonl does not exist"),
}


@pytest.mark.parametrize("rows,checks,said", WRONG.values(), ids=WRONG)
def test_wrong_use(rows: Any, checks: Any, said: str) -> None:  # noqa: ANN401 - wrong on purpose
    """Wrong use is one of our errors, with a sentence."""
    with pytest.raises(curate.CurateError, match=r".") as error:
        curate.filter(rows, checks)
    assert said in str(error.value)


def test_two_functions_with_one_name() -> None:
    """Two different functions with one name are refused; one function twice is not."""

    def other() -> Any:  # noqa: ANN401 - a function
        def shouting(trace: curate.Trace) -> curate.Finding | None:
            """The text shouts."""
            return None

        return shouting

    with pytest.raises(curate.CurateError, match="the name shouting is taken"):
        curate.filter(LOUD, checks=[shouting, other()])
    assert list(curate.filter(LOUD, checks=[shouting, shouting]).manifest.dropped_by) == ["shouting", "shouting#2"]


def test_a_function_that_raises() -> None:
    """What a function raises is named with its row, and nothing stays behind."""

    def broken(trace: curate.Trace) -> curate.Finding | None:
        """The row is broken."""
        raise KeyError(trace.problem.text)

    with pytest.raises(curate.CurateError, match=r"rows\.jsonl, line 1: broken:\d+: broken raised KeyError"):
        curate.filter(GIVEN, checks=[broken])


def test_inside_an_event_loop(tmp_path: Path) -> None:
    """In a running event loop, as in a notebook, filtering and running work as anywhere."""

    async def notebook() -> tuple[curate.Result, curate.Result]:
        """Call as a cell would."""
        recipe = {
            "name": "r",
            "problems": {"from": "builtin", "families": {"arithmetic_chain": 3}},
            "teacher": {"model": "builtin/solver"},
        }
        return curate.filter(GIVEN, checks=[shouting]), curate.run(recipe, tmp_path / "run")

    filtered, ran = asyncio.run(notebook())
    assert len(filtered.kept) == 3
    assert ran.generated is not None
    assert ran.generated.samples.traces == len(ran.kept) + len(ran.dropped) == 3
    assert ran.folder == tmp_path / "run" / "curated"


def test_frames_and_words() -> None:
    """The result gives verdicts and kept rows as frames, the funnel as text, and one row's life by its name."""
    result = curate.filter(GIVEN[:2])
    assert result.verdicts().select("line", "dropped_by").rows() == [(1, None), (2, "final_answer_only")]
    assert result.to_polars().to_dicts() == GIVEN[:1]
    assert curate.filter([ONLY_AN_ANSWER]).to_polars().is_empty()
    assert str(result).splitlines()[0].split() == ["rows", "in", "2", "100.0%", "#" * 30]
    assert repr(result) == "<curate.Result: 2 rows, 1 kept, 1 dropped>"
    assert "dropped by final_answer_only: " in result.why("rows.jsonl:2")


def test_marking() -> None:
    """With `mark` every row is judged and kept."""
    result = curate.filter(GIVEN, mark=True)
    assert len(result.kept) == 3
    assert result.kept_indices == [0, 1, 2]
    assert result.verdicts()["marked_by"].to_list() == [None, "final_answer_only", None]


def test_several_rows_of_one_line() -> None:
    """Where one line holds several rows, each that was kept stands for itself."""
    replies = [sound(1)["output"], "3", sound(1)["output"] + " So it is."]
    result = curate.filter([sound(), {"question": "What is 1 + 2?", "generations": replies}])
    assert result.kept_indices == [0, 1, 1]
    assert len(list(result.traces())) == 3


def test_expectations() -> None:
    """What a recipe expects and the result does not reach is said, not raised."""
    result = curate.filter(GIVEN, recipe={"expect": {"min_kept_share": 0.9}})
    assert result.attention == ("kept 66.7% of the traces, expected at least 90.0%",)


def test_load(tmp_path: Path) -> None:
    """A recipe is loaded from a path, a shipped name or a mapping, with overrides."""
    (tmp_path / "r.yaml").write_text(json.dumps({"checks": ["truncated"]}))
    assert [use.name for use in curate.load(tmp_path / "r.yaml").recipe.checks or ()] == ["truncated"]
    assert curate.load("quickstart", ["seed=9"]).recipe.seed == 9
    assert curate.load({"seed": 3}).recipe.seed == 3
    with pytest.raises(curate.CurateError, match="unknown key"):
        curate.load({"sed": 3})


def test_compare() -> None:
    """Answers are compared as `wrong_answer` does."""
    assert curate.compare("1/2", "0.5").sameness == "same"
    assert curate.compare("1/2", "0.4").sameness == "different"


def test_nothing_to_read_is_told_apart() -> None:
    """Our errors keep their own types, so that a caller can tell them apart."""
    with pytest.raises(DataError):
        curate.filter([])
