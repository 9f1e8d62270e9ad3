"""Problems written by a model on a real socket: what is taken, what is not, and what it costs, kills included."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from curate import jsonlines
from curate.errors import DataError, RecipeError, TeacherError
from curate.folders import read_manifest
from curate.manifests import RunManifest
from curate.pipeline.generating.generate import generate
from curate.protocols import Silent
from curate.recipe import load_text
from curate.records import JSON
from curate.seeds import share
from curate.testing.completions import Completion
from curate.testing.exchanges import Connection, Received
from curate.testing.server import FakeServer
from tests.authoring.authors import (
    RECIPE,
    SEEDS,
    WANTED,
    Author,
    answering,
    asked_of,
    author_here,
    listed,
    problem,
    write_seeds,
    writes,
)
from tests.generating.running import command, curate, run_here, shards, traces
from tests.recipes.cases import planned


def dropped(folder: Path) -> list[JSON]:
    """Return the problems that were not taken."""
    paths = sorted((folder / "dropped_problems").glob("*.jsonl"))
    return [jsonlines.decode(line) for path in paths for line in path.read_bytes().splitlines()]


def results(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every list that a run left: traces, and problems that were not taken."""
    return {name: data for name, data in shards(folder).items() if name.endswith(".jsonl")}


def check_counts(manifest: RunManifest, folder: Path) -> None:
    """Hold what an author came to against what it left: all adds up, and no problem is there twice."""
    (counts,) = manifest.authored
    assert counts.proposed == counts.accepted + sum(counts.dropped.values())
    assert counts.accepted == manifest.problems
    assert counts.dropped == manifest.dropped
    assert len(dropped(folder)) == sum(counts.dropped.values())
    texts = {trace.problem.text for trace in traces(folder)}
    assert len(texts) == manifest.problems
    assert not texts & set(SEEDS)


def test_problems_are_written_and_solved(tmp_path: Path) -> None:
    """As many new problems as asked are accepted, confirmed and solved; a confirming sample is paid for once."""
    with FakeServer(answer=answering()) as server:
        manifest = author_here(tmp_path, server)
        (counts,) = manifest.authored
        assert (manifest.problems, counts.accepted, counts.confirmed, counts.ended) == (12, 12, 12, "complete")
        assert manifest.samples.traces == 24
        check_counts(manifest, tmp_path / "run")
        assert asked_of(server, "writer") == counts.requests
        assert asked_of(server, "solver") == 12 * 4
        sent = len(server.received)
        author_here(tmp_path, server)
        assert len(server.received) == sent
    assert all(trace.problem.reference == trace.answer for trace in traces(tmp_path / "run"))
    assert counts.cost > 0


def test_wrong_answers_are_not_taken_for_true(tmp_path: Path) -> None:
    """A problem whose author's answer the samples do not find has no reference; where asked, it is dropped."""

    def wrong(prompt: str, seed: int) -> str:
        problems = json.loads(writes(prompt, seed))["problems"]
        return listed([{**one, "answer": "999"} if place % 2 else one for place, one in enumerate(problems)])

    with FakeServer(answer=answering(wrong)) as server:
        kept = author_here(tmp_path, server)
        references = [trace.problem.reference for trace in traces(tmp_path / "run")]
        (counts,) = kept.authored
        assert 0 < counts.confirmed < counts.accepted == 12
        assert sum(reference is not None for reference in references) == 2 * counts.confirmed
        assert "999" not in references
        strict = author_here(tmp_path, server, ["problems.0.confirm.unconfirmed=drop"], folder="strict")
    (counts,) = strict.authored
    assert counts.confirmed == counts.accepted == 12
    assert counts.dropped["unconfirmed"] > 5
    check_counts(strict, tmp_path / "strict")


def _repeats(prompt: str, seed: int) -> str:
    return listed([problem("always", number % 2) for number in range(4)])


def _asks_nothing(prompt: str, seed: int) -> str:
    return listed([{"problem": f"There are {seed + n} apples in the barn.", "answer": "1"} for n in range(4)])


