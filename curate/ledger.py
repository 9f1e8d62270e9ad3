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

_TABLES = (
    "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """
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
) STRICT
""",
    "CREATE INDEX IF NOT EXISTS attempts_of_key ON attempts (key)",
)


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
            # The engine's commits come from a thread of their own; SQLite itself takes care that calls do not overlap.
            self._database = sqlite3.connect(
                _address(path, readonly=readonly), uri=True, isolation_level=None, check_same_thread=False
            )
            try:
                if not readonly and self._is_empty():
                    self._prepare()
                self._check_version()
                if not readonly:
                    self._database.execute("PRAGMA synchronous = FULL")
            except BaseException:  # whatever it is, the file must not stay open; it is raised again
                self._database.close()
                raise

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
            except BaseException:  # an interrupt too must leave no half transaction; it is raised again
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
            Attempt(
                key=key, max_tokens=limit, started=started, seconds=seconds, error=error, reply=self._reply(key, reply)
            )
            for key, limit, started, seconds, error, reply in rows
        ]

    def serves(self, key: str, max_tokens: int | None) -> bool:
        """Say whether a reply that is here serves a request with this limit, so that it need not be sent."""
        with self._explained():
            rows = self._database.execute(
                "SELECT finish_reason, max_tokens FROM attempts WHERE key = ? AND reply IS NOT NULL", (key,)
            ).fetchall()
        return any(_serves(reason, limit, max_tokens) for reason, limit in rows)

    def tally(self) -> Tally:
        """Return what the ledger holds in all."""
        with self._explained():
            row = self._database.execute(
                "SELECT count(*), count(reply), count(DISTINCT key), total(prompt_tokens), total(completion_tokens)"
                " FROM attempts"
            ).fetchone()
        return Tally(*map(int, row))

    def _is_empty(self) -> bool:
        return self._database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None

    def _prepare(self) -> None:
        """Make the tables, all or none of them, so that a writer killed here leaves an empty file or a ledger."""
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("BEGIN IMMEDIATE")
        for statement in _TABLES:
            self._database.execute(statement)
        self._database.execute("INSERT OR IGNORE INTO about VALUES ('version', ?)", (str(VERSION),))
        self._database.execute("COMMIT")

    def _check_version(self) -> None:
        tables = {name for (name,) in self._database.execute("SELECT name FROM sqlite_master")}
        if "about" not in tables:
            raise LedgerError(f"{self.path} is no ledger; it is left as it is")
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
            reply and _countable(reply.usage.prompt_tokens),
            reply and _countable(reply.usage.completion_tokens),
            attempt.error and attempt.error.encode("utf-8", "backslashreplace").decode("utf-8"),
            reply and self._compress(jsonlines.encode(reply)),
        )

    def _reply(self, key: str, stored: bytes | None) -> Reply | None:
        if stored is None:
            return None
        try:
            return jsonlines.decode_as(self._decompress(stored), Reply)
        except (zstandard.ZstdError, ValueError) as error:
            raise LedgerError(f"{self.path} is damaged: a reply to {key} cannot be read: {error}") from error

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            what = "the disk is full" if error.sqlite_errorcode == sqlite3.SQLITE_FULL else str(error)
            raise LedgerError(f"the ledger {self.path} cannot be used: {what}") from error
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"{self.path} is no ledger, or a damaged one: {error}") from error


def _address(path: Path, *, readonly: bool) -> str:
    """Return the address of the file for SQLite.

    A reader leaves nothing behind: where no write-ahead log is there, none of the settled file's reads may make one.
    """
    if not readonly:
        return f"{path.absolute().as_uri()}?mode=rwc"
    settled = not path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if settled else ''}"


def _countable(tokens: int | None) -> int | None:
    """Return a count that SQLite can add up; what a server makes up beyond that stays in the reply alone."""
    return tokens if tokens is not None and 0 <= tokens < _MAX_TOKENS else None


_MAX_TOKENS = 2**40


def best_serving(attempts: Iterable[Attempt], max_tokens: int | None) -> Attempt | None:
    """Return the attempt whose reply a request with this limit would use.

    The first finished one; else, of those that were cut off at a limit at least as high, the one with the highest.
    """
    cut: Attempt | None = None
    for attempt in attempts:
        reason = attempt.reply.finish_reason if attempt.reply else None
        if attempt.reply is None or not _serves(reason, attempt.max_tokens, max_tokens):
            continue
        if reason != "length":
            return attempt
        if cut is None or _reaches(attempt.max_tokens, cut.max_tokens):
            cut = attempt
    return cut


def last_partial(attempts: Iterable[Attempt]) -> Attempt | None:
    """Return the last attempt whose connection was cut: text that was paid for, where nothing better came."""
    partial = None
    for attempt in attempts:
        if attempt.reply is not None and attempt.reply.finish_reason == "interrupted":
            partial = attempt
    return partial


def _serves(finish_reason: str | None, limit: int | None, wanted: int | None) -> bool:
    """Say whether a reply serves a limit: a finished one any, one cut off up to its own, an interrupted one none."""
    if finish_reason == "interrupted":
        return False
    return finish_reason != "length" or _reaches(limit, wanted)


def _reaches(limit: int | None, wanted: int | None) -> bool:
    """Say whether a reply cut off at `limit` would also be cut off at `wanted`; None is no limit of ours."""
    return limit is None or (wanted is not None and limit >= wanted)
