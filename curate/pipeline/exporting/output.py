"""One output of a recipe, from the spools of all units to its shards and to the files that belong beside them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from curate.errors import DataError
from curate.escaping import one_line
from curate.export import FORMATS, Facts
from curate.folders import pretty
from curate.manifests import FormatCounts
from curate.pipeline.exporting.columns import write_columns
from curate.pipeline.exporting.lengths import in_words, lengths_of, over_limit
from curate.pipeline.exporting.shards import Written, write_shards
from curate.pipeline.exporting.sides import Sides, stratified
from curate.pipeline.filtering.planned import PlannedOutput
from curate.records import JSON

if TYPE_CHECKING:
    from curate.pipeline.exporting.alike import SignedProblems


class Splitting:
    """The splits of all outputs: which problems belong together is found once, and only where there are splits.

    Args:
        stems: What the files of signed problems are named after, unit by unit.
        memory: Bytes to stay within.
    """

    def __init__(self, stems: Sequence[Path], memory: int) -> None:
        self._stems = stems
        self._memory = memory

    @cached_property
    def _problems(self) -> "SignedProblems":
        from curate.pipeline.exporting.alike import SignedProblems  # noqa: PLC0415 - heavy, and few jobs split

        return SignedProblems(self._stems, self._memory)

    @cached_property
    def _leaders(self) -> dict[int, int]:
        from curate.pipeline.exporting.alike import leaders_of  # noqa: PLC0415 - as above

        return leaders_of(self._problems)

    def sides(self, output: PlannedOutput) -> Sides:
        """Return the splits of an output."""
        if not output.splits:
            return Sides()
        if output.stratify is None:
            return Sides(shares=output.splits, leaders=self._leaders)
        return stratified(output.splits, self._leaders, self._problems.domains())


class Made(msgspec.Struct, frozen=True):
    """What came of one output."""

    counts: FormatCounts
    facts: Facts | None
    """What its trainer is to be told; None where it has no rows to train on."""


def write_output(
    output: PlannedOutput,
    spools: Sequence[Path],
    refused: Mapping[str, int],
    splitting: Splitting,
    work: Path,
    name: str,
) -> Made:
    """Write the shards of an output below `work`.

    Args:
        output: The output.
        spools: What the units rendered.
        refused: Reason to rows that the format could not carry.
        splitting: The splits.
        work: The folder of the result.
        name: What trainers may call the dataset.

    Raises:
        DataError: Rows are longer than they may be, and the recipe would rather have nothing then.
    """
    _require_short(output, refused)
    once = FORMATS[output.format].kind == "problem"
    written = write_shards(spools, work / output.format, splitting.sides(output), output.cut, once=once)
    if output.parquet and written.rows:
        write_columns(work, output.format, [shard for shards in written.shards.values() for shard in shards])
    counted_by = None if output.tokenizer is None else one_line(Path(output.tokenizer).name)
    lengths = lengths_of(written.tokens, counted_by, output.max_tokens)
    counts = FormatCounts(
        rows=written.rows, refused=dict(sorted(refused.items())), repeated=written.repeated, lengths=lengths
    )
    return Made(counts, _facts(output, written, counts, name) if "train" in written.rows else None)


def _require_short(output: PlannedOutput, refused: Mapping[str, int]) -> None:
    if output.over_limit == "fail" and output.max_tokens is not None:
        over = refused.get(over_limit(output.max_tokens), 0)
        if over:
            raise DataError(
                f"{over:,} rows of {output.format} have {over_limit(output.max_tokens)}; raise max_tokens, or let "
                "over_limit: drop leave them out. Nothing was written."
            )


def _facts(output: PlannedOutput, written: Written, counts: FormatCounts, name: str) -> Facts:
    assert counts.lengths is not None
    folder = output.format
    return Facts(
        name=name,
        folder=folder,
        shards={split: tuple(f"{folder}/{shard}" for shard in shards) for split, shards in written.shards.items()},
        rows=written.rows,
        counted=in_words(counts.lengths),
        max_tokens=counts.lengths.limit,
    )


def write_sidecars(made: Sequence[Made], work: Path) -> None:
    """Write the files that belong beside the shards; objects of several formats under one name become one file."""
    objects: dict[str, JSON] = {}
    for facts in (one.facts for one in made if one.facts is not None):
        for name, content in FORMATS[facts.folder].sidecars(facts).items():
            if isinstance(content, str):
                (work / name).write_text(content, "utf-8")
            else:
                objects.setdefault(name, {}).update(content)
    for name, whole in objects.items():
        (work / name).write_bytes(pretty(whole))
