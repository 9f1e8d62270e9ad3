"""Rows of somebody's file, read by the columns that people use.

A field is looked for in the column that `--map` (or a recipe's `map`) names for it, else in the usual ones; what was
used is remembered, so that the rest of the row can be carried along unharmed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from curate.digests import problem_id
from curate.records import JSON, Problem

PROBLEM_COLUMNS = ("question", "problem", "prompt", "instruction")
REFERENCE_COLUMNS = ("gold", "reference", "final_answer", "target", "answer")
PROBLEM_FIELDS = ("answer_type", "domain", "family", "source", "license")
"""Fields of a problem that are text, each read from the column of its own name."""

Mapped = Mapping[str, str]
"""Field to the column that holds it, or to a dotted path to where it lies."""


class RowReader:
    """One row while it is being read.

    Args:
        row: The decoded line.
        mapped: What the user says about its columns.
    """

    def __init__(self, row: JSON, mapped: Mapped) -> None:
        self.row = row
        self.mapped = mapped
        self.used: dict[str, str] = {}
        """Column to the field that it gave."""

    def columns(self, field: str, usual: Iterable[str]) -> Iterable[str]:
        """Return where a field is looked for."""
        column = self.mapped.get(field)
        return usual if column is None else (column,)

    def value(self, column: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return what a column holds, or what lies at a dotted path: `choices.0.message.content`; None for nothing."""
        return self.row[column] if column in self.row else value_at(self.row, column)

    def holds_list(self, column: str) -> bool:
        """Say whether a column holds a list."""
        return isinstance(self.row.get(column), list)

    def text(self, field: str, usual: Iterable[str], besides: str = "") -> str | None:
        """Return the text of the first column that holds some."""
        for column in self.columns(field, usual):
            value = self.value(column)
            if isinstance(value, str) and column != besides:
                self.used[column] = field
                return value
        return None

    def count(self, field: str, usual: Iterable[str]) -> int | None:
        """Return the count of the first column that holds one: a whole number from 0."""
        for column in self.columns(field, usual):
            value = whole(self.value(column))
            if value is not None:
                self.used[column] = field
                return value
        return None

    def reference(self) -> str | None:
        """Return the reference as text, numbers as they are written; of a worked solution what stands after `####`."""
        for column in self.columns("reference", REFERENCE_COLUMNS):
            value = self.value(column)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and column not in self.used:
                self.used[column] = "reference"
                text = str(value)
                return text.rsplit("####", 1)[1].strip() if "####" in text else text
        return None

    def problem_text(self) -> str | None:
        """Return the text of the problem; an Alpaca row's `input` belongs to its `instruction`."""
        text = self.text("problem", PROBLEM_COLUMNS)
        added = self.row.get("input")
        if text is not None and self.used.get("instruction") == "problem" and isinstance(added, str) and added.strip():
            self.used["input"] = "problem"
            return f"{text}\n\n{added}"
        return text

    def problem(self, text: str, *, identity: str | None = None, reference: str | None = None) -> Problem:
        """Return the problem of the row; a column that holds no value of its field's kind is left to the rest.

        Args:
            text: What the student reads.
            identity: What the problem's id is made of, where that is more than its text.
            reference: The reference where it is known already; else it is looked for.
        """
        about = {field: self.text(field, (field,)) for field in PROBLEM_FIELDS}
        return Problem(
            id=problem_id(identity or text),
            text=text,
            reference=self.reference() if reference is None else reference,
            difficulty=self.count("difficulty", ("difficulty",)),
            **about,
        )


def value_at(row: JSON, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return what lies at a dotted path into a row, None for nothing."""
    if "." not in path:
        return None
    value: Any = row
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


_DIGITS = 9


def whole(value: object) -> int | None:
    """Return a count: a whole number from 0, also in digits as CSV has it; else None."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= _DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
