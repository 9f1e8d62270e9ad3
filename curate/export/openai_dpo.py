r"""`openai_dpo`: preference pairs as fine-tuning services take them, and nothing else.

{"input": {"messages": [{"role": "user", "content": "Solve 3x + 7 = 22."}]},
"preferred_output": [{"role": "assistant", "content": "<think>\n...\n</think>\n\nThe answer is 5."}],
"non_preferred_output": [{"role": "assistant", "content": "The answer is 7."}]}

Their schema has no field for an id, nor for why a reply is better; `pairs/` says it of every pair.
"""

import msgspec

from curate.export.base import Facts, Format, Pair, RefusedError, Wishes
from curate.export.openai import ROLES, paste
from curate.export.preferences import sides_of
from curate.records import Message


class OpenAIInput(msgspec.Struct, frozen=True, kw_only=True):
    """What both replies answer."""

    messages: tuple[Message, ...]
    """The turns before the reply."""


class OpenAIDPORow(msgspec.Struct, frozen=True, kw_only=True):
    """Two replies to one conversation, of which one is preferred."""

    input: OpenAIInput
    """The conversation."""
    preferred_output: tuple[Message, ...]
    """The better reply, one turn, its thinking between `<think>` and `</think>`."""
    non_preferred_output: tuple[Message, ...]
    """The worse reply, likewise."""


def openai_dpo(pair: Pair, wishes: Wishes) -> tuple[OpenAIDPORow]:
    """Render a pair for a fine-tuning service."""
    prompt, chosen, rejected = sides_of(pair, wishes)
    if any(turn.role not in ROLES for turn in prompt):
        raise RefusedError("the result of a tool, which stands for no call that the row could name")
    given = OpenAIInput(messages=prompt)
    return (OpenAIDPORow(input=given, preferred_output=(chosen,), non_preferred_output=(rejected,)),)


def told(facts: Facts) -> str:
    """Return the command that hands the rows in, and what to say of them then."""
    return f'{paste(facts)}\n# then, in the job: {{"method": {{"type": "dpo"}}}}'


OPENAI_DPO = Format(
    name="openai_dpo",
    doc="`{input, preferred_output, non_preferred_output}`, for fine-tuning services that take OpenAI's files.",
    kind="pair",
    render=openai_dpo,
    row=OpenAIDPORow,
    paste=told,
    plain_only=True,
)
