"""What a corpus check says: the signatures of all units, judged as columns, within bounded memory.

Where all of them together would need more than `--memory`, and the check says in which column rows must agree to have
anything to do with one another, they are judged in shares, each of which holds whole groups.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import polars as pl

from curate.checks import CorpusCheck, StoredCheck
from curate.errors import DataError
from curate.pipeline.filtering.against import given_to
from curate.pipeline.filtering.clusters import keep_clusters
from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.spill import Spill
from curate.pipeline.filtering.state import Piece, State, findings_path, load_findings, load_state, save
from curate.records import Finding

if TYPE_CHECKING:
    from curate.pipeline.filtering.stored import StoredCorpus

COPIES = 4
"""How often the columns of a check stand in memory while it sorts and groups them."""


def judge_corpus(job: Job, pieces: Sequence[Piece], position: int, memory: int, earlier: Sequence[Piece] = ()) -> None:
    """Judge one corpus check over all rows, and keep what it says beside each piece.

    Args:
        job: The job.
        pieces: All of them.
        position: The check.
        memory: Bytes that its columns may take.
        earlier: The pieces of the earlier dataset that it holds the rows against.

    Raises:
        DataError: There is an earlier dataset, and no row of it is of any use.
    """
    finished = job.scratch / f"corpus-{position}"
    if finished.exists():
        return
    for piece in pieces:
        findings_path(job, piece, position).unlink(missing_ok=True)
    check = job.checks[position].check
    if isinstance(check, StoredCheck):
        from curate.pipeline.filtering.stored import StoredCorpus  # noqa: PLC0415 - numpy is for these checks alone

        corpus = StoredCorpus(job, position, [*earlier, *pieces], len(earlier), memory // COPIES)
        if earlier and not corpus.earlier:
            raise DataError(f"{check.name}: not one row of the earlier dataset can be read and looked at")
        _judge_stored(job, position, corpus)
        finished.touch()
        corpus.clear()
    elif isinstance(check, CorpusCheck):
        _judge_frames(job, pieces, position, memory, check.by)
        finished.touch()


def _judge_stored(job: Job, position: int, corpus: "StoredCorpus") -> None:
    """Judge a check whose signatures stay on disk."""
    judged = _judged(job, position, corpus)
    keep_clusters(job, position, corpus, judged)
    for piece, start, places in corpus.places():
        own = judged.filter(pl.col("row").is_between(start, start + len(places) - 1))
        if own.height:
            rows = places[own["row"].to_numpy() - start].tolist()
            save(findings_path(job, piece, position), dict(zip(rows, _findings(own), strict=True)))


def _judge_frames(
    job: Job, pieces: Sequence[Piece], position: int, memory: int, by: Literal["signature", "problem_id"] | None
) -> None:
    """Judge a check that is given frames, in as many shares as fit into memory."""
    signatures = Spill(job.scratch / f"signatures-{position}", memory // COPIES)
    for piece in pieces:
        signatures.add(_table(piece, load_state(job, piece), position))
    shares = 1 if by is None else max(1, -(-COPIES * signatures.bytes // memory))
    for number in range(shares):
        rows = signatures.share(by or "signature", number, shares).with_row_index("row")
        judged = _judged(job, position, rows.select("row", "id", "problem_id", "signature"))
        _keep(job, position, rows, judged)
    signatures.clear()


def _judged(job: Job, position: int, rows: "pl.DataFrame | StoredCorpus") -> pl.DataFrame:
    """Return what a check says, with its outcome."""
    planned = job.checks[position]
    given = given_to(planned.check, planned.parameters, job.held_against(position))
    check = planned.check
    assert isinstance(check, CorpusCheck)
    judged: pl.DataFrame = check.judge(rows, **planned.parameters, **given)
    return judged if "outcome" in judged.columns else judged.with_columns(outcome=pl.lit("fail"))


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
    placed = judged.join(rows.select("row", "unit", "piece", "place"), "row")
    for (unit, number), part in placed.partition_by("unit", "piece", as_dict=True).items():
        piece = Piece(unit, number)
        found = dict(zip(part["place"], _findings(part), strict=True))
        save(findings_path(job, piece, position), {**load_findings(job, piece, position), **found})


def _findings(judged: pl.DataFrame) -> Iterator[Finding]:
    """Yield what a check says of some rows."""
    for outcome, reason, value in judged.select("outcome", "reason", "value").iter_rows():
        yield Finding(outcome=outcome, reason=reason or "", value=value)
