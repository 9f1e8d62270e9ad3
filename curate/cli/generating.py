"""`curate run` and `curate generate`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from curate.cli.output import RUNS, Bar, attend, give, json_option, options, say, set_option

if TYPE_CHECKING:
    from curate.recipe import LoadedRecipe

generation_options = options(
    click.argument("recipe"),
    click.option(
        "-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="The run's folder. [datasets_out/NAME]"
    ),
    click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Take only the first N problems."),
    set_option,
    click.option("--dry-run", is_flag=True, help="Count problems, requests and tokens; send and write nothing."),
    json_option,
)


@click.command(short_help="Generate, filter and report, from one recipe.")
@generation_options
def run(
    recipe: str, out: Path | None, limit: int | None, overrides: tuple[str, ...], *, dry_run: bool, as_json: bool
) -> None:
    """Generate, filter and report, from one recipe.

    RECIPE is a file, or the name of a recipe that comes with curate. The same command goes on where a stopped run
    ended; replies that are there already are not asked for again.
    """
    from curate.layout import CURATED
    from curate.pipeline.run import run as run_recipe
    from curate.pipeline.run import violated
    from curate.recipe import load
    from curate.report.funnel import funnel, run_summary, warnings

    loaded = load(recipe, overrides)
    folder = out or RUNS / str(loaded.recipe.name)
    if dry_run:
        _quote(loaded, folder, limit, as_json=as_json)
        return
    generated, curated = run_recipe(loaded, folder, limit=limit, progress=Bar(), notice=say)
    attention = violated(loaded.recipe.expect, generated=generated, curated=curated)
    if as_json:
        give({"generated": generated, "curated": curated, "attention": attention})
    else:
        say("\n".join([run_summary(generated), "", funnel(curated), ""]))
        for name in curated.formats:
            say(f"shards: {folder / CURATED / name}")
        for warning in warnings(curated, folder):
            say(f"note: {warning}")
    attend(attention)


@click.command(short_help="Ask the teacher for what the ledger does not hold yet.")
@generation_options
def generate(
    recipe: str, out: Path | None, limit: int | None, overrides: tuple[str, ...], *, dry_run: bool, as_json: bool
) -> None:
    """Ask the teacher for what the ledger does not hold yet.

    The traces are written, and nothing is filtered. RECIPE is a file, or the name of a recipe that comes with curate.
    """
    from curate.layout import TRACES
    from curate.pipeline.generate import generate as generate_traces
    from curate.pipeline.run import violated
    from curate.recipe import load
    from curate.report.funnel import run_summary

    loaded = load(recipe, overrides)
    folder = out or RUNS / str(loaded.recipe.name)
    if dry_run:
        _quote(loaded, folder, limit, as_json=as_json)
        return
    manifest = generate_traces(loaded, folder, limit=limit, progress=Bar(), notice=say)
    attention = violated(loaded.recipe.expect, generated=manifest)
    if as_json:
        give(msgspec.to_builtins(manifest) | {"attention": attention})
    else:
        say(f"{run_summary(manifest)}\ntraces: {folder / TRACES}")
    attend(attention)


def _quote(loaded: "LoadedRecipe", folder: Path, limit: int | None, *, as_json: bool) -> None:
    from curate.pipeline.generate import dry_run

    planned = dry_run(loaded, folder, limit=limit, progress=Bar(), notice=say)
    if as_json:
        give(planned)
        return
    say(
        f"{planned.problems:,} problems, {planned.requests:,} requests; reusing {planned.reused:,} replies, "
        f"sending {planned.requests - planned.reused:,}: about {planned.prompt_tokens:,} prompt tokens (estimated), "
        f"at most {planned.max_completion_tokens:,} completion tokens. Nothing was sent."
    )
