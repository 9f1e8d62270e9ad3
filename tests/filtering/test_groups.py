"""Facts about a group: a corpus check that counts every reply of a problem, whatever was dropped before its turn."""

import polars as pl
import pytest

from curate.checks import CHECKS, CorpusCheck
from curate.records import Trace
from tests.filtering.results import Result, filtered, jsonl
from tests.reading.strategies import Json

RIGHT = "Three times four is twelve, and two more make fourteen. The answer is 14."
WRONG = "Three times four is twelve, and two fewer make ten. The answer is 10."
CUT = "Three times four is twelve, and two more"


def too_easy_signature(trace: Trace, *, max_share: float = 0.5) -> bytes:
    """Return whether the reply is right."""
    return b"1" if trace.answer == trace.problem.reference else b"0"


def too_easy(rows: pl.DataFrame, *, max_share: float = 0.5) -> pl.DataFrame:
    """Too many replies of the problem are right."""
    rated = rows.with_columns(value=(pl.col("signature") == b"1").mean().over("problem_id"))
    outcome = pl.when(pl.col("value") > max_share).then(pl.lit("fail")).otherwise(pl.lit("pass"))
    return rated.select("row", "value", outcome=outcome, reason=pl.format("{} of them are right", "value"))


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the check known."""
    monkeypatch.setitem(CHECKS, "too_easy", CorpusCheck(too_easy, too_easy_signature, over="all"))


def _judged(*replies: str, checks: list[str | Json], unit_bytes: int) -> Result:
    rows = [
        {"question": "What is 3 * 4 + 2?", "gold": "14", "output": reply, "n": n} for n, reply in enumerate(replies)
    ]
    return filtered(jsonl(*rows), {"checks": checks}, unit_bytes=unit_bytes)


@pytest.mark.parametrize("unit_bytes", [1, 2**20])
def test_a_fact_counts_what_was_dropped_before(unit_bytes: int) -> None:
    """The share of right replies is over all of them, and the rows that are still in are dropped for it."""
    checks: list[str | Json] = ["truncated", "wrong_answer", "too_easy", "missing_answer"]
    result = _judged(RIGHT, WRONG, CUT, WRONG, checks=checks, unit_bytes=unit_bytes)
    assert result.column("dropped_by") == [None, "wrong_answer", "truncated", "wrong_answer"]
    assert result.column("too_easy") == ["pass", None, None, None]
    assert result.column("too_easy.value") == [0.25, None, None, None]
    assert result.column("missing_answer") == ["pass", None, None, None]


@pytest.mark.parametrize("unit_bytes", [1, 2**20])
def test_a_fact_drops_who_is_left(unit_bytes: int) -> None:
    """Where it fails, it drops the rows that no check before it had dropped, and gives its reason and measure."""
    checks: list[str | Json] = ["exact_duplicate", "truncated", {"too_easy": {"max_share": 0.3}}]
    result = _judged(RIGHT, WRONG, CUT, RIGHT, checks=checks, unit_bytes=unit_bytes)
    assert sorted(map(str, result.column("dropped_by"))) == ["exact_duplicate", "too_easy", "too_easy", "truncated"]
    assert {row["reason"] for row in result.rows("dropped") if row["dropped_by"] == "too_easy"} == {
        "0.5 of them are right"
    }


def test_a_fact_of_the_rows_that_it_is_for() -> None:
    """With `when`, only the replies that it is for are counted."""
    checks: list[str | Json] = [{"too_easy": {"when": {"model": "m"}}}]
    rows = [{"question": "q", "gold": "14", "output": RIGHT, "model": model} for model in ("m", "n")]
    rows.append({"question": "q", "gold": "14", "output": WRONG, "model": "m"})
    assert filtered(jsonl(*rows), {"checks": checks}).column("too_easy.value") == [0.5, None, 0.5]


def test_facts_of_several_checks() -> None:
    """Several such checks each judge over all replies, wherever they stand in the list."""
    checks: list[str | Json] = [{"too_easy": {"max_share": 0.9}}, "wrong_answer", "too_easy"]
    result = _judged(RIGHT, WRONG, RIGHT, RIGHT, checks=checks, unit_bytes=1)
    assert result.column("too_easy.value") == [0.75] * 4
    assert result.column("too_easy#2") == ["fail", None, "fail", "fail"]
