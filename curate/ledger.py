"""The ledger: every attempt and reply of a run, in one SQLite file, written before anyone judges it.

A reply counts as kept when the transaction that holds it is on disk (write-ahead log, `synchronous=FULL`). Attempts
are only ever added. What serves a request is decided by meaning: a finished reply serves any `max_tokens`, one that
was cut off serves only limits up to its own, so raising the limit asks again only for what was cut off.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import zstandard

from curate import jsonlines
from curate.errors import LedgerError
from curate.records import Reply

VERSION = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    max_tokens INTEGER,
    started REAL NOT NULL,
    seconds REAL NOT NULL,
    finish_reason TEXT,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    error TEXT,
    reply BLOB
) STRICT;
CREATE INDEX IF NOT EXISTS attempts_of_key ON attempts (key);
"""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try at a request, with the reply that came back or the reason why none did."""

    key: str
    """The request's key."""
    max_tokens: int | None
    """The limit that this try was sent with; None for the server's own."""
    started: float
    """When it was sent, in seconds since the epoch."""
    seconds: float
    """How long it took."""
    reply: Reply | None = None
    """The reply, verbatim, or None."""
    error: str | None = None
    """Why there is no reply, or None."""


class Tally(msgspec.Struct, frozen=True):
    """What a ledger holds in all."""

    attempts: int
    replies: int
    keys: int
    prompt_tokens: int
    completion_tokens: int


class Ledger:
    """The ledger of a run; one writer, any number of readers.

    Args:
        path: The SQLite file; made when it is not there, unless `readonly`.
        readonly: Open an existing ledger for reading alone.

    Raises:
        LedgerError: The file is no ledger, of another version, locked, or the disk is full.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path = path
        self._compress = zstandard.ZstdCompressor(level=3).compress
        self._decompress = zstandard.ZstdDecompressor().decompress
        with self._explained():
            target = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}"
            # Calls come one at a time, but the engine's commits come from a thread of their own.
            self._database = sqlite3.connect(target, uri=True, isolation_level=None, check_same_thread=False)
            if not readonly:
                self._prepare()
            self._check_version()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def record(self, attempts: Iterable[Attempt]) -> None:
        """Add attempts in one transaction; when this returns they are on disk."""
        rows = [self._row(attempt) for attempt in attempts]
        with self._explained():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                self._database.executemany(
                    "INSERT INTO attempts (key, max_tokens, started, seconds, finish_reason, prompt_tokens,"
                    " completion_tokens, error, reply) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    rows,
                )
                self._database.execute("COMMIT")
            except sqlite3.Error:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def attempts(self, key: str) -> list[Attempt]:
        """Return every attempt at a request, in the order they were made."""
        with self._explained():
            rows = self._database.execute(
                "SELECT key, max_tokens, started, seconds, error, reply FROM attempts WHERE key = ? ORDER BY id", (key,)
            ).fetchall()
        return [
            Attempt(key=key, max_tokens=limit, started=started, seconds=seconds, error=error, reply=self._reply(reply))
            for key, limit, started, seconds, error, reply in rows
        ]

    def serving(self, key: str, max_tokens: int | None) -> Attempt | None:
        """Return the attempt that serves a request with this limit, or None when it has to be sent."""
        return best_serving(self.attempts(key), max_tokens)

    def tally(self) -> Tally:
        """Return what the ledger holds in all."""
        with self._explained():
            row = self._database.execute(
                "SELECT count(*), count(reply), count(DISTINCT key), total(prompt_tokens), total(completion_tokens)"
                " FROM attempts"
            ).fetchone()
        return Tally(*map(int, row))

    def _prepare(self) -> None:
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute("PRAGMA busy_timeout = 5000")
        self._database.executescript(_SCHEMA)
        self._database.execute("INSERT OR IGNORE INTO about VALUES ('version', ?)", (str(VERSION),))

    def _check_version(self) -> None:
        row = self._database.execute("SELECT value FROM about WHERE name = 'version'").fetchone()
        if row is None or row[0] != str(VERSION):
            raise LedgerError(f"{self.path} is a ledger of version {row and row[0]}; this curate writes {VERSION}")

    def _row(self, attempt: Attempt) -> tuple[object, ...]:
        reply = attempt.reply
        return (
            attempt.key,
            attempt.max_tokens,
            attempt.started,
            attempt.seconds,
            reply and reply.finish_reason,
            reply and reply.usage.prompt_tokens,
            reply and reply.usage.completion_tokens,
            attempt.error,
            reply and self._compress(jsonlines.encode(reply)),
        )

    def _reply(self, stored: bytes | None) -> Reply | None:
        return None if stored is None else jsonlines.decode_as(self._decompress(stored), Reply)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            what = "the disk is full" if error.sqlite_errorcode == sqlite3.SQLITE_FULL else str(error)
            raise LedgerError(f"the ledger {self.path} cannot be used: {what}") from error
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"{self.path} is no ledger, or a damaged one: {error}") from error


def best_serving(attempts: Iterable[Attempt], max_tokens: int | None) -> Attempt | None:
    """Return the attempt whose reply a request with this limit would use.

    The first finished one; else, of those that were cut off at a limit at least as high, the one with the highest.
    """
    cut: Attempt | None = None
    for attempt in attempts:
        if attempt.reply is None:
            continue
        if attempt.reply.finish_reason not in {"length", "interrupted"}:
            return attempt
        if _reaches(attempt.max_tokens, max_tokens) and (cut is None or _reaches(attempt.max_tokens, cut.max_tokens)):
            cut = attempt
    return cut


def _reaches(limit: int | None, wanted: int | None) -> bool:
    """Say whether a reply cut off at `limit` would also be cut off at `wanted`; None is no limit of ours."""
    return limit is None or (wanted is not None and limit >= wanted)
