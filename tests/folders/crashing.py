"""Writers that die: at every line of `curate/folders.py` and before every file operation, one after the other.

    python -m tests.folders.crashing SCENARIO

Runs in a process of its own, because it forks. Prints how many deaths were survived.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from curate import folders
from tests.folders.results import MEMORY, Files, is_whole, publish, results, tree

OLD = {"kept/part-00000.jsonl": b"1\n2\n", "verdicts.parquet": b"\x00", "a/b/c.jsonl": b"3\n"}
NEW = {"kept/part-00000.jsonl": b"4\n", "kept/part-00001.jsonl": b"5\n", "README.md": b"#\n"}
THEIRS = {"notes.txt": b"mine", "kept/notes.txt": b"mine too"}
FILE_OPERATIONS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"}
DIED = 9

Step = Callable[[Path], None]


class Death:
    """Ends this process when its `point`-th step comes."""

    def __init__(self, point: int) -> None:
        self.left = point

    def arrange(self) -> None:
        """Begin to count."""
        sys.addaudithook(self._before_operation)
        sys.settrace(self._in_frame)

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            os._exit(DIED)

    def _before_operation(self, event: str, _arguments: tuple[Any, ...]) -> None:
        if event in FILE_OPERATIONS:
            self._step()

    def _in_frame(self, frame: FrameType, event: str, _argument: object) -> Callable[..., Any] | None:
        if frame.f_code.co_filename != folders.__file__:
            return None
        if event == "line":
            self._step()
        return self._in_frame


def dies(step: Step, path: Path, point: int) -> bool:
    """Take a step in a process that dies at a point; returns whether it came to that."""
    child = os.fork()
    if not child:
        Death(point).arrange()
        step(path)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, DIED}, code
    return code == DIED


def write_first(path: Path) -> None:
    """Write a result where none was."""
    publish(path, NEW)


def replace(path: Path) -> None:
    """Write a result where one may be."""
    publish(path, NEW, replace=True)


def nothing(_path: Path) -> None:
    """Leave the folder empty."""


def old_result(path: Path) -> None:
    """Make the folder hold a finished result."""
    publish(path, OLD)


def old_result_beside_theirs(path: Path) -> None:
    """Make the folder hold a finished result and files of the user."""
    publish(path, OLD)
    for name, data in THEIRS.items():
        (path / name).write_bytes(data)


def is_sound(path: Path, old: Files, theirs: Files) -> None:
    """Check what a dead writer left: a whole result or none, and no half-written file under a final name."""
    seen = {name: data for name, data in results(path).items() if not name.startswith(".curate-")}
    assert all(data in {old.get(name), NEW.get(name), theirs.get(name)} for name, data in seen.items()), seen
    assert theirs.items() <= seen.items(), seen
    if (path / "manifest.json").exists():
        assert is_whole(path)
        assert seen in ({**old, **theirs}, {**NEW, **theirs}), seen


def goes_on(path: Path, again: Step, theirs: Files) -> None:
    """Check that the next writer makes what an undisturbed one would have made."""
    if again is write_first and (path / "manifest.json").exists():
        assert results(path).items() >= NEW.items(), tree(path)
        again = replace
    again(path)
    assert results(path) == {**NEW, **theirs}, tree(path)
    assert is_whole(path)


def deaths(before: Step, step: Step, *, every: int = 1) -> Iterator[tuple[int, Path]]:
    """Yield the folder after a death at each point of a step, until one step comes to its end."""
    for point in count(0, every):
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            path = Path(folder)
            before(path)
            if not dies(step, path, point):
                return
            yield point, path


def die_once(before: Step, step: Step, old: Files, theirs: Files, *, every: int = 1) -> int:
    """Die at each point of a step, or at some of them, and go on."""
    total = 0
    for _, path in deaths(before, step, every=every):
        is_sound(path, old, theirs)
        goes_on(path, step, theirs)
        total += 1
    return total


def die_twice() -> int:
    """Die while replacing, and again while the next writer is at work."""
    total = 0
    for _, dead in deaths(old_result, replace, every=50):
        for _, path in deaths(partial(copy, dead), replace, every=9):
            is_sound(path, OLD, {})
            goes_on(path, replace, {})
            total += 1
    return total


def copy(folder: Path, path: Path) -> None:
    """Make a folder hold what another one holds."""
    shutil.copytree(folder, path, dirs_exist_ok=True)


SCENARIOS: dict[str, Callable[[], int]] = {
    "first": lambda: die_once(nothing, write_first, {}, {}),
    "replacing": lambda: die_once(old_result, replace, OLD, {}),
    "beside-files-of-the-user": lambda: die_once(old_result_beside_theirs, replace, OLD, THEIRS, every=3),
    "twice": die_twice,
}

if __name__ == "__main__":
    sys.stdout.write(f"{SCENARIOS[sys.argv[1]]()}\n")
