"""`curate filter`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from curate.cli.output import BYTES, Bar, attend, give, json_option, options, say, set_option
from curate.errors import UsageError
from curate.layout import CARD

if TYPE_CHECKING:
    from curate.manifests import CuratedManifest
    from curate.pipeline.filtering.filter import FilterOptions
    from curate.recipe import LoadedRecipe, Typed

filter_options = options(
    click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Where the result goes."),
    click.option("-r", "--recipe", help="A recipe with checks, output, schema."),
    click.option(
        "--checks",
        metavar="A,B",
        help="Checks by name, instead of the recipe's or the default list; --set checks.A.PARAMETER=VALUE tunes one.",
    ),
    set_option,
    click.option("--map", "mapped", metavar="FIELD=COLUMN", multiple=True, help="Which column holds what."),
    click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Read only the first N lines."),
    click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Read only N lines, chosen by their hash."),
    click.option("--mark", is_flag=True, help="Drop nothing: let every check judge every row, and write the verdicts."),
    click.option(
        "--rejudge",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="A result of the same rows: judge from its measures where only thresholds have changed.",
    ),
    click.option("--format", "formats", metavar="NAME", multiple=True, help="Formats to write."),
    click.option("--workers", type=click.IntRange(min=1), help="Worker processes. [one each processor]"),
    click.option("--memory", type=BYTES, help="What checks that compare rows may take; beyond it disk. [1 GB]"),
    click.option("--max-line-bytes", type=BYTES, help="Skip and record longer lines. [64 MB]"),
    click.option("--dry-run", is_flag=True, help="Say how each file would be read, and judge and write nothing."),
    click.option("--replace", is_flag=True, help="Replace a finished result of ours."),
    json_option,
)


@click.command("filter", short_help="Keep the sound rows of any JSONL, and say why each other was dropped.")
@filter_options
def filter_(  # noqa: PLR0913, PLR0917 - the options of the command, a line each
    inputs: tuple[str, ...],
    out: Path | None,
    recipe: str | None,
    checks: str | None,
    overrides: tuple[str, ...],
    mapped: tuple[str, ...],
    limit: int | None,
    sample: int | None,
    rejudge: Path | None,
    formats: tuple[str, ...],
    workers: int | None,
    memory: int | None,
    max_line_bytes: int | None,
    *,
    mark: bool,
    dry_run: bool,
    replace: bool,
    as_json: bool,
) -> None:
    """Keep the sound rows of any JSONL, and say why each other was dropped.

    INPUT is a file (.jsonl, .jsonl.gz, .jsonl.zst, .csv, .parquet), a folder of shards, a run, a glob, or - for
    standard input. Kept lines are copied byte for byte into kept/, dropped rows go with their reason into dropped/,
    lines that cannot be read into unreadable/, and the formats are rendered beside them. A run is filtered into its own
    curated/.
    """
    from curate.pipeline.filtering.filter import FilterOptions, filter_into
    from curate.pipeline.filtering.job import MEMORY
    from curate.reading.lines import MAX_LINE_BYTES

    chosen = FilterOptions(
        formats=formats,
        columns=dict(map(_pair, mapped)),
        limit=limit,
        sample=sample,
        mark=mark,
        rejudge=rejudge,
        workers=workers,
        memory=memory or MEMORY,
        max_line_bytes=max_line_bytes or MAX_LINE_BYTES,
        replace=replace,
    )
    loaded = _recipe(recipe, _with_checks(checks, overrides))
    if dry_run:
        _preview(inputs, loaded, chosen, as_json=as_json)
        return
    folder = out or _own_folder(inputs)
    manifest = filter_into(inputs, folder, loaded, chosen, progress=Bar(), notice=say)
    _report(loaded, manifest, folder, as_json=as_json)
    if formats and not as_json:
        say(f"what to paste into the trainer's config is in {folder / CARD}")


def _with_checks(checks: str | None, overrides: tuple[str, ...]) -> "tuple[str | Typed, ...]":
    """Return the overrides, with those of `--checks` in front, so that `--set checks.NAME.PARAMETER` can tune them.

    Raises:
        UsageError: `--checks` names none, or `--set` gives the whole list as well.
    """
    from curate.recipe import Typed

    if checks is None:
        return overrides
    if any(override.partition("=")[0] == "checks" for override in overrides):
        raise UsageError(
            "--checks and --set checks=... exclude each other; --set checks.NAME.PARAMETER=... goes with it"
        )
    names = [name.strip() for name in checks.split(",") if name.strip()]
    if not names:
        raise UsageError("--checks names no check")
    return (Typed(f"checks={json.dumps(names)}", f"--checks {checks}"), *overrides)


def _preview(inputs: tuple[str, ...], loaded: "LoadedRecipe", chosen: "FilterOptions", *, as_json: bool) -> None:
    from curate.pipeline.filtering.filter import preview

    names = preview(inputs, loaded, chosen, say)
    if as_json:
        give({"checks": [{"name": name} for name in names]})
    else:
        say(f"checks: {', '.join(names)}. Nothing was written.")


def _report(loaded: "LoadedRecipe", manifest: "CuratedManifest", folder: Path, *, as_json: bool) -> None:
    """Show what came of it, and end with exit code 1 where something wants attention."""
    from curate.pipeline.expectations import violated
    from curate.report.funnel import funnel, warnings

    attention = violated(loaded.recipe.expect, curated=manifest)
    if not manifest.rows.in_:
        attention.append(f"not one row could be read; {folder}/unreadable says why (is it JSON Lines?)")
    if as_json:
        give(msgspec.to_builtins(manifest) | {"attention": attention})
    else:
        say("\n".join(["", funnel(manifest), "", f"result: {folder}"]))
        for warning in warnings(manifest, folder):
            say(f"note: {warning}")
    attend(attention)


def _recipe(recipe: str | None, overrides: "tuple[str | Typed, ...]") -> "LoadedRecipe":
    from curate.recipe import load, load_text

    if recipe is not None:
        return load(recipe, overrides)
    return load_text("{}", name="(no recipe)", base=Path(), overrides=overrides)


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field or not column:
        raise UsageError(f"--map {text}: write it as FIELD=COLUMN, such as reply=completion_text")
    return field, column


def _own_folder(inputs: tuple[str, ...]) -> Path:
    """Return `curated/` of the run that is filtered.

    Raises:
        UsageError: The input is no single run, so the result needs a folder.
    """
    from curate.folders import kind_of
    from curate.layout import CURATED

    if len(inputs) == 1 and kind_of(Path(inputs[0])) == "run":
        return Path(inputs[0]) / CURATED
    raise UsageError("say where the result goes: -o OUT")
