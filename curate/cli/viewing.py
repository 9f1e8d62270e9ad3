"""`curate view` and `curate why`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from curate.cli.output import give, json_option, say
from curate.errors import UsageError

if TYPE_CHECKING:
    from curate.lives import Row
    from curate.pipeline.inspect import Chosen

EXISTING = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(short_help="Read kept, dropped or borderline rows by eye.")
@click.argument("folder", type=EXISTING, metavar="DIR")
@click.option("-n", "count", type=click.IntRange(min=1), default=20, show_default=True, help="How many rows.")
@click.option("--dropped-by", metavar="CHECK", help="Rows that this check dropped.")
@click.option("--kept", is_flag=True, help="Rows that were kept.")
@click.option("--borderline", is_flag=True, help="Rows whose measure lies nearest to a threshold, on either side.")
@click.option("--check", metavar="CHECK", help="With --borderline: the check whose threshold is meant. [all]")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a page instead.")
def view(
    folder: Path,
    count: int,
    dropped_by: str | None,
    check: str | None,
    html: Path | None,
    *,
    kept: bool,
    borderline: bool,
) -> None:
    """Read kept, dropped or borderline rows by eye.

    DIR is a run or a curated result. Without an option: dropped rows of every check. --html FILE writes a page that
    needs nothing but a browser; without another option it holds up to -n rows of each check, borderline and kept.
    """
    from curate.pipeline.inspect import Chosen, curated_folder
    from curate.report.rows import shown

    if sum(map(bool, (kept, borderline, dropped_by))) > 1:
        raise UsageError("--kept, --dropped-by and --borderline exclude each other")
    if check and not borderline:
        raise UsageError("--check goes with --borderline; rows that a check dropped: --dropped-by CHECK")
    chosen = Chosen(curated_folder(folder))
    if borderline:
        rows = chosen.borderline(count, check and check.replace("-", "_"))
    elif kept:
        rows = chosen.kept(count)
    elif html and not dropped_by:
        rows = chosen.of_every_kind(count)
    else:
        rows = chosen.dropped(count, dropped_by and dropped_by.replace("-", "_"))
    if html:
        _write_page(html, chosen, rows)
        return
    if not rows:
        say("no such rows")
    for row in rows:
        click.echo(shown(row) + "\n")


def _write_page(path: Path, chosen: "Chosen", rows: "list[Row]") -> None:
    """Write rows as a page, in the place of an older page of ours at most.

    Raises:
        UsageError: The file holds something else.
    """
    from curate.folders import write_whole, writing_to
    from curate.report.page import is_page, page

    if path.exists() and not is_page(path):
        raise UsageError(f"{path} holds something that is no page of ours; choose another --html file")
    with writing_to(path.parent):
        write_whole(path, page(chosen.manifest, rows, title=_title(chosen.folder.resolve())).encode("utf-8"))
    say(f"{len(rows):,} rows: {path}")


def _title(curated: Path) -> str:
    """Return how a result is called: as its folder is, and what a run curated as the run."""
    from curate.layout import CURATED

    return curated.parent.name if curated.name == CURATED else curated.name


@click.command(short_help="Tell the life of one row: request, reply, verdicts, measures.")
@click.argument("folder", type=EXISTING, metavar="DIR")
@click.argument("row", metavar="ID|FILE:LINE")
@json_option
def why(folder: Path, row: str, *, as_json: bool) -> None:
    """Tell the life of one row: request, reply, verdicts, measures.

    DIR is a run or a curated result; the row is named by its id, a unique beginning of it, or FILE:LINE of the input.
    """
    from curate.pipeline.inspect import Chosen, attempts_of, curated_folder
    from curate.report.rows import life

    curated = curated_folder(folder)
    found = Chosen(curated).named(row)
    attempts = attempts_of(curated, found.id)
    if as_json:
        give(msgspec.structs.asdict(found) | {"attempts": attempts})
        return
    click.echo(life(found, attempts))
