"""Rows of which `--map` says where their reply is: read again as they were judged, however they lie in the result."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import curate
from curate.pipeline.inspect import Chosen
from tests.filtering.results import jsonl, sound
from tests.reading.strategies import Json

GOOD = "Three times four is twelve, and two more make fourteen. The answer is 14."
TEXTS = [GOOD, "14", GOOD]
ROWS: list[Json] = [{"q": "What is 3 * 4 + 2?", "a": text, "g": "14"} for text in TEXTS]
MAPPED = {"problem": "q", "reply": "a", "reference": "g"}


def _parquet(path: Path) -> None:
    pl.DataFrame(ROWS).write_parquet(path)


def _csv(path: Path) -> None:
    pl.DataFrame(ROWS).write_csv(path)


def _jsonl(path: Path) -> None:
    path.write_bytes(jsonl(*ROWS))


WRITERS = {"in.parquet": _parquet, "in.csv": _csv, "in.jsonl": _jsonl}


@pytest.mark.parametrize("name,write", WRITERS.items(), ids=WRITERS)
def test_as_they_were_judged(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    """Kept and dropped rows are shown with the reply that was judged and the id of their verdicts."""
    write(tmp_path / name)
    result = curate.filter(tmp_path / name, ["final_answer_only"], columns=MAPPED, into=tmp_path / "out")
    chosen = Chosen(result.folder)
    shown = [(row.id, row.trace) for row in (*chosen.kept(9), *chosen.dropped(9))]
    assert [trace and (trace.id, trace.response) for _, trace in shown] == [
        (id_, text) for (id_, _), text in zip(shown, [GOOD, GOOD, "14"], strict=True)
    ]
    assert [(trace.id, trace) for trace in result.traces()] == shown[:2]


def test_traces_of_ours_read_by_another_column(tmp_path: Path) -> None:
    """Of a trace of ours the mapped column is the reply, where that was what was judged."""
    (trace,) = curate.filter([sound(1)]).traces()
    row = curate.filter([trace]).kept
    (line,) = [one | {"q": "What is 3 * 4 + 2?", "a": GOOD} for one in row]
    result = curate.filter([line], [], columns={"problem": "q", "reply": "a"}, into=tmp_path / "out")
    (shown,) = Chosen(result.folder).kept(9)
    assert shown.trace is not None
    assert (shown.trace.id, shown.trace.response) == (shown.id, GOOD)
    assert list(result.traces()) == [shown.trace]
