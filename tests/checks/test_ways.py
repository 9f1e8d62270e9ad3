"""The checks that read how a reply is written hold for the habits of many models."""

import pytest

from curate.checks import CHECKS, RowCheck
from curate.records import Finding, Trace
from curate.traces.foreign import read_row
from tests.checks.manners import FAULTS, LOOKALIKES
from tests.checks.ways import BARE_ANSWERS, CUT_ENDINGS, REASONED_ANSWERS, SOUND_ENDINGS


def rows(table: dict[str, dict[str, str]]) -> list[object]:
    """Return every reply of a table with its check, as parameters with an id."""
    return [
        pytest.param(check, reply, id=f"{check}: {name}")
        for check, replies in table.items()
        for name, reply in replies.items()
    ]


def read(reply: str) -> Trace:
    """Return the trace of a reply, read as `curate filter` reads it."""
    return read_row({"question": "How many?", "output": reply}, {}).traces[0]


def said_of(check: str, reply: str) -> Finding:
    """Return what a check says of a reply."""
    row_check = CHECKS[check]
    assert isinstance(row_check, RowCheck)
    return row_check.judge(read(reply)) or Finding(outcome="pass")


@pytest.mark.parametrize("reply", SOUND_ENDINGS.values(), ids=list(SOUND_ENDINGS))
def test_a_complete_reply_is_not_called_cut_off(reply: str) -> None:
    """However a model ends its replies, a complete one is not truncated."""
    assert said_of("truncated", reply).outcome == "pass", said_of("truncated", reply)


@pytest.mark.parametrize("reply", CUT_ENDINGS.values(), ids=list(CUT_ENDINGS))
def test_a_reply_that_breaks_off_is_called_cut_off(reply: str) -> None:
    """Wherever the limit fell, the text alone tells."""
    assert said_of("truncated", reply).outcome == "fail"


@pytest.mark.parametrize("reply", BARE_ANSWERS.values(), ids=list(BARE_ANSWERS))
def test_an_answer_alone_is_one_in_any_wrapping(reply: str) -> None:
    """However an answer is wrapped, it is only an answer."""
    assert said_of("final_answer_only", reply).outcome == "fail", said_of("final_answer_only", reply)


@pytest.mark.parametrize("reply", REASONED_ANSWERS.values(), ids=list(REASONED_ANSWERS))
def test_a_short_reason_is_reasoning(reply: str) -> None:
    """Whoever says how the answer was found, be it shortly, has reasoned."""
    assert said_of("final_answer_only", reply).outcome == "pass", said_of("final_answer_only", reply)


@pytest.mark.parametrize("check", ["looping", "mixed_language", "refusal", "special_tokens", "broken_text"])
def test_sound_replies_pass_the_checks_of_text(check: str) -> None:
    """No habit of writing is a fault of text."""
    ways = SOUND_ENDINGS | REASONED_ANSWERS
    assert [way for way, reply in ways.items() if said_of(check, reply).outcome != "pass"] == []


@pytest.mark.parametrize("check, reply", rows(FAULTS))
def test_a_fault_is_found_in_any_manner(check: str, reply: str) -> None:
    """However a model commits a fault, its check finds it."""
    assert said_of(check, reply).outcome == "fail"


@pytest.mark.parametrize("check, reply", rows(LOOKALIKES))
def test_what_only_looks_like_a_fault_is_none(check: str, reply: str) -> None:
    """A sound reply is not accused because it looks like a faulty one."""
    assert said_of(check, reply).outcome != "fail", said_of(check, reply)
