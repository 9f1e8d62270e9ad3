"""Formats of preferences and of reinforcement learning, each by what its trainer goes by."""

import json
from typing import Any

import msgspec
import pytest

from curate import jsonlines, schemas
from curate.export import FORMATS, Judged, Pair, Wishes
from curate.export.replies import replies_of
from curate.export.shown import example
from curate.records import Message, Problem, Sampling, Trace
from tests.export.rows import ABOUT, PLAIN, refusal, sound, sound_trace

PAIRS = ("dpo", "reward", "llama_factory_dpo", "openai_dpo")
CHOSEN = "<think>\n3 and two is 5.\n</think>\n\nThe answer is 5."
REJECTED = "<think>\n3 and two is 5.\n</think>\n\nThe answer is 7."
ASKED = {"role": "user", "content": "What is 3 + 2?"}


def _said(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}


def _row(name: str, source: object, wishes: Wishes = PLAIN) -> Any:  # noqa: ANN401 - any JSON value
    (row,) = FORMATS[name].render(source, wishes)
    return json.loads(jsonlines.encode(row))


EXPECTED = {
    "dpo": {"prompt": [ASKED], "chosen": [_said(CHOSEN)], "rejected": [_said(REJECTED)]},
    "reward": {"chosen": [ASKED, _said(CHOSEN)], "rejected": [ASKED, _said(REJECTED)]},
    "llama_factory_dpo": {
        "system": "",
        "conversations": [ASKED],
        "chosen": _said(CHOSEN),
        "rejected": _said(REJECTED),
    },
    "openai_dpo": {
        "input": {"messages": [ASKED]},
        "preferred_output": [_said(CHOSEN)],
        "non_preferred_output": [_said(REJECTED)],
    },
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair(name: str) -> None:
    """A pair is written as its trainer takes it, and says why, but where a service allows no other key."""
    row = _row(name, sound(FORMATS[name], 3))
    about = {key: row.pop(key) for key in ("id", "metadata") if key in row}
    assert row == EXPECTED[name]
    assert bool(about) == (name != "openai_dpo")
    if about:
        assert about["id"] == ABOUT.id
        assert schemas.named("pair.v1").accepts(json.loads(about["metadata"]))


@pytest.mark.parametrize("name", PAIRS)
def test_both_replies_are_found_again(name: str) -> None:
    """Whoever proves that a reply survives a chat template finds both replies of a pair, each after the question."""
    replies = replies_of(_row(name, sound(FORMATS[name], 3)))
    assert [reply.response for reply in replies] == ["The answer is 5.", "The answer is 7."]
    assert all(reply.prompt == (ASKED,) for reply in replies)


def _pair(**rejected: Any) -> Pair:  # noqa: ANN401 - the fields of Trace
    chosen = sound_trace(3)
    return Pair(chosen=chosen, rejected=msgspec.structs.replace(chosen, id="f" * 32, **rejected), about=ABOUT)


REFUSED = [
    pytest.param(_pair(), "two replies that say the same", id="equal"),
    pytest.param(
        _pair(problem=Problem(id="a" * 32, text="What else?"), response="7"),
        "replies to different conversations",
        id="another problem",
    ),
    pytest.param(
        _pair(messages=(Message(role="user", content="Again: what is 3 + 2?"),), response="7"),
        "replies to different conversations",
        id="another conversation",
    ),
    pytest.param(_pair(response="", reasoning=" "), "there is no text to learn from", id="empty"),
    pytest.param(_pair(response="a </think> b"), "a thinking tag inside the text", id="tag"),
]


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("pair,reason", REFUSED)
def test_pairs_that_are_none(name: str, pair: Pair, reason: str) -> None:
    """What is no pair of different replies to one conversation is refused by name."""
    assert (refusal(FORMATS[name], pair) or "").startswith(reason)


def test_prompts_of_two_styles() -> None:
    """Replies to prompts of two styles make a pair where the student reads the bare problem, and else none."""
    prompts = [(Message(role="user", content=f"What is 3 + 2? {how}"),) for how in ("Think.", "Only the answer.")]
    chosen, rejected = (
        sound_trace(3, messages=prompt, teacher=Sampling(style=style), reasoning="", response=said)
        for prompt, style, said in zip(prompts, ("zero_shot_cot", "direct"), ("3 + 2 = 5. So 5.", "5"), strict=True)
    )
    pair = Pair(chosen=chosen, rejected=rejected, about=ABOUT)
    assert _row("dpo", pair)["prompt"] == [ASKED]
    assert refusal(FORMATS["dpo"], pair, Wishes(user="prompt")) == "replies to different conversations"


def test_a_reply_to_avoid_may_be_cut_off() -> None:
    """A rejected reply that was cut off in its thinking is written with that closed; a chosen one is refused."""
    cut = _pair(response="", reasoning="3 and two")
    assert _row("dpo", cut)["rejected"] == [_said("<think>\n3 and two\n</think>\n\n")]
    other = Pair(chosen=cut.rejected, rejected=cut.chosen, about=ABOUT)
    assert refusal(FORMATS["dpo"], other) == "there is no response to learn"


JUDGED = [
    pytest.param(sound_trace(3), None, "", True, CHOSEN, id="kept"),
    pytest.param(
        sound_trace(3, response=""), "truncated", "cut", False, "<think>\n3 and two is 5.\n</think>\n\n", id="cut off"
    ),
]


@pytest.mark.parametrize("trace,dropped_by,reason,label,text", JUDGED)
def test_kto(trace: Trace, dropped_by: str | None, reason: str, label: bool, text: str) -> None:  # noqa: FBT001 - a column of the table
    """A reply that was kept is wanted, one that was dropped is not, and the row says what was seen."""
    row = _row("kto", Judged(trace=trace, dropped_by=dropped_by, reason=reason))
    assert (row["prompt"], row["completion"], row["label"]) == ([ASKED], [_said(text)], label)
    assert json.loads(row["metadata"]) == {"dropped_by": dropped_by or "", "reason": reason}


def test_kto_refuses_a_kept_reply_without_response() -> None:
    """A reply is wanted only where it has a response."""
    judged = Judged(trace=sound_trace(3, response=""), dropped_by=None, reason="")
    assert refusal(FORMATS["kto"], judged) == "there is no response to learn"


PROBLEMS = [
    pytest.param({"reference": "5"}, None, id="with an answer"),
    pytest.param({"reference": None}, "there is no answer to grade by", id="without one"),
    pytest.param({"reference": " "}, "there is no answer to grade by", id="with a blank one"),
    pytest.param({"reference": "5", "text": " "}, "the problem is not known", id="without a question"),
]


@pytest.mark.parametrize("fields,reason", PROBLEMS)
def test_grpo(fields: dict[str, Any], reason: str | None) -> None:
    """A problem is graded by its answer, and refused by name where it has none."""
    problem = Problem(**{"id": "a" * 32, "text": "What is 3 + 2?", **fields})
    assert refusal(FORMATS["grpo"], problem) == reason
    if reason is None:
        system = [{"role": "system", "content": "Think."}]
        expected = {"id": "a" * 32, "prompt": [*system, ASKED], "answer": "5", "answer_type": ""}
        assert _row("grpo", problem, Wishes(system="Think.")) == expected


def test_the_reward_that_is_pasted() -> None:
    """The reward function that `grpo` shows grades completions as TRL hands them over, beside columns of the rows."""
    told = FORMATS["grpo"].paste(example(FORMATS["grpo"]))
    names: dict[str, Any] = {}
    exec(told[told.index("import curate") :], names)  # noqa: S102 - our own text, which a user pastes
    said = ["<think>\n7\n</think>\n\nThe answer is 5.", "The answer is 7.", "It is \\boxed{0.5}"]
    graded = names["right"](
        completions=[[_said(text)] for text in said],
        prompts=[[ASKED]] * 3,
        answer=["5", "5", "1/2"],
        answer_type=["integer", "", "number"],
        id=["a", "b", "c"],
    )
    assert graded == [1.0, 0.0, 1.0]
