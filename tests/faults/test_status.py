"""`curate status`: how a run stands, read beside whoever writes it."""

import json
import subprocess
import sys
import time
from pathlib import Path

from curate.testing.server import FakeServer
from tests.faults.running import generate, write_recipe


def status(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `curate status` on the run in a folder."""
    command = [sys.executable, "-m", "curate", "status", "run", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False)


def test_a_finished_run(tmp_path: Path) -> None:
    """Of a finished run it tells all that is done, what failed on the way, and what it cost; nothing is changed."""
    with FakeServer(faults={"overloaded": 0.2}, seed=2) as server:
        write_recipe(tmp_path, server, 60, price={"input": 1.0, "output": 1.0})
        generate(tmp_path)
        overloaded = server.account.faults["overloaded"]
    before = {file: file.read_bytes() for file in (tmp_path / "run").rglob("*") if file.is_file()}
    found = json.loads(status(tmp_path, "--json").stdout)
    assert (found["planned"], found["done"], found["attempts"]) == (60, 60, 60 + overloaded)
    assert found["failures"] == {"overloaded": overloaded}
    assert found["cost"] > 0
    said = status(tmp_path).stdout + status(tmp_path).stderr
    assert "60 of 60 samples have a reply" in said
    assert f"failures: {overloaded} overloaded" in said
    assert {file: file.read_bytes() for file in (tmp_path / "run").rglob("*") if file.is_file()} == before


def test_while_it_goes_on(tmp_path: Path) -> None:
    """While a run goes on, it tells how far it is, and grows."""
    with FakeServer(latency=0.2) as server:
        write_recipe(tmp_path, server, 400, max_concurrency=10)
        command = [sys.executable, "-m", "curate", "generate", "recipe.yaml", "-o", "run"]
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as run:
            while server.account.billed < 20 and run.poll() is None:
                time.sleep(0.02)
            first = json.loads(status(tmp_path, "--json").stdout)
            second = json.loads(status(tmp_path, "--json").stdout)
            run.kill()
    assert first["planned"] == 400
    assert 0 < first["done"] < second["done"] <= 400
    assert second["per_second"] > 0


def test_no_run(tmp_path: Path) -> None:
    """A folder without a run is wrong input, and nothing is made in it."""
    (tmp_path / "run").mkdir()
    done = status(tmp_path)
    assert done.returncode == 2
    assert "holds no run: there is no ledger.sqlite" in done.stderr
    assert list((tmp_path / "run").iterdir()) == []
