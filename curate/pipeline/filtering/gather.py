"""The rows of all units put together, in unit order, and counted. What is done twice comes out the same."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from curate.export import FORMATS
from curate.layout import CLUSTERS, VERDICTS
from curate.manifests import FileEntry, FormatCounts
from curate.pipeline.exporting.shards import Cut, write_shards
from curate.pipeline.exporting.sides import Sides
from curate.pipeline.filtering.clusters import write_clusters
from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.planned import PlannedOutput
from curate.pipeline.filtering.state import Piece, load_state
from curate.pipeline.filtering.tally import Done, Tally, add, sums
from curate.pipeline.filtering.unit_files import PARTS, unit_file
from curate.pipeline.filtering.verdicts import verdicts_of, write_verdicts
from curate.reading.lines import Unit


class Gathered(msgspec.Struct, frozen=True):
    """What a filtering came to."""

    tally: Tally
    formats: dict[str, FormatCounts]
    """Format to its rows."""
    files: tuple[FileEntry, ...]
    """Files of which all is known already."""


def gather(job: Job, units: Sequence[Unit], done: Sequence[Done]) -> Gathered:
    """Put what the units wrote together below the job's work folder, and count it.

    Args:
        job: The job.
        units: The units, in order.
        done: What came of the last movement of each.
    """
    work = Path(job.work)
    files = tuple(entry for folder in PARTS for entry in _gather_parts(job, units, done, folder))
    formats = {output.format: _gather_format(job, units, output, done) for output in job.outputs}
    frames = (
        verdicts_of(job, unit, load_state(job, Piece(unit.index, number)))
        for unit, one in zip(units, done, strict=True)
        for number in range(one.pieces)
    )
    write_verdicts(frames, work / ".verdicts", work / VERDICTS)
    write_clusters(job, work / CLUSTERS)
    return Gathered(sums(one.tally for one in done), formats, files)


def _gather_parts(job: Job, units: Sequence[Unit], done: Sequence[Done], folder: str) -> Iterator[FileEntry]:
    """Make the rows of each unit a part, numbered without gaps."""
    having = [
        (unit, one.written.files[folder]) for unit, one in zip(units, done, strict=True) if folder in one.written.files
    ]
    for place, (unit, (rows, size, sha256)) in enumerate(having):
        entry = FileEntry(path=f"{folder}/part-{place:05d}.jsonl", bytes=size, sha256=sha256, rows=rows)
        target = Path(job.work, entry.path)
        target.parent.mkdir(exist_ok=True)
        source = unit_file(job, unit, folder)
        if source.exists():  # else it was moved before the command was killed
            source.replace(target)
        yield entry


def _gather_format(job: Job, units: Sequence[Unit], output: PlannedOutput, done: Sequence[Done]) -> FormatCounts:
    """Write the shards of one format; returns its rows by split, and what it refused."""
    refused: dict[str, int] = {}
    for one in done:
        add(refused, one.written.refused.get(output.format, {}))
    written = write_shards(
        [unit_file(job, unit, output.format) for unit in units],
        Path(job.work, output.format),
        Sides(shares=output.splits),
        Cut(shard_rows=output.shard_rows),
        once=FORMATS[output.format].kind == "problem",
    )
    return FormatCounts(rows=written.rows, repeated=written.repeated, refused=dict(sorted(refused.items())))
