r"""`sharegpt`: a conversation in the older dialect, `from` and `value`.

{"id": "9f1c...", "system": "", "conversations": [{"from": "human", "value": "Solve 3x + 7 = 22."},
{"from": "gpt", "value": "<think>\nSubtract 7 ...\n</think>\n\nThe answer is 5."}]}
"""

from typing import Literal

import msgspec

from curate.export.base import Format, Wishes
from curate.export.pastes import any_trainer
from curate.export.turns import alternating, context_of, inline, said_of
from curate.records import Trace


class ShareGPTTurn(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of a conversation."""

    from_: Literal["human", "gpt"] = msgspec.field(name="from")
    """`human` or `gpt`, by turns."""
    value: str
    """What was said."""


class ShareGPTRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation; human and gpt take turns, and gpt has the last word."""

    id: str
    """The trace's id."""
    system: str
    """The system message; empty where there is none."""
    conversations: tuple[ShareGPTTurn, ...]
    """The turns; the thinking of the last one stands between `<think>` and `</think>`."""


def sharegpt(trace: Trace, wishes: Wishes) -> tuple[ShareGPTRow]:
    """Render a trace as a conversation by turns."""
    system, turns = alternating(context_of(trace, wishes))
    said = tuple(ShareGPTTurn(from_="human" if turn.role == "user" else "gpt", value=turn.content) for turn in turns)
    reply = ShareGPTTurn(from_="gpt", value=inline(*said_of(trace)))
    return (ShareGPTRow(id=trace.id, system=system, conversations=(*said, reply)),)


SHAREGPT = Format(
    name="sharegpt",
    doc="Conversations `{id, system, conversations}` by turns, `from` and `value`, with the thinking inline.",
    kind="trace",
    render=sharegpt,
    row=ShareGPTRow,
    paste=any_trainer,
)
