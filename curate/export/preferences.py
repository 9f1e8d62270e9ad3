"""What the formats of preferences have in common: the two replies of a pair, and what speaks for and against them."""

from typing import NamedTuple

from curate import jsonlines
from curate.export.base import Pair, RefusedError, Wishes
from curate.export.turns import context_of, inline, learned, said_of
from curate.records import Message, Trace


class Sides(NamedTuple):
    """A pair as turns."""

    prompt: tuple[Message, ...]
    """What both replies answer."""
    chosen: Message
    rejected: Message


def sides_of(pair: Pair, wishes: Wishes) -> Sides:
    """Return the turns of a pair.

    Raises:
        RefusedError: The replies answer different conversations, say the same, or a trainer could not take one.
    """
    prompt = context_of(pair.chosen, wishes)
    if context_of(pair.rejected, wishes) != prompt:
        raise RefusedError("replies to different conversations")
    chosen, rejected = learned(pair.chosen), avoided(pair.rejected)
    if chosen == rejected:
        raise RefusedError("two replies that say the same")
    return Sides(prompt, chosen, rejected)


def avoided(trace: Trace) -> Message:
    """Return the turn of a reply to avoid, which may have been cut off in its thinking.

    Such a thinking is closed and nothing stands after it: a tag that is never closed would break chat templates, which
    cut a turn in two at the closing one.
    """
    said = said_of(trace, may_end_in_thinking=True)
    return Message(role="assistant", content=inline(*said))


def metadata(pair: Pair) -> str:
    """Return what is known of a pair beside its texts, as one JSON string."""
    return jsonlines.encode(pair.about).decode()
