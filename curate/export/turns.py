"""What the student reads and what it learns to say, held against what no trainer could take."""

from collections.abc import Iterable

from curate.chat import special_token_in
from curate.export.base import RefusedError, Wishes
from curate.jsonlines import has_lone_surrogate
from curate.records import Message, Trace

ROLES = frozenset({"system", "user", "assistant", "tool"})
_TAGS = ("<think>", "</think>")


def context_of(trace: Trace, wishes: Wishes) -> tuple[Message, ...]:
    """Return what the student reads before it answers.

    An imported conversation stays as it is, but for the thinking in earlier replies, which chat templates take out. Of
    a generated trace the student reads the bare problem, not the prompt that made the teacher think, unless the recipe
    says so.

    Raises:
        RefusedError: There is nothing to read, or a trainer could not take it.
    """
    generated = trace.teacher.style is not None
    context = trace.messages if trace.messages and (wishes.user == "prompt" or not generated) else ()
    context = tuple(map(_without_thinking, context)) or (Message(role="user", content=trace.problem.text),)
    if wishes.system is not None and context[0].role != "system":
        context = (Message(role="system", content=wishes.system), *context)
    if not any(turn.content.strip() for turn in context if turn.role != "system"):
        raise RefusedError("the problem is not known")
    strange = next((turn.role for turn in context if turn.role not in ROLES), None)
    if strange is not None:
        raise RefusedError("a role that chat templates do not know")
    require_fit(turn.content for turn in context)
    return context


def _without_thinking(turn: Message) -> Message:
    if turn.role != "assistant" or "</think>" not in turn.content:
        return turn
    return Message(role=turn.role, content=turn.content.rpartition("</think>")[2].lstrip())


def said_of(trace: Trace, *, may_end_in_thinking: bool = False) -> tuple[str, str]:
    """Return thinking and response of a trace; the thinking may be empty.

    Args:
        trace: The trace.
        may_end_in_thinking: Whether a reply without a response will do, as long as there is thinking: one to avoid.

    Raises:
        RefusedError: There is nothing to learn, or a trainer could not take it.
    """
    reasoning, response = trace.reasoning, trace.response
    if not response.strip() and not (may_end_in_thinking and reasoning.strip()):
        raise RefusedError("there is no response to learn" if reasoning.strip() else "there is no text to learn from")
    if any(tag in text for tag in _TAGS for text in (reasoning, response)):
        raise RefusedError("a thinking tag inside the text, so that thinking would end in the wrong place")
    require_fit((reasoning, response))
    return reasoning if reasoning.strip() else "", response


def alternating(context: tuple[Message, ...]) -> tuple[str, tuple[Message, ...]]:
    """Return the system message, empty where there is none, and the turns, which the user begins and ends.

    Raises:
        RefusedError: User and assistant do not take turns.
    """
    leading = next((place for place, turn in enumerate(context) if turn.role != "system"), len(context))
    turns = context[leading:]
    if len(turns) % 2 == 0 or any(turn.role != ("user", "assistant")[place % 2] for place, turn in enumerate(turns)):
        raise RefusedError("turns that are not the user's and the assistant's one after the other")
    return "\n\n".join(turn.content for turn in context[:leading]), turns


def inline(reasoning: str, response: str) -> str:
    """Return thinking and response as one text, the thinking in its tags."""
    return f"<think>\n{reasoning}\n</think>\n\n{response}" if reasoning else response


def learned(trace: Trace) -> Message:
    """Return the turn of a reply to learn, the thinking in its tags."""
    return Message(role="assistant", content=inline(*said_of(trace)))


def require_fit(texts: Iterable[str]) -> None:
    """Check that texts hold nothing that breaks a trainer.

    Raises:
        RefusedError: They do.
    """
    for text in texts:
        if special_token_in(text) is not None:
            raise RefusedError("a token of a chat template inside the text, where a turn would end or begin")
        if has_lone_surrogate(text):
            raise RefusedError("a lone surrogate, which trainers' JSON readers refuse")
