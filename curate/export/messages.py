r"""`messages`: a conversation with the thinking inline.

{"id": "9f1c...", "messages": [{"role": "user", "content": "Solve 3x + 7 = 22."},
{"role": "assistant", "content": "<think>\nSubtract 7 ...\n</think>\n\nThe answer is 5."}]}
"""

import msgspec

from curate.export.base import Format, RefusedError, Wishes
from curate.jsonlines import has_lone_surrogate
from curate.records import Message, Trace

ROLES = frozenset({"system", "user", "assistant", "tool"})


class MessagesRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation that ends with the assistant's turn."""

    id: str
    """The trace's id, by which `verdicts.parquet` and `curate why` know it."""
    messages: tuple[Message, ...]
    """The turns; the last one is the assistant's, its thinking between `<think>` and `</think>`."""


def messages(trace: Trace, wishes: Wishes) -> MessagesRow:
    """Render a trace as a conversation."""
    context = student_context(trace, wishes)
    said = assistant_text(trace)
    if not said.strip():
        raise RefusedError("there is no text to learn from")
    if not any(turn.content.strip() for turn in context):
        raise RefusedError("the problem is not known")
    strange = next((turn.role for turn in context if turn.role not in ROLES), None)
    if strange is not None:
        raise RefusedError(f"the role {strange!r}, which chat templates do not know")
    turns = (*context, Message(role="assistant", content=said))
    if any(has_lone_surrogate(turn.content) for turn in turns):
        raise RefusedError("a lone surrogate, which trainers' JSON readers refuse")
    return MessagesRow(id=trace.id, messages=turns)


def student_context(trace: Trace, wishes: Wishes) -> tuple[Message, ...]:
    """Return what the student reads before it answers.

    An imported conversation stays as it is. Of a generated trace the student reads the bare problem, not the prompt
    that made the teacher think, unless the recipe says so.
    """
    generated = trace.teacher.style is not None
    context = trace.messages if trace.messages and (wishes.user == "prompt" or not generated) else ()
    context = context or (Message(role="user", content=trace.problem.text),)
    if wishes.system is not None and context[0].role != "system":
        context = (Message(role="system", content=wishes.system), *context)
    return context


def assistant_text(trace: Trace) -> str:
    """Return thinking and response as one text, the thinking in its tags."""
    if not trace.reasoning:
        return trace.response
    if "<think>" in trace.reasoning or "</think>" in trace.reasoning or "</think>" in trace.response:
        raise RefusedError("a thinking tag inside the text, so that thinking would end in the wrong place")
    return f"<think>\n{trace.reasoning}\n</think>\n\n{trace.response}"


MESSAGES = Format(
    name="messages",
    doc="Conversations `{id, messages}` with the thinking inline between `<think>` and `</think>`.",
    render=messages,
    row=MessagesRow,
)
