"""Files of other kinds, some of their problems, and problems with a fault of their own: nothing is lost in silence."""

import csv
import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines
from curate.digests import problem_id
from curate.errors import RecipeError
from curate.pipeline.generating.sources import problems_of
from curate.problems import Choice, NotTaken, builtin_problems, chosen, mixed
from curate.records import JSON, Problem
from tests.generating.running import curate, run_here, traces
from tests.recipes.cases import planned

OURS = list(builtin_problems("linear_equation", 3, 6, (1, 2)))
ROWS: list[JSON] = [
    {"question": problem.text, "answer": problem.reference, "source": problem.source, "difficulty": problem.difficulty}
    for problem in OURS
]
RECIPE = """\
name: from-file
problems: {from: file, path: PATH}
teacher: {model: builtin/solver}
"""


def _csv(rows: list[JSON], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _lines(rows: list[JSON]) -> bytes:
    return b"".join(jsonlines.encode(row) + b"\n" for row in rows)


WRITERS: dict[str, Callable[[list[JSON], Path], object]] = {
    "p.jsonl": lambda rows, path: path.write_bytes(_lines(rows)),
    "p.jsonl.gz": lambda rows, path: path.write_bytes(gzip.compress(_lines(rows))),
    "p.jsonl.zst": lambda rows, path: path.write_bytes(zstandard.compress(_lines(rows))),
    "p.csv": _csv,
    "p.parquet": lambda rows, path: pl.DataFrame(rows).write_parquet(path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_kinds_of_files(tmp_path: Path, name: str) -> None:
    """The same rows give the same problems and traces, whatever kind of file they are in."""
    WRITERS[name](ROWS, tmp_path / name)
    manifest = run_here(tmp_path / "run", RECIPE.replace("PATH", name), base=tmp_path)
    assert (manifest.problems, manifest.unreadable) == (len(OURS), 0)
    asked = [trace.problem for trace in traces(tmp_path / "run")]
    assert [(one.text, one.reference, one.difficulty) for one in asked] == [
        (one.text, one.reference, one.difficulty) for one in OURS
    ]


def test_source_and_licence(tmp_path: Path) -> None:
    """The recipe's `source` and `license` go into every problem whose row does not say its own."""
    rows = [{"question": OURS[0].text, "license": "MIT"}, {"question": OURS[1].text, "source": "here"}]
    (tmp_path / "p.jsonl").write_bytes(_lines(rows))
    recipe = RECIPE.replace("PATH", "p.jsonl, source: there, license: CC0-1.0")
    loaded = planned(recipe, base=tmp_path)
    found = [one for one in problems_of(loaded, lambda *_: iter(())) if isinstance(one, Problem)]
    assert [(one.source, one.license) for one in found] == [("there", "MIT"), ("here", "CC0-1.0")]


FAULTY: dict[str, str] = {
    "invalid_problem": "In the figure below, what is the area of the square?",
    "needs_proof": "Prove that there are infinitely many primes.",
    "too_long_problem": "How many words are these? " + "word " * 30,
}


def test_faulty_problems_are_set_aside(tmp_path: Path) -> None:
    """Problems that a check drops are not asked, and listed with the reason; all that was read adds up."""
    rows = [*ROWS, *({"question": text} for text in FAULTY.values()), ROWS[0]]
    (tmp_path / "p.jsonl").write_bytes(_lines(rows) + b"{broken\n")
    checks = "checks: [invalid_problem, needs-proof, {too_long_problem: {max_words: 29}}]"
    manifest = run_here(tmp_path / "run", RECIPE.replace("PATH", f"p.jsonl, {checks}"), base=tmp_path)
    assert manifest.dropped == dict.fromkeys(FAULTY, 1)
    assert (manifest.problems, manifest.repeated, manifest.unreadable, manifest.samples.planned) == (6, 1, 1, 6)
    assert len(rows) + 1 == manifest.problems + manifest.repeated + manifest.unreadable + sum(manifest.dropped.values())
    listed = (tmp_path / "run" / "dropped_problems" / "part-00000.jsonl").read_bytes().splitlines()
    dropped = [jsonlines.decode(line) for line in listed]
    assert {row["dropped_by"]: row["problem"]["text"] for row in dropped} == FAULTY
    assert all(row["reason"] for row in dropped)
    assert "dropped_problems/part-00000.jsonl" in {file.path for file in manifest.files}


def test_the_recipe_beside_a_run_has_its_checks(tmp_path: Path) -> None:
    """The recipe that a run keeps names the checks of its source as the user's did, and gives the same problems."""
    (tmp_path / "p.jsonl").write_bytes(_lines([*ROWS, {"question": FAULTY["needs_proof"]}]))
    run_here(
        tmp_path / "run",
        RECIPE.replace("PATH", "p.jsonl, checks: [needs_proof, {too_long_problem: {max_words: 99}}]"),
        base=tmp_path,
    )
    kept = (tmp_path / "run" / "recipe.yaml").read_text("utf-8")
    again = run_here(tmp_path / "again", kept, base=tmp_path / "run")
    assert (again.problems, again.dropped) == (6, {"needs_proof": 1})


WRONG = {
    "no such check": ("[invalid_problm]", "problems.checks.0: unknown check 'invalid_problm'"),
    "a check of replies": ("[truncated]", "problems.checks.0: truncated looks at a reply, and there is none yet; here"),
    "a check of a corpus": ("[near_duplicate]", "problems.checks.0: near_duplicate looks at a reply"),
    "no such parameter": ("[{too_long_problem: {max_word: 3}}]", "problems.checks.0.too_long_problem.max_word: "),
}


@pytest.mark.parametrize("checks,said", WRONG.values(), ids=WRONG)
def test_wrong_checks(checks: str, said: str) -> None:
    """A check that does not exist, or needs a reply, is an error at its place before anything is read."""
    with pytest.raises(RecipeError) as caught:
        planned(RECIPE.replace("PATH", f"p.jsonl, checks: {checks}"))
    assert f"r.yaml:2: {said}" in str(caught.value)


def test_a_command_says_what_was_not_asked(tmp_path: Path) -> None:
    """A quote and a summary say what is not asked or cannot be read, by which check; the summary says where it is."""
    (tmp_path / "p.jsonl").write_bytes(_lines([*ROWS, {"question": FAULTY["needs_proof"]}]) + b'{"question": \n')
    (tmp_path / "r.yaml").write_text(RECIPE.replace("PATH", "p.jsonl, checks: needs_proof"), "utf-8")
    quoted = curate("generate", "r.yaml", "--dry-run", cwd=tmp_path)
    assert quoted.stderr.startswith("6 problems (not asked: 1 needs_proof, 1 unreadable), 6 requests; ")
    one = curate("generate", "r.yaml", "--dry-run", "--limit", 1, cwd=tmp_path)
    assert one.stderr.startswith("1 problem, 1 request; ")
    done = curate("generate", "r.yaml", cwd=tmp_path)
    assert (
        "6 problems (not asked, see dropped_problems/: 1 needs_proof), 1 unreadable (see unreadable/), 6 traces"
        in done.stderr
    )


def named(numbers: list[int]) -> list[Problem]:
    """Return problems that are known by a number."""
    return [Problem(id=problem_id(str(number)), text=str(number)) for number in numbers]


def taken(numbers: list[int], **wished: int | bool | None) -> tuple[list[int], NotTaken | None]:
    """Return the numbers of the problems that are taken, in order, and what was not."""
    found = list(chosen(named(numbers), Choice(**{"seed": 7} | wished)))  # type: ignore[arg-type]
    rest = [one for one in found if isinstance(one, NotTaken)]
    return [int(one.text) for one in found if isinstance(one, Problem)], rest[0] if rest else None


many = st.lists(st.integers(0, 60), max_size=80)


@given(many, st.integers(1, 20), st.permutations(range(61)))
def test_a_sample_does_not_depend_on_order(numbers: list[int], count: int, order: list[int]) -> None:
    """A sample holds the same problems in whatever order they stand, in the order of the source; all are counted."""
    ours, rest = taken(numbers, sample=count)
    moved, _ = taken(sorted(numbers, key=order.index), sample=count)
    assert set(moved) == set(ours)
    assert len(ours) == len(set(ours)) == min(count, len(set(numbers)))
    assert ours == sorted(ours, key=numbers.index)
    assert rest is not None
    assert len(numbers) == len(ours) + rest.left_out + rest.repeated


@given(many, many, st.integers(1, 20))
def test_a_sample_stays_when_rows_are_added(numbers: list[int], added: list[int], count: int) -> None:
    """Rows that are added push others out of a sample, and bring none in that stood there before."""
    before, _ = taken(numbers, sample=count)
    after, _ = taken([*numbers, *added], sample=count)
    assert set(after) - set(before) <= set(added) - set(numbers)


@given(many, many)
def test_shuffling_keeps_the_order_when_rows_are_added(numbers: list[int], added: list[int]) -> None:
    """Shuffled problems keep their order among themselves, whatever comes between them."""
    before, _ = taken(numbers, shuffle=True)
    after, _ = taken([*added, *numbers], shuffle=True)
    assert [number for number in after if number in set(numbers)] == before
    assert set(after) == {*numbers, *added}


@given(many, st.integers(1, 20))
def test_a_limit(numbers: list[int], count: int) -> None:
    """A limit takes the first problems, in the order of the source or, shuffled, in that of the hashes."""
    different = list(dict.fromkeys(numbers))
    assert list(dict.fromkeys(taken(numbers, limit=count)[0])) == different[:count]
    assert taken(numbers, limit=count, shuffle=True)[0] == taken(numbers, shuffle=True)[0][:count]


def test_shuffling_depends_on_the_seed() -> None:
    """Another seed is another order."""
    assert taken(list(range(30)), shuffle=True) != taken(list(range(30)), shuffle=True, seed=8)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 30), min_size=1))
def test_makers_take_turns(counts: dict[str, int]) -> None:
    """Any prefix is one share of every maker, to the nearest problem, and each maker's problems keep their order."""

    def problems(name: str, count: int) -> Iterator[Problem]:
        return (Problem(id=f"{name}{number}", text=name) for number in range(count))

    found = list(mixed([(count, problems(name, count)) for name, count in counts.items()]))
    assert len(found) == sum(counts.values())
    taken: Counter[str] = Counter()
    for problem in found:
        assert problem.id == f"{problem.text}{taken[problem.text]}"
        taken[problem.text] += 1
        least = max((taken[name] - 0.5) / count for name, count in counts.items())
        assert least <= min((taken[name] + 0.5) / count for name, count in counts.items())
