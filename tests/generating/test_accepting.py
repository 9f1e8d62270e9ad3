"""Datasets by the accepted row: at least as many as asked, hardly a request more than it takes, stopped or not."""

import json
import math
import signal
import subprocess
import time
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.layout import CURATED
from curate.pipeline.accepting import Accepted, run_until
from curate.pipeline.estimate import Round, is_barren, next_problems, yield_of
from curate.pipeline.generating.generate import GenerateOptions
from curate.pipeline.run import run
from curate.protocols import Silent
from curate.recipe import load_text
from curate.records import JSON
from curate.seeds import rng
from curate.testing.server import FakeServer
from tests.commands.running import curate
from tests.generating.running import answered, command, shards

RECIPE = """\
name: wanted
problems: {from: builtin, families: {arithmetic_chain: 400}}
teacher: {model: builtin/noisy, samples: 2}
checks: [truncated, missing_answer, wrong_answer]
"""


def quietly(_: str) -> None:
    """Say nothing."""


def accept(folder: Path, rows: int, text: str = RECIPE) -> Accepted:
    """Run until so many rows are accepted."""
    loaded = load_text(text, name="r", base=folder.parent)
    return run_until(loaded, folder, rows, progress=Silent(), notice=quietly)[2]


def kept_of_prefix(folder: Path, problems: int, text: str = RECIPE) -> int:
    """Return how many rows generating and filtering so many problems gives."""
    loaded = load_text(text, name="r", base=folder.parent)
    return run(loaded, folder, GenerateOptions(limit=problems), progress=Silent(), notice=quietly)[1].rows.kept


@pytest.mark.parametrize("rows", [1, 300])
def test_noisy_teacher(tmp_path: Path, rows: int) -> None:
    """At least the rows asked are kept, by at most a tenth more requests than the shortest prefix that has them."""
    accepted = accept(tmp_path / "run", rows)
    assert (accepted.ended, accepted.kept >= rows) == ("reached", True)
    asked = accepted.rounds[-1].problems
    assert len(answered(tmp_path / "run")) == 2 * asked
    assert set(answered(tmp_path / "run").values()) == {1}
    fewer = math.floor(asked / 1.1) - 1
    assert fewer <= 0 or kept_of_prefix(tmp_path / "other", fewer) < rows


def test_is_a_prefix(tmp_path: Path) -> None:
    """The result is byte for byte that of an ordinary run over so many problems; running it again changes nothing."""
    accepted = accept(tmp_path / "run", 100)
    kept_of_prefix(tmp_path / "prefix", accepted.rounds[-1].problems)
    before = (shards(tmp_path / "run"), shards(tmp_path / "run" / CURATED))
    assert before == (shards(tmp_path / "prefix"), shards(tmp_path / "prefix" / CURATED))
    assert accept(tmp_path / "run", 100) == accepted
    assert (shards(tmp_path / "run"), shards(tmp_path / "run" / CURATED)) == before


def test_problems_are_spent(tmp_path: Path) -> None:
    """Where all problems together give too few rows, all are asked, and it says so and ends with 1."""
    (tmp_path / "r.yaml").write_text(RECIPE.replace("400", "40"), "utf-8")
    done = curate("run", "r.yaml", "-o", "run", "--accept", 100, "--json", cwd=tmp_path)
    assert done.code == 1
    said = json.loads(done.stdout)
    assert said["accept"]["ended"] == "problems"
    kept = said["curated"]["rows"]["kept"]
    assert said["attention"] == [f"{kept} of the 100 rows wanted are there; the problems are spent: 40 gave no more"]
    assert [one["problems"] for one in said["accept"]["rounds"]] == sorted({*_problems(said), 40})


def _problems(said: JSON) -> list[int]:
    return [one["problems"] for one in said["accept"]["rounds"]]


def test_not_one_row(tmp_path: Path) -> None:
    """A yield of nothing does not spend all there is: when twice the problems gave not one row more, it ends."""
    text = RECIPE.replace("wrong_answer]", "wrong_answer, too_few_steps: {min_steps: 99}]").replace("400", "600")
    accepted = accept(tmp_path / "run", 300, text)
    assert (accepted.ended, accepted.kept) == ("barren", 0)
    assert [one.problems for one in accepted.rounds] == [100, 250, 500]
    assert accepted.estimate is not None
    assert accepted.estimate.problems is None


