"""What came of a filtering: iterators and frames over the folder of a result, read when they are asked for."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from curate import jsonlines
from curate.layout import DROPPED, KEPT, UNREADABLE, VERDICTS
from curate.manifests import CuratedManifest, RunManifest
from curate.pipeline.filtering.write import DroppedRow
from curate.reading.unreadable import Unreadable
from curate.records import JSON, Trace
from curate.report.funnel import funnel
from curate.traces.foreign import read_again

if TYPE_CHECKING:
    import polars as pl

T = TypeVar("T")


class Lines(Generic[T]):
    """The lines of the shards of one folder of a result; iterated anew as often as wanted, never held all at once."""

    def __init__(self, result: "Result", name: str, count: int, read: Callable[[JSON], T]) -> None:
        self._result = result  # whose folder may go when nobody holds it any more
        self._name = name
        self._count = count
        self._read = read

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        for shard in sorted((self._result.folder / self._name).glob("*.jsonl")):
            with shard.open("rb") as file:
                for line in file:
                    yield self._read(jsonlines.decode(line))


class Result:
    """What came of a filtering; `print` shows the funnel.

    Args:
        folder: The folder of the result.
        manifest: Its manifest.
        generated: The manifest of the run that made the rows, where there is one.
        attention: What the recipe expects and the result does not reach.
    """

    def __init__(
        self,
        folder: Path,
        manifest: CuratedManifest,
        *,
        generated: RunManifest | None = None,
        attention: tuple[str, ...] = (),
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.generated = generated
        self.attention = attention

    @property
    def kept(self) -> Lines[JSON]:
        """The rows that passed every check, as they were given."""
        return Lines(self, KEPT, self.manifest.rows.kept, dict)

    @property
    def dropped(self) -> Lines[DroppedRow]:
        """The rows that a check dropped: `dropped_by`, `reason`, `value`, `row`, and their `origin`."""
        return Lines(self, DROPPED, self.manifest.rows.dropped, lambda line: msgspec.convert(line, DroppedRow))

    @property
    def unreadable(self) -> Lines[Unreadable]:
        """What could not be read as a row, with its place and the reason."""
        return Lines(self, UNREADABLE, self.manifest.rows.unreadable, lambda line: msgspec.convert(line, Unreadable))

    @property
    def kept_indices(self) -> list[int]:
        """Positions, from 0, of the lines whose rows were kept: of rows given one by one, `dataset.select(...)`.

        Where several rows come from one line, its position stands there as often as rows of it were kept.
        """
        return [line - 1 for line in self._kept_verdicts()["line"]]

    def _kept_verdicts(self) -> "pl.DataFrame":
        verdicts = self.verdicts()
        return verdicts.filter(verdicts["dropped_by"].is_null())

    def traces(self) -> Iterator[Trace]:
        """Yield the kept rows made regular."""
        for row, id_ in zip(self.kept, self._kept_verdicts()["id"], strict=True):
            yield read_again(row, self.manifest.columns, id_)

    def verdicts(self) -> "pl.DataFrame":
        """Return what every check said of every row: `<check>` and `<check>.value`, beside `id`, `file`, `line`."""
        import polars as pl  # noqa: PLC0415 - heavy, and rows alone do not need it

        return pl.read_parquet(self.folder / VERDICTS, glob=False)

    def to_polars(self) -> "pl.DataFrame":
        """Return the kept rows as a frame; a column that is in no early row is found all the same."""
        import polars as pl  # noqa: PLC0415 - likewise

        return pl.from_dicts(list(self.kept), infer_schema_length=None) if len(self.kept) else pl.DataFrame()

    def why(self, row: str) -> str:
        """Return the life of one row, named by its id, a unique beginning of it, or FILE:LINE.

        Raises:
            UsageError: No row, or more than one, is meant.
        """
        from curate.pipeline.inspect import Chosen, attempts_of  # noqa: PLC0415 - reads through Polars
        from curate.report.rows import life  # noqa: PLC0415 - likewise

        found = Chosen(self.folder).named(row)
        return life(found, attempts_of(self.folder, found.id))

    def __str__(self) -> str:
        return funnel(self.manifest)

    def __repr__(self) -> str:
        rows = self.manifest.rows
        return f"<curate.Result: {rows.in_:,} rows, {rows.kept:,} kept, {rows.dropped:,} dropped>"
