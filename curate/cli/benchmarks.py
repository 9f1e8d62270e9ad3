"""`curate benchmarks`: files of questions that `benchmark_leak` knows by name."""

from pathlib import Path

import click

from curate.cli.output import say
from curate.errors import UsageError
from curate.escaping import safe


@click.command(short_help="List the benchmarks that benchmark_leak knows by name, or add one.")
@click.argument("words", nargs=-1, metavar="[list | add NAME FILE]")
def benchmarks(words: tuple[str, ...]) -> None:
    """List the benchmarks that benchmark_leak knows by name, or add one.

    `add NAME FILE` copies a file of questions (.jsonl, .jsonl.gz, .jsonl.zst, .parquet), which is read like a file of
    problems. Nothing is downloaded; docs/benchmarks.md says where the well-known ones are had. They are kept in
    curate/benchmarks of the user's data folder, or where CURATE_BENCHMARKS says.
    """
    match words:
        case () | ("list",):
            _list()
        case ("add", name, file):
            _add(name, Path(file))
        case _:
            raise UsageError("write `curate benchmarks list` or `curate benchmarks add NAME FILE`")


def _list() -> None:
    from curate.benchmarks import registered
    from curate.pipeline.filtering.against import count_questions

    known = registered()
    if not known:
        say("no benchmark was added yet: curate benchmarks add NAME FILE")
    for name, path in known.items():
        click.echo(f"{safe(name):<20} {count_questions(path):>9,} questions")


def _add(name: str, file: Path) -> None:
    from curate.benchmarks import add
    from curate.pipeline.filtering.against import count_questions

    count = count_questions(file)
    add(name, file)
    say(f"{name}: {count:,} questions; use it as `benchmark_leak: {{against: {name}}}`")
