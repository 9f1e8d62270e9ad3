"""The ledger's file: damaged, of another version, of somebody else, locked, read only, or half made."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from curate.attempts import Attempt
from curate.errors import Exit, LedgerError
from curate.ledger import VERSION, Ledger
from curate.records import Reply

ATTEMPT = Attempt(key="k", max_tokens=8, started=0.0, seconds=0.0, reply=Reply(content="It is 4. " * 2000))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with 200 replies."""
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        ledger.record(
            [Attempt(key=f"k{n}", max_tokens=n, started=0, seconds=0, reply=ATTEMPT.reply) for n in range(200)]
        )
    return path


def _no_database(path: Path) -> None:
    path.write_bytes(b"What is 2 + 2? The answer is 4.\n" * 100)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)


def _another_version(path: Path) -> None:
    _execute(path, "UPDATE about SET value = ?", str(VERSION + 1))


def _no_version(path: Path) -> None:
    _execute(path, "DELETE FROM about")


def _damaged_replies(path: Path) -> None:
    _execute(path, "UPDATE attempts SET reply = x'00'")


def _replies_of_another_shape(path: Path) -> None:
    with Ledger(path) as ledger:
        stored = ledger._compress(b'{"text": 5}')  # noqa: SLF001 - what a later version might write
    _execute(path, "UPDATE attempts SET reply = ?", stored)


def _execute(path: Path, statement: str, *values: object) -> None:
    database = sqlite3.connect(path)
    with database:
        database.execute(statement, values)
    database.close()


DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "no database": (_no_database, "is no ledger, or a damaged one: "),
    "cut short": (_cut, "is no ledger, or a damaged one: "),
    "scribbled over": (_scribbled, "is no ledger, or a damaged one: "),
    "another version": (_another_version, f"is a ledger of version {VERSION + 1}; this curate writes {VERSION}"),
    "no version": (_no_version, "is a ledger of version None"),
    "damaged replies": (_damaged_replies, "is damaged: a reply to k0 cannot be read: "),
    "replies of another shape": (_replies_of_another_shape, "is damaged: a reply to k0 cannot be read: "),
}


@pytest.mark.parametrize("readonly", [False, True], ids=["writing", "reading"])
@pytest.mark.parametrize("damage,said", DAMAGE.values(), ids=DAMAGE)
def test_damage(path: Path, damage: Callable[[Path], None], said: str, *, readonly: bool) -> None:
    """A damaged file, or one of another version, is an error of the machine that names the file and what is wrong."""
    damage(path)
    with pytest.raises(LedgerError) as caught:
        _read_all(path, readonly=readonly)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)
    assert caught.value.exit_code == Exit.MACHINE


def _read_all(path: Path, *, readonly: bool) -> None:
    with Ledger(path, readonly=readonly) as ledger:
        ledger.attempts("k0")
        ledger.tally()


@pytest.mark.parametrize("damage", [_another_version, _no_database], ids=["another version", "no database"])
def test_what_is_not_ours_is_left_alone(path: Path, damage: Callable[[Path], None]) -> None:
    """A file that is refused is not written to."""
    damage(path)
    before = path.read_bytes()
    with pytest.raises(LedgerError):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_database_of_somebody_else(tmp_path: Path) -> None:
    """A SQLite file of another program is refused, and gets no tables of ours."""
    path = tmp_path / "theirs.sqlite"
    _execute(path, "CREATE TABLE attempts (id)")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="is no ledger"):
        Ledger(path)
    assert path.read_bytes() == before


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    """Reading makes no ledger where there is none."""
    with pytest.raises(LedgerError, match="cannot be used: unable to open database file"):
        Ledger(tmp_path / "l.sqlite", readonly=True)
    assert not list(tmp_path.iterdir())


def test_reading_writes_nothing(path: Path) -> None:
    """A reader leaves the folder as it was: no log, no lock, not a byte of the ledger changed."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with Ledger(path, readonly=True) as ledger:
        assert ledger.tally().replies == 200
        with pytest.raises(LedgerError, match="readonly"):
            ledger.record([ATTEMPT])
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_reading_beside_a_writer(path: Path) -> None:
    """A reader sees what a writer that is still going on has committed."""
    with Ledger(path) as writer, Ledger(path, readonly=True) as early:
        writer.record([ATTEMPT])
        with Ledger(path, readonly=True) as late:
            assert late.attempts("k") == [ATTEMPT]
        assert early.tally().replies in {200, 201}


def test_locked(path: Path) -> None:
    """A ledger that another process holds is an error that says so, after a patient while."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger(path) as ledger:
        ledger._database.execute("PRAGMA busy_timeout = 50")  # noqa: SLF001 - the test need not be as patient
        with pytest.raises(LedgerError, match="database is locked"):
            ledger.record([ATTEMPT])
        other.execute("ROLLBACK")
        other.close()
        ledger.record([ATTEMPT])


def test_folder_is_missing(tmp_path: Path) -> None:
    """A ledger in a folder that is not there is an error of the machine, not a bug."""
    with pytest.raises(LedgerError, match="unable to open database file"):
        Ledger(tmp_path / "missing" / "l.sqlite")


def test_full_disk(path: Path) -> None:
    """A full disk is said in words, and what was committed before stays."""
    with Ledger(path) as ledger:
        pages = ledger._database.execute("PRAGMA page_count").fetchone()[0]  # noqa: SLF001 - a disk with no page left
        ledger._database.execute(f"PRAGMA max_page_count = {pages}")  # noqa: SLF001 - likewise
        with pytest.raises(LedgerError, match="the disk is full"):
            ledger.record([Attempt(key=os.urandom(8).hex(), max_tokens=1, started=0, seconds=0, reply=noise())] * 50)
        assert ledger.tally().attempts == 200


def noise() -> Reply:
    """Return a reply that does not compress."""
    return Reply(content=os.urandom(4000).hex())


HALF_MADE: dict[str, Callable[[Path], None]] = {
    "an empty file": Path.touch,
    "no tables yet": lambda path: _execute(path, "PRAGMA journal_mode = WAL"),
}


@pytest.mark.parametrize("make", HALF_MADE.values(), ids=HALF_MADE)
def test_half_made(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A writer that was killed while it made the file leaves something that the next one finishes."""
    make(tmp_path / "l.sqlite")
    with Ledger(tmp_path / "l.sqlite") as ledger:
        ledger.record([ATTEMPT])
        assert ledger.attempts("k") == [ATTEMPT]


@pytest.mark.parametrize("name,value", [("journal_mode", "wal"), ("synchronous", 2)])
def test_durability(path: Path, name: str, value: str | int) -> None:
    """The ledger is written ahead and synced in full, so a committed reply outlives a power cut."""
    with Ledger(path) as ledger:
        assert ledger._database.execute(f"PRAGMA {name}").fetchone() == (value,)  # noqa: SLF001 - nothing else tells
