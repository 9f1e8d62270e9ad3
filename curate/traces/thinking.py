r"""Split a text into the thinking and what was said after it.

"<think>3 * 4 = 12.</think>It costs $12."   -> thinking "3 * 4 = 12.", response "It costs $12."
"3 * 4 = 12.</think>It costs $12."          -> the same: many templates put the opening tag into the prompt
"think\n3 * 4 = 12.\nanswer\nIt costs $12."   -> the same: special tokens whose names alone are left
"<think>3 * 4 = 1"                          -> thinking "3 * 4 = 1", no response, and it never closed
"<think>a</think>\n<think>b</think>c"        -> thinking "a\n\nb", response "c"
"<think>a <think>b</think> c</think>d"       -> thinking "a <think>b</think> c", response "d"
"R1 closes with `</think>`."                 -> no thinking: the tag is quoted
"""

import re
from itertools import islice
from typing import Literal

import msgspec

from curate.chat import THINKING_TAGS

_OPENING = (
    rf"<(?:{THINKING_TAGS})>|<\|begin_of_thought\|>|\[THINK\]"
    r"|(?:<\|start\|>assistant)?<\|channel\|>analysis<\|message\|>"
)
_CLOSING = (
    rf"(?<!(?<!`)`)</(?:{THINKING_TAGS})>|\\end\{{think\}}|<\|end_of_thought\|>|\[/THINK\]"
    r"|<\|end\|>\s{0,9}(?:<\|start\|>assistant)?<\|channel\|>final[^<]{0,99}<\|message\|>"
)
_OPEN = re.compile(rf"\s*(?:{_OPENING})", re.IGNORECASE)
_OPEN_INSIDE = re.compile(_OPENING, re.IGNORECASE)
_CLOSE = re.compile(_CLOSING, re.IGNORECASE)
_TAG = re.compile(rf"(?P<close>{_CLOSING})|{_OPENING}", re.IGNORECASE)
_BARE_OPEN = re.compile(r"\s*think\n")
_BARE_CLOSE = re.compile(r"^answer[ \t]*$", re.MULTILINE)
_SOLUTION = re.compile(r"\A\s*<\|begin_of_solution\|>|<\|(?:end_of_solution|return|end)\|>\s*\Z")

MAX_NESTED_TAGS = 50
"""How many tags are looked at to find the one that closes a nested block; so the search stays linear."""

State = Literal["none", "closed", "unclosed"]


class Split(msgspec.Struct, frozen=True):
    """A text, split."""

    reasoning: str
    """The thinking, without its outermost tags and surrounding white space; empty when there is none."""
    response: str
    """What follows it, verbatim but for surrounding white space after a tag."""
    state: State
    """Whether there was thinking, and whether it was closed."""

    @property
    def closed(self) -> bool | None:
        """Whether thinking was closed; None where there was none."""
        return None if self.state == "none" else self.state == "closed"


def split_thinking(text: str) -> Split:
    """Split a text at the tags around its thinking, if there are any; several blocks in a row are one thinking."""
    bare = _BARE_OPEN.match(text)
    opening = bare or _OPEN.match(text)
    start = opening.end() if opening else 0
    closing = _closing(text, start) if _may_close(text) else None
    if closing is None and bare:
        closing = _BARE_CLOSE.search(text, start)
    if closing is None:
        return Split(text[start:].strip(), "", "unclosed") if opening else Split("", text, "none")
    thoughts = [text[start : closing.start()] if opening else _without_preamble(text[: closing.start()])]
    while again := _OPEN.match(text, closing.end()):
        following = _closing(text, again.end())
        thoughts.append(text[again.end() : following.start() if following else None])
        if following is None:
            return Split(_joined(thoughts), "", "unclosed")
        closing = following
    response = text[closing.end() :]
    if "<|" in response:
        response = _SOLUTION.sub("", response)
    return Split(_joined(thoughts), response.strip(), "closed")


def _may_close(text: str) -> bool:
    return "</" in text or "<|" in text or "\\end{" in text or "[/" in text


def _closing(text: str, start: int) -> re.Match[str] | None:
    """Return the tag that closes a block whose inside begins at `start`.

    Where another block is opened inside, it is the one that closes all of them; the first one where the tags do not add
    up, because then the other opening was written twice or only talked about.
    """
    first = _CLOSE.search(text, start)
    if first is None or _OPEN_INSIDE.search(text, start, first.start()) is None:
        return first
    depth = 1
    for tag in islice(_TAG.finditer(text, start), MAX_NESTED_TAGS):
        depth += -1 if tag["close"] else 1
        if depth == 0:
            return tag
    return first


def _without_preamble(thought: str) -> str:
    """Return thinking whose opening tag stands below a first remark without that tag."""
    tag = _OPEN_INSIDE.search(thought) if "<" in thought or "[" in thought else None
    if tag is None or thought[thought.rfind("\n", 0, tag.start()) + 1 : tag.start()].strip():
        return thought
    return f"{thought[: tag.start()].rstrip()}\n\n{thought[tag.end() :].lstrip()}"


def _joined(thoughts: list[str]) -> str:
    return "\n\n".join(filter(None, (thought.strip() for thought in thoughts)))
