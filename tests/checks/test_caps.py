"""Caps on samples of a problem and on rows of a kind."""

from collections import Counter
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.checks import CHECKS, CorpusCheck
from curate.records import Problem, Trace


def kept(name: str, traces: list[Trace], **parameters: Any) -> list[str]:  # noqa: ANN401 - any parameter
    """Return the ids that a check lets stay, in order; every row that goes has a reason."""
    check = CHECKS[name]
    assert isinstance(check, CorpusCheck)
    frame = pl.DataFrame(
        {
            "row": pl.Series(range(len(traces)), dtype=pl.UInt32),
            "id": [trace.id for trace in traces],
            "problem_id": [trace.problem.id for trace in traces],
            "signature": pl.Series([check.signature(trace, **parameters) for trace in traces], dtype=pl.Binary),
        },
        schema_overrides={"id": pl.String, "problem_id": pl.String},
    )
    judged = check.judge(frame, **parameters)
    gone = judged.filter(pl.col("outcome") == "fail")
    assert gone.filter(pl.col("reason") == "").is_empty()
    return sorted({trace.id for trace in traces} - {traces[row].id for row in gone["row"]})


def sample(id_: str, number: int, text: str, problem: str = "p") -> Trace:
    """Return one sample of a problem."""
    return Trace(id=id_, problem=Problem(id=problem, text=problem), sample=number, response=text)


SAMPLES = [
    sample("d", 0, "we add three and four and get seven in the end"),
    sample("c", 1, "we add three and four and get seven in the end of it"),
    sample("b", 2, "short"),
    sample("a", 3, "count on from three by four steps until you are at seven, which takes a while longer"),
]


@pytest.mark.parametrize(
    "prefer,expected",
    [
        pytest.param("first", ["c", "d"], id="first"),
        pytest.param("shortest", ["b", "d"], id="shortest"),
        pytest.param("longest", ["a", "c"], id="longest"),
        pytest.param("diverse", ["b", "d"], id="diverse"),
    ],
)
def test_preferred_samples_stay(prefer: str, expected: list[str]) -> None:
    """Of each problem so many samples stay, the preferred ones; those of another problem are counted apart."""
    other = sample("z", 0, "x", problem="q")
    assert kept("too_many_samples", [*SAMPLES, other], max_per_problem=2, prefer=prefer) == [*expected, "z"]


def test_diverse_samples_are_not_copies() -> None:
    """The diverse samples hold no copy of one another as long as there is something else."""
    assert kept("too_many_samples", SAMPLES, max_per_problem=3, prefer="diverse") == ["a", "b", "d"]


@given(st.permutations(SAMPLES), st.sampled_from(["first", "shortest", "longest", "diverse"]), st.integers(1, 5))
def test_order_of_samples_does_not_matter(samples: list[Trace], prefer: str, most: int) -> None:
    """The same samples stay in whatever order they come, and as many as there may be."""
    found = kept("too_many_samples", samples, max_per_problem=most, prefer=prefer)
    assert found == kept("too_many_samples", SAMPLES, max_per_problem=most, prefer=prefer)
    assert len(found) == min(most, len(SAMPLES))


def of_families(families: str) -> list[Trace]:
    """Return a row for each letter, which is its family; a dot has none."""
    return [
        Trace(
            id=f"{place:03}",
            problem=Problem(id=str(place), text="?", family=None if name == "." else name),
            answer=name,
        )
        for place, name in enumerate(families)
    ]


@pytest.mark.parametrize(
    "families,max_share,expected",
    [
        pytest.param("aaaabbcc", 0.34, {"a": 2, "b": 2, "c": 2}, id="cut to its share of what stays"),
        pytest.param("aaaabbcc", 0.5, {"a": 4, "b": 2, "c": 2}, id="just within its share"),
        pytest.param("aaaa", 0.5, {"a": 4}, id="one group can only be all"),
        pytest.param("aaab", 0.2, {"a": 1, "b": 1}, id="too few groups are cut to one size"),
        pytest.param("aaa...", 0.25, {"a": 1, ".": 3}, id="rows of no group stay and count"),
        pytest.param("", 0.5, {}, id="nothing"),
    ],
)
def test_groups_are_cut(families: str, max_share: float, expected: dict[str, int]) -> None:
    """No group makes up more than its share of what stays, and no more is dropped than that takes."""
    found = Counter(families[int(id_)] for id_ in kept("over_represented", of_families(families), max_share=max_share))
    assert found == expected


@given(st.text(alphabet="abcd.", min_size=1, max_size=40), st.sampled_from([0.26, 0.34, 0.5, 0.8]))
def test_no_group_exceeds_its_share(families: str, max_share: float) -> None:
    """What stays keeps to the share, or to equal parts where there are too few groups."""
    found = Counter(families[int(id_)] for id_ in kept("over_represented", of_families(families), max_share=max_share))
    groups = {name: count for name, count in found.items() if name != "."}
    reachable = max_share if "." in found else max(max_share, 1 / len(groups))
    assert all(count == 1 or count <= reachable * sum(found.values()) + 1e-9 for count in groups.values())
    assert found["."] == families.count(".")


def test_answers_are_grouped_as_they_are_compared() -> None:
    """With `by: answer` two ways to write one answer are one group."""
    traces = [
        Trace(id=str(number), problem=Problem(id=str(number), text="?"), answer=answer)
        for number, answer in enumerate(["4", "4.0", "$4$", "5", "6"])
    ]
    assert kept("over_represented", traces, by="answer", max_share=0.34) == ["0", "3", "4"]
