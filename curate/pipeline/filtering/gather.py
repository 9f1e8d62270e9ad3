"""The rows of all units put together, in unit order, and counted. What is done twice comes out the same."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from curate.export import FORMATS, OVER_ALL, Facts
from curate.layout import CLUSTERS, VERDICTS
from curate.manifests import FileEntry, FormatCounts, Origins
from curate.pipeline.exporting.output import Made, Splitting, write_output, write_sidecars
from curate.pipeline.filtering.clusters import write_clusters
from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.origins import add_origins
from curate.pipeline.filtering.state import Piece, load_state
from curate.pipeline.filtering.tally import Done, Tally, add, sums
from curate.pipeline.filtering.unit_files import PARTS, problems_stem, spare_stem, unit_file
from curate.pipeline.filtering.verdicts import verdicts_of, write_verdicts
from curate.pipeline.pairing.rendering import Rendered, render_over_all
from curate.reading.lines import Unit


class Gathered(msgspec.Struct, frozen=True):
    """What a filtering came to."""

    tally: Tally
    formats: dict[str, FormatCounts]
    """Format to its rows."""
    facts: tuple[Facts, ...]
    """What trainers are to be told."""
    origins: Origins
    """Where the kept rows come from."""
    files: tuple[FileEntry, ...]
    """Files of which all is known already."""


def gather(job: Job, units: Sequence[Unit], done: Sequence[Done], memory: int) -> Gathered:
    """Put what the units wrote together below the job's work folder, and count it.

    Args:
        job: The job.
        units: The units, in order.
        done: What came of the last movement of each.
        memory: Bytes to stay within where problems are compared.
    """
    work = Path(job.work)
    files = tuple(entry for folder in PARTS for entry in _gather_parts(job, units, done, folder))
    frames = (
        verdicts_of(job, unit, load_state(job, Piece(unit.index, number)))
        for unit, one in zip(units, done, strict=True)
        for number in range(one.pieces)
    )
    write_verdicts(frames, work / VERDICTS)
    write_clusters(job, work / CLUSTERS)
    made = gather_formats(job, units, done, memory, result=work)
    formats = {output.format: one.counts for output, one in zip(job.outputs, made, strict=True)}
    facts = tuple(one.facts for one in made if one.facts is not None)
    origins = Origins()
    for one in done:
        add_origins(origins, one.written.origins)
    return Gathered(sums(one.tally for one in done), formats, facts, origins, files)


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


def gather_formats(job: Job, units: Sequence[Unit], done: Sequence[Done], memory: int, *, result: Path) -> list[Made]:
    """Write the shards of every format, and what belongs beside them.

    Args:
        job: The job.
        units: The units, in order.
        done: What came of the last movement of each.
        memory: Bytes to stay within where problems are compared.
        result: The folder with all replies and the verdicts, of which some formats are made.
    """
    over_all = _render_over_all(job, result)
    splitting = Splitting([*(problems_stem(job, unit) for unit in units), spare_stem(job)], memory)
    made = []
    for output in job.outputs:
        refused: dict[str, int] = {}
        for one in done:
            add(refused, one.written.refused.get(output.format, {}))
        rendered = over_all.get(output.format, Rendered())
        add(refused, rendered.refused)
        spools = [*(unit_file(job, unit, output.format) for unit in units), *rendered.spools]
        one_made = write_output(output, spools, refused, splitting=splitting, work=Path(job.work), name=job.name)
        made.append(msgspec.structs.replace(one_made, counts=rendered.added_to(one_made.counts)))
    write_sidecars(made, Path(job.work))
    return made


def _render_over_all(job: Job, result: Path) -> Mapping[str, Rendered]:
    """Render the formats that are made of all replies, out of what was gathered already."""
    if not any(FORMATS[output.format].kind in OVER_ALL for output in job.outputs):
        return {}
    from curate.pipeline.exporting.alike import ProblemSigner  # noqa: PLC0415 - heavy, and few jobs need it

    with closing(ProblemSigner(spare_stem(job))) as signer:
        return render_over_all(job, result, signer.add)
