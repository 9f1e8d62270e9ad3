"""Output folders: one writer, no half-written file under a final name, nobody else's files touched.

A result is built in `DIR/.work/` and moved into place at the end, the manifest last, so a folder with a manifest is
whole. Before the first move, `.work/moving.json` names every file that is about to come and go: whoever finds it after
a crash knows that those files are ours and unfinished.

    with OutputFolder(path, kind="curated", replace=False) as folder:
        ... write below folder.work ...
        folder.commit(manifest)
"""

import errno
import fcntl
import hashlib
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar

import msgspec

from curate import jsonlines
from curate.errors import OutputError
from curate.manifests import CuratedManifest, FileEntry, RunManifest
from curate.records import JSON

Kind = Literal["run", "curated"]

MANIFEST = "manifest.json"
LOCK = ".lock"
WORK = ".work"
MOVING = "moving.json"
MADE_BY = "curate"

M = TypeVar("M", RunManifest, CuratedManifest)


class OutputFolder:
    """A folder while it is being written; enter it to take the lock, `commit` to publish what was built.

    Args:
        path: The folder; made when it is not there.
        kind: What we write there; a folder that holds another kind of result is refused.
        replace: Whether a finished result of ours may be replaced.
        residents: Names that live in the folder beside the result and are never moved or removed by it.

    Raises:
        OutputError: On entry, when the folder has another writer, or holds something that is not ours to replace.
    """

    def __init__(self, path: Path, *, kind: Kind, replace: bool = False, residents: tuple[str, ...] = ()) -> None:
        self.path = path
        self.kind = kind
        self.replace = replace
        self.residents = residents
        self.work = path / WORK
        self._lock: int | None = None

    def __enter__(self) -> Self:
        with writing_to(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = _take_lock(self.path / LOCK)
            try:
                self._recover()
                self._refuse_what_is_not_ours()
                self.work.mkdir()
            except BaseException:
                self._release()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not (self.work / MOVING).exists():
            shutil.rmtree(self.work, ignore_errors=True)
        self._release()

    def commit(self, manifest: M) -> M:
        """Move everything below `work` into place and write the manifest last.

        Args:
            manifest: What to say of the result; its `files` are filled in here.

        Returns:
            The manifest as written.
        """
        with writing_to(self.path):
            files = tuple(describe_file(path, self.work) for path in _files_below(self.work))
            manifest = msgspec.structs.replace(manifest, files=files)
            new = [file.path for file in files]
            old: list[str] = [file["path"] for file in (read_manifest(self.path) or {"files": []})["files"]]
            write_whole(self.work / MOVING, jsonlines.encode({"kind": self.kind, "remove": old, "place": new}))
            self._remove([MANIFEST, *old])
            for name in new:
                target = self.path / name
                target.parent.mkdir(parents=True, exist_ok=True)
                (self.work / name).replace(target)
            sync_folders(self.path, new)
            write_whole(self.path / MANIFEST, pretty(manifest))
            shutil.rmtree(self.work)
        return manifest

    def _recover(self) -> None:
        """Take away what an earlier writer left: its work, and what it had moved when it died."""
        moving = self.work / MOVING
        if moving.exists() and read_manifest(self.path) is None:
            plan = jsonlines.decode(moving.read_bytes())
            self._remove([*plan["remove"], *plan["place"]])
        if self.work.exists():
            shutil.rmtree(self.work)

    def _refuse_what_is_not_ours(self) -> None:
        found = sorted(entry.name for entry in os.scandir(self.path) if entry.name not in {LOCK, *self.residents})
        if not found:
            return
        manifest = read_manifest(self.path)
        if manifest is None or manifest.get("kind") != self.kind:
            some = ", ".join(found[:3]) + (" ..." if len(found) > 3 else "")  # noqa: PLR2004
            raise OutputError(
                f"{self.path} is not empty and what is in it is not ours ({some}); choose another -o folder"
            )
        if not self.replace:
            raise OutputError(
                f"{self.path} already holds a finished result; pass --replace, or choose another -o folder"
            )

    def _remove(self, names: list[str]) -> None:
        for name in names:
            (self.path / name).unlink(missing_ok=True)
        for folder in sorted({parent for name in names for parent in Path(name).parents}, reverse=True):
            if folder != Path() and (self.path / folder).is_dir() and not any((self.path / folder).iterdir()):
                (self.path / folder).rmdir()

    def _release(self) -> None:
        if self._lock is not None:
            (self.path / LOCK).unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None


def _take_lock(path: Path) -> int:
    """Lock `path` for this process; the file names the writer, and goes when the lock is released."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            writer = os.read(descriptor, 200).decode("utf-8", "replace") or "another process"
            os.close(descriptor)
            raise OutputError(
                f"{path.parent} is being written by {writer}; wait for it, or choose another folder"
            ) from None
        if path.exists() and os.fstat(descriptor).st_ino == path.stat().st_ino:
            os.truncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}".encode())
            return descriptor
        os.close(descriptor)  # the last writer removed the file between our open and our lock


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn what the operating system says of a full disk or missing rights into one sentence.

    Raises:
        OutputError: With the folder's name and the reason.
    """
    try:
        yield
    except OSError as error:
        what = "the disk is full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else (error.strerror or str(error))
        raise OutputError(f"cannot write to {path}: {what}") from error


def read_manifest(path: Path) -> JSON | None:
    """Return the manifest of a folder that we wrote, or None when there is none or it is not ours."""
    try:
        manifest = jsonlines.decode((path / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, jsonlines.UnreadableLineError):
        return None
    return manifest if manifest.get("made_by") == MADE_BY else None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it appears complete or not at all, also after a power cut."""
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def describe_file(path: Path, root: Path) -> FileEntry:
    """Return what a manifest says of a file; its bytes are on disk afterwards."""
    digest = hashlib.sha256()
    rows = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            rows += block.count(b"\n")
        os.fsync(file.fileno())
        size = file.tell()
    return FileEntry(
        path=path.relative_to(root).as_posix(),
        bytes=size,
        sha256=digest.hexdigest(),
        rows=rows if path.suffix == ".jsonl" else None,
    )


def pretty(value: object) -> bytes:
    """Return JSON for files that people open: indented, with a newline at the end."""
    return msgspec.json.format(jsonlines.encode(value), indent=2) + b"\n"


def sync_folders(root: Path, names: list[str]) -> None:
    """Make the entries of `names` below `root` durable."""
    for folder in {root / Path(name).parent for name in names}:
        _sync(folder)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _files_below(folder: Path) -> list[Path]:
    """Return every file to publish; names that start with a dot are scratch and stay behind."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
