"""`curate run` and `curate generate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curate.cli.output import Bar, attend, give, json_option, options, say, set_option
from curate.layout import RUNS

if TYPE_CHECKING:
    from curate.pipeline.generating.generate import GenerateOptions
    from curate.pipeline.generating.quoting import Planned
    from curate.recipe import LoadedRecipe

_FOLDER = click.Path(path_type=Path, file_okay=False)
_PATH = click.Path(path_type=Path)

generation_options = options(
    click.argument("recipe"),
    click.option("-o", "--out", type=_FOLDER, help="The run's folder. [datasets_out/NAME]"),
    click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Take only the first N problems."),
    set_option,
    click.option("--dry-run", is_flag=True, help="Count and quote the run; send and write nothing."),
    click.option("--max-cost", metavar="USD", help="Spend no more than this, over all resumes."),
    click.option("--reuse", type=_PATH, multiple=True, metavar="DIR", help="Take over replies of another run."),
    click.option("--ledger", type=_PATH, metavar="FILE", help="Keep the ledger there, not in the run's folder."),
    click.option("--allow-insecure", is_flag=True, help="Let plain http go to other machines."),
    json_option,
)


@click.command(short_help="Generate, filter and report, from one recipe.")
@generation_options
@click.option("--accept", type=click.IntRange(min=1), metavar="N", help="Go on until N rows have passed every check.")
def run(recipe: str, *, dry_run: bool, as_json: bool, accept: int | None, **wishes: Any) -> None:  # noqa: ANN401 - the options above
    """Generate, filter and report, from one recipe.

    RECIPE is a file, or the name of a recipe that comes with curate. The same command goes on where a stopped run
    ended; replies that are there already are not asked for again. With --accept the problems are taken in their order,
    and no more of them than it takes.
    """
    from curate.layout import CURATED
    from curate.pipeline.accepting import run_until
    from curate.pipeline.expectations import violated
    from curate.pipeline.run import run as run_recipe
    from curate.report.asked import asked, asked_summary
    from curate.report.funnel import funnel, run_summary, warnings
    from curate.report.ways import ways_table

    loaded, folder, options_ = _wished(recipe, **wishes)
    if dry_run:
        _quote(loaded, folder, options_, accept, as_json=as_json)
        return
    accepted = None
    if accept is None:
        generated, curated = run_recipe(loaded, folder, options_, progress=Bar(), notice=say)
    else:
        generated, curated, accepted = run_until(loaded, folder, accept, options_, progress=Bar(), notice=say)
    attention = violated(loaded.recipe.expect, generated=generated, curated=curated)
    attention += [] if accepted is None else accepted.attention()
    if as_json:
        summary = {"generated": asked(generated.manifest, generated.account), "curated": curated}
        give(summary | ({} if accepted is None else {"accept": accepted}) | {"attention": attention})
    else:
        compared = ways_table(generated.manifest.ways)
        said = [
            *filter(None, [run_summary(generated.manifest), asked_summary(generated.account)]),
            "",
            *([compared, ""] if compared else []),
            funnel(curated),
            "",
        ]
        say("\n".join(said))
        for name in curated.formats:
            say(f"shards: {folder / CURATED / name}")
        for warning in warnings(curated, folder):
            say(f"note: {warning}")
    attend(attention)


@click.command(short_help="Ask the teacher for what the ledger does not hold yet.")
@generation_options
def generate(recipe: str, *, dry_run: bool, as_json: bool, **wishes: Any) -> None:  # noqa: ANN401 - the options above
    """Ask the teacher for what the ledger does not hold yet.

    The traces are written, and nothing is filtered. RECIPE is a file, or the name of a recipe that comes with curate.
    """
    from curate.layout import TRACES
    from curate.pipeline.expectations import violated
    from curate.pipeline.generating.generate import generate as generate_traces
    from curate.report.asked import asked, asked_summary
    from curate.report.funnel import run_summary
    from curate.report.ways import ways_table

    loaded, folder, options_ = _wished(recipe, **wishes)
    if dry_run:
        _quote(loaded, folder, options_, as_json=as_json)
        return
    generated = generate_traces(loaded, folder, options_, progress=Bar(), notice=say)
    attention = violated(loaded.recipe.expect, generated=generated)
    if as_json:
        give(asked(generated.manifest, generated.account) | {"attention": attention})
    else:
        manifest = generated.manifest
        said = [run_summary(manifest), asked_summary(generated.account), ways_table(manifest.ways)]
        say("\n".join(filter(None, said)))
        say(f"traces: {folder / TRACES}")
    attend(attention)


def _wished(  # noqa: PLR0913 - the options of the command
    recipe: str,
    *,
    out: Path | None,
    limit: int | None,
    overrides: tuple[str, ...],
    max_cost: str | None,
    reuse: tuple[Path, ...],
    ledger: Path | None,
    allow_insecure: bool,
) -> "tuple[LoadedRecipe, Path, GenerateOptions]":
    """Return the recipe, the run's folder, and what else is asked."""
    from curate.pipeline.generating.generate import GenerateOptions
    from curate.recipe import Typed, load

    spending = () if max_cost is None else (Typed(f"budget.max_cost={max_cost}", f"--max-cost {max_cost}"),)
    loaded = load(recipe, (*overrides, *spending))
    wished = GenerateOptions(limit=limit, reuse=reuse, ledger=ledger, allow_insecure=allow_insecure)
    return loaded, out or RUNS / str(loaded.recipe.name), wished


def _quote(
    loaded: "LoadedRecipe", folder: Path, wished: "GenerateOptions", accept: int | None = None, *, as_json: bool
) -> None:
    from curate.pipeline.accepting import least_and_most
    from curate.pipeline.generating.generate import dry_run
    from curate.pipeline.generating.quoting import over_budget
    from curate.wording import counted

    if accept is None:
        quotes = [dry_run(loaded, folder, wished, progress=Bar(), notice=say)]
    else:
        quotes = [*least_and_most(loaded, folder, accept, wished, progress=Bar(), notice=say)]
    over = over_budget(quotes[-1], loaded.recipe.budget.max_cost)
    if as_json:
        whole = quotes[-1].quoted() | {"over_budget": over}
        give(whole if accept is None else {"accept": accept, "least": quotes[0].quoted(), "most": whole})
        return
    if accept is not None:
        say(f"{counted(accept, 'accepted row')}, if all samples are: {_quoted(quotes[0])}.")
    of_all = "" if accept is None else "All problems: "
    say(f"{of_all}{_quoted(quotes[-1])}. Nothing was sent.")
    if over is not None:
        say(f"note: {over}")


def _quoted(planned: "Planned") -> str:
    from curate.pipeline.generating.quoting import forecast, not_asked
    from curate.wording import counted

    return (
        f"{counted(planned.problems, 'problem')}{not_asked(planned)}, "
        f"{counted(planned.requests, 'request')}; {forecast(planned)}; "
        f"about {planned.prompt_tokens:,} prompt tokens (estimated), "
        f"at most {planned.max_completion_tokens:,} completion tokens"
    )
