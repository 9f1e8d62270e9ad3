"""`kill -9` of a process that writes the ledger."""

import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from curate.ledger import Ledger
from tests.ledger.writing import transaction

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("milliseconds", [3, 40, 130])
def test_whole_transactions_only(tmp_path: Path, milliseconds: int) -> None:
    """After `kill -9` the ledger holds whole transactions, all that were acknowledged, and nothing out of order."""
    path = tmp_path / "ledger.sqlite"
    acknowledged = _write_and_kill(path, milliseconds / 1000)
    assert acknowledged >= 0
    with Ledger(path) as ledger:
        for number in count():
            found = ledger.attempts(str(number))
            if not found:
                break
            assert found == transaction(number)
        assert number - 1 in {acknowledged, acknowledged + 1}
        assert ledger.tally().keys == number


def test_reading_after_a_kill(tmp_path: Path) -> None:
    """What a killed writer had committed is there for a reader, too, before any writer cleans up."""
    path = tmp_path / "ledger.sqlite"
    acknowledged = _write_and_kill(path, 0.05)
    assert path.with_name("ledger.sqlite-wal").exists()
    with Ledger(path, readonly=True) as ledger:
        assert ledger.attempts(str(acknowledged)) == transaction(acknowledged)


def _write_and_kill(path: Path, seconds: float) -> int:
    """Let a process write for a while after its first transaction; returns the last number it acknowledged."""
    command = [sys.executable, "-m", "tests.ledger.writing", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
    return int((first + rest).split(b"\n")[-2])
