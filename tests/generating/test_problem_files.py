"""Problems from a JSONL file: read by their columns or by `map`; rows that hold none are set aside."""

from pathlib import Path

import pytest

from curate import jsonlines
from curate.errors import RecipeError
from curate.problems import builtin_problems
from curate.records import JSON, Problem
from tests.generating.running import run_here, traces

RECIPE = """\
name: from-file
problems: {from: file, path: problems.jsonl}
teacher: {model: builtin/solver}
"""
OURS: list[Problem] = list(builtin_problems("linear_equation", 3, 4, (1, 2)))
"""Problems that the built-in teacher can solve: it knows them by their source."""


def row(problem: Problem, **columns: str) -> bytes:
    """Return a row of a problem file with the problem's text and reference under other names."""
    named = {columns.get("text", "question"): problem.text, columns.get("reference", "answer"): problem.reference}
    return jsonlines.encode({**named, columns.get("source", "source"): problem.source, "other": 5}) + b"\n"


def write(base: Path, *lines: bytes) -> None:
    """Write the problem file."""
    (base / "problems.jsonl").write_bytes(b"".join(lines))


def set_aside(folder: Path) -> list[JSON]:
    """Return the rows that held no problem."""
    path = folder / "unreadable" / "part-00000.jsonl"
    return [jsonlines.decode(line) for line in path.read_bytes().splitlines()]


def test_columns_are_understood(tmp_path: Path) -> None:
    """Text and reference are found in their usual columns, the source and other known columns are kept."""
    write(tmp_path, *map(row, OURS))
    manifest = run_here(tmp_path / "run", RECIPE, base=tmp_path)
    assert (manifest.problems, manifest.samples.traces, manifest.unreadable) == (4, 4, 0)
    assert [trace.problem.text for trace in traces(tmp_path / "run")] == [problem.text for problem in OURS]
    assert [trace.problem.reference for trace in traces(tmp_path / "run")] == [problem.reference for problem in OURS]
    assert [trace.pass_rate for trace in traces(tmp_path / "run")] == [1.0] * 4


def test_whole_problems_are_taken_as_they_are(tmp_path: Path) -> None:
    """A row that is a `problem.v1` keeps all its fields, id included."""
    write(tmp_path, *(jsonlines.encode(problem) + b"\n" for problem in OURS))
    run_here(tmp_path / "run", RECIPE, base=tmp_path)
    assert [trace.problem for trace in traces(tmp_path / "run")] == OURS


def test_map(tmp_path: Path) -> None:
    """`map` names the columns; what else looks like a problem or a reference is not taken for one."""
    columns = {"text": "aufgabe", "reference": "ergebnis", "source": "herkunft"}
    lines = [row(problem, **columns)[:-2] + b',"question":"no","gold":"wrong"}\n' for problem in OURS]
    write(tmp_path, *lines)
    mapped = "problems.map={problem: aufgabe, reference: ergebnis, source: herkunft}"
    run_here(tmp_path / "run", RECIPE, [mapped], base=tmp_path)
    found = [trace.problem for trace in traces(tmp_path / "run")]
    assert [(problem.text, problem.reference) for problem in found] == [(p.text, p.reference) for p in OURS]


REFERENCES: dict[str, tuple[str, str | None]] = {
    "a text": ('"answer": "12"', "12"),
    "a number": ('"answer": 12', "12"),
    "after hashes": ('"answer": "3 * 4 = 12\\n#### 12"', "12"),
    "gold wins": ('"answer": "13", "gold": "12"', "12"),
    "null": ('"answer": null', None),
    "a boolean is none": ('"answer": true', None),
    "nothing": ('"other": 1', None),
}


@pytest.mark.parametrize("column,reference", REFERENCES.values(), ids=REFERENCES)
def test_references(tmp_path: Path, column: str, reference: str | None) -> None:
    """The reference is found in its usual columns, in their order, after `####` where that stands."""
    question, source = (jsonlines.encode(text).decode() for text in (OURS[0].text, OURS[0].source))
    write(tmp_path, f'{{"question": {question}, "source": {source}, {column}}}\n'.encode())
    run_here(tmp_path / "run", RECIPE, base=tmp_path)
    (trace,) = traces(tmp_path / "run")
    assert trace.problem.reference == reference


def test_broken_rows_are_set_aside(tmp_path: Path) -> None:
    """Rows that hold no problem are in `unreadable/` with file, line and error; the good ones go on; counts add up."""
    broken = {
        2: (b'{"question": \n', "broken JSON"),
        3: (b"[1, 2]\n", "an array, not an object"),
        5: (b'{"question": "\xff"}\n', "invalid UTF-8"),
        6: (b'{"question": "  ", "answer": "4"}\n', "no problem text in question or problem or prompt"),
        8: (b'{"question": 5, "answer": "4"}\n', "no problem text in question"),
        9: (b'{"question": NaN}\n', "NaN is no JSON"),
        11: (b'{"question": "torn', "broken JSON"),
    }
    good = {1: row(OURS[0]), 4: b"\n", 7: row(OURS[1]), 10: row(OURS[2])}
    lines = {**good, **{number: line for number, (line, _) in broken.items()}}
    write(tmp_path, *(lines[number] for number in sorted(lines)))
    manifest = run_here(tmp_path / "run", RECIPE, base=tmp_path)
    assert (manifest.problems, manifest.unreadable) == (3, len(broken))
    aside = set_aside(tmp_path / "run")
    assert [row["line"] for row in aside] == list(broken)
    assert all(row["file"] == "problems.jsonl" for row in aside)
    assert not [row for row in aside if broken[row["line"]][1] not in row["error"]]
    assert len(lines) == manifest.problems + manifest.unreadable + 1


def test_repeated_problems_are_asked_once(tmp_path: Path) -> None:
    """A problem that stands twice, in other white space, is asked once, and the manifest says that it was there."""
    write(tmp_path, row(OURS[0]), row(OURS[1]), row(OURS[0]).replace(b" ", b"  ", 1))
    manifest = run_here(tmp_path / "run", RECIPE, base=tmp_path)
    assert (manifest.problems, manifest.repeated, manifest.samples.planned) == (2, 1, 2)


NO_PROBLEMS: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "problems.jsonl: empty, there is nothing to read"),
    "no column of ours": (b'{"q": "a", "a": "b"}\n', "not one row holds a problem; the columns are q, a; say which"),
    "nothing that is JSON": (b"a\nb\n", "not one row holds a problem; the columns are (none)"),
}


@pytest.mark.parametrize("data,said", NO_PROBLEMS.values(), ids=NO_PROBLEMS)
def test_no_problem_at_all(tmp_path: Path, data: bytes, said: str) -> None:
    """A file without a single problem is an error that lists its columns and the `map` that would help."""
    write(tmp_path, data)
    with pytest.raises(RecipeError) as caught:
        run_here(tmp_path / "run", RECIPE, base=tmp_path)
    assert said in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    """A missing problem file is named as it is looked for, with its place in the recipe."""
    with pytest.raises(RecipeError, match=r":2: problems: .*problems\.jsonl does not exist$"):
        run_here(tmp_path / "run", RECIPE, base=tmp_path)


def test_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    """A byte order mark, CRLF and blank lines belong to no problem."""
    write(tmp_path, b"\xef\xbb\xbf" + row(OURS[0]).replace(b"\n", b"\r\n"), b"\r\n", row(OURS[1]))
    manifest = run_here(tmp_path / "run", RECIPE, base=tmp_path)
    assert (manifest.problems, manifest.unreadable) == (2, 0)
