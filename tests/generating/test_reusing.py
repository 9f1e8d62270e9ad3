"""What is sent again and what is not, when a recipe changes between two runs in one folder."""

import re
from pathlib import Path

import pytest

from curate.checks import DEFAULT_CHECKS
from curate.errors import LedgerError, OutputError, RecipeError, TeacherError
from curate.folders import LOCK, WORK, OutputFolder, read_manifest
from curate.manifests import RunManifest
from curate.pipeline.generating.generate import dry_run, generate
from curate.protocols import Silent
from curate.recipe import load, load_text
from tests.generating.running import RECIPE, answered, attempts, history, run_here, shards, traces

LOW = "teacher.max_tokens=60"
HIGH = "teacher.max_tokens=4096"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run goes."""
    return tmp_path / "run"


def send(folder: Path, *overrides: str, text: str = RECIPE, base: Path = Path(), limit: int | None = None) -> int:
    """Run, and return how many requests were sent for it."""
    before = attempts(folder)
    run_here(folder, text, overrides, base=base, limit=limit)
    return attempts(folder) - before


def test_the_same_command_sends_nothing(folder: Path) -> None:
    """A finished run that is run again sends nothing and writes the same bytes."""
    assert send(folder) == 16
    before = shards(folder)
    assert send(folder) == 0
    assert shards(folder) == before


NOTHING_SENT = {
    "another check": "checks=[truncated, wrong_answer]",
    "a parameter of a check": "checks=[truncated: {min_words: 3}]",
    "another output": "output={format: messages, system: Think., splits: {test: 0.1}}",
    "an expectation": "expect.min_kept_share=0.9",
    "a lower limit": LOW,
    "fewer samples": "teacher.samples=1",
    "fewer problems": "problems.families.linear_equation=2",
}


@pytest.mark.parametrize("override", NOTHING_SENT.values(), ids=NOTHING_SENT)
def test_nothing_is_sent(folder: Path, override: str) -> None:
    """Changing a check, an output or an expectation, or asking for less, sends nothing."""
    run_here(folder)
    assert send(folder, override) == 0
    manifest = read_manifest(folder)
    assert isinstance(manifest, RunManifest)
    assert manifest.samples.pending == 0


def test_raising_the_limit_sends_only_what_was_truncated(folder: Path) -> None:
    """With a higher `max_tokens` only the replies that were cut off are asked for again; ids and the others stay."""
    run_here(folder, overrides=[LOW])
    low = {trace.id: trace for trace in traces(folder)}
    cut = {id_ for id_, trace in low.items() if trace.finish_reason == "length"}
    assert 0 < len(cut) < len(low)
    assert send(folder, HIGH) == len(cut)
    high = {trace.id: trace for trace in traces(folder)}
    assert list(high) == list(low)
    assert all(high[id_] == low[id_] for id_ in set(low) - cut if high[id_].pass_rate == low[id_].pass_rate)
    assert {id_ for id_, trace in high.items() if trace.teacher.max_tokens == 4096} == cut
    assert {id_ for id_, trace in high.items() if trace.teacher.max_tokens == 60} == set(low) - cut
    assert all(count == 1 for count in answered(folder).values())


def test_lowering_the_limit_again_keeps_the_finished_replies(folder: Path) -> None:
    """A finished reply serves any limit; where only a cut one is there, the longest that reaches the limit does."""
    run_here(folder, overrides=[LOW])
    run_here(folder, overrides=[HIGH])
    best = traces(folder)
    assert send(folder, LOW) == 0
    assert traces(folder) == best


def test_more_samples_send_only_the_new_ones(folder: Path) -> None:
    """Raising `samples` sends the new samples alone; the old ones keep their ids and their texts."""
    run_here(folder)
    before = {trace.id: trace.response for trace in traces(folder)}
    assert send(folder, "teacher.samples=3") == 8
    after = traces(folder)
    assert {trace.id: trace.response for trace in after if trace.sample < 2} == before
    assert [trace.sample for trace in after] == [0, 1, 2] * 8


def test_more_problems_send_only_the_new_ones(folder: Path) -> None:
    """Raising the number of problems keeps the ones that were there."""
    run_here(folder)
    before = {trace.id for trace in traces(folder)}
    assert send(folder, "problems.families.linear_equation=6") == 4
    assert before < {trace.id for trace in traces(folder)}


def test_limit_takes_the_first_problems(folder: Path) -> None:
    """`--limit` takes the first problems of the plan, and lifting it sends only the rest."""
    first = run_here(folder, limit=3)
    ids = [trace.id for trace in traces(folder)]
    assert (first.problems, first.samples.planned) == (3, 6)
    assert send(folder) == 10
    assert [trace.id for trace in traces(folder)][:6] == ids


@pytest.mark.parametrize(
    "override",
    [
        "seed=5",
        "teacher.seed=5",
        "teacher.temperature=0.5",
        "teacher.top_p=0.5",
        "teacher.model=builtin/solver",
        "teacher.extra_body.faults={looping: 0.2}",
    ],
)
def test_another_way_of_asking_sends_everything(folder: Path, override: str) -> None:
    """Another model, seed, temperature or extra body is another request; the old replies stay in the ledger."""
    run_here(folder)
    assert send(folder, override) == 16
    assert len(answered(folder)) == 32


MIXED = """\
name: mixed
problems:
- {from: builtin, families: {syllogism: 3}}
- {from: file, path: p.jsonl}
teacher: {model: builtin/solver, samples: 2}
"""


UNSOLVABLE = MIXED.replace("- {from: builtin, families: {syllogism: 3}}\n", "")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder with a file of problems that the built-in teacher cannot solve."""
    (tmp_path / "p.jsonl").write_text('{"question": "Who wrote Faust?", "answer": "Goethe"}\n', "utf-8")
    return tmp_path