BAD: dict[str, tuple[Author, Callable[[RunManifest], int]]] = {
    "repeats itself": (_repeats, lambda manifest: manifest.dropped["repeated"]),
    "broken JSON": (
        lambda prompt, seed: writes(prompt, seed)[:-5],
        lambda manifest: sum(manifest.authored[0].broken.values()),
    ),
    "prose": (lambda *_: "Gladly! What about?", lambda manifest: manifest.authored[0].broken["no JSON"]),
    "empty lists": (lambda *_: listed([]), lambda manifest: manifest.authored[0].empty),
    "200 problems": (
        lambda _, seed: listed([problem(seed, number) for number in range(200)]),
        lambda manifest: manifest.dropped["surplus"],
    ),
    "its own prompt": (
        lambda prompt, _: listed([{"problem": prompt, "answer": "1"}] * 4),
        lambda manifest: manifest.dropped["own_prompt"],
    ),
    "the examples it was shown": (
        lambda *_: listed([{"problem": text, "answer": "1"} for text in SEEDS]),
        lambda manifest: manifest.dropped["repeated"],
    ),
    "problems without a question": (
        _asks_nothing,
        lambda manifest: manifest.dropped["invalid_problem"],
    ),
    "no problems in its list": (
        lambda *_: json.dumps({"problems": ["a", 5, None]}),
        lambda manifest: manifest.authored[0].malformed,
    ),
}


@pytest.mark.parametrize("bad,counted", BAD.values(), ids=BAD)
def test_bad_author(tmp_path: Path, bad: Author, counted: Callable[[RunManifest], int]) -> None:
    """An author that is bad in every other reply ends nothing: no duplicate is kept, and all of it is counted."""

    def author(prompt: str, seed: int) -> str | Completion:
        return (bad if share(str(seed), "bad") < 0.5 else writes)(prompt, seed)

    with FakeServer(answer=answering(author)) as server:
        manifest = author_here(tmp_path, server, ["problems.0.count=24"])
    assert counted(manifest) > 0
    assert manifest.problems == 24
    check_counts(manifest, tmp_path / "run")


@pytest.mark.parametrize("name", ["broken JSON", "its own prompt", "problems without a question"])
def test_author_that_is_never_good(tmp_path: Path, name: str) -> None:
    """An author that writes no problem at all is given up after a few rounds, with what it came to in words."""
    told: list[str] = []
    write_seeds(tmp_path)
    with FakeServer(answer=answering(BAD[name][0])) as server:
        loaded = load_text(RECIPE.replace("URL", server.url), name="r.yaml", base=tmp_path)
        with pytest.raises(DataError, match="the author wrote no problems"):
            generate(loaded, tmp_path / "run", progress=Silent(), notice=told.append)
    assert "authored 0 of 12 problems from" in told[-1]
    assert "the last 3 rounds brought next to nothing new" in told[-1]
    assert len(server.received) <= 3 * 8


def test_an_author_that_runs_dry_is_given_up(tmp_path: Path) -> None:
    """A loop that finds no new problems stops and says so; those that were found are solved."""
    with FakeServer(answer=answering(_repeats)) as server:
        manifest = author_here(tmp_path, server)
    (counts,) = manifest.authored
    assert (counts.accepted, counts.ended, manifest.samples.traces) == (2, "exhausted", 4)
    check_counts(manifest, tmp_path / "run")
    assert counts.requests <= 5 * 8


STRATEGIES: dict[str, str] = {
    "self_instruct": "seeds: seeds.jsonl",
    "evolve": "seeds: seeds.jsonl\n    operations: [harder, combined]",
    "topics": "topics: {subject: [gases, salts], level: school}",
    "passages": "passages: text.txt",
}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_strategies(tmp_path: Path, strategy: str) -> None:
    """Each strategy shows the author what it is made of, and comes to its problems."""
    shown = {"topics": "subject: salts; level: school", "passages": "Salt melts ice."}.get(strategy, SEEDS[0])
    (tmp_path / "text.txt").write_text("Salt melts ice.\n\n" + "Gases expand. " * 30, "utf-8")
    recipe = RECIPE.replace("strategy: self_instruct\n    seeds: seeds.jsonl", f"strategy: {strategy}")
    recipe = recipe.replace("batch: 4\n", f"batch: 4\n    {STRATEGIES[strategy]}\n")
    with FakeServer(answer=answering()) as server:
        write_seeds(tmp_path)
        manifest = run_here(tmp_path / "run", recipe.replace("URL", server.url), base=tmp_path)
    assert manifest.problems == 12
    prompts = [jsonlines.decode(request.body)["messages"][0]["content"] for request in server.received]
    assert any(shown in prompt for prompt in prompts if prompt.startswith("Write 4 new problems"))


