"""Exact duplicates: a signature per row, then one judgement."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.checks.duplicates import exact_duplicate, exact_duplicate_signature
from curate.records import Problem, Trace
from curate.testing.corpora import MemoryCorpus


def row(id_: str, text: str, reasoning: str = "r", problem: str = "p") -> Trace:
    """Return a trace with this response."""
    return Trace(id=id_, problem=Problem(id=problem, text=problem), reasoning=reasoning, response=text)


def dropped(traces: list[Trace], **parameters: Any) -> dict[str, str]:  # noqa: ANN401 - any parameter
    """Return the id of each dropped row with its reason."""
    corpus = MemoryCorpus(traces, partial(exact_duplicate_signature, **parameters), piece=2)
    return {
        traces[place].id: reason
        for place, reason in exact_duplicate(corpus, **parameters).select("row", "reason").iter_rows()
    }


def test_lowest_id_is_kept_and_named() -> None:
    """Of equal rows the one with the lowest id stays, and the reason of the others names it."""
    assert dropped([row("c", "x"), row("a", "x"), row("b", "x"), row("d", "y")]) == {
        "b": "the same trace as a",
        "c": "the same trace as a",
    }


@pytest.mark.parametrize(
    "left,right,same",
    [
        pytest.param("Two  eggs.", "two\neggs.", True, id="case and space"),
        pytest.param("\ufb01ve", "five", True, id="compatibility forms"),
        pytest.param("x \u00b2", "x 2", True, id="superscripts"),
        pytest.param(r"$x + 1$", r"$x\,+\;1$", True, id="thin spaces of LaTeX"),
        pytest.param(r"\frac{1}{2}", r"\frac {1} {2}", True, id="spaces that LaTeX does not show"),
        pytest.param(r"\left( x \right)", "(x)", True, id="sizes of LaTeX"),
        pytest.param(r"3 \cdot 4", r"3\ 4", False, id="multiplication is no space"),
        pytest.param(r"\alpha b", r"\alphab", False, id="a space that ends a command"),
        pytest.param("two eggs.", "two eggs!", False, id="punctuation"),
        pytest.param("3 eggs", "4 eggs", False, id="a number"),
        pytest.param("", "", True, id="empty"),
    ],
)
def test_what_counts_as_equal(left: str, right: str, *, same: bool) -> None:
    """Case, spacing and compatibility forms do not tell rows apart; anything else does."""
    assert (dropped([row("a", left), row("b", right)]) != {}) is same


def test_text_moved_between_parts_is_another_row() -> None:
    """Reasoning and response are compared each for itself."""
    assert dropped([row("a", "y", reasoning="x"), row("b", "", reasoning="x y")]) == {}


def test_of_reasoning_ignores_the_problem() -> None:
    """`of: reasoning` compares the chain of thought alone."""
    assert dropped([row("a", "1"), row("b", "2")], of="reasoning") == {"b": "the same reasoning as a"}


def test_of_problem_keeps_all_samples() -> None:
    """`of: problem` keeps every sample of the problem that stays, and drops those of its copies."""
    first, copy = Problem(id="p", text="How many?"), Problem(id="q", text="how  MANY?")
    traces = [Trace(id="a", problem=copy), Trace(id="b", problem=first), Trace(id="c", problem=first)]
    assert dropped(traces, of="problem") == {"a": "the same problem as p"}


@given(st.lists(st.sampled_from("abc"), max_size=12), st.randoms())
@settings(max_examples=60)
def test_order_does_not_matter(texts: list[str], shuffling: Any) -> None:  # noqa: ANN401 - a random generator
    """The same rows fall in whatever order they come, and one of each text stays."""
    traces = [row(f"{place:02}", text) for place, text in enumerate(texts)]
    shuffled = list(traces)
    shuffling.shuffle(shuffled)
    fell = dropped(traces)
    assert fell == dropped(shuffled)
    assert sorted(trace.response for trace in traces if trace.id not in fell) == sorted(set(texts))