def test_failures_are_counted_and_tried_again(folder: Path, base: Path) -> None:
    """What gets no reply is in `failed.jsonl` with its reason, and a run that goes on ends as the first one did."""
    manifest = run_here(folder, MIXED, base=base)
    counts = manifest.samples
    assert (counts.planned, counts.traces, counts.failed, counts.pending) == (8, 6, 2, 0)
    first = (folder / "failed.jsonl").read_bytes()
    assert b"the built-in teacher solves only problems of the built-in families" in first
    assert send(folder, text=MIXED, base=base) == 2
    again = read_manifest(folder)
    assert isinstance(again, RunManifest)
    assert again.samples == counts
    assert (folder / "failed.jsonl").read_bytes() == first.replace(b'"attempts":1', b'"attempts":2')


def test_nothing_but_failures(folder: Path, base: Path) -> None:
    """A teacher that answers nothing at all cannot be used; the attempts are kept, and their reasons are shown."""
    with pytest.raises(TeacherError, match="not one of 2 requests got a reply: the built-in teacher solves only"):
        run_here(folder, UNSOLVABLE, base=base)
    manifest = read_manifest(folder)
    assert isinstance(manifest, RunManifest)
    assert (manifest.samples.traces, manifest.samples.failed, attempts(folder)) == (0, 2, 2)
    assert (folder / "failed.jsonl").read_bytes().count(b"solves only problems of the built-in families") == 2


def test_another_recipe_is_refused(folder: Path) -> None:
    """The folder of one recipe is not given to a recipe of another name, and nothing in it changes."""
    run_here(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(OutputError, match="holds the run of 'small'; give 'other' a folder of its own with -o"):
        run_here(folder, overrides=["name=other"])
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_another_recipe_is_refused_before_the_first_was_finished(folder: Path, base: Path) -> None:
    """Also where the first run was stopped before it had a result, its folder and its ledger are its own."""
    with pytest.raises(RecipeError, match="does not exist"):
        run_here(folder, UNSOLVABLE, base=base / "elsewhere")
    assert read_manifest(folder) is None
    with pytest.raises(OutputError, match="holds the run of 'mixed'"):
        run_here(folder)
    assert attempts(folder) == 0


@pytest.mark.parametrize("name", ["recipe.yaml", "history.jsonl", "notes.txt", "manifest.json", "curated/mine.jsonl"])
def test_files_of_the_user_are_left_alone(folder: Path, name: str) -> None:
    """A folder that holds something of the user's is refused, also where it has the name of a file of ours."""
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text("name: small\n# mine\n", "utf-8")
    with pytest.raises(OutputError, match="not ours"):
        run_here(folder)
    assert path.read_text("utf-8") == "name: small\n# mine\n"
    assert [entry.name for entry in folder.iterdir()] == [Path(name).parts[0]]


def test_one_writer_at_a_time(folder: Path) -> None:
    """A second run in the same folder gets an error that names the first, and disturbs nothing."""
    run_here(folder)
    before = shards(folder)
    with (
        OutputFolder(folder, kind="run", replace=True, residents=("ledger.sqlite", "recipe.yaml", "history.jsonl")),
        pytest.raises(OutputError, match=r"is being written by process \d+ on "),
    ):
        run_here(folder)
    assert shards(folder) == before


def test_history_has_a_line_for_each_invocation(folder: Path) -> None:
    """Each invocation leaves a line with its time and the recipe's fingerprint, also one that came to nothing."""
    run_here(folder)
    run_here(folder, overrides=["teacher.samples=3"])
    with pytest.raises(LedgerError):
        _with_a_damaged_ledger(folder)
    lines = history(folder)
    assert [line["recipe"] for line in lines] == ["small"] * 3
    assert lines[0]["fingerprint"] == lines[2]["fingerprint"] != lines[1]["fingerprint"]
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["at"]) for line in lines)


