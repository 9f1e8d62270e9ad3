"""What is read from a message and a reply, and what is kept beside it."""

from typing import Any

import pytest

from curate import jsonlines
from curate.chat import beyond_the_text, read_message
from curate.records import Message, Problem, Reply, Request, Sampling, Trace
from curate.traces.build import trace_of
from curate.traces.foreign import read_row
from curate.traces.reading import read_reply

MESSAGES = [
    pytest.param({"content": "b"}, "b", "", None, id="plain"),
    pytest.param({"content": "b", "reasoning_content": "a"}, "b", "a", "reasoning_content", id="reasoning_content"),
    pytest.param({"content": "b", "reasoning": "a"}, "b", "a", "reasoning", id="reasoning"),
    pytest.param({"content": "b", "thinking": "a"}, "b", "a", "thinking", id="thinking"),
    pytest.param(
        {"content": "b", "thinking": [{"type": "thinking", "thinking": "a", "signature": "s"}]},
        "b",
        "a",
        "thinking",
        id="thinking blocks beside",
    ),
    pytest.param(
        {"content": [{"type": "thinking", "thinking": "a"}, {"type": "text", "text": "b"}]},
        "b",
        "a",
        "content",
        id="thinking blocks inside",
    ),
    pytest.param(
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "a"}]}, {"type": "text", "text": "b"}]},
        "b",
        "a",
        "content",
        id="thinking blocks of parts",
    ),
    pytest.param(
        {
            "content": "b",
            "reasoning_details": [
                {"type": "reasoning.summary", "summary": "a"},
                {"type": "reasoning.text", "text": "A"},
                {"type": "reasoning.encrypted", "data": "x"},
            ],
        },
        "b",
        "a\n\nA",
        "reasoning_details",
        id="reasoning_details",
    ),
    pytest.param(
        {"content": "b", "reasoning": "a", "reasoning_details": [{"type": "reasoning.text", "text": "a"}]},
        "b",
        "a",
        "reasoning",
        id="the same twice",
    ),
    pytest.param({"content": None, "refusal": "I cannot."}, "I cannot.", "", None, id="refusal"),
    pytest.param({"content": None, "reasoning_content": "a"}, "", "a", "reasoning_content", id="null content"),
    pytest.param({"content": "b", "reasoning_content": None, "reasoning": ""}, "b", "", None, id="empty fields"),
    pytest.param({"content": "b", "reasoning": {"text": "a"}}, "b", "a", "reasoning", id="one block"),
    pytest.param({}, "", "", None, id="nothing"),
]


@pytest.mark.parametrize("message,content,thinking,carrier", MESSAGES)
def test_message(message: dict[str, Any], content: str, thinking: str, carrier: str | None) -> None:
    """Text and thinking are found in every place where endpoints put them."""
    spoken = read_message(message)
    assert spoken is not None
    assert (spoken.content, spoken.thinking, spoken.carrier) == (content, thinking, carrier)


@pytest.mark.parametrize("content", [7, {"text": "b"}, True])
def test_message_that_is_none(content: object) -> None:
    """Content that is neither text nor parts of a text is no message."""
    assert read_message({"content": content}) is None


@pytest.mark.parametrize("message", [pytest.param(case.values[0], id=str(case.id)) for case in MESSAGES])
def test_nothing_of_a_message_is_lost(message: dict[str, Any]) -> None:
    """Every text in a message is in what was read from it, or in the rest that is kept beside it."""
    spoken = read_message(message)
    assert spoken is not None
    kept = jsonlines.encode([spoken.content, spoken.thinking, beyond_the_text(message, spoken)]).decode()
    assert [text for text in _texts(message) if text not in kept] == []


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inside for text in _texts(item)]


def test_rest_is_what_was_not_read() -> None:
    """Details, refusals, calls of tools and a second thinking are kept as received; what was read is not kept twice."""
    message = {
        "role": "assistant",
        "content": "b",
        "reasoning": "a",
        "reasoning_content": "another",
        "reasoning_details": [{"data": "x"}],
        "refusal": None,
        "tool_calls": [],
        "annotations": [{"url": "u"}],
    }
    spoken = read_message(message)
    assert spoken is not None
    assert beyond_the_text(message, spoken) == {
        "reasoning": "a",
        "reasoning_details": [{"data": "x"}],
        "annotations": [{"url": "u"}],
    }


