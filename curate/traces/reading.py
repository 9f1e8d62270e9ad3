"""What a reply says: its thinking, its steps, its response, its answer; for replies and rows of others alike."""

import msgspec

from curate.answers import PYTHON_FUNCTION, find_answer, find_code
from curate.answers.extract import json_object
from curate.records import JSON
from curate.traces.steps import cut_steps
from curate.traces.thinking import split_thinking

CHAIN_KEYS = ("reasoning", "steps", "thinking", "thought", "chain_of_thought", "rationale", "explanation")
ANSWER_KEYS = ("answer", "final_answer")


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A reply, read."""

    reasoning: str
    """The chain of thought that stands apart from the response, or empty when there is none."""
    thinking_closed: bool | None = None
    """Whether thinking that stood in the text itself was closed; None where there was none."""
    steps: tuple[str, ...]
    """The chain of thought cut into steps."""
    response: str
    """What was said after it."""
    answer: str | None
    """The final answer found in the response, or None."""
    data: JSON
    """The object that the response is, or an empty one."""


def read_reply(content: str, apart: str = "", *, may_be_thinking: bool = False, answer_type: str | None = None) -> Said:
    """Read a reply.

    Args:
        content: Its text.
        apart: The thinking that came beside the text, or empty.
        may_be_thinking: Whether a text without any sign of thinking may be thinking that was cut off, as servers hand
            it out: then no answer is read from it.
        answer_type: What the problem says its answer is; of a Python function the code is the answer.
    """
    split = split_thinking(content)
    reasoning = _both(apart, split.reasoning)
    data = json_object(split.response) or {}
    structured = None if reasoning else _chain_and_answer(data)
    if structured is not None:
        steps, answer = structured
        return Said(
            reasoning="\n\n".join(steps), steps=_steps(steps), response=answer, answer=answer or None, data=data
        )
    unfinished = may_be_thinking and not reasoning
    find = find_code if answer_type == PYTHON_FUNCTION else find_answer
    found = None if unfinished else find(split.response)
    return Said(
        reasoning=reasoning,
        thinking_closed=split.closed,
        steps=cut_steps(reasoning or split.response),
        response=split.response,
        answer=found.text if found else None,
        data=data,
    )


def _both(apart: str, inline: str) -> str:
    """Return the thinking of both places, once where one repeats the other."""
    if not apart or not inline or inline in apart:
        return apart or inline
    return f"{apart}\n\n{inline}"


def _chain_and_answer(data: JSON) -> tuple[list[str], str] | None:
    """Return chain of thought and answer of an object that holds these two and nothing else, or None."""
    if len(data) != 2:  # noqa: PLR2004 - the two
        return None
    chain = next((data[key] for key in CHAIN_KEYS if key in data), None)
    answer = next((data[key] for key in ANSWER_KEYS if key in data), None)
    steps = [chain] if isinstance(chain, str) else chain
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        return None
    return (steps, str(answer)) if isinstance(answer, str | int | float) else None


def _steps(chain: list[str]) -> tuple[str, ...]:
    """Return the steps of a chain that was written as one text, or as a list of them."""
    return cut_steps(chain[0]) if len(chain) == 1 else tuple(step.strip() for step in chain if step.strip())
