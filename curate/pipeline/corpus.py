"""What a corpus check says: the signatures of all units, judged as columns, within bounded memory.

Where all of them together would need more than `--memory`, and the check says in which column rows must agree to have
anything to do with one another, they are judged in shares, each of which holds whole groups.
"""

from collections.abc import Sequence

import polars as pl

from curate.checks import CorpusCheck
from curate.pipeline.job import Job
from curate.pipeline.spill import Spill
from curate.pipeline.state import Piece, State, findings_path, load_findings, load_state, save
from curate.records import Finding

MEMORY = 2**30
"""Bytes that the columns of a corpus check may take, unless the user says otherwise."""
COPIES = 4
"""How often the columns of a check stand in memory while it sorts and groups them."""


def judge_corpus(job: Job, pieces: Sequence[Piece], position: int, memory: int) -> None:
    """Judge one corpus check over all rows, and keep what it says beside each piece."""
    finished = job.scratch / f"corpus-{position}"
    if finished.exists():
        return
    planned = job.checks[position]
    check = planned.check
    assert isinstance(check, CorpusCheck)
    signatures = Spill(job.scratch / f"signatures-{position}", memory // COPIES)
    for piece in pieces:
        findings_path(job, piece, position).unlink(missing_ok=True)
        signatures.add(_table(piece, load_state(job, piece), position))
    shares = 1 if check.by is None else max(1, -(-COPIES * signatures.bytes // memory))
    for number in range(shares):
        rows = signatures.share(check.by or "signature", number, shares).with_row_index("row")
        judged = check.judge(rows.select("row", "id", "problem_id", "signature"), **planned.parameters)
        _keep(job, position, rows, judged)
    signatures.clear()
    finished.touch()


def _table(piece: Piece, state: State, position: int) -> pl.DataFrame:
    """Return the signatures of a piece, and whose they are."""
    signatures = state.signatures.get(position, {})
    signed = sorted(signatures)
    return pl.DataFrame(
        {
            "unit": pl.Series([piece.unit] * len(signed), dtype=pl.UInt32),
            "piece": pl.Series([piece.number] * len(signed), dtype=pl.UInt32),
            "place": pl.Series(signed, dtype=pl.UInt32),
            "id": pl.Series([state.id_of(row) for row in signed], dtype=pl.String),
            "problem_id": pl.Series([state.problem_ids[row] for row in signed], dtype=pl.String),
            "signature": pl.Series([signatures[row] for row in signed], dtype=pl.Binary),
        }
    )


def _keep(job: Job, position: int, rows: pl.DataFrame, judged: pl.DataFrame) -> None:
    """Keep what a check says of some rows beside the pieces that they are of."""
    whole = judged if "outcome" in judged.columns else judged.with_columns(outcome=pl.lit("fail"))
    placed = whole.select("row", "outcome", "reason", "value").join(rows.select("row", "unit", "piece", "place"), "row")
    for (unit, number), part in placed.partition_by("unit", "piece", as_dict=True).items():
        piece = Piece(unit, number)
        found = {
            place: Finding(outcome=outcome, reason=reason or "", value=value)
            for place, outcome, reason, value in part.select("place", "outcome", "reason", "value").iter_rows()
        }
        save(findings_path(job, piece, position), {**load_findings(job, piece, position), **found})
