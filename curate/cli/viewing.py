"""`curate view` and `curate why`."""

from itertools import islice
from pathlib import Path
from typing import Any

import click

from curate.cli.output import give, json_option, say
from curate.errors import UsageError
from curate.escaping import one_line, safe

EXISTING = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(short_help="Read kept or dropped rows by eye.")
@click.argument("folder", type=EXISTING, metavar="DIR")
@click.option("-n", "count", type=click.IntRange(min=1), default=20, show_default=True, help="How many rows.")
@click.option("--dropped-by", metavar="CHECK", help="Rows that this check dropped.")
@click.option("--kept", is_flag=True, help="Rows that were kept.")
def view(folder: Path, count: int, dropped_by: str | None, *, kept: bool) -> None:
    """Read kept or dropped rows by eye.

    DIR is a run or a curated result. Without an option: dropped rows of every check.
    """
    from curate.pipeline.inspect import curated_folder, dropped_rows, kept_rows
    from curate.report.rows import shown

    if kept and dropped_by:
        raise UsageError("--kept and --dropped-by exclude each other")
    curated = curated_folder(folder)
    rows = kept_rows(curated) if kept else dropped_rows(curated, dropped_by and dropped_by.replace("-", "_"))
    shown_rows = list(islice(rows, count))
    if not shown_rows:
        say("no such rows")
    for heading, trace in shown_rows:
        click.echo((one_line(heading) if trace is None else shown(trace, heading=one_line(heading))) + "\n")


@click.command(short_help="Tell the life of one row: request, reply, verdicts, measures.")
@click.argument("folder", type=EXISTING, metavar="DIR")
@click.argument("row", metavar="ID|FILE:LINE")
@json_option
def why(folder: Path, row: str, *, as_json: bool) -> None:
    """Tell the life of one row: request, reply, verdicts, measures.

    DIR is a run or a curated result; the row is named by its id, a unique beginning of it, or FILE:LINE of the input.
    """
    from curate.pipeline.inspect import attempts_of, curated_folder, find_row, trace_of_row
    from curate.report.rows import shown

    curated = curated_folder(folder)
    verdicts = find_row(curated, row)
    attempts = attempts_of(curated, verdicts["id"])
    trace = trace_of_row(curated, verdicts)
    if as_json:
        give({"verdicts": verdicts, "attempts": attempts, "trace": trace})
        return
    heading = f"{verdicts['id']}  {verdicts['file']}:{verdicts['line']}"
    click.echo(one_line(heading) if trace is None else shown(trace, heading=one_line(heading), with_messages=True))
    click.echo()
    for attempt in attempts:
        click.echo(safe(_attempt_line(attempt)))
    for check in (name for name in verdicts if f"{name}.value" in verdicts):
        click.echo(_verdict_line(check, verdicts))
    fate = f"dropped by {verdicts['dropped_by']}: {verdicts['reason']}" if verdicts["dropped_by"] else "kept"
    click.echo(safe(fate))


def _attempt_line(attempt: Any) -> str:  # noqa: ANN401 - ledger.Attempt, which is imported when needed
    import time

    sent = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(attempt.started))
    if attempt.reply is None:
        return f"  sent {sent} UTC, max_tokens {attempt.max_tokens}: {attempt.error}"
    usage = attempt.reply.usage
    return (
        f"  sent {sent} UTC, max_tokens {attempt.max_tokens}: {attempt.reply.finish_reason}, "
        f"{usage.prompt_tokens} prompt and {usage.completion_tokens} completion tokens"
    )


def _verdict_line(check: str, verdicts: dict[str, Any]) -> str:
    outcome, value = verdicts[check] or "not judged", verdicts[f"{check}.value"]
    return f"  {check:<20} {outcome}" + ("" if value is None else f"  ({value:g})")
