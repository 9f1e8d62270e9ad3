"""`curate clusters`."""

from pathlib import Path

import click

from curate.cli.output import give, json_option, say

EXISTING = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(short_help="Show which rows were dropped for being like which.")
@click.argument("folder", type=EXISTING, metavar="DIR")
@click.option(
    "-n", "count", type=click.IntRange(min=1), default=5, show_default=True, help="The largest of each check."
)
@json_option
def clusters(folder: Path, count: int, *, as_json: bool) -> None:
    """Show which rows were dropped for being like which.

    DIR is a run or a curated result. For each check that compares rows: how many clusters have which size, and the
    largest, each with some of its rows; `curate why DIR ID` shows a row.
    """
    from curate.pipeline.inspect import curated_folder
    from curate.report.clusters import clusters_of, clusters_shown

    found = clusters_of(curated_folder(folder), count)
    if as_json:
        give(found)
    elif found.sizes:
        click.echo(clusters_shown(found))
    else:
        say("no rows were dropped for being like others")