OBJECTS = [
    pytest.param('{"reasoning": "3 * 4 = 12", "answer": "12"}', "3 * 4 = 12", "12", "12", id="reasoning and answer"),
    pytest.param('```json\n{"reasoning": "a", "answer": 12}\n```', "a", "12", "12", id="fenced"),
    pytest.param('{"steps": ["a", "b"], "answer": "12"}', "a\n\nb", "12", "12", id="steps and answer"),
    pytest.param('{"thought": "a", "final_answer": 1.5}', "a", "1.5", "1.5", id="other names"),
    pytest.param('<think>t</think>{"reasoning": "a", "answer": "12"}', "t", None, "12", id="beside thinking"),
    pytest.param('{"reasoning": "a", "answer": "12", "unit": "kg"}', "", None, "12", id="more than the two"),
    pytest.param('{"reasoning": "a", "unit": "kg"}', "", None, '{"reasoning": "a", "unit": "kg"}', id="no answer"),
    pytest.param('{"reasoning": {"a": 1}, "answer": "12"}', "", None, "12", id="no text"),
    pytest.param('{"question": "a", "answer": "12"}', "", None, "12", id="no reasoning"),
    pytest.param('["reasoning", "answer"]', "", None, '["reasoning", "answer"]', id="no object"),
]


@pytest.mark.parametrize("text,reasoning,response,answer", OBJECTS)
def test_object_of_reasoning_and_answer(text: str, reasoning: str, response: str | None, answer: str | None) -> None:
    """An object that holds reasoning and answer, and nothing else, is read as these; any other is left whole."""
    said = read_reply(text)
    assert said.reasoning == reasoning
    assert said.response == (response if response is not None else text.removeprefix("<think>t</think>"))
    assert said.answer == answer


def test_steps_of_an_object_are_the_steps() -> None:
    """Steps that a teacher lists itself are not cut anew, and the object stays in `data`."""
    said = read_reply('{"steps": ["First. Then.", "Last."], "answer": "12"}')
    assert said.steps == ("First. Then.", "Last.")
    assert said.data == {"steps": ["First. Then.", "Last."], "answer": "12"}


@pytest.mark.parametrize(
    "apart,content,reasoning",
    [
        pytest.param("a", "b", "a", id="apart alone"),
        pytest.param("", "<think>a</think>b", "a", id="inline alone"),
        pytest.param("a", "<think>a</think>b", "a", id="the same in both"),
        pytest.param("a", "<think>c</think>b", "a\n\nc", id="another in each"),
    ],
)
def test_thinking_in_two_places(apart: str, content: str, reasoning: str) -> None:
    """Thinking that came beside the text and thinking inside it are both kept, once."""
    assert read_reply(content, apart).reasoning == reasoning


def built(content: str, finish_reason: Any, reasoning: str = "") -> Trace:  # noqa: ANN401 - one of the literals
    """Return the trace of a reply of ours."""
    request = Request(
        key="k",
        problem=Problem(id="p", text="3 * 4?"),
        messages=(Message(role="user", content="3 * 4?"),),
        sampling=Sampling(),
        sample=0,
    )
    return trace_of(request, Reply(content=content, reasoning=reasoning, finish_reason=finish_reason), recipe="r")


CUT = "Let me see. 3 * 4 = 12. So the answer is 12. Wait"


@pytest.mark.parametrize(
    "content,finish_reason,reasoning,answer",
    [
        pytest.param(CUT, "length", "", None, id="cut off, may be thinking"),
        pytest.param(CUT, "interrupted", "", None, id="interrupted, may be thinking"),
        pytest.param(f"<think>{CUT}", "length", "", None, id="cut off inside the thinking"),
        pytest.param("", "length", CUT, None, id="thinking apart, nothing after it"),
        pytest.param(f"<think>a</think>{CUT}", "length", "", "12", id="cut off after the thinking"),
        pytest.param(CUT, "length", "a", "12", id="cut off after thinking that stood apart"),
        pytest.param(CUT, "stop", "", "12", id="ended"),
    ],
)
def test_thinking_that_was_cut_off_is_no_answer(
    content: str, finish_reason: str, reasoning: str, answer: str | None
) -> None:
    """Of a text that was cut off, and may be thinking that the server handed out as content, no answer is read."""
    assert built(content, finish_reason, reasoning).answer == answer


def test_rows_of_others_are_read_alike() -> None:
    """Blocks and details are found in conversations and batch output just as in replies of ours."""
    blocks = [{"type": "thinking", "thinking": "a"}, {"type": "text", "text": "b"}]
    row = {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": blocks}]}
    (trace,) = read_row(row, {}).traces
    assert (trace.reasoning, trace.response) == ("a", "b")
    details = {"content": "b", "reasoning_details": [{"type": "reasoning.text", "text": "a"}]}
    (trace,) = read_row({"custom_id": "q", "response": {"body": {"choices": [{"message": details}]}}}, {}).traces
    assert (trace.reasoning, trace.response) == ("a", "b")
