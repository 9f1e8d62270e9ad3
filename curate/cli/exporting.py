"""`curate export`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from curate.cli.output import BYTES, Bar, attend, give, json_option, say, set_option
from curate.escaping import safe

if TYPE_CHECKING:
    from curate.pipeline.exporting.export import Exported


@click.command(short_help="Write the kept rows of a result in a trainer's format.")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR")
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Where it goes.")
@click.option("--format", "formats", metavar="NAME", multiple=True, help="Formats, instead of the recipe's.")
@click.option("-r", "--recipe", help="A recipe with output, instead of that of the run.")
@set_option
@click.option(
    "--tokenizer",
    type=click.Path(path_type=Path, exists=True),
    help="A tokenizer.json, or its folder.",
)
@click.option(
    "--check-template",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Say what of the rows survives the chat template of a tokenizer.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Worker processes. [one each processor]")
@click.option("--memory", type=BYTES, help="What comparing problems may take; beyond it disk. [1 GB]")
@click.option("--replace", is_flag=True, help="Replace a finished export of ours.")
@json_option
def export(  # noqa: PLR0913, PLR0917 - the options of the command
    folder: Path,
    out: Path,
    formats: tuple[str, ...],
    recipe: str | None,
    overrides: tuple[str, ...],
    tokenizer: Path | None,
    check_template: Path | None,
    workers: int | None,
    memory: int | None,
    *,
    replace: bool,
    as_json: bool,
) -> None:
    """Write the kept rows of a result in a trainer's format.

    DIR is a curated result, or a run that has one. Shards go to OUT/NAME/; what the trainer wants beside them, a
    dataset card and a manifest go to OUT. What to paste into the trainer's own config is printed. Splits, shards,
    compression, Parquet and the limit on tokens are keys of a recipe's `output`: --set output.splits.validation=0.02.
    With --check-template every row is rendered as its trainer will: if reasoning, response or the end of the turn are
    not in what the loss is taken over, it is said which format would keep them, and the exit code is 1.
    """
    from curate.export.tokenizer_folder import read_tokenizer_folder
    from curate.pipeline.exporting.export import ExportOptions, export_into, recipe_of
    from curate.pipeline.filtering.job import MEMORY
    from curate.recipe import load
    from curate.report.survival import losses

    student = None if check_template is None else read_tokenizer_folder(check_template)
    loaded = recipe_of(folder, overrides) if recipe is None else load(recipe, overrides)
    options = ExportOptions(
        formats=formats,
        tokenizer=tokenizer,
        student=student,
        workers=workers,
        memory=memory or MEMORY,
        replace=replace,
    )
    done = export_into(folder, out, loaded, options, progress=Bar(), notice=say)
    attention = losses(done.proofs)
    _tell(done, out, attention, as_json=as_json)
    attend(attention)


def _tell(done: "Exported", out: Path, attention: list[str], *, as_json: bool) -> None:
    """Say what was written, and give what is to be pasted into a trainer's own config."""
    from curate.export import FORMATS
    from curate.report.exported import exported_table
    from curate.report.survival import told

    pastes = {facts.folder: FORMATS[facts.folder].paste(facts) for facts in done.facts}
    if as_json:
        proven = msgspec.to_builtins(done.proofs)
        give(msgspec.to_builtins(done.manifest) | {"paste": pastes, "template": proven, "attention": attention})
        return
    say("\n".join([exported_table(done.manifest), "", f"result: {out}", "", *map(told, done.proofs)]))
    for name, lines in pastes.items():
        click.echo(safe(f"# {name}, from {out}\n{lines}\n"))
