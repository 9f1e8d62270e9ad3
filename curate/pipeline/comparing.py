"""References and answers compared, one pair or a file of them; either may be a whole response."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from curate.answers import Verdict, answer_in, compare, find_code, reading
from curate.answers.batch import Pair, compare_many
from curate.answers.code import PYTHON_FUNCTION
from curate.answers.types import TYPES, type_named
from curate.errors import DataError, UsageError
from curate.escaping import one_line
from curate.jsonlines import UnreadableLineError
from curate.reading.lines import Line, decode_line, read_lines
from curate.reading.sources import plan_input
from curate.recipe.located import nearest


class Compared(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said of one pair."""

    verdict: str
    """`same`, `different` or `undecided`."""
    rule: str
    """The rule that decided, or that could not."""
    gold: str
    """How the reference was read."""
    answer: str
    """How the answer was read."""
    why: str = ""
    """Why a row of a file was not compared, or why code does not pass its tests."""


def known_type(name: str | None) -> str | None:
    """Return the type behind a name that a user gave.

    Raises:
        UsageError: There is no such type.
    """
    if name is None or name.strip().lower().replace("-", "_") == PYTHON_FUNCTION:
        return name and PYTHON_FUNCTION
    if type_named(name) is None:
        known = (*TYPES, PYTHON_FUNCTION)
        raise UsageError(f"there is no type {one_line(name)!r}; there are {', '.join(known)}{nearest(name, known)}")
    return type_named(name)


def compare_texts(gold: str, answer: str, answer_type: str | None) -> tuple[Compared, Verdict]:
    """Compare one pair; either may be a whole response."""
    pair = _pair_of(gold, answer, answer_type)
    verdict = compare(pair.gold, pair.answer, pair.answer_type)
    return _compared(pair, verdict), verdict


def compare_file(path: str, answer_type: str | None) -> Iterator[Compared]:
    """Yield what is said of each row of a file, in order; rows have `gold` and `answer`, and may have `answer_type`.

    A row that holds no pair is undecided, and says why.

    Raises:
        DataError: The file cannot be read; or rows of it held no pair, once all of them have been yielded.
    """
    with TemporaryDirectory() as scratch:
        planned = plan_input([path], limit=None, scratch=Path(scratch))
        lines = (line for unit in planned.units for line in read_lines(unit) if not line.is_blank)
        rows = _Rows(lines, answer_type)
        for verdict in compare_many(rows):
            yield from rows.refused_so_far()
            yield _compared(rows.under_way.popleft(), verdict)
        yield from rows.refused_so_far()
    if rows.refused:
        number, why = rows.refused[0]
        more = f"; so do {len(rows.refused) - 1} more rows" if len(rows.refused) > 1 else ""
        raise DataError(f"{one_line(path)}:{number}: {why}{more}")


class _Rows:
    """The pairs of a file, and the rows that hold none in their places."""

    def __init__(self, lines: Iterator[Line], answer_type: str | None) -> None:
        self.under_way: deque[Pair] = deque()
        """Pairs whose verdicts are awaited."""
        self.refused: list[tuple[int, str]] = []
        """Line and reason of the rows that hold no pair."""
        self._waiting: deque[tuple[int, str]] = deque()
        """Of those that are not told yet: how many pairs come before one, and its reason."""
        self._lines = lines
        self._type = answer_type
        self._begun = self._told = 0
        """Pairs that were read, and those that were told."""

    def __iter__(self) -> Iterator[Pair]:
        for line in self._lines:
            try:
                pair = _pair(line, self._type)
            except DataError as error:
                self.refused.append((line.number, str(error)))
                self._waiting.append((self._begun, str(error)))
            else:
                self._begun += 1
                self.under_way.append(pair)
                yield pair

    def refused_so_far(self) -> Iterator[Compared]:
        """Yield what is said of the rows without a pair that stand before the pair that is told next, or at the end."""
        while self._waiting and self._waiting[0][0] <= self._told:
            yield Compared("undecided", "unreadable", "", "", self._waiting.popleft()[1])
        self._told += 1


def _pair(line: Line, answer_type: str | None) -> Pair:
    try:
        row = decode_line(line)
    except UnreadableLineError as error:
        raise DataError(str(error)) from error
    gold, answer = (row.get(key) for key in ("gold", "answer"))
    if not isinstance(gold, str | int | float) or not isinstance(answer, str | int | float):
        raise DataError("needs `gold` and `answer`, as text or numbers")
    stated = row.get("answer_type")
    return _pair_of(str(gold), str(answer), stated if isinstance(stated, str) else answer_type)


def _pair_of(gold: str, answer: str, answer_type: str | None) -> Pair:
    """Return a pair, with the answers that whole responses state; of a Python function the tests as they are."""
    if answer_type == PYTHON_FUNCTION:
        code = find_code(answer)
        return Pair(gold, answer if code is None else code.text, answer_type)
    return Pair(answer_in(gold), answer_in(answer), answer_type)


def _compared(pair: Pair, verdict: Verdict) -> Compared:
    if pair.answer_type == PYTHON_FUNCTION:
        return Compared(verdict.sameness, verdict.rule, pair.gold, pair.answer, verdict.why)
    gold, answer = (reading(text, pair.answer_type) for text in (pair.gold, pair.answer))
    return Compared(verdict.sameness, verdict.rule, gold, answer)
