"""What a run says of itself: what may stop it, how fast it goes, who is asked, and which option is to blame."""

import time
from pathlib import Path

import pytest

from curate.attempts import Attempt
from curate.folders import read_manifest
from curate.ledger import Ledger
from curate.manifests import RunManifest
from curate.pipeline.generating.generate import GenerateOptions, generate
from curate.pipeline.generating.status import status_of
from curate.protocols import Silent
from curate.recipe import load_text
from curate.records import Reply
from curate.testing.server import FakeServer
from tests.commands.running import curate
from tests.generating.running import RECIPE

PRICED = """\
name: priced
problems: {{from: builtin, families: {{arithmetic_chain: 40}}}}
teacher: {{model: custom/tiny, base_url: "{url}", max_tokens: 100, price: {{input: 1, output: 1}}}}
"""


def test_retries_that_the_budget_ends_are_pending(tmp_path: Path) -> None:
    """A sample that would have been tried again when the budget ended is pending and not failed."""
    with FakeServer(faults={"overloaded": 0.5}, seed=3) as server:
        (tmp_path / "r.yaml").write_text(PRICED.format(url=server.url), "utf-8")
        done = curate("generate", "r.yaml", "-o", "run", "--max-cost", "0.002", cwd=tmp_path)
    assert done.code == 1
    assert "the budget has no room for the " in done.stderr
    manifest = read_manifest(tmp_path / "run")
    assert isinstance(manifest, RunManifest)
    assert server.account.faults["overloaded"]
    assert manifest.samples.failed == 0
    assert manifest.samples.pending == 40 - manifest.samples.traces > 0


QUOTES = {
    "more than there may be": ("0.001", "note: the budget may stop it: $0.0010 of $0.0010 is left, and it may take $"),
    "enough": ("50", None),
}


@pytest.mark.parametrize("most,said", QUOTES.values(), ids=QUOTES)
def test_a_dry_run_holds_the_quote_against_the_budget(tmp_path: Path, most: str, said: str | None) -> None:
    """A dry run with a budget says whether that may stop the run."""
    (tmp_path / "r.yaml").write_text(PRICED.format(url="http://localhost:9/v1"), "utf-8")
    done = curate("run", "r.yaml", "-o", "run", "--dry-run", "--max-cost", most, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert (said in done.stderr) if said else "budget" not in done.stderr


def test_the_rate_of_a_run_that_is_over_stays(tmp_path: Path) -> None:
    """The rate of a run that is over is that of its last minute, and does not fall with time."""
    (tmp_path / "run").mkdir()
    began = time.time() - 3000
    with Ledger(tmp_path / "run" / "ledger.sqlite") as ledger:
        said = Reply(content="4")
        ledger.record(Attempt(key=str(n), max_tokens=8, started=began + n, seconds=0.5, reply=said) for n in range(100))
    soon, later = (status_of(tmp_path / "run", now=began + after) for after in (200, 2000))
    assert soon.per_second == later.per_second == pytest.approx(1.0, abs=0.05)
    assert (later.idle_seconds or 0) > (soon.idle_seconds or 0) > 90


@pytest.mark.parametrize("weights,is_told", [("[1, 2]", False), ("[1, null]", True), ("[null, null]", False)])
def test_a_teacher_without_weight(tmp_path: Path, weights: str, *, is_told: bool) -> None:
    """Where some teachers share the problems and another gets all of them, that is said."""
    first, second = weights.strip("[]").split(", ")
    teachers = f"[{{model: builtin/solver, weight: {first}}}, {{model: builtin/noisy, weight: {second}}}]"
    text = RECIPE.split("teacher:")[0] + f"teacher: {teachers}\n"
    said: list[str] = []
    loaded = load_text(text, name="r", base=tmp_path)
    generate(loaded, tmp_path / "run", GenerateOptions(limit=2), progress=Silent(), notice=said.append)
    told = [line for line in said if "has no `weight`" in line]
    assert told == (
        ["builtin/noisy has no `weight` and gets every problem, beside the teachers that share them"] * is_told
    )


BLAMED = {
    "a budget that is none": ("run r.yaml --max-cost much", "--max-cost much: budget.max_cost: should be"),
    "a negative one": ("run r.yaml --max-cost -1", "--max-cost -1: budget.max_cost: should be greater"),
    "a check that is none": (
        "filter p.jsonl -o out --checks trunctated",
        "--checks trunctated: checks: unknown check",
    ),
    "a key that is none": ("run r.yaml --set budget.most=1", "--set budget.most=1: budget.most: unknown key"),
}


@pytest.mark.parametrize("words,said", BLAMED.values(), ids=BLAMED)
def test_the_option_is_to_blame(tmp_path: Path, words: str, said: str) -> None:
    """A wrong value is blamed on the option that gave it."""
    (tmp_path / "r.yaml").write_text(RECIPE, "utf-8")
    (tmp_path / "p.jsonl").write_text('{"question": "Why?", "output": "Therefore."}\n', "utf-8")
    done = curate(*words.split(), cwd=tmp_path)
    assert done.code == 2
    assert done.stderr.startswith(f"curate: {said}")