def test_a_yield_that_falls(tmp_path: Path) -> None:
    """A check that compares rows makes the yield fall with size; it ends all the same."""
    text = RECIPE.replace("wrong_answer]", "over_represented: {by: answer, max_share: 0.01}]")
    accepted = accept(tmp_path / "run", 150, text)
    assert accepted.ended in {"reached", "problems", "barren"}
    assert len(accepted.rounds) < 25


def ending(body: JSON) -> str:
    """Answer rightly now and then, by what is asked."""
    question = str(body["messages"][-1]["content"]).split("\n")[0]
    number = int(question.split()[2])
    right = rng(1, question).random() < 0.4
    return f"I add the number to itself, and take care. The answer is {2 * number if right else 2 * number + 1}."


def with_server(folder: Path, server: FakeServer, problems: int = 500) -> None:
    """Write a recipe that asks a server, and its problems."""
    rows = [json.dumps({"question": f"How much {n} twice?", "answer": 2 * n}) for n in range(problems)]
    (folder / "p.jsonl").write_text("\n".join(rows), "utf-8")
    teacher = {"model": "custom/tiny", "base_url": server.url, "max_tokens": 50, "price": {"input": 1, "output": 1}}
    recipe = {"name": "asked", "problems": {"from": "file", "path": "p.jsonl"}, "teacher": teacher}
    (folder / "r.yaml").write_text(json.dumps({**recipe, "checks": ["wrong_answer"]}), "utf-8")


def test_a_server(tmp_path: Path) -> None:
    """Over a real socket: rows reached, each request billed once, and hardly more of them than were needed."""
    with FakeServer(answer=ending) as server:
        with_server(tmp_path, server)
        done = curate("run", "r.yaml", "-o", "run", "--accept", 100, "--max-cost", 1, "--json", cwd=tmp_path)
        assert done.code == 0, done.stderr
        said = json.loads(done.stdout)
        right = list(accumulate(int(rng(1, f"How much {n} twice?").random() < 0.4) for n in range(500)))
        needed = right.index(100) + 1
        assert said["accept"]["kept"] >= 100
        assert needed <= server.account.billed <= 1.1 * needed
        assert max(server.account.sound.values()) == 1
        assert "round 1: 100 problems, 100 samples, " in done.stderr
        assert done.stderr.count("reusing 0 replies") == 1
        assert said["accept"]["estimate"]["cost"] > 0


def test_a_budget_ends_it(tmp_path: Path) -> None:
    """The budget holds over all rounds; it ends with 1, says how many rows there are, and more money goes on."""
    with FakeServer(answer=ending) as server:
        with_server(tmp_path, server)
        words = ("run", "r.yaml", "-o", "run", "--accept", 100, "--json", "--max-cost")
        done = curate(*words, 0.006, cwd=tmp_path)
        said = json.loads(done.stdout)
        assert (done.code, said["accept"]["ended"]) == (1, "budget")
        assert 0 < said["generated"]["cost"] <= 0.006
        assert said["attention"][0].startswith("the budget has no room for the ")
        assert said["attention"][1].endswith("of the 100 rows wanted are there; the budget is spent")
        done = curate(*words, 1, cwd=tmp_path)
        assert (done.code, json.loads(done.stdout)["accept"]["ended"]) == (0, "reached")
        assert max(server.account.sound.values()) == 1


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "in the first round": lambda run: (run / "ledger.sqlite-wal").exists(),
    "while counting": lambda run: (run / ".curate-work" / ".counting").exists(),
    "at the end": lambda run: (run / "traces").exists(),
}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run by accepted rows that nothing disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed") / "run"
    assert accept(folder, 130).ended == "reached"
    return folder


