"""Pass rates: how often the replies to a problem are right, over all files and whatever was dropped."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.answers import compare
from curate.checks import correctness
from curate.pipeline.inspect import Chosen
from curate.report.rows import life
from tests.filtering.results import Result, filtered, jsonl
from tests.reading.strategies import Json

RIGHT = "Three times four is twelve, and two more make fourteen. The answer is 14."
WRONG = "Three times four is twelve, and two fewer make ten. The answer is 10."
CUT = "Three times four is twelve, and two more"
PROBLEM: Json = {"question": "What is 3 * 4 + 2?", "gold": "14"}
OTHER: Json = {"question": "What is 7 + 7?", "gold": "14"}
OPEN: Json = {"question": "What is 13 + 1?"}
RATES = ("pass_rate", "samples", "right")

groups = st.lists(
    st.tuples(st.sampled_from([PROBLEM, OTHER, OPEN]), st.lists(st.sampled_from([RIGHT, WRONG, CUT]), min_size=1)),
    min_size=1,
    max_size=4,
)
lists = st.sampled_from(
    [["truncated", "wrong_answer"], ["wrong_answer"], ["truncated", "exact_duplicate", "wrong_answer"], ["too_easy"]]
)
Groups = Sequence[tuple[Json, Sequence[str]]]


def _row(problem: Json, replies: Sequence[str]) -> Json:
    """Return one reply as a row of its own, several as one row of generations."""
    return {**problem, "output": replies[0]} if len(replies) == 1 else {**problem, "generations": list(replies)}


def _files(found: Groups) -> dict[str, bytes]:
    return {f"{place}.jsonl": jsonl(_row(*group)) for place, group in enumerate(found)}


def _rates(result: Result) -> list[tuple[str, float | None, int | None, int | None]]:
    """Return what the verdicts say of each row, whatever the order of the files."""
    return sorted(tuple(row[name] for name in ("id", *RATES)) for row in result.verdicts)


@settings(max_examples=10)
@given(groups, lists, st.sampled_from([1, 2**30]))
def test_rates_are_over_all_replies(found: Groups, checks: list[str], memory: int) -> None:
    """A row has the share of right replies over all files and generations, dropped ones too, in any order of files."""
    result = filtered(_files(found), {"checks": checks}, memory=memory)
    said = iter(result.verdicts)
    for problem, replies in found:
        all_replies = [reply for other, some in found for reply in some if other == problem]
        right, samples = all_replies.count(RIGHT), len(all_replies)
        expected = (None, None, None) if problem == OPEN else (right / samples, samples, right)
        for _ in replies:
            row = next(said)
            assert tuple(row[name] for name in RATES) == expected
    assert _rates(filtered(_files(found[::-1]), {"checks": checks})) == _rates(result)


FEW: Groups = [(PROBLEM, [RIGHT, CUT]), (OTHER, [WRONG]), (PROBLEM, [WRONG]), (OPEN, [RIGHT]), (PROBLEM, [RIGHT])]


def test_two_workers() -> None:
    """Two workers count what one does, and write the same files."""
    one, two = (filtered(_files(FEW), {"checks": ["truncated", "wrong_answer"]}, workers=count) for count in (1, 2))
    assert one.files == two.files
    assert one.column("pass_rate") == [0.5, 0.5, 0, 0.5, None, 0.5]


@pytest.mark.parametrize("checks", [["truncated", "wrong_answer"], ["too_hard", "truncated", "wrong_answer"]])
def test_rows_of_ours_carry_the_rate(checks: list[str]) -> None:
    """Rows that are written as traces carry their pass rate, kept and dropped; lines of the input stay as they were."""
    result = filtered(_files(FEW), {"checks": checks})
    traces = [row for row in result.rows("kept") if "schema_version" in row]
    traces += [row["row"] for row in result.rows("dropped") if "schema_version" in row["row"]]
    assert [trace["pass_rate"] for trace in traces] == [0.5, 0.5]
    assert result.lines("kept")[1:] == [jsonl(_row(*FEW[3])).rstrip(), jsonl(_row(*FEW[4])).rstrip()]


@pytest.mark.parametrize("checks", [["wrong_answer"], ["exact_duplicate", "wrong_answer"]])
@pytest.mark.parametrize("workers", [1, 2])
def test_formats_that_show_the_rate(checks: list[str], workers: int) -> None:
    """Metadata and templates have the pass rate that the verdicts have, though the lines of the input state none."""
    rendered = {"format": "template", "render": {"text": "{{ id }} {{ pass_rate }} {{ response }}"}}
    recipe: Json = {"checks": checks, "output": [{"format": "messages", "metadata": True}, rendered]}
    files = {f"{place}.jsonl": jsonl(_row(OTHER, [reply])) for place, reply in enumerate([RIGHT, WRONG, CUT])}
    result = filtered(files, recipe, workers=workers)
    assert set(result.column("pass_rate")) == {1 / 3}
    assert {json.loads(row["metadata"])["pass_rate"] for row in result.rows("messages")} == {1 / 3}
    assert {row["text"].split()[1] for row in result.rows("template")} == {str(1 / 3)}


@pytest.mark.parametrize(
    "checks", [["truncated", "wrong_answer"], ["exact_duplicate", "wrong_answer"], ["too_easy", "too_hard"]]
)
def test_a_row_is_compared_once(monkeypatch: pytest.MonkeyPatch, checks: list[str]) -> None:
    """Each row that states an answer is compared once, wherever the check stands and whoever else asks."""
    compared = []

    def _compare(gold: str, answer: str, *rest: str | None, **more: str | None) -> object:
        compared.append(answer)
        return compare(gold, answer, *rest, **more)

    monkeypatch.setattr(correctness, "compare", _compare)
    replies = [f"{number} is what it comes to. The answer is {number}." for number in range(10, 20)]
    filtered(jsonl(*({**PROBLEM, "output": reply} for reply in [*replies, CUT])), {"checks": checks})
    assert sorted(compared) == [str(number) for number in range(10, 20)]


def test_structure_alone_pays_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no check is about right and wrong, no answer is compared and the verdicts have no such columns."""
    monkeypatch.setattr(correctness, "compare", None)
    assert not set(RATES) & set(filtered(_files(FEW)).verdicts[0])


