"""`curate validate`."""

import click

from curate.cli.output import attend, json_option, say

MAX_SHOWN = 50


@click.command(short_help="Hold files, folders of ours or recipes against what they must be.")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("--schema", default="trace.v1", show_default=True, help="For JSONL: a schema's name or file.")
@json_option
def validate(targets: tuple[str, ...], schema: str, *, as_json: bool) -> None:
    """Hold files, folders of ours or recipes against what they must be.

    JSONL is judged line by line by a schema; a run or a curated result by its manifest (every file is there, whole,
    and the counts add up); a recipe by what exists. Exit code 1 when something is wrong.
    """
    from pathlib import Path

    from curate import schemas
    from curate.cli.output import give
    from curate.pipeline.validate import faults_of

    judge = schemas.resolve(schema, Path())
    counts: dict[str, int] = {}
    for target in targets:
        counts[target] = 0
        for fault in faults_of(target, judge, say):
            counts[target] += 1
            if counts[target] <= MAX_SHOWN:
                say(fault)
        if counts[target] > MAX_SHOWN:
            say(f"{target}: and {counts[target] - MAX_SHOWN:,} more")
    attention = [f"{target}: {count:,} faults" for target, count in counts.items() if count]
    if as_json:
        give({"faults": counts, "attention": attention})
    attend(attention)
    say("sound")
