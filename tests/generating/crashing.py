"""Kill a run at each of its dealings with files in turn: `python -m tests.generating.crashing FOLDER RECIPE [RECIPE]`.

Each time a child is forked that dies by `kill -9` right before the n-th file is opened, moved or removed in its run's
folder; then another child goes on. With a second recipe, the run of the first one is there already, and what is
disturbed is how the second one takes its place. Prints one line of JSON: the number of moments, those that left a
manifest which lies, and those after which the run did not end like an undisturbed one.
"""

import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from curate.folders import describe_file, read_manifest
from tests.generating.running import answered, run_here

EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.scandir", "os.truncate", "sqlite3.connect"}


def main() -> None:
    """Try every moment."""
    folder, *recipes = map(Path, sys.argv[1:])
    fresh, before, undisturbed, run = (folder / name for name in ("fresh", "before", "undisturbed", "run"))
    assert _child(fresh, recipes[-1], None)
    if recipes[:-1]:
        assert _child(before, recipes[0], None)
        shutil.copytree(before, undisturbed)
    assert _child(undisturbed, recipes[-1], None)
    lying: list[int] = []
    different: list[int] = []
    for moment in count(1):
        shutil.rmtree(run, ignore_errors=True)
        if before.exists():
            shutil.copytree(before, run)
        survived = _child(run, recipes[-1], moment)
        if not _is_whole(run):
            lying.append(moment)
        again = _child(run, recipes[-1], None)
        if not again or _all(run) != _all(fresh) or answered(run) != answered(undisturbed):
            different.append(moment)
        if survived:
            break
    sys.stdout.write(json.dumps({"moments": moment - 1, "lying": lying, "different": different}))


def _child(run: Path, recipe: Path, moment: int | None) -> bool:
    """Generate in a forked child that dies before its n-th dealing with a file; returns whether it ended well."""
    child = os.fork()
    if child == 0:
        if moment is not None:
            _die_before(run, moment)
        try:
            run_here(run, recipe.read_text("utf-8"), base=recipe.parent)
        finally:
            os._exit(sys.exc_info()[0] is not None)
    return os.waitpid(child, 0)[1] == 0


def _die_before(run: Path, moment: int) -> None:
    inside, done = str(run), 0

    def notice(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event in EVENTS and inside in str(arguments[0]):
            done += 1
            if done == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(notice)


def _is_whole(run: Path) -> bool:
    """Say whether a folder has no manifest, or all that its manifest lists."""
    manifest = read_manifest(run)
    if manifest is None:
        return True
    return all((run / file.path).exists() and describe_file(run / file.path, run) == file for file in manifest.files)


def _all(run: Path) -> dict[str, bytes]:
    """Return every file of a run with its bytes, but those that tell of times."""
    files = {path.relative_to(run).as_posix(): path for path in run.rglob("*") if path.is_file()}
    return {
        name: b"" if name in {"ledger.sqlite", "history.jsonl"} else path.read_bytes() for name, path in files.items()
    }


if __name__ == "__main__":
    main()
