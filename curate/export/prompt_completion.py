r"""`prompt_completion`: what the student reads and what it learns to say, as two lists of turns.

{"id": "9f1c...", "prompt": [{"role": "user", "content": "Solve 3x + 7 = 22."}],
"completion": [{"role": "assistant", "content": "<think>\nSubtract 7 ...\n</think>\n\nThe answer is 5."}]}

Only the completion is in the loss, so of a conversation the last reply alone is learned: the one that was checked.
"""

import msgspec

from curate.export.base import Facts, Format, Wishes
from curate.export.pastes import trl
from curate.export.turns import context_of, learned
from curate.records import Message, Trace


class PromptCompletionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One reply, and what comes before it."""

    id: str
    """The trace's id."""
    prompt: tuple[Message, ...]
    """The turns before the reply."""
    completion: tuple[Message, ...]
    """The reply, one turn of the assistant, its thinking between `<think>` and `</think>`."""


def prompt_completion(trace: Trace, wishes: Wishes) -> tuple[PromptCompletionRow]:
    """Render a trace as prompt and completion."""
    reply = learned(trace)
    return (PromptCompletionRow(id=trace.id, prompt=context_of(trace, wishes), completion=(reply,)),)


def paste(facts: Facts) -> str:
    """Return the lines of a TRL script."""
    return trl(facts, note="only the completion is in the loss")


PROMPT_COMPLETION = Format(
    name="prompt_completion",
    doc="`{id, prompt, completion}`, two lists of turns, of which the completion alone is learned.",
    kind="trace",
    render=prompt_completion,
    row=PromptCompletionRow,
    paste=paste,
)
