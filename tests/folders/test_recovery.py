"""Wherever a writer dies, the next one ends as if nothing had been."""

import subprocess
import sys
from pathlib import Path

import pytest

from curate.errors import OutputError
from tests.folders.crashing import SCENARIOS
from tests.folders.results import publish, results, tree

ROOT = Path(__file__).parents[2]
FILES = {"kept/part-00000.jsonl": b"1\n"}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_writer_that_dies(scenario: str) -> None:
    """Wherever a writer dies, no final name holds half a file, and the next one ends as if nothing had been."""
    command = [sys.executable, "-m", "tests.folders.crashing", scenario]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 80


def test_work_of_a_writer_that_died(tmp_path: Path) -> None:
    """What a writer left in its work folder before it could publish is taken away."""
    (tmp_path / ".curate-work" / ".units").mkdir(parents=True)
    (tmp_path / ".curate-work" / ".units" / "00000.state").write_bytes(b"half")
    (tmp_path / ".curate-lock").write_bytes(b"process 1 on another machine")
    publish(tmp_path, FILES)
    assert results(tmp_path) == FILES


def test_a_work_folder_beside_files_of_the_user(tmp_path: Path) -> None:
    """In a folder that is not ours nothing is taken away, whatever it is called."""
    (tmp_path / ".curate-work").mkdir()
    (tmp_path / ".curate-work" / "thesis.txt").write_bytes(b"mine")
    (tmp_path / "notes.txt").write_bytes(b"mine too")
    before = tree(tmp_path)
    with pytest.raises(OutputError, match="not ours"):
        publish(tmp_path, FILES)
    assert tree(tmp_path) == before
