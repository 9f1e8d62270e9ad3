r"""Thinking that stands where it should not: never closed, or said twice.

"<think>3 * 4 = 12, so"                          -> unclosed_thinking
reasoning "3 * 4 = 12", response "3 * 4 = 12"    -> duplicate_thinking
"""

import re
from collections.abc import Iterator
from itertools import islice

from curate.chat import THINKING_TAGS
from curate.records import Finding, Trace

_TAG = re.compile(rf"<(/?)(?:{THINKING_TAGS})>", re.IGNORECASE)


def unclosed_thinking(trace: Trace) -> Finding | None:
    """The thinking was opened and never closed, so that nobody can tell it from the response.

    Either the whole reply is thinking, or a line of the response opens another block that no tag closes. A tag that
    is only talked about, inside a sentence or in backticks, is none.

    Args:
        trace: The trace to judge.
    """
    if trace.thinking_closed is False:
        return Finding(outcome="fail", reason="the thinking was opened and never closed")
    if "<" not in trace.response:
        return None
    *_, (tag, closes) = ("", True), *_tags(trace.response)
    return None if closes else Finding(outcome="fail", reason=f"the response opens {tag} and never closes it")


def duplicate_thinking(trace: Trace, *, max_share: float = 0.5) -> Finding | None:
    """The thinking is there twice.

    The response repeats it, the thinking repeats itself from its beginning to its end, or the response holds another
    block of thinking. A response that sums up its thinking, or repeats its last lines, is sound.

    Args:
        trace: The trace to judge.
        max_share: Greatest share of the thinking that the response may hold word for word; the measure is that share,
            taken at evenly spaced places.
    """
    for tag, closes in _tags(trace.response):
        if closes:
            return Finding(outcome="fail", reason=f"the response holds a second block of thinking ({tag})")
    if _repeats_itself(trace.reasoning):
        return Finding(outcome="fail", reason="the thinking is written twice, one copy after the other")
    share = _share_in(trace.reasoning, trace.response)
    if share > max_share:
        return Finding(outcome="fail", reason=f"the response repeats {share:.0%} of the thinking", value=share)
    return Finding(outcome="pass", value=share)


def _tags(text: str) -> Iterator[tuple[str, bool]]:
    """Return the tags of thinking that a text holds as such, each with whether it closes.

    An opening one begins a line; a closing one may stand anywhere but in backticks.
    """
    for tag in islice(_TAG.finditer(text), MAX_TAGS):
        before = text[max(0, tag.start() - _INDENT) : tag.start()]
        begins_line = not before.rpartition("\n")[2].strip()
        if not before.endswith("`") and (tag[1] or begins_line):
            yield tag[0], bool(tag[1])


MAX_TAGS = 1_000
"""Who opens more blocks than this has opened one too many."""
_INDENT = 20
"""Most blanks before a tag that begins its line."""
MIN_CHARACTERS = 40
"""Shorter thinking is one sentence, which a response may well say again."""
_PLACES = 8


MIN_COPY_SHARE = 0.3
"""Of the thinking, that a second copy at its end makes up at least, with something in between."""


def _repeats_itself(thinking: str) -> bool:
    """Say whether a text comes back to its first words and ends in another copy of what followed them."""
    again = thinking.rfind(thinking[:MIN_CHARACTERS], MIN_CHARACTERS)
    if again < 0 or len(thinking) - again < MIN_COPY_SHARE * len(thinking):
        return False
    return _share_in(thinking[again:], thinking[:again]) == 1


def _share_in(thinking: str, response: str) -> float:
    """Return the share of evenly spaced pieces of one text that another, which is half as long at least, holds."""
    if len(thinking) < MIN_CHARACTERS or 2 * len(response) < len(thinking):
        return 0
    thinking, response = " ".join(thinking.split()), " ".join(response.split())
    stride = max(1, (len(thinking) - MIN_CHARACTERS) // (_PLACES - 1))
    starts = range(0, max(1, len(thinking) - MIN_CHARACTERS + 1), stride)
    pieces = [thinking[start : start + MIN_CHARACTERS] for start in starts]
    return sum(piece in response for piece in pieces) / len(pieces)
