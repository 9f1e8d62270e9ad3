"""A plugin that raises, hangs or prints harms nothing but the command that it was loaded for."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands.running import command, curate, curate_process
from tests.plugins.files import judging, laid_out

WORKERS = pytest.mark.parametrize("workers", [1, 2])


def _filter(folder: Path, workers: int, *more: str) -> list[object]:
    recipe = folder / "recipe.yaml"
    return ["filter", "rows.jsonl", "-r", recipe, "-o", "out", "--workers", workers, *more]


ON_THE_THIRD = 'if "2 + 2" in trace.problem.text:\n        {}'

WRONG = {
    "raises": ("raise KeyError('x')", "my_checks.py:8: odd raised KeyError('x')"),
    "leaves": ("raise SystemExit(0)", "odd raised SystemExit(0)"),
    "asserts": ("assert not trace.response", "odd raised AssertionError"),
    "returns true": ("return True", "odd returned True, which is no Finding and not None"),
    "no outcome": ("return curate.Finding(outcome='bad')", "odd found 'bad'; an outcome is one of fail, undecided"),
    "no reason": ("return curate.Finding(outcome='fail')", "odd gave no reason for its fail"),
    "no number": ("return curate.Finding(outcome='pass', value='3')", "odd measured '3', which is no number"),
}


@pytest.mark.parametrize("body,said", WRONG.values(), ids=WRONG)
def test_one_that_raises(tmp_path: Path, body: str, said: str) -> None:
    """A check that raises or returns nonsense stops the work: plugin, line, check, row are named; nothing is left."""
    laid_out(tmp_path, judging(ON_THE_THIRD.format(body)), checks=["truncated", "odd"])
    done = curate(*_filter(tmp_path, 1), cwd=tmp_path)
    assert done.code == 2
    assert done.stderr.splitlines()[-1].startswith("curate: rows.jsonl, line 3: my_checks.py")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_one_that_raises_in_a_worker(tmp_path: Path) -> None:
    """The same is said when it happens in a worker process, and after a check that compares rows."""
    laid_out(tmp_path, judging(ON_THE_THIRD.format("raise KeyError('x')")), checks=["exact_duplicate", "odd"])
    done = curate_process(*_filter(tmp_path, 2), cwd=tmp_path)
    assert done.code == 2
    assert done.stderr.splitlines()[-1] == "curate: rows.jsonl, line 3: my_checks.py:8: odd raised KeyError('x')"


PRINTS = 'print("from a check", trace.id)\n    sys.stdout.write("and more\\n")\n    os.system("echo from a program")'


@WORKERS
def test_one_that_prints(tmp_path: Path, workers: int) -> None:
    """What a plugin prints, while it is loaded or judges, goes to stderr; stdout holds the JSON alone."""
    plugin = judging(PRINTS, before='import os, sys\nprint("from above")\nos.write(1, b"raw")')
    laid_out(tmp_path, plugin, checks=["odd"])
    done = curate_process(*_filter(tmp_path, workers, "--json"), cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["rows"]["kept"] == 4
    assert done.stderr.count("from a check ") == 4
    assert done.stderr.count("from a program\n") == 4
    assert "from above" in done.stderr


SLOW = judging("while True:\n        try:\n            pass\n        except Exception:\n            pass").replace(
    "@curate.check\n", "@curate.check(max_seconds=0.3)\n"
)


@WORKERS
def test_one_that_hangs(tmp_path: Path, workers: int) -> None:
    """A check that takes longer than its limit is named with its row, even if it swallows every exception."""
    laid_out(tmp_path, SLOW, checks=["odd"])
    done = curate_process(*_filter(tmp_path, workers), cwd=tmp_path)
    assert done.code == 2, done.stderr
    assert "rows.jsonl, line 1: my_checks.py:" in done.stderr
    assert "odd took more than 0.3 seconds" in done.stderr


@WORKERS
@pytest.mark.parametrize("where", ["judging", "loading"])
def test_interrupting_one_that_hangs(tmp_path: Path, workers: int, where: str) -> None:
    """Ctrl-C ends a command whose plugin hangs, at once and as any other interruption."""
    waits = "open('here', 'w').close()\n    import time\n    time.sleep(99)"
    plugin = judging(waits) if where == "judging" else judging("return None", before=waits.replace("\n    ", "\n"))
    laid_out(tmp_path, plugin, checks=["odd"])
    with subprocess.Popen(command(*_filter(tmp_path, workers)), cwd=tmp_path, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 30
        while not (tmp_path / "here").exists():
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
        assert process.stderr is not None
        assert process.stderr.read().endswith(b"interrupted; nothing is lost, the same command goes on\n")
    assert not (tmp_path / "out").exists()
