"""One writer at a time."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from curate.errors import OutputError
from curate.folders import OutputFolder
from tests.folders.results import publish, results

ROOT = Path(__file__).parents[2]
FILES = {"kept/part-00000.jsonl": b"1\n"}
WRITER = """
import sys
from pathlib import Path
from curate.folders import OutputFolder

with OutputFolder(Path(sys.argv[1]), kind="curated") as folder:
    (folder.work / "half").write_bytes(b"half")
    print("writing", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _another_writer(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that is writing to a folder, until its input is closed."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "writing\n"
            yield writer
        finally:
            writer.kill()


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    """A second writer is told who the first one is, and disturbs nothing; after the first has ended it may write."""
    with _another_writer(tmp_path) as writer:
        named = rf"is being written by process {writer.pid} on {socket.gethostname()};"
        for _ in range(2):
            with pytest.raises(OutputError, match=named):
                publish(tmp_path, FILES, replace=True)
        assert (tmp_path / ".curate-work" / "half").read_bytes() == b"half"
        writer.communicate("")
        assert writer.returncode == 0
        publish(tmp_path, FILES)
    assert results(tmp_path) == FILES


def test_the_lock_of_a_dead_writer_binds_nobody(tmp_path: Path) -> None:
    """A writer that was killed holds no lock, though its file is still there."""
    with _another_writer(tmp_path) as writer:
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert (tmp_path / ".curate-lock").exists()
        publish(tmp_path, FILES)
    assert results(tmp_path) == FILES


def test_one_process_is_no_exception(tmp_path: Path) -> None:
    """The lock holds within one process too, and for folders apart there are locks apart."""
    with OutputFolder(tmp_path / "a", kind="curated"):
        with pytest.raises(OutputError, match=f"process {os.getpid()} "):
            publish(tmp_path / "a", FILES)
        publish(tmp_path / "b", FILES)
