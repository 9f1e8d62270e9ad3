"""What a teacher that writes problems may answer, and what is read of it."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.problems.authorship import PROBLEMS_SCHEMA
from curate.problems.proposals import BrokenReplyError, Proposal, proposals_of

ONE = '{"problems": [{"problem": "What is 3 + 4?", "answer": "7"}]}'
A, B = ("a?", None), ("b?", None)
READ: dict[str, tuple[str, list[tuple[str, str | None]], int]] = {
    "as asked": (ONE, [("What is 3 + 4?", "7")], 0),
    "in a fence": (f"```json\n{ONE}\n```", [("What is 3 + 4?", "7")], 0),
    "between prose": (f'Here is "one" (see [1]):\n{ONE}\nShall I go on?', [("What is 3 + 4?", "7")], 0),
    "an array": ('[{"problem": "a?", "answer": 7}, {"question": "b?"}]', [("a?", "7"), ("b?", None)], 0),
    "one problem": ('{"problem": "a?", "answer": null}', [("a?", None)], 0),
    "commas too many": ('{"problems": [{"problem": "a, b,]?", "answer": "7",},],}', [("a, b,]?", "7")], 0),
    "line breaks in a text": ('[{"problem": "a\nb?"}]', [("a\nb?", None)], 0),
    "brackets in a text": ('[{"problem": "Is [0, 1) or {2} larger?"}]', [("Is [0, 1) or {2} larger?", None)], 0),
    "LaTeX, doubled": (r'[{"problem": "What is \\frac{1}{2}?"}]', [(r"What is \frac{1}{2}?", None)], 0),
    "nothing": ('{"problems": []}', [], 0),
    "an empty array": ("[]", [], 0),
    "entries that are none": (
        '{"problems": [{"problem": " "}, 5, {"text": "a?"}, {"answer": "7"}]}',
        [("a?", None)],
        3,
    ),
    "answers that are none": (
        '[{"problem": "a?", "answer": true}, {"problem": "b?", "answer": [1]}]',
        [("a?", None), ("b?", None)],
        0,
    ),
    "two texts": ('[{"problem": "a?", "question": "b?"}]', [], 1),
}


@pytest.mark.parametrize("text,problems,malformed", READ.values(), ids=READ)
def test_what_is_read(text: str, problems: list[tuple[str, str | None]], malformed: int) -> None:
    """Where only one thing can be meant, it is read; entries that are no problems are counted."""
    found = proposals_of(text)
    assert found.problems == [Proposal(*problem) for problem in problems]
    assert found.malformed == malformed


BROKEN: dict[str, tuple[str, str]] = {
    "prose": ("I would rather not.", "no JSON"),
    "an empty reply": ("", "no JSON"),
    "cut off": (ONE[:-9], "JSON that breaks off"),
    "two lists": (f"{ONE}\n\n{ONE}", "more than one list of problems"),
    "a list and a broken one": (ONE + '\n[{"problem": "a" "b"}]', "broken JSON: Expecting"),
    "two lists in one object": ('{"problems": [{}], "questions": [{}]}', "no problems in its JSON"),
    "another object": ('{"error": "busy"}', "no problems in its JSON"),
    "numbers": ("[1, 2]", "no problems in its JSON"),
    "a missing comma": ('[{"problem": "a?"} {"problem": "b?"}]', "broken JSON: Expecting ',' delimiter"),
    "single quotes": ("[{'problem': 'a?'}]", "broken JSON: Expecting property name"),
    "backslashes that are not doubled": (r'[{"problem": "\sqrt{2}?"}]', "broken JSON: Invalid \\escape"),
    "a key twice": ('[{"problem": "a?", "problem": "b?"}]', "a key that stands twice"),
    "no number": ('[{"problem": "a?", "answer": NaN}]', "NaN is no JSON"),
    "brackets that do not match": ('[{"problem": "a?"]}', "brackets that do not match"),
    "nested deeply": ("[" * 5_000, "JSON nested too deeply"),
}


@pytest.mark.parametrize("text,why", BROKEN.values(), ids=BROKEN)
def test_what_is_broken(text: str, why: str) -> None:
    """Where nobody can tell what was meant, the whole reply is broken, and says why."""
    with pytest.raises(BrokenReplyError) as caught:
        proposals_of(text)
    assert str(caught.value).startswith(why)


@given(st.text(st.sampled_from('[]{}",:\\ ab1\n`problems'), max_size=60) | st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Whatever a model says is read or is broken, and nothing else happens."""
    with suppress(BrokenReplyError):
        assert all(problem.text.strip() for problem in proposals_of(text).problems)


words = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: bool(text.strip()))


@given(st.lists(st.fixed_dictionaries({"problem": words, "answer": words})), st.text("abc. \n", max_size=20))
def test_round_trip(problems: list[dict[str, str]], around: str) -> None:
    """Whatever problems are written as JSON, with prose around, are read again."""
    found = proposals_of(f"{around}{json.dumps({'problems': problems})}{around}")
    assert [one.text for one in found.problems] == [one["problem"].strip() for one in problems]


@pytest.mark.parametrize("piece", ["[", "{", '"', '{"a": ', "[]", ",", "\\", '{"problem": "a?"},', ONE])
def test_hostile_replies_take_linear_time(piece: str) -> None:
    """A reply of a megabyte takes no longer than its length, whatever it is made of."""
    started = time.process_time()
    with suppress(BrokenReplyError):
        proposals_of("[" + piece * (2**20 // len(piece)))
    assert time.process_time() - started < 5


def test_the_schema_in_the_prompt_is_no_problem() -> None:
    """An author that answers with the schema it was shown proposes nothing."""
    with pytest.raises(BrokenReplyError):
        proposals_of(json.dumps(PROBLEMS_SCHEMA))
