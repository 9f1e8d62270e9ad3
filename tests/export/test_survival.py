"""What of a reply comes through a chat template and into the loss."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curate.export.chat_template import ChatTemplate
from curate.export.replies import CARRIERS, Reply, replies_of
from curate.export.survival import FAULTS, Fault, Student
from tests.export import templates

END = "<|im_end|>"
REASONING = "Four and four and four make twelve."
RESPONSE = "The answer is **12**."
PROMPT = ({"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is 3 * 4?"})


def student(template: str) -> Student:
    """Return a student that reads with a template and stops at one token."""
    return Student(ChatTemplate(template, {"eos_token": END}), (END,))


def reply(form: str = "messages", reasoning: str = REASONING, response: str = RESPONSE) -> Reply:
    """Return a reply as a format hands it to a template."""
    return Reply(prompt=PROMPT, turn=CARRIERS[form](reasoning, response), reasoning=reasoning, response=response)


CASES: list[Any] = [
    pytest.param(templates.PLAIN, reply(), (), id="whole"),
    pytest.param(templates.PLAIN, reply("messages_reasoning"), ("reasoning_lost",), id="field never read"),
    pytest.param(templates.STRIPS, reply(), ("reasoning_lost",), id="thinking taken out"),
    pytest.param(templates.STRIPS, reply(reasoning=""), (), id="no thinking to take out"),
    pytest.param(templates.READS_FIELD, reply("messages_reasoning"), (), id="field read"),
    pytest.param(templates.READS_FIELD, reply("gpt_oss"), ("reasoning_lost",), id="another field read"),
    pytest.param(templates.ADDS_EMPTY, reply(), (), id="thinking where it is expected"),
    pytest.param(templates.ADDS_EMPTY, reply(reasoning=""), ("empty_thinking",), id="empty thinking added"),
    pytest.param(templates.CHANNELS, reply("gpt_oss"), (), id="thinking in its channel"),
    pytest.param(templates.CHANNELS, reply(), ("bare_tags",), id="tags in the final channel"),
    pytest.param(templates.ENDLESS, reply(), ("no_end",), id="turn never ends"),
    pytest.param(templates.OTHER_END, reply(), ("other_end",), id="turn ends otherwise"),
    pytest.param(templates.STOIC, reply(), ("raises",), id="template raises"),
    pytest.param(templates.EMPTY, reply(), ("reasoning_lost", "response_lost"), id="reply left out"),
    pytest.param(templates.ALWAYS_ASKS_TO_THINK, reply(), (), id="thinking opened by the prompt"),
    pytest.param(
        templates.ALWAYS_ASKS_TO_THINK, reply(reasoning=""), ("prompt_differs",), id="prompt opens thinking in vain"
    ),
    pytest.param(templates.MARKED, reply(), (), id="marked"),
    pytest.param(templates.MARKED_LATE, reply(), ("reasoning_not_learnt",), id="marks begin late"),
    pytest.param(templates.MARKED_SHORT, reply(), ("end_not_learnt",), id="marks stop early"),
]


@pytest.mark.parametrize("template,said,faults", CASES)
def test_what_is_lost(template: str, said: Reply, faults: tuple[Fault, ...]) -> None:
    """Each way in which templates lose things is found, and nothing else is."""
    assert student(template).survival(said).faults == faults


def test_every_fault_can_be_found() -> None:
    """No fault stands in the list that the cases do not show, but for a response that is not learnt."""
    shown = {fault for case in CASES for fault in case.values[2]}
    assert shown == set(FAULTS) - {"response_not_learnt"}


def test_a_response_that_is_not_learnt() -> None:
    """A response outside the marks is found, and the reasoning within them is not held against the template."""
    template = templates.MARKED.replace("{{ m.content }}<|im_end|>\n{% endgeneration %}", "x{% endgeneration %}")
    template = template.replace("x{% endgeneration %}", "x{% endgeneration %}{{ m.content }}<|im_end|>\n")
    found = student(template).survival(reply(reasoning=""))
    assert found.faults == ("response_not_learnt", "end_not_learnt")
    assert found.marked


@pytest.mark.parametrize(
    "template,detail",
    [
        pytest.param(templates.STOIC, "no thinking here", id="the template's own words"),
        pytest.param(templates.OTHER_END, "'</s>' follows, and it stops at <|im_end|>", id="what follows instead"),
    ],
)
def test_what_was_seen(template: str, detail: str) -> None:
    """The first fault comes with what was seen."""
    assert student(template).survival(reply()).detail == detail


@pytest.mark.parametrize(
    "template,formats",
    [
        pytest.param(templates.PLAIN, ("messages",), id="plain"),
        pytest.param(templates.STRIPS, (), id="none"),
        pytest.param(templates.READS_FIELD, ("messages", "messages_reasoning"), id="both"),
        pytest.param(templates.CHANNELS, ("gpt_oss",), id="channels"),
    ],
)
def test_which_format_would_keep_it(template: str, formats: tuple[str, ...]) -> None:
    """The formats in which a reply comes through whole are named."""
    assert student(template).kept_by(reply("messages_reasoning")) == formats


def test_an_earlier_turn_does_not_stand_in_for_the_reply() -> None:
    """Reasoning and response that also stand in the prompt do not count as those of the reply."""
    said = Reply(
        prompt=({"role": "user", "content": f"{REASONING} {RESPONSE}"},),
        turn={"role": "assistant", "content": ""},
        reasoning=REASONING,
        response=RESPONSE,
    )
    assert student(templates.PLAIN).survival(said).faults == ("reasoning_lost", "response_lost")


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(
    lambda text: text.strip() and "<" not in text
)


@given(texts, texts, texts)
@example("0", "0", "d")
def test_a_template_that_writes_what_it_is_given_loses_nothing(prompt: str, reasoning: str, response: str) -> None:
    """Whatever is said, a plain template keeps it: nothing is found missing that is there."""
    turn = CARRIERS["messages"](reasoning, response)
    said = Reply(prompt=({"role": "user", "content": prompt},), turn=turn, reasoning=reasoning, response=response)
    for template in (templates.PLAIN, templates.MARKED, templates.ALWAYS_ASKS_TO_THINK):
        found = student(template).survival(said)
        assert found.faults == ()
        assert all(0 <= start < stop <= len(found.text) for start, stop in found.learnt)


ROWS = [
    pytest.param({"messages": [*PROMPT, CARRIERS["messages"](REASONING, RESPONSE)]}, 1, id="messages"),
    pytest.param({"messages": [*PROMPT, CARRIERS["messages_reasoning"](REASONING, RESPONSE)]}, 1, id="field"),
    pytest.param({"messages": [*PROMPT, CARRIERS["gpt_oss"](REASONING, RESPONSE)]}, 1, id="thinking"),
    pytest.param(
        {"prompt": [*PROMPT], "completion": [CARRIERS["messages"](REASONING, RESPONSE)]}, 1, id="prompt_completion"
    ),
    pytest.param(
        {
            "prompt": [*PROMPT],
            "chosen": [CARRIERS["messages"](REASONING, RESPONSE)],
            "rejected": [CARRIERS["messages"](REASONING, RESPONSE)],
        },
        2,
        id="dpo",
    ),
    pytest.param(
        {
            "input": {"messages": [*PROMPT]},
            "preferred_output": [CARRIERS["messages"](REASONING, RESPONSE)],
            "non_preferred_output": [CARRIERS["messages"](REASONING, RESPONSE)],
        },
        2,
        id="openai_dpo",
    ),
    pytest.param(
        {
            "system": "Be brief.",
            "conversations": [
                {"from": "human", "value": "What is 3 * 4?"},
                {"from": "gpt", "value": CARRIERS["messages"](REASONING, RESPONSE)["content"]},
            ],
        },
        1,
        id="sharegpt",
    ),
    pytest.param(
        {
            "system": "Be brief.",
            "conversations": [PROMPT[1]],
            "chosen": CARRIERS["messages"](REASONING, RESPONSE),
            "rejected": CARRIERS["messages"](REASONING, RESPONSE),
        },
        2,
        id="llama_factory_dpo",
    ),
    pytest.param({"prompt": "What is 3 * 4?", "completion": RESPONSE}, 0, id="text"),
    pytest.param({"prompt": [*PROMPT], "answer": "12"}, 0, id="grpo"),
]


@pytest.mark.parametrize("row,count", ROWS)
def test_replies_in_rows(row: dict[str, Any], count: int) -> None:
    """Every conversation of a row is found with its prompt, reasoning and response; in rows of text there is none."""
    found = replies_of(row)
    assert len(found) == count
    assert all((one.prompt, one.reasoning, one.response) == (PROMPT, REASONING, RESPONSE) for one in found)
