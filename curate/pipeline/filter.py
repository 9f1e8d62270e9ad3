"""Any JSONL in; kept lines, dropped rows with their reasons, unreadable lines, formats and verdicts out.

Checks run in order, each on the survivors of those before it. The list is cut after each corpus check: the rows of all
units are judged up to it, the corpus check judges over all of them, and the next stretch goes on with who is left.
Only then are the lines read again and written, so what is written is written once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import polars as pl

from curate import __version__
from curate.checks import CorpusCheck, Registry
from curate.columns import Mapped
from curate.errors import DataError, UsageError
from curate.escaping import one_line
from curate.export.card import dataset_card
from curate.folders import OutputFolder
from curate.lines import MAX_LINE_BYTES, Source, Unit, decode_line, read_lines
from curate.manifests import CuratedManifest, InputEntry, LineCounts, RowCounts
from curate.pipeline.gather import Gathered, gather
from curate.pipeline.judge import Job, enter, judge_unit, load_state, save_state
from curate.pipeline.occurrences import find_occurrences
from curate.pipeline.plan import column_names, plan_checks, plan_outputs, plan_schema, plugin_entries
from curate.pipeline.workers import Work, Workers, usual_count, workers_for
from curate.pipeline.write import repeated_id, write_unit
from curate.protocols import Notice, Progress, Silent
from curate.recipe import LoadedRecipe
from curate.recipe.located import nearest
from curate.records import Finding
from curate.sources import STDIN, UNIT_BYTES, Input, find_sources, plan_input
from curate.traces.foreign import MAPPABLE, NoShapeError, Read, StructureError, read_row

T = TypeVar("T")

FIRST = ("problem", "conversation", "reply", "replies", "reference")
"""The fields that are named first when it is said how a file is read."""
PEEK_LINES = 100
"""How many lines of a file are tried before it is refused as of no shape that we know."""


@dataclass(frozen=True)
class FilterOptions:
    """How to filter, beside the recipe."""

    checks: Sequence[str] = ()
    """Checks named on the command line; empty for the recipe's, or the default list."""
    own: Registry = field(default_factory=dict)
    """Checks that live in this process alone, by name; with any of them this process does all the work."""
    formats: Sequence[str] = ()
    """Formats named on the command line; empty for the recipe's."""
    columns: dict[str, str] = field(default_factory=dict)
    """From `--map`: field to column."""
    limit: int | None = None
    """Read only so many lines of the input."""
    workers: int | None = None
    """Worker processes; None for one each processor."""
    max_line_bytes: int = MAX_LINE_BYTES
    unit_bytes: int = UNIT_BYTES
    replace: bool = False
    """Whether a finished result of ours may be replaced."""


def filter_into(
    inputs: Sequence[str],
    folder: Path,
    loaded: LoadedRecipe,
    options: FilterOptions,
    *,
    progress: Progress | None = None,
    notice: Notice = lambda _: None,
) -> CuratedManifest:
    """Filter files into a folder; returns the manifest.

    Args:
        inputs: Files, folders, globs, runs or `-`.
        folder: Where the result goes.
        loaded: The recipe with checks and outputs; an empty one for the defaults.
        options: How.
        progress: Told of every unit.
        notice: Told how each file is read, and what looks odd.

    Raises:
        DataError: There is nothing to read, or a file is of no shape that we know.
        OutputError: The folder is not ours, has another writer, or cannot be written.
    """
    checks = plan_checks(loaded, options.checks, own=options.own, notice=notice)
    outputs = plan_outputs(loaded, options.formats)
    plan_schema(loaded)
    _check_columns(options.columns)
    for source in find_sources([given for given in inputs if given != STDIN]):
        refuse_unknown_shape(source, options, notice)
        if Path(source.path).resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"{one_line(source.name)} lies in {folder}, where the result would go; choose another -o")
    with OutputFolder(folder, kind="curated", replace=options.replace) as output:
        job = Job(
            checks=checks,
            outputs=outputs,
            columns=options.columns,
            max_line_bytes=options.max_line_bytes,
            schema=loaded.recipe.schema_,
            base=str(loaded.base),
            work=str(output.work),
        )
        planned = plan_input(inputs, limit=options.limit, unit_bytes=options.unit_bytes, scratch=output.work)
        for source in planned.sources:
            if source.name == STDIN:
                refuse_unknown_shape(source, options, notice)
        with workers_for(job, _worker_count(options, len(planned.units))) as workers:
            result = _Filtering(job, planned, workers, progress or Silent()).run()
        manifest = _manifest(loaded, job, planned, result)
        (output.work / "README.md").write_text(dataset_card(manifest), "utf-8")
        return output.commit(manifest)


