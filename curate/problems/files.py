"""Problems from the rows of a file, in file order; a row that holds none is set aside with its reason.

A row is read by its columns (`question|problem|prompt|instruction` and the reference columns) or by the recipe's
`map`; a row that carries a whole `problem.v1` is taken as it is.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from curate.errors import DataError
from curate.problems.found import UnreadableRow
from curate.reading.columns import PROBLEM_COLUMNS, PROBLEM_FIELDS, Mapped, RowReader
from curate.reading.lines import decode_line, read_lines
from curate.reading.sources import plan_input
from curate.records import JSON, Problem

MAPPABLE = ("problem", "reference", "difficulty", *PROBLEM_FIELDS)
"""Fields that a recipe's `map` may name a column for."""


def file_problems(
    path: Path, mapped: Mapped, *, source: str | None = None, license_: str | None = None
) -> Iterator[Problem | UnreadableRow]:
    """Yield the problems of a file, and the rows that hold none.

    Args:
        path: The file.
        mapped: Field to column, for fields that do not stand in their usual columns.
        source: Where they come from, for rows that do not say so; None for the name of the file.
        license_: Their licence, for rows that do not say so.

    Raises:
        DataError: The file is missing or empty, or not one row holds a problem.
    """
    columns: tuple[str, ...] = ()
    found = 0
    for unit in plan_input([str(path)]).units:
        for line in read_lines(unit):
            if line.is_blank:
                continue
            try:
                row = decode_line(line)
                columns = columns or tuple(row)
                problem = problem_of(row, mapped, source or path.name, license_)
            except ValueError as error:
                yield UnreadableRow(unit, line, str(error))
            else:
                found += 1
                yield problem
    if not found:
        raise DataError(
            f"{path.name}: not one row holds a problem; the columns are {', '.join(columns) or '(none)'}; "
            f"say which one it is with `map: {{problem: COLUMN, reference: COLUMN}}` of `from: file`, or name it "
            f"{', '.join(PROBLEM_COLUMNS)}"
        )


def problem_of(row: JSON, mapped: Mapped, source: str, license_: str | None) -> Problem:
    """Return the problem of a row, with this source and licence where it names none.

    Raises:
        ValueError: No column holds its text.
    """
    reader = RowReader(row, mapped)
    own = isinstance(row.get("id"), str) and isinstance(row.get("text"), str)
    text = reader.text("problem", ("text",)) if own else reader.problem_text()
    if not text or not text.strip():
        raise ValueError(f"no problem text in {' or '.join(reader.columns('problem', PROBLEM_COLUMNS))}")
    problem = reader.problem(text)
    return msgspec.structs.replace(problem, source=problem.source or source, license=problem.license or license_)
