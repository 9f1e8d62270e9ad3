r"""`messages`: a conversation with the thinking inline.

{"id": "9f1c...", "messages": [{"role": "user", "content": "Solve 3x + 7 = 22."},
{"role": "assistant", "content": "<think>\nSubtract 7 ...\n</think>\n\nThe answer is 5."}]}
"""

import msgspec

from curate.export.base import Format, Wishes
from curate.export.pastes import trl
from curate.export.turns import context_of, learned
from curate.records import Message, Trace


class MessagesRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation that ends with the assistant's turn."""

    id: str
    """The trace's id, by which `verdicts.parquet` and `curate why` know it."""
    messages: tuple[Message, ...]
    """The turns; the last one is the assistant's, its thinking between `<think>` and `</think>`."""


def messages(trace: Trace, wishes: Wishes) -> tuple[MessagesRow]:
    """Render a trace as a conversation."""
    return (MessagesRow(id=trace.id, messages=conversation(trace, wishes)),)


def conversation(trace: Trace, wishes: Wishes) -> tuple[Message, ...]:
    """Return the turns of a trace, the thinking of the last one inline."""
    reply = learned(trace)
    return (*context_of(trace, wishes), reply)


MESSAGES = Format(
    name="messages",
    doc="Conversations `{id, messages}` with the thinking inline between `<think>` and `</think>`.",
    kind="trace",
    render=messages,
    row=MessagesRow,
    paste=trl,
)
