"""`curate compare`: one pair, or a file of them."""

import json
from pathlib import Path

import pytest

from curate.sandbox.running import safe_wall
from tests.commands.running import HOSTILE, curate, unsafe

PAIRS = [
    ("42", "The answer is 42.", "same"),
    ("-5", "-5.0", "same"),
    ("5 km", "5000 m", "same"),
    ("5 km", "5 m", "different"),
    ("Paris", "the city of light", "undecided"),
]


@pytest.mark.parametrize("gold,answer,verdict", PAIRS)
def test_pair(gold: str, answer: str, verdict: str, tmp_path: Path) -> None:
    """A pair gets its verdict, with the rule, the verifier and both readings; the exit code says that it was made."""
    done = curate("compare", gold, answer, cwd=tmp_path)
    assert done.code == 0
    first, second, third = done.stdout.splitlines()
    assert first.startswith(f"{verdict} (curate 0.")
    assert ", rule " in first
    assert second.split()[0] == "gold"
    assert third.split()[0] == "answer"


def test_json(tmp_path: Path) -> None:
    """With --json, verdict, rule and both readings are one object."""
    done = curate("compare", "1,000", r"So it is \boxed{1000.0}.", "--json", cwd=tmp_path)
    assert json.loads(done.stdout) == {"verdict": "same", "rule": "number", "gold": "1000", "answer": "1000"}


def test_type(tmp_path: Path) -> None:
    """The type decides what is otherwise open."""
    assert curate("compare", "10%", "0.1", cwd=tmp_path).stdout.startswith("undecided")
    assert curate("compare", "10%", "0.1", "--type", "share", cwd=tmp_path).stdout.startswith("same")


def test_file(tmp_path: Path) -> None:
    """A file gives one object a row, in its order, however long one of them takes."""
    rows = [{"gold": gold, "answer": answer} for gold, answer, _ in PAIRS]
    rows.insert(1, {"gold": r"\int_0^1 x \, dx", "answer": "1/2"})
    (tmp_path / "pairs.jsonl").write_text("\n\n".join(map(json.dumps, rows)), "utf-8")
    done = curate("compare", "--file", "pairs.jsonl", cwd=tmp_path)
    assert done.code == 0
    verdicts = [verdict for *_, verdict in PAIRS]
    verdicts.insert(1, "same")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["verdict"] for row in told] == verdicts
    assert all(set(row) == {"verdict", "rule", "gold", "answer"} for row in told)


@pytest.mark.parametrize(
    "line,reason",
    [
        pytest.param('{"gold": "1"}', "needs `gold` and `answer`", id="no answer"),
        pytest.param('{"gold": [1], "answer": "1"}', "needs `gold` and `answer`", id="a list"),
        pytest.param("{", "broken JSON", id="broken"),
    ],
)
def test_row_without_a_pair(line: str, reason: str, tmp_path: Path) -> None:
    """A row that holds no pair is undecided in its place and says why; the command ends with the first such place."""
    good = '{"gold": "1", "answer": "1"}'
    (tmp_path / "pairs.jsonl").write_text(f"{good}\n{line}\n{good}\n{good}\n{line}\n{line}", "utf-8")
    done = curate("compare", "--file", "pairs.jsonl", cwd=tmp_path)
    assert done.code == 2
    told = [json.loads(row) for row in done.stdout.splitlines()]
    assert [row["verdict"] for row in told] == ["same", "undecided", "same", "same", "undecided", "undecided"]
    assert [reason in row.get("why", "") for row in told] == [False, True, False, False, True, True]
    assert f"pairs.jsonl:2: {reason}" in done.stderr
    assert "2 more rows" in done.stderr


def test_python_function(tmp_path: Path) -> None:
    """Code is compared with tests, in the sandbox; where there is none the verdict is undecided and says so."""
    tests, code = "assert add(1, 2) == 3", "Here:\n```python\ndef add(a, b):\n    return a + b\n```"
    done = curate("compare", tests, code, "--type", "python-function", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert (done.code, told["answer"]) == (0, "def add(a, b):\n    return a + b")
    assert told["verdict"] == ("same" if safe_wall() else "undecided")
    rows = [{"gold": tests, "answer": code}, {"gold": tests, "answer": code.replace("+", "-")}]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    done = curate("compare", "--file", "pairs.jsonl", "--type", "python_function", cwd=tmp_path)
    verdicts = [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    assert verdicts == (["same", "different"] if safe_wall() else ["undecided"] * 2)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="nothing"),
        pytest.param(["1"], id="no answer"),
        pytest.param(["1", "2", "3"], id="too much"),
        pytest.param(["1", "2", "--type", "fration"], id="no such type"),
        pytest.param(["1", "2", "--file", "x.jsonl"], id="both"),
        pytest.param(["--file", "x.jsonl"], id="no such file"),
    ],
)
def test_wrong_usage(words: list[str], tmp_path: Path) -> None:
    """What cannot be compared is wrong usage, and nothing is printed as data."""
    done = curate("compare", *words, cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr


def test_hostile_text_is_shown_safely(tmp_path: Path) -> None:
    """Nothing in an answer can drive the terminal."""
    done = curate("compare", "1", HOSTILE.replace("\x00", ""), cwd=tmp_path)
    assert done.stdout.startswith("undecided")
    assert not unsafe(done.stdout)
