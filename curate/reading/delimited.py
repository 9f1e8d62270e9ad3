"""Rows of a CSV file as lines of JSON: a record may take several lines; one that is none says so, and the rest goes on.

The first record names the columns. A value is text as it stands there, and null where nothing does.
"""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from curate import jsonlines
from curate.jsonlines import BOM

DELIMITERS = (",", ";", "\t")
"""What may stand between two values: of these the one that the header has most of, the first where none has more."""


class Record(NamedTuple):
    """One record of a CSV file."""

    number: int
    """The physical line that it begins on, from 1."""
    offset: int
    """Bytes before it."""
    data: bytes
    """The row as an object on a line; of what is no row the bytes as they are, as far as they were kept."""
    size: int
    """Bytes that it takes in the file."""
    sha256: str
    """Digest of these."""
    fault: str | None
    """Why it is no row, or None."""


class _Lines:
    """The lines of a file for a CSV reader; remembers those of the record under way.

    Args:
        path: The file.
        max_bytes: What one record may take.
    """

    def __init__(self, path: str, max_bytes: int) -> None:
        self._file = Path(path).open("rb")  # noqa: SIM115 - closed by `csv_records`
        self._max_bytes = max_bytes
        if self._file.peek(len(BOM)).startswith(BOM):
            self._file.read(len(BOM))
        self._number = 1
        self.begin()

    def begin(self) -> None:
        """Begin a record."""
        self.number, self.offset = self._number, self._file.tell()
        self.size, self.kept, self.is_text = 0, bytearray(), True
        self._digest = hashlib.sha256()

    def header(self) -> str:
        """Return the first line, without going past it."""
        place = self._file.tell()
        line = self._file.readline(self._max_bytes)
        self._file.seek(place)
        return line.decode("utf-8", "replace")

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._file.readline(self._max_bytes + 1)
        if not line:
            raise StopIteration
        self._take(line)
        while len(line) > self._max_bytes and not line.endswith(b"\n"):
            line = self._file.readline(self._max_bytes + 1)
            self._take(line)
        self._number += 1
        if self.size > self._max_bytes:
            raise csv.Error(f"the row is too long: more than {self._max_bytes:,} bytes")
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            self.is_text = False
            return line.decode("utf-8", "replace")

    def _take(self, line: bytes) -> None:
        self._digest.update(line)
        self.size += len(line)
        self.kept += line[: self._max_bytes - len(self.kept)]

    def record(self, row: dict[str, str | None] | None, fault: str | None) -> Record:
        """Return the record under way: a row, or what is wrong with it."""
        data = bytes(self.kept) if row is None else jsonlines.encode(row) + b"\n"
        return Record(self.number, self.offset, data, self.size, self._digest.hexdigest(), fault)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def csv_records(path: str, max_bytes: int) -> Iterator[Record]:
    """Yield the records below the header, in order; blank lines are none.

    Args:
        path: The file.
        max_bytes: What one record may take.
    """
    lines = _Lines(path, max_bytes)
    try:
        yield from _records(lines, max_bytes)
    finally:
        lines.close()


def _records(lines: _Lines, max_bytes: int) -> Iterator[Record]:
    header = lines.header()
    csv.field_size_limit(max_bytes)  # of the whole process: no other part of it reads CSV
    reader = csv.reader(lines, delimiter=max(DELIMITERS, key=header.count), strict=True)
    columns: list[str] | None = None
    while True:
        lines.begin()
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield lines.record(None, f"broken CSV: {error}")
            continue
        if columns is None:
            columns = values
            twice = next((name for name in columns if columns.count(name) > 1), None)
            if twice is not None:
                yield lines.record(None, f"the header names the column {twice!r} twice; nothing below it is read")
                return
        elif values:
            yield _row(lines, columns, values)


def _row(lines: _Lines, columns: list[str], values: list[str]) -> Record:
    if not lines.is_text:
        return lines.record(None, "invalid UTF-8")
    if len(values) != len(columns):
        return lines.record(None, f"{len(values)} values where the header names {len(columns)} columns")
    return lines.record({name: value or None for name, value in zip(columns, values, strict=True)}, None)
