"""`gpt_oss`: a conversation with the thinking in `thinking`, which its template writes as the analysis channel.

{"id": "9f1c...", "messages": [{"role": "user", "content": "Solve 3x + 7 = 22.", "thinking": ""},
{"role": "assistant", "content": "The answer is 5.", "thinking": "Subtract 7 ..."}]}
"""

import msgspec

from curate.export.base import Format, Wishes
from curate.export.pastes import trl
from curate.export.turns import context_of, said_of
from curate.records import Trace


class ThinkingMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of a conversation."""

    role: str
    """`system`, `user`, `assistant` or `tool`."""
    content: str
    """What was said, for the final channel."""
    thinking: str
    """The thinking before it, for the analysis channel; empty in every turn but the last."""


class GptOssRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation that ends with the assistant's turn."""

    id: str
    """The trace's id."""
    messages: tuple[ThinkingMessage, ...]
    """The turns."""


def gpt_oss(trace: Trace, wishes: Wishes) -> tuple[GptOssRow]:
    """Render a trace as a conversation for the harmony template."""
    reasoning, response = said_of(trace)
    context = tuple(
        ThinkingMessage(role=turn.role, content=turn.content, thinking="") for turn in context_of(trace, wishes)
    )
    reply = ThinkingMessage(role="assistant", content=response, thinking=reasoning)
    return (GptOssRow(id=trace.id, messages=(*context, reply)),)


GPT_OSS = Format(
    name="gpt_oss",
    doc="Conversations `{id, messages}` with the thinking in `thinking`, for gpt-oss and its analysis channel.",
    kind="trace",
    render=gpt_oss,
    row=GptOssRow,
    paste=trl,
)
