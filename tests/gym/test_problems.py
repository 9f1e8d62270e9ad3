"""Problems of reasoning-gym, and what their scorers say of answers; these need the extra."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.gym import fault_of
from curate.answers.scored import MAX_CHARACTERS, scored
from curate.checks.correctness import is_right, wrong_answer
from curate.folders import read_manifest
from curate.gym.entries import entry_at
from curate.gym.sets import measured_sets
from curate.layout import CURATED
from curate.manifests import CuratedManifest
from curate.problems import gym_problems
from curate.problems.gym import gym_problem
from curate.records import JSON, Trace
from curate.testing.server import FakeServer
from tests.commands.running import curate

pytest.importorskip("reasoning_gym", reason="needs the extra curate[gym]", exc_type=ImportError)

SETS = measured_sets()
EVERY = pytest.mark.parametrize("dataset", SETS.sound)
RECIPE = """\
name: gym
seed: 7
problems: {from: gym, datasets: {basic_arithmetic: 4, syllogism: 4}}
teacher: {model: openai/fake, base_url: URL, api_key_env: FAKE_KEY}
checks: [wrong_answer]
"""


@EVERY
def test_own_answers_are_right(dataset: str) -> None:
    """A dataset's own answer is right by its scorer, and the verdict names the library, its version and the dataset."""
    problem = gym_problem(dataset, 3, 0)
    row = Trace(id="1", problem=problem, answer=problem.reference)
    assert wrong_answer(row) is None
    assert is_right(row)
    assert problem.reference is not None
    verdict = scored(problem, problem.reference)
    assert verdict is not None
    assert verdict.by == f"reasoning-gym {SETS.version}, rule {dataset}"


@EVERY
def test_nonsense_is_never_right(dataset: str) -> None:
    """What answers nothing is not right, whatever part of a point the scorer gives it."""
    problem = gym_problem(dataset, 3, 1)
    for answer in ("", "nonsense", problem.text, "[" * 5_000, "9" * 5_000, "\x00\u202e"):
        verdict = scored(problem, answer)
        assert verdict is not None
        assert verdict.sameness in {"different", "undecided"}


@EVERY
def test_problems_are_numbered_for_good(dataset: str) -> None:
    """A number gives the same problem again; two neighbouring seeds share none where there are enough."""
    assert gym_problem(dataset, 3, 2) == gym_problem(dataset, 3, 2)
    assert entry_at(dataset, 3, 1).dataset.seed != entry_at(dataset, 4, 0).dataset.seed


def test_neighbouring_seeds_share_nothing() -> None:
    """Seeds 5 and 6 have no problem in common, though the library would have all but one."""
    one, other = ({problem.text for problem in gym_problems("number_sorting", seed, 50)} for seed in (5, 6))
    assert (len(one), len(other), one & other) == (50, 50, set())


def test_part_of_a_point_is_wrong() -> None:
    """An answer that holds the right one among other words scores less than 1.0, and is wrong with its score."""
    problem = gym_problem("basic_arithmetic", 3, 0)
    verdict = scored(problem, f"{problem.reference} or {problem.reference}")
    assert verdict is not None
    assert verdict.sameness == "different"
    assert 0 < entry_at("basic_arithmetic", 3, 0).score(f"{problem.reference} or {problem.reference}") < 1
    assert "not 1, by its dataset's scorer" in verdict.why


def test_changed_text_is_undecided() -> None:
    """A problem that was changed is not judged by the scorer of the one that it was."""
    problem = gym_problem("basic_arithmetic", 3, 0)
    changed = type(problem)(id="1", text=f"{problem.text} And then?", reference="1", source=problem.source)
    verdict = scored(changed, "1")
    assert verdict is not None
    assert verdict.sameness == "undecided"


def test_long_answer_is_undecided() -> None:
    """An answer longer than any scorer should be given is not given to it."""
    verdict = scored(gym_problem("basic_arithmetic", 3, 0), "7" * (MAX_CHARACTERS + 1))
    assert verdict is not None
    assert verdict.sameness == "undecided"


def for_ever() -> float:
    """Go on for longer than anybody waits."""
    time.sleep(600)
    return 0.0


def late() -> float:
    """Swallow what stops it, as a bare `except` of the library would."""
    with suppress(BaseException):
        for_ever()
    return 0.0


def without_end() -> float:
    """Ask for more memory than there is."""
    return float(len(bytearray(1 << 45)))


@pytest.mark.parametrize("scorer", [for_ever, late, without_end])
def test_scorer_is_held(scorer: Callable[[], float], monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that makes its scorer hang or fill the memory is undecided, and soon."""
    problem = gym_problem("basic_arithmetic", 3, 0)
    monkeypatch.setattr("curate.answers.scored.MAX_SECONDS", 0.05)
    monkeypatch.setattr(type(entry_at("basic_arithmetic", 3, 0).dataset), "score_answer", lambda *_: scorer())
    verdict = scored(problem, "7")
    assert verdict is not None
    assert verdict.sameness == "undecided"
    assert "the scorer takes more than" in verdict.why


@pytest.mark.parametrize("dataset", [*islice(SETS.refused, 5), *islice(SETS.sound, 5)])
def test_table_is_current(dataset: str) -> None:
    """What the table says of a dataset is measured again, but for the same problems in another process."""
    assert fault_of(dataset) == SETS.refused.get(dataset)


def test_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recipe runs from the datasets to shards, and drops the answers that the scorers do not take."""
    monkeypatch.setenv("FAKE_KEY", "nothing-secret")
    answers = {
        problem.text: problem.reference if place else "nonsense"
        for dataset in ("basic_arithmetic", "syllogism")
        for place, problem in enumerate(gym_problems(dataset, 7, 4))
    }

    def answer(body: JSON) -> str:
        asked = str(body["messages"][-1]["content"])
        return f"I think it over, step by step.\n\nAnswer: {next(a for text, a in answers.items() if text in asked)}"

    with FakeServer(answer=answer) as server:
        (tmp_path / "r.yaml").write_text(RECIPE.replace("URL", server.url), "utf-8")
        done = curate("run", "r.yaml", "-o", "out", "--json", cwd=tmp_path)
    assert done.code == 0, done.stderr
    curated = read_manifest(tmp_path / "out" / CURATED)
    assert isinstance(curated, CuratedManifest)
    assert (curated.rows.kept, curated.rows.dropped) == (6, 2)
    assert json.loads(done.stdout)
