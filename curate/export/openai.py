r"""`openai`: what fine-tuning services take, `messages` and nothing else.

{"messages": [{"role": "user", "content": "Solve 3x + 7 = 22."},
{"role": "assistant", "content": "<think>\nSubtract 7 ...\n</think>\n\nThe answer is 5."}]}

Their schema has no field for thinking and none for an id; the thinking is learned as a part of the text.
"""

import msgspec

from curate.export.base import Facts, Format, RefusedError, Wishes
from curate.export.messages import conversation
from curate.records import Message, Trace

ROLES = ("system", "user", "assistant")


class OpenAIRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation that ends with the assistant's turn."""

    messages: tuple[Message, ...]
    """The turns; the last one is the assistant's, its thinking between `<think>` and `</think>`."""


def openai(trace: Trace, wishes: Wishes) -> tuple[OpenAIRow]:
    """Render a trace as a conversation for a fine-tuning service."""
    turns = conversation(trace, wishes)
    if any(turn.role not in ROLES for turn in turns):
        raise RefusedError("the result of a tool, which stands for no call that the row could name")
    return (OpenAIRow(messages=turns),)


def paste(facts: Facts) -> str:
    """Return the command that hands the rows in."""
    return f"""\
# {facts.counted}: see that the service takes rows of {facts.max_tokens} tokens, since some cut the rest off
cat {facts.folder}/train-* > train.jsonl
curl https://api.openai.com/v1/files -H "Authorization: Bearer $OPENAI_API_KEY" -F purpose=fine-tune \\
  -F file=@train.jsonl"""


OPENAI = Format(
    name="openai",
    doc="`{messages}` and no other key, for fine-tuning services that take OpenAI's files; the thinking stands inline.",
    kind="trace",
    render=openai,
    row=OpenAIRow,
    paste=paste,
    plain_only=True,
)
