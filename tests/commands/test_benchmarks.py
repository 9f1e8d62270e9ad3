"""`curate benchmarks`: files of questions kept by name."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from curate import benchmarks
from curate.cli import cli
from curate.errors import CurateError
from tests.filtering.results import jsonl


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep benchmarks in a folder of the test."""
    monkeypatch.setenv(benchmarks.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def told(*words: str) -> Result:
    """Return what the command line says to these words."""
    return CliRunner().invoke(cli, ["benchmarks", *words], catch_exceptions=False)


def questions(path: Path, count: int) -> Path:
    """Write a file of questions."""
    path.write_bytes(jsonl(*({"question": f"What is {number} + 1?"} for number in range(count))))
    return path


def test_added_benchmark_is_listed_and_found(tmp_path: Path) -> None:
    """A file that was added is known by its name, listed with its questions, and stays when the file goes."""
    file = questions(tmp_path / "test.jsonl", 3)
    assert "3 questions" in told("add", "gsm8k", str(file)).stderr
    file.unlink()
    assert told("list").stdout.split() == ["gsm8k", "3", "questions"]
    assert benchmarks.find("gsm8k", tmp_path)[0] == "gsm8k"


def test_adding_again_replaces(tmp_path: Path) -> None:
    """A name stands for one file, the last that was added under it."""
    told("add", "b", str(questions(tmp_path / "one.jsonl", 1)))
    told("add", "b", str(questions(tmp_path / "two.jsonl", 2)))
    assert told().stdout.split() == ["b", "2", "questions"]


def test_file_beside_the_recipe_comes_first(tmp_path: Path) -> None:
    """A reference is a file relative to the recipe where there is one."""
    told("add", "b.jsonl", str(questions(tmp_path / "b.jsonl", 1)))
    assert benchmarks.find("b.jsonl", tmp_path) == ("b", tmp_path / "b.jsonl")


def test_none_is_said_so() -> None:
    """Without any, the list is empty and says how to add one."""
    result = told("list")
    assert (result.stdout, "curate benchmarks add" in result.stderr) == ("", True)


def test_folder_is_that_of_the_users_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the variable, benchmarks lie in the user's data folder."""
    monkeypatch.delenv(benchmarks.VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert benchmarks.folder() == tmp_path / "curate" / "benchmarks"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("add", "../up", "FILE"), id="a name that is a path"),
        pytest.param(("add", "gsm8k", "missing.jsonl"), id="a file that is not there"),
        pytest.param(("add", "gsm8k"), id="no file"),
        pytest.param(("remove", "gsm8k"), id="another word"),
        pytest.param(("add", "gsm8k", "EMPTY"), id="a file without questions"),
    ],
)
def test_what_will_not_do_is_refused(tmp_path: Path, folder: Path, words: tuple[str, ...]) -> None:
    """A bad name, a missing file or one without questions is an error that a user can act on, and nothing is kept."""
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(jsonl({"text": "nothing asked"}))
    given = {"FILE": str(questions(tmp_path / "q.jsonl", 1)), "EMPTY": str(empty)}
    with pytest.raises(CurateError):
        told(*(given.get(word, word) for word in words))
    assert not folder.exists()