WRONG: dict[str, tuple[str, str]] = {
    "no seeds": ("strategy: evolve", "problems.0.seeds: the strategy evolve needs seeds"),
    "no topics": ("strategy: topics", "problems.0.topics: the strategy topics needs topics"),
    "no such strategy": ("strategy: dream", "6: problems.0.strategy: should be"),
    "no such operation": ("strategy: evolve\n    operations: [larger]", "7: problems.0.operations.0: should be"),
    "a check of replies": (
        "strategy: self_instruct\n    seeds: s\n    checks: [truncated]",
        "truncated looks at a reply",
    ),
}


@pytest.mark.parametrize("lines,said", WRONG.values(), ids=WRONG)
def test_wrong_recipes(lines: str, said: str) -> None:
    """What an author lacks, or does not take, is an error at its place before anything is sent."""
    source = f"problems:\n  - from: authored\n    # a comment\n    count: 3\n    {lines}\n"
    text = f"name: a\n{source}teacher: {{model: vllm/x}}\n"
    with pytest.raises(RecipeError) as caught:
        planned(text)
    assert said in str(caught.value)


def test_a_built_in_teacher_writes_nothing(tmp_path: Path) -> None:
    """A recipe whose author would be the built-in teacher is refused at its place."""
    write_seeds(tmp_path)
    text = RECIPE.split("    author")[0] + "teacher: {model: builtin/solver}\n"
    with pytest.raises(RecipeError, match=r"problems.0: the built-in teachers write no problems; name an `author`"):
        run_here(tmp_path / "run", text, base=tmp_path)


