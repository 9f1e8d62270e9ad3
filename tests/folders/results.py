"""A result that is small and whole, and what a folder holds."""

import hashlib
import os
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from curate.folders import Kind, OutputFolder, read_manifest
from curate.manifests import CuratedManifest, LineCounts, RowCounts, RunManifest, SampleCounts, TokenCounts

MANIFEST = CuratedManifest(
    curate="0",
    recipe=None,
    fingerprint="",
    rows=RowCounts(in_=0, kept=0, dropped=0, unreadable=0),
    lines=LineCounts(in_=0, with_rows=0, unreadable=0, blank=0),
    dropped_by={},
    outcomes={},
    shapes={},
    formats={},
    checks=(),
    columns={},
    inputs=(),
)
"""What `commit` is given; it fills in the files."""
RUN_MANIFEST = RunManifest(
    curate="0",
    recipe="r",
    fingerprint="",
    problems=0,
    repeated=0,
    samples=SampleCounts(planned=0, traces=0, failed=0, pending=0),
    unreadable=0,
    tokens=TokenCounts(prompt=0, completion=0),
)

Files = Mapping[str, bytes]

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a folder in memory, where there is one
"""Where folders that are made by the hundred go."""


def publish(
    path: Path, files: Files, *, kind: Kind = "curated", replace: bool = False, residents: tuple[str, ...] = ()
) -> None:
    """Write files as a result of ours."""
    with OutputFolder(path, kind=kind, replace=replace, residents=residents) as folder:
        build(folder, files)
        folder.commit(MANIFEST)


def build(folder: OutputFolder, files: Files) -> None:
    """Write files below the work folder."""
    for name, data in files.items():
        target = folder.work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def tree(path: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones included, with its bytes."""
    return {found.relative_to(path).as_posix(): found.read_bytes() for found in path.rglob("*") if found.is_file()}


def results(path: Path) -> dict[str, bytes]:
    """Return the files of a folder but its manifest."""
    return {name: data for name, data in tree(path).items() if name != "manifest.json"}


def is_whole(path: Path) -> bool:
    """Say whether a folder has a manifest, and every file that it lists as it says."""
    manifest = read_manifest(path)
    return manifest is not None and all(
        hashlib.sha256((path / file.path).read_bytes()).hexdigest() == file.sha256 for file in manifest.files
    )


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """Let every write beyond `size` bytes of a file fail."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
