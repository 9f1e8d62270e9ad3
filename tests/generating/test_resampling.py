"""Hard problems are asked again until enough of their replies are right: which, how often, and never twice."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import msgspec
import pytest

from curate.checks.correctness import is_right
from curate.errors import RecipeError
from curate.folders import read_manifest
from curate.manifests import RunManifest
from curate.pipeline.generating.generate import dry_run
from curate.recipe import load_text
from curate.records import Trace
from curate.testing.server import FakeServer
from tests.generating.running import answered, attempts, curate, run_here, shards, traces

RECIPE = """\
name: hard
problems: {from: builtin, families: {arithmetic_chain: 30}}
teacher:
  model: builtin/noisy
  samples: 2
  resample_until: {correct: 2, max_samples: 7}
  extra_body: {faults: {wrong_answer: 0.6}}
"""
PRICED = RECIPE.replace("builtin/noisy", "custom/tiny").replace("  extra_body: {faults: {wrong_answer: 0.6}}\n", "")


def groups(folder: Path) -> Iterator[list[Trace]]:
    """Yield the traces of each problem."""
    for _, group in groupby(traces(folder), key=lambda trace: trace.problem.id):
        yield list(group)


def test_a_problem_is_asked_until_enough_are_right(tmp_path: Path) -> None:
    """Each problem has as many blocks of samples as it needs, no block more, and none has more samples than allowed."""
    manifest = run_here(tmp_path / "run", RECIPE)
    counts = set()
    for group in groups(tmp_path / "run"):
        right = [is_right(trace) for trace in group]
        assert [trace.sample for trace in group] == list(range(len(group)))
        assert {trace.pass_rate for trace in group} == {sum(right) / len(right)}
        counts.add(len(group))
        if len(group) > 2:
            assert sum(right[: len(group) - (1 if len(group) == 7 else 2)]) < 2
        assert sum(right) >= 2 or len(group) == 7
    assert counts == {2, 4, 6, 7}
    samples = manifest.samples
    assert (samples.planned, samples.failed, samples.pending) == (samples.traces, 0, 0)


def test_the_same_command_sends_nothing(tmp_path: Path) -> None:
    """Run again, it sends nothing and writes the same bytes; without `resample_until` the first samples are left."""
    run_here(tmp_path / "run", RECIPE)
    before, sent = shards(tmp_path / "run"), attempts(tmp_path / "run")
    run_here(tmp_path / "run", RECIPE)
    assert shards(tmp_path / "run") == before
    manifest = run_here(tmp_path / "run", RECIPE, ["teacher.resample_until=null"])
    assert (manifest.samples.planned, manifest.samples.traces) == (60, 60)
    assert attempts(tmp_path / "run") == sent
    assert set(answered(tmp_path / "run").values()) == {1}


def test_more_samples_at_first_change_no_sample(tmp_path: Path) -> None:
    """A sample is the same one whichever round it is asked in."""
    run_here(tmp_path / "few", RECIPE)
    run_here(tmp_path / "many", RECIPE, ["teacher.resample_until=null", "teacher.samples=7"])
    many = {trace.id: trace.response for trace in traces(tmp_path / "many")}
    few = {trace.id: trace.response for trace in traces(tmp_path / "few")}
    assert few.items() <= many.items()
    assert len(few) < len(many)


def test_problems_without_reference_are_asked_once(tmp_path: Path) -> None:
    """Where nobody can say what is right, and where no reply comes, it stays with the first samples."""
    (tmp_path / "p.jsonl").write_text('{"question": "Who wrote Faust?", "answer": "Goethe"}\n{"question": "Why?"}\n')
    mixed = RECIPE.replace(
        "problems: {from: builtin, families: {arithmetic_chain: 30}}",
        "problems: [{from: builtin, families: {arithmetic_chain: 3}}, {from: file, path: p.jsonl}]",
    )
    manifest = run_here(tmp_path / "run", mixed, base=tmp_path)
    samples = manifest.samples
    assert samples.failed == 4
    assert samples.planned == samples.traces + samples.failed


def test_a_budget_leaves_the_rest_pending(tmp_path: Path) -> None:
    """Where the budget ends in a round, what the ledger calls for is planned and pending, and more money goes on."""
    with FakeServer() as server:
        (tmp_path / "r.yaml").write_text(
            f"{PRICED}  base_url: {server.url}\n  max_tokens: 100\n  price: {{input: 1, output: 1}}\n"
        )
        done = curate("generate", "r.yaml", "-o", "run", "--max-cost", "0.008", cwd=tmp_path)
        assert done.returncode == 1, done.stderr
        first = run_counts(tmp_path)
        assert first["planned"] == first["traces"] + first["pending"] > first["traces"] > 60
        done = curate("generate", "r.yaml", "-o", "run", "--max-cost", "10", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert run_counts(tmp_path) == {"planned": 210, "traces": 210, "failed": 0, "pending": 0}
        assert server.account.billed == 210
        assert max(server.account.sound.values()) == 1


def run_counts(place: Path) -> dict[str, int]:
    """Return how the samples of the run in a folder add up."""
    manifest = read_manifest(place / "run")
    assert isinstance(manifest, RunManifest)
    return msgspec.structs.asdict(manifest.samples)


def test_a_dry_run_quotes_the_range(tmp_path: Path) -> None:
    """It says how many samples there will be at least and at most; when all is done, there is no range."""
    loaded = load_text(RECIPE, name="r", base=Path())
    planned = dry_run(loaded, tmp_path / "run")
    assert (planned.requests, planned.further) == (60, 30 * 5)
    run_here(tmp_path / "run", RECIPE)
    planned = dry_run(loaded, tmp_path / "run")
    assert (planned.requests, planned.to_send, planned.further) == (len(traces(tmp_path / "run")), 0, 0)


FAULTS = {
    "no more than at first": ("{max_samples: 2}", "resample_until.max_samples must be more than the 2 samples"),
    "more right than there are": ("{correct: 9, max_samples: 8}", "9 of 8 samples cannot be right"),
    "no end": ("{correct: 1}", "max_samples: this key is needed"),
    "another key": ("{corect: 1, max_samples: 8}", "did you mean 'correct'?"),
}


@pytest.mark.parametrize("value,said", FAULTS.values(), ids=FAULTS)
def test_faults_are_located(value: str, said: str) -> None:
    """What cannot be meant is an error at its place."""
    with pytest.raises(RecipeError, match=said):
        load_text(RECIPE, name="r", base=Path(), overrides=[f"teacher.resample_until={value}"])
