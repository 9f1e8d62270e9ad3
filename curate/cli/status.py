"""`curate status`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.cli.output import give, json_option, say, span_of

if TYPE_CHECKING:
    from curate.pipeline.generating.status import Status


@click.command(short_help="Tell how a run stands, also while it goes on.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@json_option
def status(folder: Path, *, as_json: bool) -> None:
    """Tell how a run stands, also while it goes on.

    What is done, how fast, what it cost, what failed. FOLDER is a run's folder. Nothing in it is changed.
    """
    from curate.pipeline.generating.status import status_of

    found = status_of(folder)
    if as_json:
        give(found)
    else:
        say("\n".join(_lines(found)))


def _lines(found: "Status") -> list[str]:
    from curate.report.ways import ways_table

    of_all = "" if found.planned is None else f" of {found.planned:,}"
    pace = f", {found.per_second:,.1f} a second" if found.per_second else ""
    lines = [f"{found.done:,}{of_all} samples have a reply{pace}{_left(found)}"]
    lines.append(f"{found.attempts:,} requests, {found.tokens:,} tokens{_cost(found)}")
    if found.truncated:
        lines.append(f"truncated: {found.truncated:,} replies")
    if found.failures:
        lines.append("failures: " + ", ".join(f"{count:,} {kind}" for kind, count in found.failures.items()))
    if found.idle_seconds is not None and not found.per_second:
        lines.append(f"nothing has come for {span_of(found.idle_seconds)}")
    table = ways_table(found.ways)
    return [*lines, "", table] if table else lines


def _left(found: "Status") -> str:
    if found.planned is None or not found.per_second or found.done >= found.planned:
        return ""
    return f", {span_of((found.planned - found.done) / found.per_second)} left"


def _cost(found: "Status") -> str:
    from curate.engine.cost import usd

    spent = "" if found.cost is None else f", {usd(found.cost)}"
    doubt = f", up to {usd(found.in_doubt)} more for requests in flight, now or when it was stopped"
    return spent + doubt if found.in_doubt else spent