def _worker_count(options: FilterOptions, units: int) -> int:
    return 1 if options.own else options.workers or usual_count(units)


def preview(inputs: Sequence[str], loaded: LoadedRecipe, options: FilterOptions, notice: Notice) -> list[str]:
    """Say how each file would be read and return the names of the checks; nothing is written."""
    checks = plan_checks(loaded, options.checks, own=options.own, notice=notice)
    plan_outputs(loaded, options.formats)
    plan_schema(loaded)
    _check_columns(options.columns)
    with TemporaryDirectory() as scratch:
        for source in find_sources(inputs, scratch=Path(scratch)):
            refuse_unknown_shape(source, options, notice)
    return [check.name for check in checks]


def _check_columns(columns: dict[str, str]) -> None:
    unknown = sorted(set(columns) - set(MAPPABLE))
    if unknown:
        raise UsageError(f"--map {unknown[0]}=...: unknown field; there are {', '.join(MAPPABLE)}")


def refuse_unknown_shape(source: Source, options: FilterOptions, notice: Notice) -> None:
    """Say once how a file is read, or refuse it when none of its first rows is of a shape that we know.

    Raises:
        DataError: Lists the columns found and the `--map` that would help.
    """
    unit = Unit(index=0, source=source, start=0, end=None, first_line=1, max_lines=PEEK_LINES)
    refused: str | None = None
    columns: dict[str, None] = {}
    for line in read_lines(unit, max_line_bytes=options.max_line_bytes):
        try:
            row = None if line.is_blank else decode_line(line)
            columns.update(dict.fromkeys(row or ()))
            read = None if row is None else read_row(row, options.columns)
        except NoShapeError as error:
            refused = refused or str(error)
        except StructureError:
            return
        except ValueError:
            continue
        else:
            if read is not None and set(options.columns.values()) <= set(columns):
                _say_how(source, read, notice)
                return
    if columns:
        _refuse_missing_column(source, options.columns, columns)
    if refused is not None:
        raise DataError(
            f"{one_line(source.name)}: {one_line(refused)}; say which columns hold them, for example "
            "--map problem=COLUMN --map reply=COLUMN --map reference=COLUMN"
        )


def _say_how(source: Source, read: Read, notice: Notice) -> None:
    fields = sorted(read.used.items(), key=lambda item: FIRST.index(item[1]) if item[1] in FIRST else len(FIRST))
    used = ", ".join(f"{field} from {column!r}" for column, field in fields)
    notice(f"{one_line(source.name)}: read as {read.shape}" + (f" ({used})" if read.shape != "trace" else ""))


def _refuse_missing_column(source: Source, mapped: Mapped, columns: Iterable[str]) -> None:
    """Check that what `--map` names is there.

    Raises:
        DataError: A column is in none of the first rows.
    """
    for field_, column in mapped.items():
        if column not in columns:
            known = ", ".join(map(one_line, columns))
            raise DataError(
                f"{one_line(source.name)}: --map {field_}={column}: no such column; "
                f"the columns are {known}{nearest(column, columns)}"
            )