def _with_a_damaged_ledger(folder: Path) -> None:
    (folder / "ledger.sqlite").write_bytes(b"no database" * 100)
    run_here(folder)


def test_a_lost_ledger(folder: Path) -> None:
    """A run whose ledger is gone is not paid for again unasked; its traces stay."""
    run_here(folder)
    before = shards(folder)
    (folder / "ledger.sqlite").unlink()
    with pytest.raises(LedgerError, match="has traces, but its ledger is gone"):
        run_here(folder)
    assert shards(folder) == before


LEFT_BY_A_KILL = [
    "ledger.sqlite-journal",
    ".recipe.yaml.part",
    LOCK,
    f"{WORK}/.plan.jsonl",
    f"{WORK}/traces/part-00000.jsonl",
]


@pytest.mark.parametrize("name", LEFT_BY_A_KILL)
def test_what_a_killed_run_leaves_is_no_obstacle(folder: Path, name: str) -> None:
    """Whatever the very first moments of a killed run left behind, the same command goes on."""
    path = folder / name
    path.parent.mkdir(parents=True)
    path.touch()
    assert send(folder) == 16
    assert not path.exists() or name == ".recipe.yaml.part"


def test_the_resolved_recipe_is_kept(folder: Path) -> None:
    """`recipe.yaml` is the recipe that was run, overrides included, with every default."""
    run_here(folder, overrides=["teacher.samples=3"])
    first = shards(folder)
    kept = load(str(folder / "recipe.yaml")).recipe
    assert kept.teacher[0].samples == 3
    assert [check.name for check in kept.checks or ()] == list(DEFAULT_CHECKS)
    text = (folder / "recipe.yaml").read_text("utf-8")
    assert "style: zero_shot_cot" in text
    generate(load(str(folder / "recipe.yaml")), folder.with_name("again"), progress=Silent(), notice=lambda _: None)
    again = shards(folder.with_name("again"))
    assert {name: data for name, data in again.items() if name != "manifest.json"} == {
        name: data for name, data in first.items() if name != "manifest.json"
    }


def test_dry_run_sends_and_writes_nothing(folder: Path) -> None:
    """A dry run counts problems, requests and tokens, reads the ledger that is there, and changes no file."""
    loaded = load_text(RECIPE, name="r", base=Path())
    fresh = dry_run(loaded, folder)
    assert not folder.exists()
    assert (fresh.problems, fresh.requests, fresh.reused) == (8, 16, 0)
    assert fresh.max_completion_tokens == 16 * 4096
    assert 16 * 10 < fresh.prompt_tokens < 16 * 200
    run_here(folder, overrides=[LOW])
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    planned = dry_run(loaded, folder)
    cut = sum(trace.finish_reason == "length" for trace in traces(folder))
    assert (planned.requests, planned.reused) == (16, 16 - cut)
    assert planned.max_completion_tokens == cut * 4096
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    run_here(folder)
    assert attempts(folder) == 16 + planned.requests - planned.reused


def test_traces_stand_in_plan_order(folder: Path) -> None:
    """Traces keep the order of the plan: problems, then samples; every id is there once and names its request."""
    run_here(folder)
    found = traces(folder)
    assert [trace.sample for trace in found] == [0, 1] * 8
    assert [trace.problem.family for trace in found] == (["arithmetic_chain"] * 2 + ["linear_equation"] * 2) * 4
    assert len({trace.id for trace in found}) == 16
    assert all(trace.origin.request == trace.id and trace.origin.recipe == "small" for trace in found)
    assert (folder / "manifest.json").exists()
