"""The ledger: every attempt and reply of a run, in one SQLite file, written before anyone judges it.

A reply counts as kept when the transaction that holds it is on disk (write-ahead log, `synchronous=FULL`). Attempts
are only ever added.
"""

import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import zstandard

from curate import jsonlines
from curate.attempts import Attempt, best_serving
from curate.errors import LedgerError
from curate.protocols import FailureKind
from curate.records import Reply

VERSION = 2

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
    cut_off INTEGER NOT NULL,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    billed INTEGER,
    cost INTEGER,
    reused INTEGER NOT NULL,
    kind TEXT,
    error TEXT,
    reply BLOB
) STRICT
""",
    "CREATE INDEX IF NOT EXISTS attempts_of_key ON attempts (key)",
)


_COLUMNS = (
    "key, max_tokens, started, seconds, finish_reason, cut_off, prompt_tokens, completion_tokens, billed, cost, reused,"
    " kind, error, reply"
)
_INSERT = f"INSERT INTO attempts ({_COLUMNS}) VALUES ({', '.join('?' * len(_COLUMNS.split(',')))})"  # noqa: S608 - ours
_FINISHED = (
    "FROM attempts WHERE reply IS NOT NULL AND NOT cut_off AND finish_reason IS NOT 'interrupted'"
    " AND completion_tokens IS NOT NULL"
)
_COST = "sum(cost / 1000000) FILTER (WHERE NOT reused), sum(cost % 1000000) FILTER (WHERE NOT reused)"
"""What was paid, in two sums: in one, costs that servers make up would not fit into 64 bits."""
_READ = "SELECT max_tokens, started, seconds, cut_off, billed, cost, reused, kind, error, reply FROM attempts"


Row = tuple[object, ...]
"""An attempt as its columns hold it."""


class Tally(msgspec.Struct, frozen=True):
    """What a ledger holds in all."""

    attempts: int
    replies: int
    keys: int
    prompt_tokens: int
    completion_tokens: int
    cost: int
    """What was paid, at most, in 1e-12 USD; what other runs paid apart."""


class Pulse(msgspec.Struct, frozen=True, kw_only=True):
    """How a ledger grows."""

    attempts: int
    done: int
    """Requests with a whole reply."""
    truncated: int
    """Replies that the limit cut off."""
    tokens: int
    """Tokens of prompts and completions."""
    cost: int | None
    """What was paid, at most, in 1e-12 USD; None where no price is known."""
    lately: int
    """Replies that came after the moment that was asked about."""
    first: float | None
    """When the first try was sent, in seconds since the epoch."""
    last: float | None
    """When the last try ended."""
    failures: dict[FailureKind, int]
    """Tries that got no reply, by what went wrong."""


class Standing(msgspec.Struct, frozen=True):
    """How a request stands."""

    served: bool
    """Whether a reply that is here serves it, so that it need not be sent."""
    cost: int
    """What its replies cost, at most, in 1e-12 USD."""
    cut_at: int | None
    """The highest limit at which a reply to it was cut off; None when none was."""


NEVER_ASKED = Standing(served=False, cost=0, cut_at=None)


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
        self.add(map(self.row, attempts))
        self.commit()

    def row(self, attempt: Attempt) -> Row:
        """Return an attempt as it is stored, for `add`."""
        reply = attempt.reply
        return (
            attempt.key,
            attempt.max_tokens,
            attempt.started,
            attempt.seconds,
            reply and reply.finish_reason,
            attempt.cut_off,
            reply and _countable(reply.usage.prompt_tokens),
            reply and _countable(reply.usage.completion_tokens),
            attempt.billed,
            attempt.cost,
            attempt.reused,
            attempt.kind,
            attempt.error and attempt.error.encode("utf-8", "backslashreplace").decode("utf-8"),
            reply and self._compress(jsonlines.encode(reply)),
        )

    def in_doubt(self) -> int:
        """Return what may have been spent beyond what the attempts say, in 1e-12 USD."""
        with self._explained():
            row = self._database.execute("SELECT value FROM about WHERE name = 'in_doubt'").fetchone()
        return 0 if row is None else int(row[0])

    def pledge(self, in_doubt: int) -> None:
        """Write down what may have been spent beyond what the attempts say; when this returns it is on disk."""
        self.add((), in_doubt)
        self.commit()

    def noted(self, name: str) -> int:
        """Return the number that was noted under a name, 0 where none was."""
        with self._explained():
            row = self._database.execute("SELECT value FROM about WHERE name = ?", (f"noted {name}",)).fetchone()
        return 0 if row is None else int(row[0])

    def note(self, name: str, number: int) -> None:
        """Note a number under a name, in place of the last one; when this returns it is on disk."""
        with self._explained(), self._undone():
            self._database.execute("BEGIN IMMEDIATE")
            self._database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (f"noted {name}", str(number)))
            self._database.execute("COMMIT")

    def add(self, rows: Iterable[Row], in_doubt: int | None = None) -> None:
        """Begin a transaction and add attempts to it; quick, because nothing is forced to disk before `commit`.

        With an amount in doubt, that takes the place of the last one.
        A transaction that an interrupt left open is given up first: nobody was told that it was on disk.
        """
        with self._explained(), self._undone():
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(_INSERT, rows)
            if in_doubt is not None:
                self._database.execute("INSERT OR REPLACE INTO about VALUES ('in_doubt', ?)", (str(in_doubt),))

    def commit(self) -> None:
        """End the transaction; when this returns it is on disk."""
        with self._explained(), self._undone():
            self._database.execute("COMMIT")

    @contextmanager
    def _undone(self) -> Iterator[None]:
        try:
            yield
        except BaseException:  # an interrupt too must leave no half transaction; it is raised again
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise

    def attempts(self, key: str) -> list[Attempt]:
        """Return every attempt at a request, in the order they were made."""
        with self._explained():
            rows = self._database.execute(f"{_READ} WHERE key = ? ORDER BY id", (key,)).fetchall()
        return [self._attempt(key, *row) for row in rows]

    def standing(self, key: str, max_tokens: int | None) -> Standing:
        """Return how a request with this limit stands, without reading its replies."""
        with self._explained():
            rows = self._database.execute(
                "SELECT max_tokens, finish_reason, cut_off, cost FROM attempts WHERE key = ?"
                " AND reply IS NOT NULL ORDER BY id",
                (key,),
            ).fetchall()
        found = [
            Attempt(
                key=key,
                max_tokens=limit,
                started=0.0,
                seconds=0.0,
                reply=Reply(content="", finish_reason=reason),
                cut_off=bool(cut_off),
                cost=cost,
            )
            for limit, reason, cut_off, cost in rows
        ]
        limits = [attempt.max_tokens for attempt in found if attempt.is_cut and attempt.max_tokens is not None]
        return Standing(
            served=best_serving(found, max_tokens) is not None,
            cost=sum(attempt.cost or 0 for attempt in found),
            cut_at=max(limits, default=None),
        )

    def tally(self) -> Tally:
        """Return what the ledger holds in all."""
        with self._explained():
            attempts, replies, keys, prompt, completion, millions, rest = self._database.execute(
                "SELECT count(*), count(reply), count(DISTINCT key), total(prompt_tokens), total(completion_tokens),"  # noqa: S608 - ours
                f" {_COST} FROM attempts"
            ).fetchone()
        return Tally(attempts, replies, keys, int(prompt), int(completion), _cost(millions, rest) or 0)

    def pulse(self, since: float) -> Pulse:
        """Return how the ledger grows.

        Args:
            since: The moment, in seconds since the epoch, after which replies count as late ones.
        """
        with self._explained():
            row = self._database.execute(
                "SELECT count(*), count(DISTINCT key) FILTER (WHERE reply IS NOT NULL AND finish_reason IS NOT"  # noqa: S608 - ours
                " 'interrupted'), total(cut_off), total(prompt_tokens) + total(completion_tokens),"
                f" {_COST},"
                " count(*) FILTER (WHERE reply IS NOT NULL AND NOT reused AND started + seconds >= ?),"
                " min(started) FILTER (WHERE NOT reused), max(started + seconds) FILTER (WHERE NOT reused)"
                " FROM attempts",
                (since,),
            ).fetchone()
            kinds = self._database.execute(
                "SELECT kind, count(*) FROM attempts WHERE kind IS NOT NULL GROUP BY kind ORDER BY count(*) DESC"
            ).fetchall()
        attempts, done, truncated, tokens, millions, rest, lately, first, last = row
        return Pulse(
            attempts=attempts,
            done=done,
            truncated=int(truncated),
            tokens=int(tokens),
            cost=_cost(millions, rest),
            lately=lately,
            first=first,
            last=last,
            failures=dict(kinds),
        )

    def lengths(self, shares: Sequence[float]) -> dict[float, int]:
        """Return for each share the tokens that hold so many of the finished replies; empty where no count is known."""
        with self._explained():
            (count,) = self._database.execute(f"SELECT count(*) {_FINISHED}").fetchone()
            places = {share: math.ceil(share * count) - 1 for share in shares if count}
            query = f"SELECT completion_tokens {_FINISHED} ORDER BY completion_tokens LIMIT 1 OFFSET ?"
            return {share: self._database.execute(query, (place,)).fetchone()[0] for share, place in places.items()}

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

    def _attempt(self, key: str, *row: Any) -> Attempt:  # noqa: ANN401 - what SQLite holds
        max_tokens, started, seconds, cut_off, billed, cost, reused, kind, error, reply = row
        return Attempt(
            key=key,
            max_tokens=max_tokens,
            started=started,
            seconds=seconds,
            cut_off=bool(cut_off),
            billed=None if billed is None else bool(billed),
            cost=cost,
            reused=bool(reused),
            kind=kind,
            error=error,
            reply=self._reply(key, reply),
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


def _cost(millions: int | None, rest: int | None) -> int | None:
    """Return the cost that two sums come to, or None where no cost is known."""
    return None if millions is None or rest is None else millions * 10**6 + rest
