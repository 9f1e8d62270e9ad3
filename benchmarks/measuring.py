"""Run a command and say what it took: CPU time and memory of it and of all processes that it starts."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

SAMPLING_SECONDS = 0.05
PEERS = Path(__file__).parents[1] / ".venv-peers" / "bin" / "python"
"""Python of the environment that `make bench` and `make quality` make for them."""


class Spent(msgspec.Struct, frozen=True):
    """What a command took, its descendants included."""

    cpu: float
    """Seconds of user and system time."""
    wall: float
    """Seconds from start to end."""
    peak: int
    """Most memory at a time in bytes: the sum of the proportional set sizes, in which shared pages count once."""


def run(command: Sequence[str | Path]) -> Spent:
    """Run a command to its end.

    Raises:
        RuntimeError: It failed.
    """
    began = time.monotonic()
    peak = 0
    with tempfile.TemporaryFile() as said, _started(command, said) as process:
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, _memory_of(process.pid))
            time.sleep(SAMPLING_SECONDS)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {said.read().decode()[-2000:]}")
    return Spent(usage.ru_utime + usage.ru_stime, wall, peak)


def _started(command: Sequence[str | Path], said: IO[bytes]) -> "subprocess.Popen[bytes]":
    words = list(map(str, command))
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=said)  # noqa: S603 - commands of our own


def say(text: str, end: str = "\n") -> None:
    """Print at once, so that one sees how far a benchmark is."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


def python(*arguments: str | Path) -> list[str | Path]:
    """Return the command that runs this Python."""
    return [sys.executable, *arguments]


def peer(script: str, *arguments: str | Path) -> list[str | Path]:
    """Return the command that runs a script of `benchmarks/peers` with other people's libraries."""
    return [PEERS, Path(__file__).parent / "peers" / script, *arguments]


def _memory_of(pid: int) -> int:
    """Return the memory of a process and its descendants, as far as they are still there."""
    total = 0
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
        for thread in Path(f"/proc/{pid}/task").iterdir():
            total += sum(_memory_of(int(child)) for child in (thread / "children").read_text().split())
    return total
