"""The symbolic comparison runs in workers that are limited, replaced, and never left behind."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest

from curate.answers import compare
from curate.answers.batch import Pair, compare_many
from curate.answers.symbolic import close_workers
from curate.answers.symbolic_worker import CPU_SECONDS, WALL_SECONDS

INTEGRAL = r"\int_0^1 x \, dx"
HANGING = r"\int_0^{\infty} \frac{\sin(x^3)}{x^2+x+1} dx"
ENDS_WITHIN_SECONDS = 60
"""For a process to be gone that was told to end, on a busy machine."""


@pytest.mark.parametrize(
    "gold,answer,sameness",
    [
        pytest.param(INTEGRAL, r"\frac{1}{2}", "same", id="integral"),
        pytest.param(INTEGRAL, r"\frac{1}{3}", "different", id="another value"),
        pytest.param(r"\sum_{k=1}^{10} k", "55", "same", id="sum"),
        pytest.param(r"\lim_{x \to 0} \frac{\sin x}{x}", "1", "same", id="limit"),
        pytest.param(INTEGRAL, r"\sum_{k} \frac{1}{", "undecided", id="not parsed"),
    ],
)
def test_verdict(gold: str, answer: str, sameness: str) -> None:
    """What only mathematics decides carries the name and version of the library that decided."""
    for verdict in (compare(gold, answer), compare(answer, gold)):
        assert verdict.sameness == sameness
        assert (verdict.verifier, verdict.version) == ("math-verify", version("math-verify"))


def test_hanging_pair_costs_its_limit_once() -> None:
    """A pair that never ends is undecided after its limit, and is not tried again."""
    first = compare(HANGING, "1")
    assert (first.sameness, first.rule) == ("undecided", "limit")
    start = time.monotonic()
    assert compare(HANGING, "1") == first
    assert time.monotonic() - start < CPU_SECONDS / 10


def test_nothing_waits_for_a_hanging_pair() -> None:
    """Among many pairs, those that follow a hanging one are judged while it hangs, and come in order."""
    pairs = [Pair(HANGING, "2"), *(Pair(rf"\int_0^{{{number}}} 2x dx", str(number**2)) for number in range(1, 9))]
    done = [verdict.sameness for verdict in compare_many(pairs)]
    assert done == ["undecided"] + 8 * ["same"]


def test_killed_worker_is_replaced() -> None:
    """The pair of a worker that dies is undecided; the next pair has a new one."""
    compare(INTEGRAL, r"\frac{3}{2}")
    for worker in workers_of(os.getpid()):
        os.kill(worker, signal.SIGKILL)
    assert compare(r"\int_0^2 x dx", "2").rule in {"limit", "symbolic"}
    assert compare(r"\int_0^4 x dx", "8").sameness == "same"


def workers_of(parent: int) -> list[int]:
    """Return the processes whose parent is `parent`."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[1]) == parent and "spawn_main" in (status.parent / "cmdline").read_text():
            found.append(int(status.parent.name))
    return found


def is_running(process: int) -> bool:
    """Say whether a process exists and is not merely waiting to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


SCRIPT = """
import sys
from curate.answers import compare
print("once", compare({integral!r}, "1/2").sameness, flush=True)
compare({hanging!r}, "1") if "hang" in sys.argv else None
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script of a user's own, without a guard around its main part."""
    path = tmp_path / "script.py"
    path.write_text(SCRIPT.format(integral=INTEGRAL, hanging=HANGING))
    return path


def test_script_without_a_guard_runs_once(script: Path) -> None:
    """A worker runs nothing of the script that compares, and ends with it."""
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120, check=True)
    assert (done.stdout, done.stderr) == ("once same\n", "")


@pytest.mark.skipif(not Path("/proc").exists(), reason="children are found in /proc")
def test_no_worker_outlives_a_killed_parent(script: Path) -> None:
    """When the process that compares is killed in the middle of a hanging pair, its worker is gone soon after."""
    with subprocess.Popen([sys.executable, script, "hang"], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "once same\n"
        workers = workers_of(parent.pid)
        parent.kill()
    assert workers
    deadline = time.monotonic() + ENDS_WITHIN_SECONDS
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [worker for worker in workers if is_running(worker)] == []


def integral_is_half(_number: int = 0) -> str:
    """Compare in whatever process this runs in."""
    return compare(INTEGRAL, r"\frac{1}{2}").sameness


def test_works_in_threads() -> None:
    """Any number of threads may compare."""
    with ThreadPoolExecutor(8) as threads:
        pairs = [(rf"\int_0^{{{number}}} 2x dx", str(number**2)) for number in range(10, 18)]
        assert list(threads.map(lambda pair: compare(*pair).sameness, pairs)) == 8 * ["same"]


def test_works_in_an_event_loop() -> None:
    """A running event loop is no obstacle."""

    async def inside() -> str:
        return compare(r"\int_0^6 x dx", "18").sameness

    assert asyncio.run(inside()) == "same"


def test_works_in_worker_processes() -> None:
    """The processes of a pool, as filter has them, start workers of their own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(integral_is_half).result(timeout=120) == "same"


def test_workers_end_when_they_are_closed() -> None:
    """Closing ends every worker; the next pair starts anew."""
    compare(INTEGRAL, r"\frac{5}{2}")
    close_workers()
    deadline = time.monotonic() + ENDS_WITHIN_SECONDS
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [child for child in multiprocessing.active_children() if child.name == "curate-symbolic"] == []
    assert compare(INTEGRAL, r"\frac{7}{2}").sameness == "different"


def test_limits_are_in_order() -> None:
    """Processor time bites before the clock does, so that results are the same on a busy machine."""
    assert 0 < CPU_SECONDS < WALL_SECONDS