STATED: Json = {
    "schema_version": 1,
    "id": "t",
    "problem": {"id": "p", "text": "q", "reference": "14"},
    "response": RIGHT,
}


@pytest.mark.parametrize("rate,counts", [(1.0, (1, 1)), (0.25, (None, None))], ids=["the same", "of more replies"])
def test_stated_rates(rate: float, counts: tuple[int | None, int | None]) -> None:
    """A rate that a row states holds; the counts are known where it is the rate of the replies that are here."""
    trace = {**STATED, "pass_rate": rate, "answer": "14"}
    (row,) = filtered(jsonl(trace), {"checks": ["wrong_answer"]}).verdicts
    assert tuple(row[name] for name in RATES) == (rate, *counts)


def test_only_replies_that_a_check_is_for() -> None:
    """With `when` on every check of right and wrong, other replies are not counted, and know their problem's rate."""
    rows = [{**PROBLEM, "output": reply, "model": model} for reply, model in ((RIGHT, "m"), (WRONG, "n"))]
    checks = [{"wrong_answer": {"when": {"model": "m"}}}]
    assert filtered(jsonl(*rows), {"checks": checks}).column("samples") == [1, 1]


def test_a_row_that_is_no_trace_has_no_rate() -> None:
    """A row that says it is a trace and is not takes no part, be there a problem without a name."""
    nameless = {**STATED, "problem": {**STATED["problem"], "id": ""}, "answer": "14"}
    result = filtered(jsonl(nameless, {**nameless, "response": 5}), {"checks": ["invalid_structure", "wrong_answer"]})
    assert result.column("samples") == [1, None]


def test_the_life_of_a_row_tells_the_rate(tmp_path: Path) -> None:
    """`curate why` says how many replies to the row's problem are right."""
    for name, data in filtered(_files(FEW), {"checks": ["wrong_answer"]}).files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(data)
    chosen = Chosen(tmp_path)
    assert "pass rate 0.5: 2 of 4 replies to the problem" in life(chosen.named("4.jsonl:1"), ())
    assert "pass rate" not in life(chosen.named("3.jsonl:1"), ())
