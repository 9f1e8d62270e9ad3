"""`kill -9`, again and again."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from curate.testing.server import FakeServer
from tests.faults.running import generate, summary_of, traces, write_recipe

ROOT = Path(__file__).parents[2]
KILLS = 20
PLACES = 32


def test_twenty_kills(tmp_path: Path) -> None:
    """However often a run is killed, the same command ends with every row once, and pays again what was in flight."""
    with FakeServer(latency=0.1, remember=False) as server:
        write_recipe(tmp_path, server, 2000, max_concurrency=PLACES)
        command = [sys.executable, "-m", "tests.faults.killing", str(tmp_path), str(KILLS), "1"]
        killed = int(subprocess.run(command, cwd=ROOT, capture_output=True, timeout=100, check=True).stdout)
        served_before = len(server.account.served)
        summary = summary_of(generate(tmp_path, "--json"))
    assert killed == KILLS
    assert 0 < served_before < 2000 + KILLS * PLACES
    found = traces(tmp_path)
    assert len({trace.id for trace in found}) == len(found) == 2000
    assert summary["samples"] == {"planned": 2000, "traces": 2000, "failed": 0, "pending": 0}
    paid = Counter(served.request for served in server.account.served if served.billed)
    assert len(paid) == 2000
    assert paid.total() - 2000 <= KILLS * PLACES
    assert max(paid.values()) <= KILLS
