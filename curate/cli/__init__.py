"""The command line: one file per command, thin; the only user of click.

A command is a row of `COMMANDS` and a file; the file is imported when the command is called or asked for its help, so
that `curate --help` loads nothing heavy. Human words go to stderr, data to stdout.
"""

import importlib
import os
import signal
import sys
import traceback
from types import FrameType

import click

from curate import __version__
from curate.errors import CurateError, Exit, exit_code_of
from curate.escaping import safe

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("curate.cli.generating:run", "Generate, filter and report, from one recipe."),
    "generate": ("curate.cli.generating:generate", "Ask the teacher for what the ledger does not hold yet."),
    "filter": ("curate.cli.filtering:filter_", "Keep the sound rows of any JSONL, and say why each other was dropped."),
    "export": ("curate.cli.exporting:export", "Write the kept rows of a result in a trainer's format."),
    "validate": (
        "curate.cli.validating:validate",
        "Hold files, folders of ours or recipes against what they must be.",
    ),
    "view": ("curate.cli.viewing:view", "Read kept, dropped or borderline rows by eye."),
    "clusters": ("curate.cli.clusters:clusters", "Show which rows were dropped for being like which."),
    "why": ("curate.cli.viewing:why", "Tell the life of one row: request, reply, verdicts, measures."),
    "status": ("curate.cli.status:status", "Tell how a run stands, also while it goes on."),
    "ping": ("curate.cli.pinging:ping", "Ask each endpoint of a recipe once, and say what came."),
    "compare": ("curate.cli.comparing:compare", "Say whether two answers are the same."),
    "checks": ("curate.cli.listing:checks", "List the checks, show one, or test your own."),
    "benchmarks": (
        "curate.cli.benchmarks:benchmarks",
        "List the benchmarks that benchmark_leak knows by name, or add one.",
    ),
    "recipes": ("curate.cli.listing:recipes", "List the recipes that come with curate, or show one."),
    "families": ("curate.cli.listing:families", "List the built-in problem families, or show some problems of one."),
    "formats": ("curate.cli.listing:formats", "List the formats, or show one."),
    "providers": ("curate.cli.listing:providers", "List the providers of models, or show one."),
    "prompts": ("curate.cli.listing:prompts", "List the prompt styles, or show one."),
    "schemas": ("curate.cli.listing:schemas", "List the JSON Schemas, or show one."),
}
"""Command to where it is, and the first sentence of its help."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="curate")
def cli() -> None:
    """Make and curate reasoning data: a recipe in, fine-tuning shards out.

    Try `curate run quickstart`, or `curate filter FILE.jsonl -o OUT`.
    """


def main() -> None:
    """Run the command line and leave with its exit code; the one place where errors end."""
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(_outcome())


def _outcome() -> int:
    try:
        code = cli.main(standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - the edge of the process: here every error ends in words and a code
        return _reported(error)
    return code if isinstance(code, int) else Exit.DONE


def _reported(error: BaseException) -> int:
    """Say what went wrong; returns the exit code."""
    match error:
        case click.ClickException():
            error.show()
            return Exit.INPUT
        case click.Abort() | KeyboardInterrupt():
            click.echo("interrupted; nothing is lost, the same command goes on", err=True)
            return Exit.INTERRUPTED
        case SystemExit():  # click leaves this way when the reader of a pipe has gone
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return Exit.DONE
        case CurateError():
            click.echo(f"curate: {safe(str(error))}", err=True)
        case _:
            traceback.print_exception(error)
            click.echo("curate: this is a bug in curate; nothing that was finished is harmed", err=True)
    return exit_code_of(error)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Treat SIGTERM as Ctrl-C, for which an event loop has a handler of its own."""
    signal.raise_signal(signal.SIGINT)
