"""How each file would be read: said once, or the file refused with what would help."""

from collections.abc import Iterable

from curate.columns import Mapped
from curate.errors import DataError, UsageError
from curate.escaping import one_line
from curate.lines import MAX_LINE_BYTES, Source, Unit, decode_line, read_lines
from curate.protocols import Notice
from curate.recipe.located import nearest
from curate.traces.foreign import MAPPABLE, NoShapeError, Read, StructureError, read_row

FIRST = ("problem", "conversation", "reply", "replies", "reference")
"""The fields that are named first when it is said how a file is read."""
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
    for line in read_lines(unit, max_line_bytes=max_line_bytes):
        try:
            row = None if line.is_blank else decode_line(line)
            columns.update(dict.fromkeys(row or ()))
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
    if columns:
        _refuse_missing_column(source, mapped, columns)
    if refused is not None:
        raise DataError(
            f"{one_line(source.name)}: {one_line(refused)}; say which columns hold them, for example "
            "--map problem=COLUMN --map reply=COLUMN --map reference=COLUMN"
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
