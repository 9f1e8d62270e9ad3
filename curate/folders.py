"""Output folders: one writer, no half-written file under a final name, nobody else's files touched.

A result is built in `DIR/.curate-work/` and moved into place at the end, the manifest last, so a folder with a manifest
is whole. Before the first move, when all that is new is on disk, `moving.json` there names every file that is about to
come and go: whoever finds it after a crash finishes the moves.

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
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar

import msgspec

from curate import jsonlines
from curate.errors import DataError, NotOursError, OutputError
from curate.layout import MANIFEST
from curate.manifests import CuratedManifest, ExportManifest, FileEntry, Manifest, RunManifest

Kind = Literal["run", "curated", "export"]

LOCK = ".curate-lock"
WORK = ".curate-work"
MOVING = "moving.json"
IDENTITY = ".identity"
"""In `work`: what is being made there, so that only the very same is gone on with."""
MADE_BY = "curate"

M = TypeVar("M", RunManifest, CuratedManifest, ExportManifest)


class Moving(msgspec.Struct, frozen=True, kw_only=True):
    """What a commit is about to do, so that it can be finished after a crash."""

    kind: Kind
    remove: tuple[str, ...]
    """Files of the old result that the new one does not have, relative to the folder."""
    place: tuple[str, ...]
    """Files of the new result, relative to the folder and to its work."""
    made_by: Literal["curate"] = "curate"


class OutputFolder:
    """A folder while it is being written; enter it to take the lock, `commit` to publish what was built.

    Args:
        path: The folder; made when it is not there.
        kind: What we write there; a folder that holds another kind of result is refused.
        replace: Whether a finished result of ours may be replaced.
        residents: Names that live in the folder beside the result and are never moved or removed by it.
        resumable: Whether what a killed writer left in `work` is there for `begin` to look at.

    Raises:
        OutputError: On entry, when the folder has another writer, or holds something that is not ours to replace.
    """

    def __init__(
        self,
        path: Path,
        *,
        kind: Kind,
        replace: bool = False,
        residents: tuple[str, ...] = (),
        resumable: bool = False,
    ) -> None:
        self.path = path
        self.resumable = resumable
        self.kind = kind
        self.replace = replace
        self.residents = residents
        self.work = path / WORK
        self._lock: int | None = None
        self._made = False

    def __enter__(self) -> Self:
        with writing_to(self.path):
            self._made = not self.path.exists()
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = _take_lock(self.path / LOCK)
            try:
                if not self._recover():
                    self._refuse_what_is_not_ours()
                if self.work.exists() and not self.resumable:
                    shutil.rmtree(self.work)
                self.work.mkdir(exist_ok=True)
            except BaseException:  # whatever it is, the lock must not stay behind; it is raised again
                self._release()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not (self.work / MOVING).exists():
            shutil.rmtree(self.work, ignore_errors=True)
        self._release()
        if self._made and error is not None:
            with suppress(OSError):  # not empty: then something of it is to stay
                self.path.rmdir()
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise _told(self.path, error) from error

    def begin(self, identity: bytes | None, *, spare: tuple[str, ...] = ()) -> None:
        """Go on with what a killed writer left in `work` where its work was the very same, else begin from nothing.

        Args:
            identity: What tells one piece of work from another; None where nothing can.
            spare: Names in `work` that stay in any case.
        """
        mark = self.work / IDENTITY
        with writing_to(self.path):
            if identity is None or not mark.exists() or mark.read_bytes() != identity:
                for entry in self.work.iterdir():
                    if entry.name not in spare:
                        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
                write_whole(mark, identity or b"")

    def commit(self, manifest: M, *, known: tuple[FileEntry, ...] = ()) -> M:
        """Move everything below `work` into place and write the manifest last.

        Args:
            manifest: What to say of the result; its `files` are filled in here.
            known: Files that were described, and brought to disk, as they were written.

        Returns:
            The manifest as written.
        """
        with writing_to(self.path):
            described = {entry.path: entry for entry in known}
            files = tuple(
                described.get(path.relative_to(self.work).as_posix()) or describe_file(path, self.work)
                for path in _files_below(self.work)
            )
            manifest = msgspec.structs.replace(manifest, files=files)
            new = tuple(file.path for file in files)
            old = tuple(file.path for file in _files_of(self.path))
            moving = Moving(kind=self.kind, remove=tuple(sorted(set(old) - set(new))), place=new)
            self._refuse_links(moving)
            write_whole(self.work / f".{MANIFEST}", pretty(manifest))
            write_whole(self.work / MOVING, jsonlines.encode(moving))
            self._move(moving)
        return manifest

    def _move(self, moving: "Moving") -> None:
        """Take away the old files, bring the new ones, the manifest last; may be done again from any point."""
        if (self.work / f".{MANIFEST}").exists():
            self._remove((MANIFEST, *moving.remove))
        for name in moving.place:
            target = self.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (self.work / name).exists():
                (self.work / name).replace(target)
        sync_folders(self.path, moving.place)
        if (self.work / f".{MANIFEST}").exists():
            (self.work / f".{MANIFEST}").replace(self.path / MANIFEST)
        _sync(self.path)
        shutil.rmtree(self.work)

    def _recover(self) -> bool:
        """Finish the moves of a writer that died at it; returns whether there was one, so that the folder is ours."""
        if self.work.is_symlink():
            raise OutputError(f"{self.work} is a link; remove it, or choose another -o folder")
        try:
            moving = jsonlines.decode_as((self.work / MOVING).read_bytes(), Moving)
        except (OSError, jsonlines.UnreadableLineError, msgspec.ValidationError):
            return False
        if moving.kind != self.kind or not all(map(_is_inside, (*moving.remove, *moving.place))):
            return False
        self._refuse_links(moving)
        self._move(moving)
        return True

    def _refuse_links(self, moving: "Moving") -> None:
        """Check that every file to come or go lies in the folder itself, not behind a link out of it."""
        for name in {Path(name).parts[0] for name in (*moving.remove, *moving.place)}:
            if (self.path / name).is_symlink():
                raise OutputError(f"{self.path / name} is a link; a result is written only into a folder of its own")

    def _refuse_what_is_not_ours(self) -> None:
        ours = {LOCK, WORK, *self.residents, *(f".{name}.part" for name in self.residents)}
        found = sorted(entry.name for entry in os.scandir(self.path) if entry.name not in ours)
        if not found:
            return
        if _undamaged_kind(self.path) != self.kind:
            some = ", ".join(found[:3]) + (" ..." if len(found) > 3 else "")  # noqa: PLR2004
            raise NotOursError(
                f"{self.path} is not empty and what is in it is not ours ({some}); choose another -o folder"
            )
        if not self.replace:
            raise NotOursError(
                f"{self.path} already holds a finished result; pass --replace, or choose another -o folder"
            )

    def _remove(self, names: tuple[str, ...]) -> None:
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


def is_going_on(path: Path) -> bool:
    """Say whether somebody writes a folder at this moment; nothing in it is changed."""
    try:
        descriptor = os.open(path / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


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
            with suppress(OSError):  # the lock holds on a full disk too; only its name is missing then
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
        raise _told(path, error) from error


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


def _told(path: Path, error: OSError) -> OutputError:
    what = "the disk is full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else (error.strerror or str(error))
    return OutputError(f"cannot write to {path}: {what}")


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest of a folder that we wrote, or None when there is none or it is not ours.

    Raises:
        DataError: It is ours and damaged.
    """
    try:
        manifest = jsonlines.decode((path / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, jsonlines.UnreadableLineError):
        return None
    shapes: dict[str, type[Manifest]] = {"run": RunManifest, "curated": CuratedManifest, "export": ExportManifest}
    shape = shapes.get(str(manifest.get("kind")))
    if manifest.get("made_by") != MADE_BY or shape is None:
        return None
    try:
        found: Manifest = msgspec.convert(manifest, shape)
    except msgspec.ValidationError as error:
        raise DataError(f"{path / MANIFEST} is damaged: {error}") from error
    if not all(_is_inside(file.path) for file in found.files):
        raise DataError(f"{path / MANIFEST} names files outside its folder")
    return found


def _is_inside(name: str) -> bool:
    """Say whether a name that stands in a file of ours stays in its folder, and is none of the hidden ones."""
    parts = name.split("/")
    return all(part and not part.startswith(".") for part in parts) and "\\" not in name and "\0" not in name


def kind_of(path: Path) -> Kind | None:
    """Return what a folder of ours holds, or None when it is no folder of ours."""
    manifest = read_manifest(path)
    return manifest.kind if manifest else None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it appears complete or not at all, also after a power cut."""
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def _undamaged_kind(path: Path) -> Kind | None:
    try:
        return kind_of(path)
    except DataError:
        return None


def _files_of(path: Path) -> tuple[FileEntry, ...]:
    manifest = read_manifest(path)
    return manifest.files if manifest else ()


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


def sync_folders(root: Path, names: tuple[str, ...]) -> None:
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
