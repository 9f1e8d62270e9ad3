"""References and answers compared, one pair or a file of them; either may be a whole response."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from curate.answers import Verdict, answer_in, compare, reading
from curate.answers.batch import Pair, compare_many
from curate.answers.types import TYPES, type_named
from curate.errors import DataError, UsageError
from curate.escaping import one_line
from curate.jsonlines import UnreadableLineError
from curate.reading.lines import Line, decode_line, read_lines
from curate.reading.sources import plan_input
from curate.recipe.located import nearest


class Compared(msgspec.Struct, frozen=True):
    """What is said of one pair."""

    verdict: str
    """`same`, `different` or `undecided`."""
    rule: str
    """The rule that decided, or that could not."""
    gold: str
    """How the reference was read."""
    answer: str
    """How the answer was read."""


def known_type(name: str | None) -> str | None:
    """Return the type behind a name that a user gave.

    Raises:
        UsageError: There is no such type.
    """
    if name is not None and type_named(name) is None:
        raise UsageError(f"there is no type {one_line(name)!r}; there are {', '.join(TYPES)}{nearest(name, TYPES)}")
    return type_named(name)


def compare_texts(gold: str, answer: str, answer_type: str | None) -> tuple[Compared, Verdict]:
    """Compare one pair; either may be a whole response."""
    pair = Pair(answer_in(gold), answer_in(answer), answer_type)
    verdict = compare(pair.gold, pair.answer, pair.answer_type)
    return _compared(pair, verdict), verdict


def compare_file(path: str, answer_type: str | None) -> Iterator[Compared]:
    """Yield what is said of each row of a file, in order; rows have `gold` and `answer`, and may have `answer_type`.

    Raises:
        DataError: The file cannot be read, or a row holds no pair; rows before it have been yielded.
    """
    with TemporaryDirectory() as scratch:
        planned = plan_input([path], limit=None, scratch=Path(scratch))
        lines = (line for unit in planned.units for line in read_lines(unit) if not line.is_blank)
        rows = _Rows(path, lines, answer_type)
        for verdict in compare_many(rows):
            yield _compared(rows.under_way.popleft(), verdict)
        if rows.refused is not None:
            raise rows.refused


class _Rows:
    """The pairs of a file up to the first row that holds none, so that those before it are told all the same."""

    def __init__(self, path: str, lines: Iterator[Line], answer_type: str | None) -> None:
        self.under_way: deque[Pair] = deque()
        self.refused: DataError | None = None
        self._coming = (_pair(path, line, answer_type) for line in lines)

    def __iter__(self) -> Iterator[Pair]:
        try:
            for pair in self._coming:
                self.under_way.append(pair)
                yield pair
        except DataError as error:
            self.refused = error


def _pair(path: str, line: Line, answer_type: str | None) -> Pair:
    try:
        row = decode_line(line)
    except UnreadableLineError as error:
        raise DataError(f"{one_line(path)}:{line.number}: {error}") from error
    texts = [row.get(key) for key in ("gold", "answer")]
    if not all(isinstance(text, str | int | float) for text in texts):
        raise DataError(f"{one_line(path)}:{line.number}: needs `gold` and `answer`, as text or numbers")
    gold, answer = (answer_in(str(text)) for text in texts)
    stated = row.get("answer_type")
    return Pair(gold, answer, stated if isinstance(stated, str) else answer_type)


def _compared(pair: Pair, verdict: Verdict) -> Compared:
    gold, answer = (reading(text, pair.answer_type) for text in (pair.gold, pair.answer))
    return Compared(verdict.sameness, verdict.rule, gold, answer)
