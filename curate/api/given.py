"""Rows and checks as a caller gives them, made what the pipeline takes: files, and a list of a recipe."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from curate import jsonlines
from curate.checks import CHECKS, Check, Registry, RowCheck
from curate.checks.plugins import marked, refuse_misshapen
from curate.errors import UsageError
from curate.records import JSON, Finding, Trace

Judge: TypeAlias = Callable[..., Finding | None]
Given: TypeAlias = str | Judge | Mapping[str | Judge, JSON | None]
"""A check: its name, a function, or either with its parameters: `{"final_answer_only": {"min_words": 8}}`."""
Rows: TypeAlias = str | Path | Iterable[str | Path] | Iterable[JSON | Trace]
"""Files (paths, folders, globs), or rows: dicts, traces, a Hugging Face dataset, a Polars frame."""

ROWS = "rows.jsonl"
"""How rows that came from no file are called in a result."""


def paths_of(rows: Rows) -> list[str] | None:
    """Return the files that are meant, or None where rows are given.

    Raises:
        UsageError: A mapping is given, such as a `DatasetDict`, which is neither.
    """
    if isinstance(rows, str | Path):
        return [str(rows)]
    if isinstance(rows, Mapping):
        known = ", ".join(map(str, list(rows)[:5]))
        raise UsageError(f"rows are an iterable of dicts, not a mapping; give one of its values ({known})")
    if isinstance(rows, list | tuple) and rows and all(isinstance(one, str | Path) for one in rows):
        return [str(one) for one in rows]
    return None


def spool(rows: Any, folder: Path) -> Path:  # noqa: ANN401 - whatever can be iterated; what is wrong is said here
    """Write rows to a file, one line each, so that any number of them can be read twice.

    Raises:
        UsageError: Something is no row, or holds what JSON cannot.
    """
    path = folder / ROWS
    with path.open("wb") as file:
        for number, row in enumerate(_each(rows)):
            file.write(_line(row, number) + b"\n")
    return path


def _each(rows: Any) -> Iterator[object]:  # noqa: ANN401 - likewise
    """Return the rows one after the other; a Polars frame, which iterates by columns, by rows."""
    by_rows = getattr(rows, "iter_rows", None)
    if by_rows is not None:
        return iter(by_rows(named=True))
    try:
        return iter(rows)
    except TypeError:
        raise UsageError(f"rows are files or an iterable of dicts, not {type(rows).__name__}") from None


def _line(row: object, number: int) -> bytes:
    if not isinstance(row, Mapping | Trace):
        raise UsageError(f"row {number} is no dict but {type(row).__name__}; of a pandas frame: .to_dict('records')")
    try:
        return jsonlines.encode(row if isinstance(row, Trace) else dict(row))
    except (TypeError, ValueError) as error:
        raise UsageError(f"row {number} holds what JSON cannot: {error}") from None


def checks_given(checks: Sequence[Given]) -> tuple[list[str | dict[str, JSON]], Registry]:
    """Return a recipe's list of checks, and those among them that are functions, by name.

    Raises:
        PluginError: A function cannot be a check.
        UsageError: Something is neither a name nor a function, or two functions have one name.
    """
    uses: list[str | dict[str, JSON]] = []
    own: dict[str, Check] = {}
    for one in checks:
        for check, parameters in one.items() if isinstance(one, Mapping) else [(one, None)]:
            name = check if isinstance(check, str) else _entered(check, own)
            uses.append({name: dict(parameters)} if parameters else name)
    return uses, own


def _entered(judge: object, own: dict[str, Check]) -> str:
    """Enter a function among those of this process; returns its name. One of ours needs no entry."""
    if not inspect.isfunction(judge):
        raise UsageError(f"a check is a name or a function, not {judge!r}")
    found = marked(judge) or RowCheck(judge)
    if found.name in CHECKS and CHECKS[found.name].judge is judge:
        return found.name
    refuse_misshapen(found, "checks")
    other = own.get(found.name) or CHECKS.get(found.name, found)
    if other.judge is not judge:
        raise UsageError(f"the name {found.name} is taken by another check; call the function otherwise")
    own[found.name] = found
    return found.name
