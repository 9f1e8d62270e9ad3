r"""`messages_reasoning`: a conversation with the thinking in a field of its own, `reasoning_content`.

{"id": "9f1c...", "messages": [{"role": "user", "content": "Solve 3x + 7 = 22.", "reasoning_content": ""},
{"role": "assistant", "content": "The answer is 5.", "reasoning_content": "Subtract 7 ..."}]}

Every turn has the field, because a field that only some rows or turns have breaks the loading of JSONL.
"""

import msgspec

from curate.export.base import Facts, Format, Wishes
from curate.export.pastes import trl
from curate.export.turns import context_of, said_of
from curate.records import Trace


class ReasoningMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of a conversation."""

    role: str
    """`system`, `user`, `assistant` or `tool`."""
    content: str
    """What was said."""
    reasoning_content: str
    """The thinking before it; empty where there is none, as in every turn but the last."""


class MessagesReasoningRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation that ends with the assistant's turn."""

    id: str
    """The trace's id."""
    messages: tuple[ReasoningMessage, ...]
    """The turns."""


def messages_reasoning(trace: Trace, wishes: Wishes) -> tuple[MessagesReasoningRow]:
    """Render a trace as a conversation whose thinking stands apart."""
    reasoning, response = said_of(trace)
    context = tuple(
        ReasoningMessage(role=turn.role, content=turn.content, reasoning_content="")
        for turn in context_of(trace, wishes)
    )
    reply = ReasoningMessage(role="assistant", content=response, reasoning_content=reasoning)
    return (MessagesReasoningRow(id=trace.id, messages=(*context, reply)),)


def paste(facts: Facts) -> str:
    """Return the lines of a TRL script."""
    return trl(
        facts,
        note="only for chat templates that read reasoning_content: others drop the thinking without a word",
    )


MESSAGES_REASONING = Format(
    name="messages_reasoning",
    doc="Conversations `{id, messages}` with the thinking in `reasoning_content`, for chat templates that read it.",
    kind="trace",
    render=messages_reasoning,
    row=MessagesReasoningRow,
    paste=paste,
)
