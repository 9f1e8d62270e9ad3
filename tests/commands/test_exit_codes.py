"""Exit codes, each by a real case: 0 done, 1 attention, 2 input, 3 teacher, 4 machine (130 is in tests/generating)."""

import json
import subprocess
from pathlib import Path

import pytest

from curate.errors import (
    Attention,
    CurateError,
    DataError,
    Exit,
    InputError,
    LedgerError,
    MachineError,
    NotOursError,
    OutputError,
    PluginError,
    RecipeError,
    TeacherError,
    UsageError,
    WishError,
    exit_code_of,
)
from curate.folders import OutputFolder
from tests.commands.running import SMALL, command, curate, curate_process

UNSOLVABLE = "name: u\nproblems: {from: file, path: p.jsonl}\nteacher: {model: builtin/solver}\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with recipes, a file of problems, a broken file and a folder that is not ours."""
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    (tmp_path / "greedy.yaml").write_text(SMALL + "expect: {min_kept_share: 1.0, max_failed_share: 0}\n", "utf-8")
    (tmp_path / "wrong.yaml").write_text(SMALL.replace("truncated,", "trunctated,"), "utf-8")
    (tmp_path / "broken.yaml").write_text("name: [", "utf-8")
    (tmp_path / "unsolvable.yaml").write_text(UNSOLVABLE, "utf-8")
    (tmp_path / "p.jsonl").write_text('{"question": "Who?", "answer": "Goethe"}\n', "utf-8")
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "thesis.tex").write_text("mine", "utf-8")
    return tmp_path


CASES: dict[str, tuple[str, Exit, str]] = {
    "run": ("run small.yaml -o out", Exit.DONE, "shards: out/curated/messages"),
    "run by hyphens": ("run small.yaml -o out --set checks.wrong-answer.undecided=drop", Exit.DONE, "kept"),
    "expectation": ("run greedy.yaml -o out", Exit.ATTENTION, "curate: kept "),
    "faults": ("validate p.jsonl", Exit.ATTENTION, "p.jsonl:1: /: 'id' is a required property"),
    "a wrong recipe to validate": ("validate wrong.yaml", Exit.ATTENTION, "wrong.yaml:4: checks.1: unknown check"),
    "no command": ("", Exit.INPUT, "Usage: "),
    "unknown command": ("rum", Exit.INPUT, "No such command 'rum'"),
    "unknown option": ("run small.yaml --lmit 3", Exit.INPUT, "No such option"),
    "limit of zero": ("run small.yaml --limit 0", Exit.INPUT, "0 is not in the range"),
    "no recipe": ("run", Exit.INPUT, "Missing argument 'RECIPE'"),
    "unknown recipe": ("run quikstart", Exit.INPUT, "did you mean 'quickstart'?"),
    "broken recipe": ("run broken.yaml", Exit.INPUT, "curate: broken.yaml:1: no valid YAML: "),
    "wrong recipe": ("run wrong.yaml -o out", Exit.INPUT, "did you mean 'truncated'?"),
    "wrong recipe, generating": ("generate wrong.yaml -o out", Exit.INPUT, "did you mean 'truncated'?"),
    "wrong recipe, dry run": ("run wrong.yaml -o out --dry-run", Exit.INPUT, "did you mean 'truncated'?"),
    "wrong override": ("run small.yaml --set teacher.samples=0", Exit.INPUT, "curate: --set teacher.samples=0: "),
    "missing input": ("filter nothing.jsonl -o out", Exit.INPUT, "curate: nothing.jsonl does not exist"),
    "empty input": ("filter empty.jsonl -o out", Exit.INPUT, "empty, there is nothing to read"),
    "no folder for the result": ("filter p.jsonl", Exit.INPUT, "say where the result goes: -o OUT"),
    "unknown check": ("filter p.jsonl -o out --checks trunctated", Exit.INPUT, "did you mean 'truncated'?"),
    "bad map": ("filter p.jsonl -o out --map reply", Exit.INPUT, "write it as FIELD=COLUMN"),
    "folder without result": ("view theirs", Exit.INPUT, "holds no curated result of ours"),
    "no folder": ("why nowhere abc", Exit.INPUT, "does not exist"),
    "missing target": ("validate nothing.jsonl", Exit.INPUT, "nothing.jsonl does not exist"),
    "missing recipe to validate": ("validate nothing.yaml", Exit.INPUT, "nothing.yaml does not exist"),
    "unknown schema": ("validate p.jsonl --schema trace.v9", Exit.INPUT, "trace.v9"),
    "unknown name": ("checks show trunctated", Exit.INPUT, "did you mean 'truncated'?"),
    "too many names": ("checks show a b", Exit.INPUT, "write `curate checks show NAME`"),
    "teacher of no use": ("generate unsolvable.yaml -o out", Exit.TEACHER, "curate: not one of 1 requests got a reply"),
    "somebody else's folder": ("generate small.yaml -o theirs", Exit.INPUT, "theirs is not empty and what is in it"),
    "somebody else's folder, filtering": ("filter p.jsonl -o theirs", Exit.INPUT, "theirs is not empty and what"),
    "a file for a folder": ("generate small.yaml -o theirs/thesis.tex/out", Exit.MACHINE, "cannot write to "),
}


@pytest.mark.parametrize("words,code,said", CASES.values(), ids=CASES)
def test_exit_code(place: Path, words: str, code: Exit, said: str) -> None:
    """A case ends with its code and with words on stderr, without a traceback, and prints nothing on stdout."""
    done = curate(*words.split(), cwd=place)
    assert done.code == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    if code == Exit.INPUT:
        assert not (place / "out" / "manifest.json").exists()
    assert (place / "theirs" / "thesis.tex").read_text("utf-8") == "mine"
    assert [path.name for path in (place / "theirs").iterdir()] == ["thesis.tex"]


