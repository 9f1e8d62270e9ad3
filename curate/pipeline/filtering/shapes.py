"""How each file would be read: said once, or the file refused with what would help."""

from collections.abc import Iterable, Sequence

from curate.errors import DataError, UsageError
from curate.escaping import one_line
from curate.protocols import Notice
from curate.reading.columns import Mapped, value_at
from curate.reading.lines import MAX_LINE_BYTES, Line, Source, Unit, decode_line, read_lines
from curate.recipe.located import nearest
from curate.records import JSON
from curate.traces.foreign import MAPPABLE, NoShapeError, Read, StructureError, read_row

FIRST = ("problem", "conversation", "reply", "replies", "reference")
"""The fields that are named first when it is said how a file is read."""
HEAD_LINES = 5
"""How many lines are looked at to tell another format."""
PEEK_LINES = 100
"""How many lines of a file are tried before it is refused as of no shape that we know."""


def check_columns(columns: Mapped) -> None:
    """Check that `--map` speaks of fields that there are.

    Raises:
        UsageError: It does not.
    """
    unknown = sorted(set(columns) - set(MAPPABLE))
    if unknown:
        raise UsageError(f"--map {unknown[0]}=...: unknown field; there are {', '.join(MAPPABLE)}")


def refuse_unknown_shape(
    source: Source, mapped: Mapped, notice: Notice, *, max_line_bytes: int = MAX_LINE_BYTES
) -> None:
    """Say once how a file is read, or refuse it when none of its first rows is of a shape that we know.

    Raises:
        DataError: Lists the columns found and the `--map` that would help.
    """
    unit = Unit(index=0, source=source, start=0, end=None, first_line=1, max_lines=PEEK_LINES)
    refused: str | None = None
    columns: dict[str, None] = {}
    head: list[Line] = []
    for line in read_lines(unit, max_line_bytes=max_line_bytes):
        try:
            head += [line] * (len(head) < HEAD_LINES and not line.is_blank)
            row = None if line.is_blank else decode_line(line)
            columns.update(_places(row or {}, mapped))
            read = None if row is None else read_row(row, mapped)
        except NoShapeError as error:
            refused = refused or str(error)
        except StructureError:
            return
        except ValueError:
            continue
        else:
            if read is not None and set(mapped.values()) <= set(columns):
                _say_how(source, read, notice)
                return
    _refuse_other_formats(source, head)
    if columns:
        _refuse_missing_column(source, mapped, columns)
    if refused is not None:
        raise DataError(
            f"{one_line(source.name)}: {one_line(refused)}; say which columns hold them, for example "
            "--map problem=COLUMN --map reply=COLUMN --map reference=COLUMN"
        )


def _places(row: JSON, mapped: Mapped) -> dict[str, None]:
    """Return the columns of a row, and the dotted paths of `--map` at which it holds something."""
    paths = [path for path in mapped.values() if value_at(row, path) is not None]
    return dict.fromkeys([*row, *paths])


def _refuse_other_formats(source: Source, head: Sequence[Line]) -> None:
    """Refuse a file of another format, whose first line is no object, and say how to convert it.

    Raises:
        DataError: It is JSON over several lines, or a table under a name that does not say so.
    """
    name, lines = one_line(source.name), [line.data.lstrip() for line in head]
    if lines and (lines[0].startswith(b"[") or (lines[0].strip() == b"{" and len(lines) > 1)):
        every = "'.[]' " if lines[0].startswith(b"[") else ". "
        raise DataError(
            f"{name}: this is JSON, but not one object a line; make JSON Lines of it, for example "
            f"jq -c {every}{name} > {name}l"
        )
    separators = {data.count(mark) for data in lines for mark in (b"\t" if b"\t" in lines[0] else b",",)}
    if len(lines) > 1 and len(separators) == 1 and separators != {0} and not lines[0].startswith(b"{"):
        raise DataError(
            f"{name}: this looks like CSV; call it {name.rpartition('.')[0] or name}.csv, or .tsv if it has tabs"
        )


def _say_how(source: Source, read: Read, notice: Notice) -> None:
    fields = sorted(read.used.items(), key=lambda item: FIRST.index(item[1]) if item[1] in FIRST else len(FIRST))
    used = ", ".join(f"{field} from {column!r}" for column, field in fields)
    notice(f"{one_line(source.name)}: read as {read.shape}" + (f" ({used})" if read.shape != "trace" else ""))


def _refuse_missing_column(source: Source, mapped: Mapped, columns: Iterable[str]) -> None:
    """Check that what `--map` names is there.

    Raises:
        DataError: A column is in none of the first rows.
    """
    for field_, column in mapped.items():
        if column not in columns:
            known = ", ".join(map(one_line, columns))
            raise DataError(
                f"{one_line(source.name)}: --map {field_}={column}: no such column; "
                f"the columns are {known}{nearest(column, columns)}"
            )
