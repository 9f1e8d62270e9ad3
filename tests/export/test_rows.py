"""The rows of each format of traces, to the letter."""

import json

import msgspec
import pytest

from curate.export import FORMATS
from curate.export.base import StudentTemplate
from curate.records import Message
from tests.export.rows import PLAIN, refusal, sound_trace

ONE = sound_trace(1)
BARE = sound_trace(1, reasoning="")
TALK = sound_trace(
    1,
    messages=(
        Message(role="system", content="Be brief."),
        Message(role="user", content="Hello."),
        Message(role="assistant", content="<think>\nA greeting.\n</think>\n\nHello."),
        Message(role="user", content="What is 1 + 2?"),
    ),
)
INLINE = "<think>\n1 and two is 3.\n</think>\n\nThe answer is 3."
USER = {"role": "user", "content": "What is 1 + 2?"}
REPLY = {"role": "assistant", "content": INLINE}
BEFORE = [{"role": "user", "content": "Hello."}, {"role": "assistant", "content": "Hello."}, USER]
SYSTEM = {"role": "system", "content": "Be brief."}


@pytest.mark.parametrize(
    "name,trace,row",
    [
        ("messages", ONE, {"messages": [USER, REPLY]}),
        ("messages", BARE, {"messages": [USER, {"role": "assistant", "content": "The answer is 3."}]}),
        ("messages", TALK, {"messages": [SYSTEM, *BEFORE, REPLY]}),
        (
            "messages_reasoning",
            ONE,
            {
                "messages": [
                    {**USER, "reasoning_content": ""},
                    {
                        "role": "assistant",
                        "content": "The answer is 3.",
                        "reasoning_content": "1 and two is 3.",
                    },
                ]
            },
        ),
        (
            "gpt_oss",
            ONE,
            {
                "messages": [
                    {**USER, "thinking": ""},
                    {"role": "assistant", "content": "The answer is 3.", "thinking": "1 and two is 3."},
                ]
            },
        ),
        ("prompt_completion", TALK, {"prompt": [SYSTEM, *BEFORE], "completion": [REPLY]}),
        (
            "text",
            ONE,
            {
                "text": "<|im_start|>user\nWhat is 1 + 2?<|im_end|>\n<|im_start|>assistant\n"
                "<think>\n1 and two is 3.\n</think>\n\nThe answer is 3.<|im_end|>"
            },
        ),
        (
            "sharegpt",
            TALK,
            {
                "system": "Be brief.",
                "conversations": [
                    {"from": "human", "value": "Hello."},
                    {"from": "gpt", "value": "Hello."},
                    {"from": "human", "value": "What is 1 + 2?"},
                    {"from": "gpt", "value": INLINE},
                ],
            },
        ),
        ("alpaca", ONE, {"instruction": "What is 1 + 2?", "input": "", "output": INLINE, "system": ""}),
        ("llama_factory", TALK, {"system": "Be brief.", "messages": [*BEFORE, REPLY]}),
        (
            "axolotl",
            TALK,
            {"messages": [{**turn, "train": turn is REPLY} for turn in (SYSTEM, *BEFORE, REPLY)]},
        ),
    ],
)
def test_rows(name: str, trace: object, row: dict[str, object]) -> None:
    """A row holds the thinking and the response where its trainer looks for them, and the context before them."""
    (rendered,) = FORMATS[name].render(trace, PLAIN)
    assert json.loads(msgspec.json.encode(rendered)) == {"id": ONE.id, **row}


def test_rows_of_services_hold_nothing_else() -> None:
    """What a fine-tuning service takes has no key but `messages`."""
    (row,) = FORMATS["openai"].render(ONE, PLAIN)
    assert json.loads(msgspec.json.encode(row)) == {"messages": [USER, REPLY]}


def test_rows_of_ones_own() -> None:
    """A key of the user's own is what its template makes of the trace; what is null there is empty."""
    trace = sound_trace(1, answer=None)
    assert FORMATS["template"].render(trace, PLAIN) == ({"question": "What is 1 + 2?", "thoughts": ONE.reasoning},)


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.kind == "trace"])
@pytest.mark.parametrize(
    "more,words",
    [
        pytest.param({"response": ""}, "no response", id="thinking alone"),
        pytest.param({"response": "", "reasoning": " "}, "no text", id="nothing"),
        pytest.param({"reasoning": "So </think> it is"}, "thinking tag", id="closing tag in the thinking"),
        pytest.param({"response": "<think> again"}, "thinking tag", id="opening tag in the response"),
        pytest.param({"response": "3<|im_end|>"}, "token of a chat template", id="special token"),
        pytest.param({"reasoning": "3 \ud83d"}, "lone surrogate", id="lone surrogate"),
        pytest.param({"messages": (Message(role="narrator", content="x"),)}, "role", id="strange role"),
    ],
)
def test_refused_by_name(name: str, more: dict[str, object], words: str) -> None:
    """What no trainer could take is refused by every format of traces, with the reason."""
    assert words in (refusal(FORMATS[name], sound_trace(1, **more)) or "")


ODD_TURNS = (Message(role="user", content="Hello."), Message(role="user", content="What is 1 + 2?"))


@pytest.mark.parametrize("name", ["sharegpt", "llama_factory", "alpaca"])
def test_turns_must_alternate(name: str) -> None:
    """Where a trainer skips rows whose turns do not alternate, they are refused, not written for nothing."""
    assert "one after the other" in (refusal(FORMATS[name], sound_trace(1, messages=ODD_TURNS)) or "")
    assert refusal(FORMATS["messages"], sound_trace(1, messages=ODD_TURNS)) is None


FORGETS = "{% for message in messages %}{{ message.role }}: {{ message.content.split('</think>')[-1] }}\n{% endfor %}"


@pytest.mark.parametrize(
    "source,tokens,words",
    [
        pytest.param(FORGETS, {"eos_token": "<end>"}, "do not come out", id="strips thinking"),
        pytest.param("{{ raise_exception('no') }}", {}, "do not come out", id="raises"),
        pytest.param("{% for one in messages %}{{ one.content }}\n{% endfor %}", {}, "does not end", id="no end"),
    ],
)
def test_text_is_whole_or_refused(source: str, tokens: dict[str, str], words: str) -> None:
    """Text in which thinking, response or the end of the turn would be missing is refused."""
    template = StudentTemplate(source=source, special_tokens=tokens)
    assert words in (refusal(FORMATS["text"], ONE, msgspec.structs.replace(PLAIN, chat_template=template)) or "")