REAL = ["run", "expectation", "unknown recipe", "teacher of no use", "a file for a folder"]


@pytest.mark.parametrize("case", REAL)
def test_exit_code_of_a_process(place: Path, case: str) -> None:
    """Each code is the one that a shell sees."""
    words, code, said = CASES[case]
    done = curate_process(*words.split(), cwd=place)
    assert done.code == code
    assert said in done.stderr
    assert done.stdout == ""


def test_second_writer(place: Path) -> None:
    """A folder that another process is writing is an error of the machine, which names that process."""
    with OutputFolder(place / "out", kind="run"):
        done = curate_process("generate", "small.yaml", "-o", "out", cwd=place)
    assert done.code == Exit.MACHINE
    assert "out is being written by process " in done.stderr


def test_damaged_ledger(place: Path) -> None:
    """A ledger that is none is an error of the machine, and is left as it is."""
    (place / "out").mkdir()
    (place / "out" / "ledger.sqlite").write_bytes(b"not a database, " * 64)
    done = curate("generate", "small.yaml", "-o", "out", cwd=place)
    assert done.code == Exit.MACHINE
    assert "ledger.sqlite is no ledger, or a damaged one" in done.stderr
    assert (place / "out" / "ledger.sqlite").read_bytes() == b"not a database, " * 64


TREE = {
    CurateError: Exit.MACHINE,
    InputError: Exit.INPUT,
    UsageError: Exit.INPUT,
    WishError: Exit.INPUT,
    RecipeError: Exit.INPUT,
    DataError: Exit.INPUT,
    PluginError: Exit.INPUT,
    TeacherError: Exit.TEACHER,
    MachineError: Exit.MACHINE,
    OutputError: Exit.MACHINE,
    NotOursError: Exit.INPUT,
    LedgerError: Exit.MACHINE,
    Attention: Exit.ATTENTION,
    KeyboardInterrupt: Exit.INTERRUPTED,
    ZeroDivisionError: Exit.MACHINE,
}


@pytest.mark.parametrize("error,code", TREE.items(), ids=[error.__name__ for error in TREE])
def test_every_error_has_its_code(error: type[BaseException], code: Exit) -> None:
    """Every error ends in the code that the docstring of `curate.errors` draws; a bug ends in 4."""
    assert exit_code_of(error("what")) == code


def _subclasses(error: type[BaseException]) -> set[type[BaseException]]:
    below = set(error.__subclasses__())
    return below.union(*map(_subclasses, below))


def test_the_tree_is_whole() -> None:
    """No error of ours is missing from the table above."""
    ours = {error for error in _subclasses(CurateError) if error.__module__.startswith("curate.")}
    assert ours <= set(TREE)


GIVING_JSON = {
    "run": ("run small.yaml -o out --json", 0, {"generated", "curated", "attention"}),
    "run, not as expected": ("run greedy.yaml -o out --json", 1, {"generated", "curated", "attention"}),
    "generate": ("generate small.yaml -o out --json", 0, {"samples", "files", "attention"}),
    "run, dry": ("run small.yaml -o out --dry-run --json", 0, {"problems", "requests", "reused"}),
    "generate, dry": ("generate small.yaml -o out --dry-run --json", 0, {"problems", "requests", "reused"}),
    "filter": ("filter p.jsonl -o out --json", 0, {"rows", "dropped_by", "attention"}),
    "filter, dry": ("filter p.jsonl -o out --dry-run --json", 0, {"checks"}),
    "validate, faults": ("validate p.jsonl --json", 1, {"faults", "attention"}),
    "validate, sound": ("validate small.yaml --json", 0, {"faults", "attention"}),
}


@pytest.mark.parametrize("words,code,keys", GIVING_JSON.values(), ids=GIVING_JSON)
def test_json(place: Path, words: str, code: int, keys: set[str]) -> None:
    """`--json` prints one JSON object on stdout and nothing else there; what wants attention is named in it."""
    done = curate(*words.split(), cwd=place)
    assert done.code == code, done.stderr
    assert done.stdout.count("\n") == 1
    summary = json.loads(done.stdout)
    assert keys <= set(summary)
    assert bool(summary.get("attention", code)) == bool(code)


def test_dry_runs_write_nothing(place: Path) -> None:
    """`--dry-run` makes no folder and no file, in the working directory or elsewhere."""
    before = sorted(place.rglob("*"))
    for words in (["run", "small.yaml"], ["generate", "small.yaml"], ["filter", "p.jsonl"]):
        done = curate(*words, "--dry-run", cwd=place)
        assert done.code == 0, done.stderr
        assert "Nothing was " in done.stderr
    assert sorted(place.rglob("*")) == before


def test_a_run_goes_to_its_usual_folder(place: Path) -> None:
    """Without `-o` a run goes to `datasets_out/` and its name, and the same command finds it again."""
    first = curate("generate", "small.yaml", cwd=place)
    again = curate("generate", "small.yaml", cwd=place)
    assert (first.code, again.code) == (0, 0)
    assert (place / "datasets_out" / "small" / "manifest.json").exists()
    assert "reusing 24 replies, sending 0" in again.stderr


@pytest.mark.parametrize(
    "words", [["view", "RUN", "--kept"], ["why", "RUN", "part-00000.jsonl:1"], ["schemas", "show", "trace.v1"]]
)
def test_broken_pipe(finished: Path, tmp_path: Path, words: list[str]) -> None:
    """A reader that goes away, like `head`, ends a command quietly."""
    typed = [str(finished) if word == "RUN" else word for word in words]
    with subprocess.Popen(command(*typed), cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")
