"""Near-duplicates: what counts as similar, and which row stays."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.checks.near_duplicates import near_duplicate, near_duplicate_signature
from curate.digests import problem_id
from curate.records import Problem, Trace
from curate.testing.corpora import MemoryCorpus

TEXT = (
    "A farmer keeps hens and sheep on a small hill behind the old mill. Every morning the hens lay eggs in the straw, "
    "and every week the sheep are brought down to the river to drink. The farmer sells the eggs at the market in town, "
    "where bread and cheese are sold as well, and walks home over the bridge in the evening with an empty basket. "
)


def row(id_: str, text: str, **changes: Any) -> Trace:  # noqa: ANN401 - any field of a trace
    """Return a trace with this response."""
    return Trace(id=id_, problem=Problem(id="p", text="Tell a story."), response=text, **changes)


def posed(id_: str, text: str, reference: str | None = None) -> Trace:
    """Return a sample of a problem."""
    return Trace(id=id_, problem=Problem(id=problem_id(text), text=text, reference=reference), response=id_)


def dropped(traces: list[Trace], *, earlier: int = 0, memory: int = 2**30, **parameters: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the id of each dropped row with the id of the row that was kept for it."""
    sign = partial(near_duplicate_signature, **parameters)
    corpus = MemoryCorpus(traces, sign, earlier=earlier, memory=memory, piece=3)
    judged = near_duplicate(corpus, **parameters)
    assert judged.filter(judged["value"] < parameters.get("min_similarity", 0.8)).is_empty()
    return {traces[place].id: like for place, like in judged.select("row", "like").iter_rows()}


@pytest.mark.parametrize(
    "other,same",
    [
        pytest.param(TEXT.replace("morning", "moning"), True, id="a typing error"),
        pytest.param(TEXT.replace(" ", "\n").upper(), True, id="spacing and case"),
        pytest.param(TEXT.replace(". ", "! ").replace(",", ";"), True, id="punctuation"),
        pytest.param(TEXT + "That is all.", True, id="a sentence more"),
        pytest.param(" ".join(reversed(TEXT.split())), False, id="the same words in another order"),
        pytest.param(TEXT[: len(TEXT) // 2], False, id="half of it"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_what_is_similar(other: str, *, same: bool) -> None:
    """Rows are similar when most of their runs of words are the same, however these are written."""
    assert dropped([row("a", TEXT), row("b", other)]) == ({"b": "a"} if same else {})


def test_rows_without_words_are_like_nothing() -> None:
    """What has no words to compare is no copy of anything."""
    assert dropped([row("a", "..."), row("b", "..."), row("c", "")], of="reasoning") == {}


def test_reason_names_row_and_similarity() -> None:
    """The reason of a dropped row is the id of the kept one and how similar they are."""
    traces = [row("b", TEXT), row("a", TEXT)]
    judged = near_duplicate(MemoryCorpus(traces, near_duplicate_signature))
    assert judged.rows() == [(0, "100.0% like a", 1.0, "a")]


def variants(numbers: list[int]) -> list[str]:
    """Return texts that differ in so many words from the plain one, each in others."""
    words = list(enumerate(TEXT.split()))

    def variant(number: int) -> str:
        return " ".join(f"w{place}" if place in range(number % 9, 12 * number, 9) else word for place, word in words)

    return list(map(variant, numbers))


@settings(max_examples=30)
@given(st.lists(st.integers(0, 6), min_size=2, max_size=10), st.randoms(use_true_random=False), st.integers(1, 400))
def test_order_and_memory_do_not_matter(numbers: list[int], shuffling: Any, memory: int) -> None:  # noqa: ANN401
    """The same rows fall for the same ones in whatever order they come, and however little memory there is."""
    traces = [row(f"{place:02}", text) for place, text in enumerate(variants(numbers))]
    shuffled = list(traces)
    shuffling.shuffle(shuffled)
    assert dropped(traces) == dropped(shuffled, memory=memory)


PROBLEM = "Anna has {} apples and buys {} more at the market on the way to school. How many apples does Anna have now?"


def test_problems_keep_all_samples() -> None:
    """All samples of the problem that stays are kept, all of the others go, whatever they answer."""
    first, second = PROBLEM.format(3, 4), PROBLEM.format(3, 4).replace("school", "the school")
    traces = [posed("a", first), posed("b", second), posed("c", second), posed("d", first)]
    kept, gone = sorted([(problem_id(first), {"a", "d"}), (problem_id(second), {"b", "c"})])
    assert dropped(traces, of="problem", min_similarity=0.6) == dict.fromkeys(gone[1], kept[0])


@pytest.mark.parametrize(
    "one,other",
    [
        pytest.param(PROBLEM.format(3, 4), PROBLEM.format(3, 5), id="a number"),
        pytest.param(PROBLEM.format(3, 4), PROBLEM.format(4, 3), id="the order of numbers"),
        pytest.param(PROBLEM.format("three", 4), PROBLEM.format("five", 4), id="a number in words"),
        pytest.param(PROBLEM.format(3, 4), PROBLEM.format(3, 4).replace("more", "fewer"), id="the opposite"),
        pytest.param(
            "Anna is taller than Bert. Who of Anna and Bert is asked for? Name Anna.",
            "Anna is taller than Bert. Who of Anna and Bert is asked for? Name Bert.",
            id="another of the same names",
        ),
    ],
)
def test_other_problems_stay(one: str, other: str) -> None:
    """Problems that ask for something else stay, though nearly all of their words are the same."""
    parameters: dict[str, Any] = {"of": "problem", "min_similarity": 0.3, "ngram": 2}
    assert dropped([posed("a", one), posed("b", other)], **parameters) == {}
    assert dropped([posed("a", one), posed("b", one + " Please.")], **parameters) != {}


def test_template_copies_are_found_when_numbers_are_ignored() -> None:
    """With `ignore_numbers` the copies of a template are the same, whatever their answers."""
    traces = [posed(str(number), PROBLEM.format(number, 4), str(number + 4)) for number in range(5)]
    assert len(dropped(traces, of="problem", ignore_numbers=True)) == 4
    assert dropped(traces, of="problem") == {}


@pytest.mark.parametrize(
    "left,right,same",
    [
        pytest.param("7", "8", False, id="two answers"),
        pytest.param("7", "7.0", True, id="one answer, two ways"),
        pytest.param("7", None, True, id="one is not known"),
    ],
)
def test_references_that_differ_keep_problems_apart(left: str, right: str | None, *, same: bool) -> None:
    """Two problems whose references are known to differ are not the same, however similar they read."""
    text = PROBLEM.format(3, 4)
    traces = [posed("a", text, left), posed("b", text.replace("way", "road"), right)]
    assert (dropped(traces, of="problem", min_similarity=0.5) != {}) is same


def test_rows_like_an_earlier_dataset_go() -> None:
    """A row that is like one of an earlier dataset goes, and its reason says where that one is."""
    traces = [row("x", TEXT), row("y", TEXT), row("a", TEXT), row("b", "Something else is said in a few words.")]
    judged = near_duplicate(MemoryCorpus(traces, near_duplicate_signature, earlier=2))
    assert judged.select("row", "reason").rows() == [(2, "100.0% like x of the earlier dataset")]


def test_of_reasoning_compares_the_chain() -> None:
    """`of: reasoning` compares the chain of thought alone."""
    traces = [row("a", "one", reasoning=TEXT), row("b", "two", reasoning=TEXT)]
    assert dropped(traces, of="reasoning") == {"b": "a"}
