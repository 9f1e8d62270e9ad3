"""`kill -9`, again and again."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from curate import jsonlines
from curate.pipeline.generating.status import status_of
from curate.testing.server import FakeServer
from tests.faults.running import generate, summary_of, traces, write_recipe

ROOT = Path(__file__).parents[2]
KILLS = 20
PLACES = 32


def kill(folder: Path, times: int, *overrides: str) -> int:
    """Run the recipe in a folder and kill it so many times; returns how often it was killed while it ran."""
    command = [sys.executable, "-m", "tests.faults.killing", str(folder), str(times), "1", *overrides]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, timeout=100, check=True).stdout)


def test_twenty_kills(tmp_path: Path) -> None:
    """However often a run is killed, the same command ends with every row once, and pays again what was in flight."""
    with FakeServer(latency=0.1, remember=False) as server:
        write_recipe(tmp_path, server, 2000, max_concurrency=PLACES)
        killed = kill(tmp_path, KILLS)
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


def test_a_budget_outlives_kills(tmp_path: Path) -> None:
    """However often a run with a budget is killed, the server bills no more than the budget, and the rest is told."""
    most = 0.25
    with FakeServer(latency=0.1, remember=False) as server:
        price = {"input": 1.0, "output": 10.0}
        write_recipe(tmp_path, server, 2000, max_concurrency=PLACES, max_tokens=40, price=price)
        killed = kill(tmp_path, 6, f"budget.max_cost={most}")
        billed_before = server.account.billed
        told = generate(tmp_path, "--dry-run").stderr
        stands = status_of(tmp_path / "run")
        last = generate(tmp_path, "--max-cost", str(most), "--json")
    served = server.account.served
    billed = sum(one.prompt_tokens * 1e-6 + one.completion_tokens * 10e-6 for one in served if one.billed)
    assert 1 < killed <= 6
    assert 0 < billed_before < len(served)
    assert most / 3 < billed <= most
    assert stands.in_doubt > 0
    assert "may have been spent by requests in flight when the run was stopped" in told
    (said,) = summary_of(last)["attention"]
    assert "may have been spent by requests in flight when the run was stopped" in said


def test_weights_and_limits_outlive_kills(tmp_path: Path) -> None:
    """A killed run goes on with the same teacher for each problem, and with the limit that a cut reply had led to."""
    with FakeServer(latency=0.05, faults={"truncated": 0.1}, seed=3) as server:
        recipe = write_recipe(tmp_path, server, 300, max_concurrency=PLACES, on_truncated="retry", max_tokens=40)
        text = json.loads(recipe.read_text("utf-8"))
        text["teacher"] = [
            {**text["teacher"], "model": model, "weight": weight}
            for model, weight in {"custom/one": 1, "custom/two": 2}.items()
        ]
        recipe.write_text(json.dumps(text), "utf-8")
        kill(tmp_path, 4)
        done = summary_of(generate(tmp_path, "--json"))
    found = traces(tmp_path)
    assert done["samples"] == {"planned": 300, "traces": 300, "failed": 0, "pending": 0}
    assert {trace.finish_reason for trace in found} == {"stop"}
    shares = Counter(trace.teacher.model for trace in found)
    assert shares["two"] > shares["one"] > 50
    bodies = [one.body for one in server.received if one.path.endswith("completions")]
    asked = {(body["messages"][0]["content"], body["model"]) for body in map(jsonlines.decode, bodies)}
    assert len(asked) == 300
    limits: dict[str, list[int]] = {}
    for served in server.account.served:
        if served.fault == "truncated" and served.heard and served.max_tokens is not None:
            limits.setdefault(served.request, []).append(served.max_tokens)
    again = sum(len(seen) - len(set(seen)) for seen in limits.values())
    assert again <= 4 * 2 * PLACES
    assert max(limit for seen in limits.values() for limit in seen) > 40
