"""Problems from the rows of a JSONL file, in file order; a row that holds none is set aside with its reason.

A row is read by its columns (`question|problem|prompt|instruction` and the reference columns) or by the recipe's
`map`; a row that carries a whole `problem.v1` is taken as it is.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from curate.errors import DataError
from curate.reading.columns import PROBLEM_COLUMNS, PROBLEM_FIELDS, Mapped, RowReader
from curate.reading.lines import Line, Unit, decode_line, read_lines
from curate.reading.sources import plan_input
from curate.records import JSON, Problem

MAPPABLE = ("problem", "reference", "difficulty", *PROBLEM_FIELDS)
"""Fields that a recipe's `map` may name a column for."""


class UnreadableRow(msgspec.Struct, frozen=True):
    """A line of a problem file that gave no problem."""

    unit: Unit
    line: Line
    error: str


def file_problems(path: Path, mapped: Mapped) -> Iterator[Problem | UnreadableRow]:
    """Yield the problems of a file, and the rows that hold none.

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
                problem = problem_of(row, mapped, path.name)
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


def problem_of(row: JSON, mapped: Mapped, source: str) -> Problem:
    """Return the problem of a row; one that names no source comes from its file.

    Raises:
        ValueError: No column holds its text.
    """
    reader = RowReader(row, mapped)
    own = isinstance(row.get("id"), str) and isinstance(row.get("text"), str)
    text = reader.text("problem", ("text",)) if own else reader.problem_text()
    if not text or not text.strip():
        raise ValueError(f"no problem text in {' or '.join(reader.columns('problem', PROBLEM_COLUMNS))}")
    problem = reader.problem(text)
    return problem if problem.source else msgspec.structs.replace(problem, source=source)
