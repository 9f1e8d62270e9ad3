"""Every recipe that comes with curate runs, end to end: those that ask a model against the fake server."""

import json
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import pytest

from curate import jsonlines
from curate.digests import digest
from curate.folders import read_manifest
from curate.layout import CURATED
from curate.manifests import CuratedManifest, RunManifest
from curate.pipeline.generating.sources import problems_of
from curate.recipe import LoadedRecipe, load, shipped_recipes
from curate.records import JSON, Problem, Request, Sampling
from curate.shipped import shelf
from curate.teachers.builtin import BuiltinTeacher
from curate.testing.completions import Answer, Completion
from curate.testing.server import FakeServer
from tests.authoring.authors import SOLVED, WANTED, writes
from tests.commands.running import curate

PROBLEMS = 8
NOISY = BuiltinTeacher("noisy", {"faults": {"wrong_answer": 0.2, "truncated": 0.05}})

names = pytest.mark.parametrize("name", shipped_recipes())


@names
def test_runs_end_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A recipe runs on its first problems, keeps rows, writes its formats, and run again sends nothing."""
    monkeypatch.setenv("FAKE_KEY", "nothing-secret")
    loaded = load(name)
    with FakeServer(answer=solving(loaded)) as server:
        words = ["run", name, "-o", "run", "--limit", PROBLEMS, "--json", *asking(loaded, server)]
        first = curate(*words, cwd=tmp_path)
        assert first.code == 0, first.stderr
        sent = server.account.billed
        again = curate(*words, cwd=tmp_path)
        assert (again.code, server.account.billed) == (0, sent), again.stderr
    generated, curated = read_manifest(tmp_path / "run"), read_manifest(tmp_path / "run" / CURATED)
    assert isinstance(generated, RunManifest)
    assert isinstance(curated, CuratedManifest)
    assert (generated.samples.failed, generated.samples.pending) == (0, 0)
    assert curated.rows.kept
    assert sum(sum(format_.rows.values()) for format_ in curated.formats.values())


@names
def test_can_be_quoted(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands it can be quoted, its key apart: every name in it exists, and every model has a price or none."""
    monkeypatch.setenv("OPENAI_API_KEY", "nothing-secret")
    done = curate("run", name, "--dry-run", "--limit", 3, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert "Nothing was sent." in done.stderr


@names
def test_opens_with_what_it_makes(name: str) -> None:
    """It opens with what it makes, what it costs, and the yield to expect."""
    opening = (shelf("recipes") / f"{name}.yaml").read_text("utf-8").split("\nname:")[0].splitlines()
    assert all(line.startswith("#") for line in opening)
    assert [line.split()[1] for line in opening if line[2:3].strip()] == ["Makes:", "Costs:", "Yield:"]
    assert load(name).recipe.name == name


def asking(loaded: LoadedRecipe, server: FakeServer) -> list[str]:
    """Return the words that send a recipe's requests to the server; none where it asks nobody."""
    fewer = ["--set", f"problems.count={PROBLEMS}"] if loaded.recipe.problems[0].kind == "authored" else []
    if all(teacher.model.startswith("builtin/") for teacher in loaded.recipe.teacher):
        return []
    return ["--set", f"teacher.base_url={server.url}", "--set", "teacher.api_key_env=FAKE_KEY", *fewer]


def solving(loaded: LoadedRecipe) -> Answer:
    """Return an answer that solves the first problems of a recipe, now and then with a fault."""
    if any(source.kind == "authored" for source in loaded.recipe.problems):
        return authoring
    found = islice((one for one in problems_of(loaded, lambda *_: iter(())) if isinstance(one, Problem)), PROBLEMS)
    problems = {problem.text: problem for problem in found}
    return lambda body: solution(body, problems)


def authoring(body: JSON) -> str:
    """Write problems where they are asked for, and solve them by the schema of the recipe that has them written."""
    prompt = str(body["messages"][-1]["content"])
    if WANTED.search(prompt):
        return writes(prompt, body["seed"])
    found = SOLVED.search(prompt)
    assert found is not None
    steps = [f"There are {found[1]} at first.", f"{found[1]} + {found[3]} = {int(found[1]) + int(found[3])}"]
    answer = {"equation": "2 H2 + O2 -> 2 H2O", "molar_masses": {"H2": 2.016}, "steps": steps}
    return json.dumps({**answer, "answer": steps[1].split()[-1]})


def solution(body: JSON, problems: Mapping[str, Problem]) -> Completion:
    """Return what the noisy teacher says to a request; the same request always gets the same."""
    asked = str(body["messages"][-1]["content"])
    problem = next(problem for text, problem in problems.items() if text in asked)
    request = Request(
        key=digest(jsonlines.encode(body).decode()), problem=problem, messages=(), sampling=Sampling(), sample=0
    )
    reply = NOISY.write(request)
    return Completion(content=f"{reply.reasoning}\n\n{reply.content}", finish_reason=str(reply.finish_reason))