@pytest.mark.parametrize("moment", MOMENTS)
def test_kill_9(tmp_path: Path, undisturbed: Path, moment: str) -> None:
    """Killed in any of its stages, the same command comes to the same rows, and no sample has two replies."""
    (tmp_path / "r.yaml").write_text(RECIPE, "utf-8")
    words = ("run", "r.yaml", "-o", "run", "--accept", 130)
    with subprocess.Popen(command(*words), cwd=tmp_path, stderr=subprocess.DEVNULL) as going:
        while not MOMENTS[moment](tmp_path / "run") and going.poll() is None:
            time.sleep(0.002)
        going.send_signal(signal.SIGKILL)
    done = curate(*words, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert shards(tmp_path / "run" / CURATED) == shards(undisturbed / CURATED)
    assert set(answered(tmp_path / "run").values()) == {1}


@given(st.integers(1, 5000), st.integers(1, 8), st.floats(0.02, 1), st.integers(0, 2**32))
def test_stretches_end_and_overshoot_little(wanted: int, most: int, rate: float, seed: int) -> None:
    """Whatever the yield, the rows are reached in few stretches, with at most a tenth more problems than it takes."""
    luck = rng(seed, "yield")
    gained = [0]

    def kept(problems: int) -> int:
        while len(gained) <= problems:
            gained.append(gained[-1] + sum(luck.random() < rate for _ in range(most)))
        return gained[problems]

    rounds: list[Round] = []
    while not rounds or rounds[-1].kept < wanted:
        problems = next_problems(wanted, most, rounds)
        assert not rounds or problems > rounds[-1].problems
        rounds.append(Round(problems=problems, samples=problems * most, kept=kept(problems)))
    needed = next(number for number, count in enumerate(gained) if count >= wanted)
    assert rounds[-1].problems <= max(1.1 * needed, needed + 1) + 1 / rate
    assert len(rounds) < 60


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.integers(1, 10**6), st.integers(1, 64))
def test_stretches_always_grow(counts: list[int], wanted: int, most: int) -> None:
    """A plan only ever grows, whatever was counted, also where a longer prefix gave fewer rows than a shorter one."""
    rounds: list[Round] = []
    for count in counts:
        rounds.append(Round(problems=next_problems(wanted, most, rounds), samples=0, kept=min(count, wanted - 1)))
    assert all(one.problems < other.problems for one, other in pairwise(rounds))


@pytest.mark.parametrize(
    "counts,barren",
    [
        pytest.param([(300, 0)], False, id="one round"),
        pytest.param([(200, 0), (400, 0)], True, id="nothing, twice"),
        pytest.param([(200, 0), (399, 0)], False, id="nothing, not yet twice"),
        pytest.param([(2, 0), (4, 0), (199, 0)], False, id="nothing of few"),
        pytest.param([(200, 5), (400, 5)], True, id="nothing more"),
        pytest.param([(200, 5), (400, 6)], False, id="one more"),
        pytest.param([(200, 5), (300, 6), (400, 6)], False, id="one more, lately"),
    ],
)
def test_barren(counts: list[tuple[int, int]], *, barren: bool) -> None:
    """It is barren when twice as many problems gave not one row more."""
    assert is_barren([Round(problems=problems, samples=0, kept=kept) for problems, kept in counts]) is barren


def test_yield() -> None:
    """The interval holds the mean, is wide for few problems, and stays between nothing and all."""
    assert (yield_of(0, 0, 4).low, yield_of(0, 0, 4).high) == (0.0, 4.0)
    few, many = yield_of(20, 10, 4), yield_of(2000, 1000, 4)
    assert few.mean == many.mean == 2.0
    assert 0 < few.low < many.low < 2.0 < many.high < few.high < 4
    assert yield_of(40, 10, 4).high == 4.0


def test_a_dry_run_says_least_and_most(tmp_path: Path) -> None:
    """Before anything is sent: what it takes if every sample is accepted, what all problems take, and the budget."""
    (tmp_path / "r.yaml").write_text(RECIPE, "utf-8")
    done = curate("run", "r.yaml", "--accept", 100, "--dry-run", cwd=tmp_path)
    assert "100 accepted rows, if all samples are: 50 problems, 100 requests; " in done.stderr
    assert "All problems: 400 problems, 800 requests; " in done.stderr
    said = json.loads(curate("run", "r.yaml", "--accept", 100, "--dry-run", "--json", cwd=tmp_path).stdout)
    assert (said["least"]["requests"], said["most"]["requests"]) == (100, 800)
    assert not (tmp_path / "datasets_out").exists()
