"""Problems from the rows of a JSONL file, in file order; a row that holds none is set aside with its reason.

A row is read by its columns (`question|problem|prompt|instruction` and the reference columns) or by the recipe's
`map`; a row that carries a whole `problem.v1` is taken as it is.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from curate import jsonlines
from curate.digests import problem_id
from curate.errors import DataError
from curate.records import JSON, Problem
from curate.sources import Line, Unit, plan_input, read_lines

TEXT_COLUMNS = ("text", "question", "problem", "prompt", "instruction")
REFERENCE_COLUMNS = ("gold", "reference", "final_answer", "target", "answer")
KEPT_COLUMNS = ("answer_type", "domain", "family", "difficulty", "source", "license")
MAPPABLE = ("problem", "reference", *KEPT_COLUMNS)


class UnreadableRow(msgspec.Struct, frozen=True):
    """A line of a problem file that gave no problem."""

    unit: Unit
    line: Line
    error: str


def file_problems(path: Path, mapping: Mapping[str, str]) -> Iterator[Problem | UnreadableRow]:
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
                row = jsonlines.decode(line.data)
                columns = columns or tuple(row)
                problem = problem_of(row, mapping, path.name)
            except ValueError as error:
                yield UnreadableRow(unit, line, str(error))
            else:
                found += 1
                yield problem
    if not found:
        raise DataError(
            f"{path.name}: not one row holds a problem; the columns are {', '.join(columns) or '(none)'}; "
            "say which one it is with `map: {problem: COLUMN, reference: COLUMN}`"
        )


def problem_of(row: JSON, mapping: Mapping[str, str], source: str) -> Problem:
    """Return the problem of a row.

    Raises:
        ValueError: No column holds its text, or a known column holds what it should not.
    """
    text_columns = (mapping["problem"],) if "problem" in mapping else TEXT_COLUMNS
    text = next((row[column] for column in text_columns if isinstance(row.get(column), str)), "")
    if not text.strip():
        raise ValueError(f"no problem text in {' or '.join(text_columns)}")
    known = {
        field: row[mapping.get(field, field)]
        for field in KEPT_COLUMNS
        if row.get(mapping.get(field, field)) is not None
    }
    reference = _reference(row, mapping)
    try:
        return msgspec.convert(
            {"source": source, **known, "id": problem_id(text), "text": text, "reference": reference}, Problem
        )
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


def _reference(row: JSON, mapping: Mapping[str, str]) -> str | None:
    columns = (mapping["reference"],) if "reference" in mapping else REFERENCE_COLUMNS
    for column in columns:
        value = row.get(column)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            text = str(value)
            return text.rsplit("####", 1)[1].strip() if "####" in text else text
    return None
