"""A run that is stopped at any moment goes on with the same command, and ends as if it had never been stopped."""

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from curate.folders import LOCK, MOVING, WORK, read_manifest
from curate.manifests import CuratedManifest
from tests.generating.running import LARGE, answered, attempts, command, curate, history, run_here, shards

START = 0.25
END = 0.8
"""About when the command begins to work and when it is done, in seconds after it was started."""


def assert_like_undisturbed(folder: Path, undisturbed: dict[str, bytes]) -> None:
    """Hold a finished run against the one that nothing disturbed."""
    assert shards(folder) == undisturbed
    assert set(answered(folder).values()) == {1}
    assert sorted(path.name for path in folder.iterdir()) == [
        "history.jsonl",
        "ledger.sqlite",
        "manifest.json",
        "recipe.yaml",
        "traces",
    ]


@pytest.mark.parametrize("part", range(3))
def test_kill_9(place: Path, undisturbed: dict[str, bytes], part: int) -> None:
    """`kill -9` at random moments: the same command goes on, answers nothing twice, and ends byte for byte the same."""
    generator = random.Random()
    width = (END - START) / 3
    for _ in range(2):
        with subprocess.Popen(
            command("generate", "large.yaml", "-o", "run"), cwd=place, stderr=subprocess.DEVNULL
        ) as run:
            time.sleep(START + width * (part + generator.random()))
            run.kill()
    done = curate("generate", "large.yaml", "-o", "run", cwd=place)
    assert done.returncode == 0, done.stderr
    assert_like_undisturbed(place / "run", undisturbed)


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "planning": lambda run: (run / WORK / ".plan.jsonl").exists(),
    "asking": lambda run: (run / "ledger.sqlite-wal").exists() and (run / "ledger.sqlite-wal").stat().st_size > 100_000,
    "writing traces": lambda run: (run / WORK / "traces").exists(),
}
"""What is there while a run is at it."""


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_signals(place: Path, undisturbed: dict[str, bytes], number: signal.Signals, moment: str) -> None:
    """Ctrl-C and SIGTERM end a run with 130 and one sentence; nothing is lost, and the same command goes on."""
    code, said = _interrupted(place, number, MOMENTS[moment])
    assert code == 130
    assert said.splitlines()[-1] == "interrupted; nothing is lost, the same command goes on"
    assert "Traceback" not in said
    left = {path.name for path in (place / "run").iterdir()}
    assert LOCK not in left
    assert (place / "run" / WORK / MOVING).exists() or not left & {
        WORK,
        "traces",
        "manifest.json",
    }
    before = answered(place / "run")
    assert attempts(place / "run") == sum(before.values())
    run_here(place / "run", LARGE)
    assert attempts(place / "run") == 800
    assert len(history(place / "run")) == 2
    assert_like_undisturbed(place / "run", undisturbed)


def test_a_signal_while_filtering(place: Path) -> None:
    """`run`, stopped after the replies were there, leaves no half result, and asks for nothing when it goes on."""
    code, said = _interrupted(place, signal.SIGTERM, lambda run: (run / "curated" / WORK).exists(), "run")
    assert code == 130
    assert "Traceback" not in said
    assert read_manifest(place / "run" / "curated") is None
    again = curate("run", "large.yaml", "-o", "run", cwd=place)
    assert again.returncode == 0
    assert "reusing 800 replies, sending 0" in again.stderr
    curated = read_manifest(place / "run" / "curated")
    assert isinstance(curated, CuratedManifest)
    assert curated.rows.in_ == 800


def _interrupted(
    place: Path, number: signal.Signals, there: Callable[[Path], bool], name: str = "generate"
) -> tuple[int, str]:
    """Run until something is there, then send a signal; again when the run was quicker than that."""
    code, said = 0, ""
    tries = 0
    while code == 0 and tries < 8:
        tries += 1
        shutil.rmtree(place / "run", ignore_errors=True)
        with subprocess.Popen(
            command(name, "large.yaml", "-o", "run"), cwd=place, stderr=subprocess.PIPE, encoding="utf-8"
        ) as run:
            while not there(place / "run") and run.poll() is None:
                time.sleep(0.001)
            run.send_signal(number)
            said = run.communicate()[1]
        code = run.returncode
    return code, said
