"""Benchmarks that a user has named: files of questions, kept in a folder of their own, for `benchmark_leak`."""

import os
import re
import shutil
from pathlib import Path

from curate.errors import UsageError
from curate.reading.sources import SUFFIXES
from curate.recipe.located import nearest

VARIABLE = "CURATE_BENCHMARKS"
"""Environment variable that names another folder."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def folder() -> Path:
    """Return the folder: `curate/benchmarks` of the user's data (XDG base directories), or what the variable names."""
    own = os.environ.get(VARIABLE)
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "curate" / "benchmarks"


def registered() -> dict[str, Path]:
    """Return name to file of every benchmark that was added, by name."""
    files = sorted(folder().glob("*")) if folder().is_dir() else []
    return {name: path for path in files if (name := _stem(path)) and not path.name.startswith(".")}


def _stem(path: Path) -> str | None:
    """Return a file's name without its ending, or None where it is none of ours."""
    return next((path.name.removesuffix(suffix) for suffix in SUFFIXES if path.name.endswith(suffix)), None)


def add(name: str, file: Path) -> Path:
    """Copy a file of questions under a name; another one of that name is replaced.

    Raises:
        UsageError: The name or the kind of file will not do.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a benchmark; write it like gsm8k or math-500")
    suffix = next((suffix for suffix in SUFFIXES if file.name.endswith(suffix)), None)
    if suffix is None:
        raise UsageError(f"{file}: a benchmark is a file of {', '.join(SUFFIXES)}")
    folder().mkdir(parents=True, exist_ok=True)
    target = folder() / f"{name}{suffix}"
    beside = folder() / f".{target.name}.part"
    shutil.copyfile(file, beside)
    for other in (path for path in folder().glob(f"{name}.*") if _stem(path) == name):
        other.unlink()
    return beside.replace(target)


def find(reference: str, base: Path) -> tuple[str, Path]:
    """Return the name and the file of a benchmark: a file, or one that was added under that name.

    Args:
        reference: A path relative to `base`, or a name.
        base: The folder of the recipe.

    Raises:
        UsageError: There is neither.
    """
    path = base / reference
    if path.is_file():
        return _stem(path) or path.name, path
    known = registered()
    if reference in known:
        return reference, known[reference]
    names = f"there are {', '.join(known)}{nearest(reference, known)}" if known else "none was added yet"
    raise UsageError(f"there is no file {reference!r} and no benchmark of that name; {names}: curate benchmarks")
