"""Thresholds tuned without judging again: what comes out is what a fresh filtering makes, byte for byte."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.checks import CHECKS, Case, RowCheck
from curate.errors import UsageError
from curate.records import Finding, Trace
from tests.checks.cases import CASES
from tests.filtering.results import Result, filtered, jsonl, sound
from tests.filtering.rows import inputs, some
from tests.folders.results import MEMORY
from tests.reading.strategies import Json


def _rejudged(first: Result, data: bytes, recipe: Json, **options: Any) -> Result:  # noqa: ANN401 - the fields of FilterOptions
    """Filter by the measures of an earlier result."""
    with TemporaryDirectory(dir=MEMORY) as folder:
        for name, content in first.files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return filtered(data, recipe, rejudge=Path(folder), **options)


words = st.integers(0, 30)
times = st.integers(1, 8)


@st.composite
def lists_of_checks(draw: st.DrawFn) -> list[Json]:
    """Return a list of checks in any order, with any thresholds."""
    checks: list[Json] = [
        {"final_answer_only": {"min_words": draw(words)}},
        {"looping": {"max_repeats": draw(times), "max_share": draw(st.sampled_from([0.3, 0.5]))}},
        {"truncated": {"undecided": draw(st.sampled_from(["keep", "drop"]))}},
        {"missing_answer": {"when": draw(st.sampled_from([{}, {"model": ["m", None]}]))}},
        {"wrong_answer": {"undecided": draw(st.sampled_from(["keep", "drop"]))}},
        {"invalid_structure": {}},
        {"exact_duplicate": {}},
    ]
    return draw(st.permutations(checks))[: draw(st.integers(1, len(checks)))]


marks: st.SearchStrategy[Json] = st.sampled_from([{}, {"mark": True}])


@some
@given(inputs(), lists_of_checks(), lists_of_checks(), marks, marks, st.sampled_from([200, 2**20]))
def test_as_a_fresh_one(
    data: bytes, before: list[Json], now: list[Json], marked: Json, mark: Json, unit_bytes: int
) -> None:
    """Whatever changed, a rejudged result is byte for byte what a fresh filtering makes."""
    first = filtered(data, {"checks": before}, **marked)
    fresh = filtered(data, {"checks": now}, unit_bytes=unit_bytes, **mark)
    assert _rejudged(first, data, {"checks": now}, unit_bytes=unit_bytes, **mark).files == fresh.files


def _counting(check: RowCheck, calls: list[str]) -> RowCheck:
    """Return a check that does as another, and tells when it is asked."""

    def looping(trace: Trace, *, max_repeats: int = 5, max_share: float = 0.3) -> Finding | None:
        calls.append(trace.id)
        return check.judge(trace, max_repeats=max_repeats, max_share=max_share)

    return RowCheck(looping, threshold=check.threshold)


SAID = "We count all of the apples in this basket again. "
REPEATED = [sound(number, output=SAID * number + f"So the answer is {number}.") for number in range(1, 8)]


@pytest.mark.parametrize(
    "parameters,asked",
    [
        pytest.param({"max_repeats": 4}, 0, id="unchanged"),
        pytest.param({"max_repeats": 3}, 4, id="a-stricter-threshold"),
        pytest.param({"max_repeats": 5}, 3, id="a-laxer-threshold"),
        pytest.param({"max_repeats": 4, "max_share": 0.9}, 7, id="something-else"),
    ],
)
def test_what_runs_again(monkeypatch: pytest.MonkeyPatch, parameters: Json, asked: int) -> None:
    """An unchanged check runs on no row, one with a new threshold on those that do not pass by their measure."""
    calls: list[str] = []
    looping = CHECKS["looping"]
    assert isinstance(looping, RowCheck)
    monkeypatch.setitem(CHECKS, "looping", _counting(looping, calls))
    first = filtered(jsonl(*REPEATED), {"checks": [{"looping": {"max_repeats": 4}}]})
    failed = first.manifest.dropped_by["looping"]
    assert failed == 3
    calls.clear()
    again = _rejudged(first, jsonl(*REPEATED), {"checks": [{"looping": parameters}]})
    assert len(calls) == asked
    assert again.manifest.dropped_by["looping"] > 0
    assert any(notice.startswith("looping: ") for notice in again.notices)


def _measured() -> list[Any]:
    return [
        pytest.param(check, case, id=f"{name}: {case.name}")
        for name, check in CHECKS.items()
        if isinstance(check, RowCheck) and check.threshold is not None
        for case in CASES[name]
    ]


@pytest.mark.parametrize("check,case", _measured())
def test_a_measure_decides_alone(check: RowCheck, case: Case) -> None:
    """A trace that passes with a measure passes, and with it, under every threshold that the measure does not cross."""
    assert check.threshold is not None
    found = check.judge(case.trace, **case.parameters)
    limit = case.parameters.get(check.threshold, check.parameters.model_fields[check.threshold].default)
    if found is None or found.value is None or found.outcome != "pass" or not isinstance(limit, int | float):
        return
    toward = -1 if check.threshold.startswith("min_") else 1
    for distance in (0, 1, 2, 10):
        other = type(limit)(found.value + toward * distance)
        assert check.judge(case.trace, **{**case.parameters, check.threshold: other}) == found


def test_other_rows_are_refused() -> None:
    """A result of other rows, of another --map, or none at all, is no measure for these."""
    first = filtered(jsonl(sound()), {"checks": ["looping"]})
    with pytest.raises(UsageError, match=r"it was not made from in.jsonl as it is now; filter anew"):
        _rejudged(first, jsonl(sound(1)), {"checks": ["looping"]})
    with pytest.raises(UsageError, match="it was made with another --map"):
        _rejudged(first, jsonl(sound()), {"checks": ["looping"]}, columns={"problem": "question"})
    with pytest.raises(UsageError, match="no result of `curate filter` lies there"):
        filtered(jsonl(sound()), rejudge=Path("nowhere"))
