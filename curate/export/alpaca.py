r"""`alpaca`: one question and one reply, no conversation.

{"id": "9f1c...", "instruction": "Solve 3x + 7 = 22.", "input": "", "system": "",
"output": "<think>\nSubtract 7 ...\n</think>\n\nThe answer is 5."}
"""

import msgspec

from curate.export.base import Format, RefusedError, Wishes
from curate.export.pastes import any_trainer
from curate.export.turns import alternating, context_of, inline, said_of
from curate.records import Trace


class AlpacaRow(msgspec.Struct, frozen=True, kw_only=True):
    """One question and its reply."""

    id: str
    """The trace's id."""
    instruction: str
    """What the student reads."""
    input: str
    """Always empty: the whole question is the instruction."""
    output: str
    """The reply, its thinking between `<think>` and `</think>`."""
    system: str
    """The system message; empty where there is none."""


def alpaca(trace: Trace, wishes: Wishes) -> tuple[AlpacaRow]:
    """Render a trace as a question and its reply."""
    system, turns = alternating(context_of(trace, wishes))
    if len(turns) > 1:
        raise RefusedError("a conversation of several turns")
    output = inline(*said_of(trace))
    return (AlpacaRow(id=trace.id, instruction=turns[0].content, input="", output=output, system=system),)


ALPACA = Format(
    name="alpaca",
    doc="`{id, instruction, input, output, system}`: one question and one reply, with the thinking inline.",
    kind="trace",
    render=alpaca,
    row=AlpacaRow,
    paste=any_trainer,
)
