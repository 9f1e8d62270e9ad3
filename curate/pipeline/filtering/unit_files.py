"""The files that the rows of one unit go to; each is there whole, under its own name, or not at all."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

from curate.layout import DROPPED, KEPT, UNREADABLE
from curate.pipeline.filtering.job import Job
from curate.reading.lines import Unit

PARTS = (KEPT, DROPPED, UNREADABLE)
"""Folders that the file of a unit becomes a part of as it is; formats are cut anew into shards."""
HELD_BYTES = 2**18
SYNCED_BYTES = 2**23
"""After so much that was written the disk is asked to take it, in a thread: then the next rows need not wait for it."""


def unit_file(job: Job, unit: Unit, *name: str) -> Path:
    """Return a file of a unit's own rows."""
    return job.unit_path(unit.index, f"{'.'.join(name)}.jsonl")


def problems_stem(job: Job, unit: Unit) -> Path:
    """Return what the files of a unit's signed problems are named after."""
    return job.unit_path(unit.index, "problems")


def spare_stem(job: Job) -> Path:
    """Return the same for the problems of rows that are made when all units are done."""
    return job.scratch / "all-problems"


class _RowFile:
    """One of them while it is being written: rows are counted, and hashed while they are at hand."""

    def __init__(self, path: Path, syncing: Executor) -> None:
        self.path = path
        self._syncing = syncing
        self._synced: list[Future[None]] = []
        self._asked_bytes = 0
        self.rows = 0
        self.bytes = 0
        self._digest = hashlib.sha256()
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._file = path.with_name(f"{path.name}.part").open("wb", buffering=0)

    def write(self, line: bytes) -> None:
        """Add one line, given with its newline."""
        self.rows += 1
        self._held.append(line)
        self._held_bytes += len(line)
        if self._held_bytes > HELD_BYTES:
            self._flush()
            self._sync_beside()

    def _flush(self) -> None:
        data = memoryview(b"".join(self._held))
        self._digest.update(data)
        self.bytes += len(data)
        while data:
            data = data[self._file.write(data) :]
        self._held, self._held_bytes = [], 0

    def _sync_beside(self) -> None:
        if self.bytes - self._asked_bytes > SYNCED_BYTES:
            self._synced.append(self._syncing.submit(os.fsync, self._file.fileno()))
            self._asked_bytes = self.bytes

    def publish(self) -> None:
        """Write what is held, and give the file its name."""
        self._flush()
        os.fsync(self._file.fileno())
        for synced in self._synced:  # what the disk could not take is said once, to the first who asks
            synced.result()
        self._file.close()
        Path(self._file.name).replace(self.path)

    def close(self) -> None:
        """Leave it unfinished."""
        self._file.close()

    def described(self) -> tuple[int, int, str]:
        """Return its rows, bytes and SHA-256."""
        return self.rows, self.bytes, self._digest.hexdigest()


class UnitFiles:
    """The files of one unit, opened with their first row; a context manager."""

    def __init__(self, job: Job, unit: Unit) -> None:
        self.job = job
        self.unit = unit
        self._files: dict[tuple[str, ...], _RowFile] = {}
        self._syncing = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._syncing.shutdown(cancel_futures=kind is not None)
        for file in self._files.values():
            file.close() if kind else file.publish()

    def write(self, line: bytes, *name: str) -> None:
        """Add one line, given with or without its newline."""
        file = self._files.get(name)
        if file is None:
            file = self._files[name] = _RowFile(unit_file(self.job, self.unit, *name), self._syncing)
        file.write(line if line.endswith(b"\n") else line + b"\n")

    def parts(self) -> Iterator[tuple[str, tuple[int, int, str]]]:
        """Yield the folder of each file that becomes a part of it, and what is known of the file."""
        for name, file in self._files.items():
            if name[0] in PARTS:
                yield name[0], file.described()