class _Filtering:
    """The movements of one filtering, over all units."""

    def __init__(self, job: Job, planned: Input, workers: Workers, progress: Progress) -> None:
        self.job = job
        self.units = planned.units
        self.workers = workers
        self.progress = progress
        self.occurrences: dict[int, dict[int, int]] = {}

    def run(self) -> Gathered:
        first = 0
        for stop in self._cuts():
            self._each("judging", judge_unit, [(unit, first) for unit in self.units])
            if first == 0:
                self.occurrences = find_occurrences(self.job, self.units)
            if stop < len(self.job.checks):
                self._judge_corpus(stop)
            first = stop + 1
        tasks = [(unit, self.occurrences.get(unit.index, {})) for unit in self.units]
        written = self._each("writing", write_unit, tasks)
        return gather(self.job, self.units, written, self.occurrences)

    def _cuts(self) -> list[int]:
        """Return the position of each corpus check, and the end of the list unless it ends with one."""
        corpus = [place for place, check in enumerate(self.job.checks) if check.is_corpus]
        end = len(self.job.checks)
        return corpus if corpus and corpus[-1] == end - 1 else [*corpus, end]

    def _each(self, what: str, work: Work[T], tasks: Sequence[tuple[Any, ...]]) -> list[T]:
        self.progress.start(what, len(tasks), "units")
        results = []
        for result in self.workers.each(work, tasks):
            results.append(result)
            self.progress.advance()
        self.progress.finish()
        return results

    def _judge_corpus(self, position: int) -> None:
        planned = self.job.checks[position]
        check = planned.check
        assert isinstance(check, CorpusCheck)
        rows, places = self._signatures(position)
        findings = dict(_findings(check.judge(rows, **planned.parameters)))
        for unit, (start, stop) in zip(self.units, places, strict=True):
            path = self.job.state_path(unit)
            state = load_state(path)
            signed = sorted(state.signatures.pop(position, {}))
            for number, row in zip(range(start, stop), signed, strict=True):
                if row not in state.drops:
                    enter(state, position, row, findings.get(number, _PASSED), planned)
            save_state(path, state)

    def _signatures(self, position: int) -> tuple[pl.DataFrame, list[tuple[int, int]]]:
        """Return every row that a corpus check looks at with its signature, and which of them belong to each unit."""
        ids: list[str] = []
        problems: list[str] = []
        signatures: list[bytes] = []
        places = []
        for unit in self.units:
            state = load_state(self.job.state_path(unit))
            signed = state.signatures.get(position, {})
            places.append((len(ids), len(ids) + len(signed)))
            seen = self.occurrences.get(unit.index, {})
            for row in sorted(signed):
                ids.append(repeated_id(state.ids[row], seen.get(row, 0)))
                problems.append(state.problem_ids[row])
                signatures.append(signed[row])
        frame = pl.DataFrame(
            {
                "row": pl.Series(range(len(ids)), dtype=pl.UInt32),
                "id": pl.Series(ids, dtype=pl.String),
                "problem_id": pl.Series(problems, dtype=pl.String),
                "signature": pl.Series(signatures, dtype=pl.Binary),
            }
        )
        return frame, places


_PASSED = Finding(outcome="pass")


def _findings(judged: pl.DataFrame) -> Iterator[tuple[int, Finding]]:
    """Yield what a corpus check says, by row."""
    whole = judged if "outcome" in judged.columns else judged.with_columns(outcome=pl.lit("fail"))
    for row, outcome, reason, value in whole.select("row", "outcome", "reason", "value").iter_rows():
        yield row, Finding(outcome=outcome, reason=reason or "", value=value)


def _manifest(loaded: LoadedRecipe, job: Job, planned: Input, gathered: Gathered) -> CuratedManifest:
    dropped = sum(gathered.dropped_by.values())
    unreadable = gathered.unreadable
    return CuratedManifest(
        curate=__version__,
        recipe=loaded.recipe.name,
        fingerprint=loaded.recipe.fingerprint(),
        rows=RowCounts(in_=gathered.rows, kept=gathered.rows - dropped, dropped=dropped, unreadable=unreadable),
        lines=LineCounts(
            in_=gathered.lines, with_rows=sum(gathered.shapes.values()), unreadable=unreadable, blank=gathered.blank
        ),
        dropped_by={name: gathered.dropped_by.get(name, 0) for name in column_names(job.checks)},
        outcomes=gathered.outcomes,
        shapes=dict(sorted(gathered.shapes.items())),
        formats=gathered.formats,
        checks=tuple(check.described() for check in job.checks),
        plugins=plugin_entries(job.checks),
        columns=job.columns,
        inputs=tuple(InputEntry(path=name, bytes=size, sha256=sha256) for name, size, sha256 in planned.hashes),
    )
