"""Killed or interrupted at any stage, a filtering goes on with the same command, checks that store rows included."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from curate.folders import read_manifest
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.recipe import load_text
from tests.filtering.command import CURATE, ROOT, curate
from tests.filtering.results import jsonl, sound
from tests.folders.results import tree

UNITS = 50
ROWS = 40
CHECKS = "truncated,exact_duplicate,near_duplicate,missing_answer,final_answer_only"

Ready = Callable[[Path], bool]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many files, each of which is a unit of work, with rows that stand twice."""
    folder = tmp_path_factory.mktemp("inputs")
    for unit in range(UNITS):
        rows = [sound((unit * ROWS + row) % 2000, label="x" * 500) for row in range(ROWS)]
        (folder / f"{unit:03d}.jsonl").write_bytes(jsonl(*rows) + b"[]\n")
    return folder


@pytest.fixture(scope="module")
def undisturbed(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is made when nobody interrupts."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    loaded = load_text("{}", name="r.yaml", base=out, overrides=(f"checks=[{CHECKS}]",))
    filter_into([str(inputs)], out, loaded, FilterOptions(workers=1))
    return tree(out)


def _arguments(inputs: Path, out: Path, workers: int) -> list[str]:
    return ["filter", str(inputs), "-o", str(out), "--checks", CHECKS, "--workers", str(workers)]


def _starting(out: Path) -> bool:
    return (out / ".curate-work").exists()


def _judging(out: Path) -> bool:
    return len(list(out.glob(".curate-work/.units/*.state"))) > UNITS // 10


def _writing(out: Path) -> bool:
    return len(list(out.glob(".curate-work/.units/*.kept.jsonl"))) > UNITS // 10


@contextmanager
def _running(inputs: Path, out: Path, workers: int, ready: Ready) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the command until it has come to a stage."""
    command = [*CURATE, *_arguments(inputs, out, workers)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            until = time.monotonic() + 30
            while not ready(out):
                assert process.poll() is None, "it ended before it came to this stage"
                assert time.monotonic() < until
                time.sleep(0.001)
            yield process
        finally:
            process.kill()


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _holds_back_interrupts(pid: int, how: str) -> bool:
    """Say whether a process ignores (`SigIgn`) or blocks (`SigBlk`) the interrupt of a terminal."""
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return bool(int(status[how], 16) >> (signal.SIGINT - 1) & 1)


def _wait_until_gone(pids: list[int]) -> None:
    until = time.monotonic() + 10
    while any(map(_is_alive, pids)):
        assert time.monotonic() < until, "workers go on after the command is gone"
        time.sleep(0.01)


def _goes_on(inputs: Path, out: Path, undisturbed: dict[str, bytes]) -> None:
    """Check that the same command ends with the result of an undisturbed one."""
    assert read_manifest(out) is None
    done = curate(*_arguments(inputs, out, 2))
    assert done.returncode == 0, done.stderr.decode()
    assert tree(out) == undisturbed


def _kill(inputs: Path, out: Path, workers: int, ready: Ready) -> None:
    """Kill the command with `kill -9`, and check that no worker of it goes on."""
    with _running(inputs, out, workers, ready) as process:
        children = _children(process.pid)
        assert bool(children) is (workers > 1)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        _wait_until_gone(children)


def _interrupt(inputs: Path, out: Path, workers: int, ready: Ready, number: int) -> None:
    """Interrupt the command as a terminal or a scheduler does; check that it says so and leaves nothing behind."""
    with _running(inputs, out, workers, ready) as process:
        os.killpg(process.pid, number) if number == signal.SIGINT else os.kill(process.pid, number)
        assert process.wait() == 130
        said = _said(process)
    assert said.endswith("interrupted; nothing is lost, the same command goes on\n")
    assert "Traceback" not in said
    assert tree(out) == {}


def _said(process: "subprocess.Popen[bytes]") -> str:
    assert process.stderr is not None
    return process.stderr.read().decode()


def test_many_interruptions(tmp_path: Path, inputs: Path, undisturbed: dict[str, bytes]) -> None:
    """Killed and interrupted at several stages, the same command ends with the result of an undisturbed one."""
    out = tmp_path / "out"
    _interrupt(inputs, out, 2, _starting, signal.SIGINT)
    _kill(inputs, out, 2, _judging)
    _interrupt(inputs, out, 2, _writing, signal.SIGINT)
    _kill(inputs, out, 1, _writing)
    _goes_on(inputs, out, undisturbed)


ROW_CHECKS = ["--checks", "missing_answer"]


def _written(out: Path, pattern: str) -> set[tuple[int, int]]:
    """Return what stays of a file when it is moved, and not when it is written anew."""
    return {(path.stat().st_ino, path.stat().st_mtime_ns) for path in out.glob(pattern)}


@pytest.mark.parametrize("more,goes_on", [([], True), (["--checks", "missing_answer,truncated"], False)])
def test_finished_units_are_not_judged_again(tmp_path: Path, inputs: Path, more: list[str], *, goes_on: bool) -> None:
    """After `kill -9` the same command goes on behind the units that are done, and another one begins anew."""
    out = tmp_path / "out"
    command = [*CURATE, "filter", str(inputs), "-o", str(out), "--workers", "1", *ROW_CHECKS]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 30
        while len(list(out.glob(".curate-work/.units/*.done-0"))) < UNITS // 2 and time.monotonic() < until:
            time.sleep(0.001)
        process.kill()
    units = [path.name.split(".")[0] for path in out.glob(".curate-work/.units/*.done-0")]
    assert UNITS // 2 <= len(units) < UNITS
    before = {file for unit in units for file in _written(out, f".curate-work/.units/{unit}.kept.jsonl")}
    assert curate(*command[len(CURATE) :], *more).returncode == 0
    after = _written(out, "kept/*")
    assert len(after) == UNITS
    assert (before <= after) is goes_on


def test_sigterm(tmp_path: Path, inputs: Path) -> None:
    """SIGTERM is an interruption like Ctrl-C, on one and on several workers."""
    _interrupt(inputs, tmp_path / "out", 2, _judging, signal.SIGTERM)
    _interrupt(inputs, tmp_path / "out", 1, _writing, signal.SIGTERM)


def test_workers_that_start(tmp_path: Path, inputs: Path) -> None:
    """Until workers ignore an interrupt, which is the command's, it is held back from them: none of them prints."""
    ignoring: set[int] = set()
    with _running(inputs, tmp_path / "out", 2, _starting) as process:
        until = time.monotonic() + 30
        while len(ignoring) < 3 and time.monotonic() < until:  # two workers, and what multiprocessing tidies up with
            for child in set(_children(process.pid)) - ignoring:
                blocks = _holds_back_interrupts(child, "SigBlk")
                if _holds_back_interrupts(child, "SigIgn"):
                    ignoring.add(child)
                else:
                    assert blocks
    assert len(ignoring) == 3


def test_a_worker_that_is_killed(tmp_path: Path, inputs: Path) -> None:
    """When a worker is killed, say for its memory, the command says so and leaves nothing behind."""
    with _running(inputs, tmp_path / "out", 2, _judging) as process:
        os.kill(_children(process.pid)[-1], signal.SIGKILL)
        assert process.wait() == 4
        said = _said(process)
    assert said.endswith("curate: a worker process died; too little memory, or somebody ended it\n")
    assert tree(tmp_path / "out") == {}
