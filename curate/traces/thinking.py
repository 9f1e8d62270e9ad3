r"""Split a text into the thinking and what was said after it.

"<think>3 * 4 = 12.</think>It costs $12."   -> thinking "3 * 4 = 12.", response "It costs $12."
"3 * 4 = 12.</think>It costs $12."          -> the same: many templates put the opening tag into the prompt
"think\n3 * 4 = 12.\nanswer\nIt costs $12."   -> the same: special tokens whose names alone are left
"<think>3 * 4 = 1"                          -> thinking "3 * 4 = 1", no response, and it never closed
"""

import re
from typing import Literal

import msgspec

_NAMES = r"think|thinking|thought|reasoning"
_OPEN = re.compile(rf"\A\s*(?:<(?:{_NAMES})>|<\|begin_of_thought\|>)", re.IGNORECASE)
_CLOSE = re.compile(rf"</(?:{_NAMES})>|\\end\{{think\}}|<\|end_of_thought\|>", re.IGNORECASE)
_BARE_OPEN = re.compile(r"\A\s*think\n")
_BARE_CLOSE = re.compile(r"^answer[ \t]*$", re.MULTILINE)
_SOLUTION = re.compile(r"\A\s*<\|begin_of_solution\|>|<\|end_of_solution\|>\s*\Z")

State = Literal["none", "closed", "unclosed"]


class Split(msgspec.Struct, frozen=True):
    """A text, split."""

    reasoning: str
    """The thinking, without its tags and surrounding white space; empty when there is none."""
    response: str
    """What follows it, verbatim but for surrounding white space after a tag."""
    state: State
    """Whether there was thinking, and whether it was closed."""


def split_thinking(text: str) -> Split:
    """Split a text at the tags around its thinking, if there are any."""
    bare = _BARE_OPEN.match(text)
    opening = bare or _OPEN.match(text)
    start = opening.end() if opening else 0
    closing = _CLOSE.search(text, start) if _may_close(text) else None
    if closing is None and bare:
        closing = _BARE_CLOSE.search(text, start)
    if closing is None:
        return Split(text[start:].strip(), "", "unclosed") if opening else Split("", text, "none")
    response = text[closing.end() :]
    if "<|" in response:
        response = _SOLUTION.sub("", response)
    return Split(text[start : closing.start()].strip(), response.strip(), "closed")


def _may_close(text: str) -> bool:
    return "</" in text or "<|" in text or "\\end{" in text