def test_the_key_of_an_author_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which variable goes to which host is said once for the author and once for the solver, before either is asked."""
    monkeypatch.setenv("WRITER_KEY", "secret-a")
    monkeypatch.setenv("SOLVER_KEY", "secret-b")
    told: list[str] = []
    write_seeds(tmp_path)
    text = RECIPE.replace("{model: vllm/writer", "{model: vllm/writer, api_key_env: WRITER_KEY")
    text = text.replace("{model: vllm/solver", "{model: vllm/solver, api_key_env: SOLVER_KEY")
    with FakeServer(answer=answering()) as server:
        loaded = load_text(text.replace("URL", server.url), name="r.yaml", base=tmp_path)
        generate(loaded, tmp_path / "run", progress=Silent(), notice=told.append)
    for variable in ("WRITER_KEY", "SOLVER_KEY"):
        assert sum(variable in line for line in told) == 1
    assert next(place for place, line in enumerate(told) if "WRITER_KEY" in line) == 0


def test_dry_run(tmp_path: Path) -> None:
    """A dry run sends nothing, and says how many problems are still to be written."""
    with FakeServer(answer=answering()) as server:
        write_seeds(tmp_path)
        (tmp_path / "r.yaml").write_text(RECIPE.replace("URL", server.url), "utf-8")
        before = curate("generate", "r.yaml", "--dry-run", cwd=tmp_path)
        assert not server.received
        assert "12 problems are still to be written, and not counted here" in before.stderr
        assert not (tmp_path / "datasets_out").exists()
        curate("generate", "r.yaml", cwd=tmp_path)
        sent = len(server.received)
        after = curate("generate", "r.yaml", "--dry-run", "--json", cwd=tmp_path)
        assert len(server.received) == sent
    assert (json.loads(after.stdout)["problems"], json.loads(after.stdout)["to_author"]) == (12, 0)


def test_the_budget_holds_over_authors(tmp_path: Path) -> None:
    """Author, confirmation and solving together stay within the budget; a higher one goes on to the same result."""
    with FakeServer(answer=answering()) as server:
        least = ["problems.0.author.max_tokens=200", "teacher.max_tokens=60"]
        whole = author_here(tmp_path, server, least, folder="whole")
        price = whole.authored[0].cost + whole.authored[0].confirm_cost
        some = author_here(tmp_path, server, [f"budget.max_cost={price / 2}", *least], folder="some")
        assert some.authored[0].ended == "stopped"
        assert 0 < some.authored[0].cost + some.authored[0].confirm_cost <= price / 2
        assert some.problems < whole.problems
        again = author_here(tmp_path, server, least, folder="some")
    assert again.problems == whole.problems
    assert results(tmp_path / "some") == results(tmp_path / "whole")


def test_killed_again_and_again(tmp_path: Path) -> None:
    """Killed at any moment, the same command comes to the same problems, and pays again only for what was in flight."""
    with FakeServer(answer=answering()) as server:
        author_here(tmp_path, server, folder="whole")
        needed = len(server.received)
    words, ends, in_flight = command("generate", "r.yaml", "-o", "run"), [], 0
    with FakeServer(answer=answering(), latency=0.05) as server:
        (tmp_path / "r.yaml").write_text(RECIPE.replace("URL", server.url), "utf-8")
        for more in (2, 4, 12):
            asked = len(server.received)
            running = subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.DEVNULL)
            deadline = time.monotonic() + 30
            while len(server.received) < asked + more and running.poll() is None and time.monotonic() < deadline:
                time.sleep(0.005)
            os.kill(running.pid, signal.SIGKILL)
            ends.append(running.wait())
            in_flight += server.account.most_under_way
        done = curate("generate", "r.yaml", "-o", "run", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert len(server.received) <= needed + in_flight
    assert ends == [-signal.SIGKILL] * 3
    assert results(tmp_path / "run") == results(tmp_path / "whole")


class _Refusing(FakeServer):
    """Refuses some of the requests for problems, each as often as it comes."""

    def _refused(self, connection: Connection, request: Received, body: JSON) -> int | None:
        asks = WANTED.search(body["messages"][-1]["content"]) is not None
        if asks and share(str(body["seed"]), "lost") < 0.3:
            connection.refuse(400, "the context is too long", self.headers, code="context_length_exceeded")
            return 400
        return super()._refused(connection, request, body)


def test_what_failed_for_good_is_not_asked_again_once_others_build_on_it(tmp_path: Path) -> None:
    """What a run could not have of an author stays out of its round: later rounds were asked without it."""
    with _Refusing(answer=answering(writes)) as server:
        first = author_here(tmp_path, server, ["problems.0.count=24"])
        sent = len(server.received)
        again = author_here(tmp_path, server, ["problems.0.count=24"])
        assert len(server.received) == sent
    (counts,) = first.authored
    assert again.authored == (counts,)
    assert counts.failed > 0
    assert counts.cost_per_accepted == pytest.approx((counts.cost + counts.confirm_cost) / counts.accepted)


def test_problems_are_new_beside_other_sources(tmp_path: Path) -> None:
    """A problem that another source of the recipe holds is not written again."""
    ours = [problem("always", number) for number in range(2)]
    rows = [jsonlines.encode({"question": one["problem"]}) + b"\n" for one in ours]
    (tmp_path / "old.jsonl").write_bytes(b"".join(rows))
    write_seeds(tmp_path)
    with FakeServer(answer=answering(_repeats)) as server:
        text = RECIPE.replace("problems:\n", "problems:\n  - {from: file, path: old.jsonl}\n", 1)
        manifest = run_here(tmp_path / "run", text.replace("URL", server.url), base=tmp_path)
    assert (manifest.problems, manifest.authored[0].accepted) == (2, 0)
    assert {trace.problem.text for trace in traces(tmp_path / "run")} == {one["problem"] for one in ours}


class _Closing(FakeServer):
    """Refuses the key of whoever asks for problems, once there are enough requests."""

    open_for = 10

    def _refused(self, connection: Connection, request: Received, body: JSON) -> int | None:
        if len(self.received) > self.open_for and WANTED.search(body["messages"][-1]["content"]):
            connection.refuse(401, "the key has run out", self.headers)
            return 401
        return super()._refused(connection, request, body)


def test_an_author_whose_key_runs_out(tmp_path: Path) -> None:
    """What was written until then is in the manifest, nothing more is sent, and a sound key goes on to the same end."""
    with FakeServer(answer=answering()) as server:
        author_here(tmp_path, server, ["problems.0.count=60"], folder="whole")
    with _Closing(answer=answering()) as server:
        with pytest.raises(TeacherError, match="the key has run out"):
            author_here(tmp_path, server, ["problems.0.count=60"])
        manifest = read_manifest(tmp_path / "run")
        assert isinstance(manifest, RunManifest)
        (counts,) = manifest.authored
        assert (counts.ended, manifest.problems) == ("stopped", counts.accepted)
        assert 0 < counts.accepted < 60
        server.open_for = 10_000
        author_here(tmp_path, server, ["problems.0.count=60"])
    assert results(tmp_path / "run") == results(tmp_path / "whole")
