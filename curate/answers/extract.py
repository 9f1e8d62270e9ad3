r"""Find the final answer in a response, and keep where it stands and by which rule it was found.

    "3 * 4 = 12, so she pays $12.\n#### 12"        -> 12   by `hashes`
    "... Therefore \boxed{\frac{3}{4}}."            -> \frac{3}{4}   by `boxed`
    "<answer>-272</answer>"                         -> -272 by `answer_tag`
    "So the answer is (B)."                         -> (B)  by `phrase`

The rules are tried from the most explicit to the least; within a rule the last hit counts, because a response may
correct itself. The response is searched, never the thinking before it.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import msgspec

from curate import jsonlines
from curate.answers.plain import bare, closing_brace
from curate.answers.silence import states_nothing
from curate.answers.statements import (
    Hit,
    begins_line,
    conclusion,
    correct_option,
    heading,
    last_line,
    leading_phrase,
    line_after,
    phrase,
    places,
)
from curate.answers.tongues import stated_abroad
from curate.records import JSON

TAIL_CHARACTERS = 20_000
"""A final answer stands near the end: beyond this many characters from it nothing is searched."""
MAX_WHOLE_CHARACTERS = 60
MAX_DEPTH = 100
"""Levels of a JSON answer; a bound of our own, because Python's depends on how deep its caller stands in calls."""
MAX_WHOLE_WORDS = 6


class Found(msgspec.Struct, frozen=True):
    """A final answer."""

    text: str
    """The answer, bare: without its mark, box, bold or closing full stop."""
    rule: str
    """Which rule found it."""
    start: int
    """Where its statement, mark included, begins in the response (characters)."""
    end: int
    """Where its statement ends."""


Rule = Callable[[str], Iterator[Hit]]
"""Yields what could be the statement of an answer, the last one first."""


@lru_cache(maxsize=4)
def find_answer(response: str) -> Found | None:
    """Return the final answer of a response, or None when it states none.

    Reading and several checks ask of the same response one after the other, so the last few answers are remembered.
    """
    offset = max(0, len(response) - TAIL_CHARACTERS)
    tail = response[offset:]
    for name, rule in RULES.items():
        for start, end, text in rule(tail):
            if answer := bare(text):
                return Found(answer, name, start + offset, end + offset)
    return None


def _answer_tag(text: str) -> Iterator[Hit]:
    if "</" not in text:
        return
    lowered = text.lower()
    for end in places(lowered, "</answer>"):
        start = lowered.rfind("<answer>", 0, end)
        if start >= 0:
            yield start, end + len("</answer>"), text[start + len("<answer>") : end]


_BOXES = ("\\boxed{", "\\boxed {", "\\fbox{")
_BETWEEN_BOXES = re.compile(
    r"(?:\s|[,;&$]|\\[()\[\],;]|\\q?quad\b|\\text\s*\{\s*(?:and|or)\s*\}|\b(?:and|or)\b|[A-Za-z](?:_\{?\w\}?)?\s*=)*"
)


def _boxed(text: str) -> Iterator[Hit]:
    r"""Yield the contents of `\boxed{...}` with balanced braces; boxes joined by nothing but `and` are one answer."""
    if "box" not in text:
        return
    boxes = sorted(box for mark in _BOXES for box in _each_box(text, mark))
    if boxes and _is_restated(text, boxes[-1][1]):
        return
    while boxes:
        start, end, inside = boxes.pop()
        while boxes and _are_joined(text, boxes[-1][1], start):
            start, _, first = boxes.pop()
            inside = inside if bare(first) == bare(inside) else f"{first}, {inside}"
        yield start, end, inside


MAX_BETWEEN_BOXES = 80


def _are_joined(text: str, end: int, start: int) -> bool:
    return start - end <= MAX_BETWEEN_BOXES and _BETWEEN_BOXES.fullmatch(text, end, start) is not None


def _is_restated(text: str, end: int) -> bool:
    """Say whether a final answer is stated in words after the last box, which then held a result on the way."""
    words = "final answer is"
    rest = text[end:]
    place = rest.lower().find(words)
    return place >= 0 and any(sign.isalnum() for sign in line_after(rest, place + len(words)))


def _each_box(text: str, mark: str) -> Iterator[Hit]:
    for start in places(text, mark):
        inside = start + len(mark)
        end = closing_brace(text, inside)
        if end is not None and text[inside:end].strip():
            yield start, end + 1, text[inside:end]


def _hashes(text: str) -> Iterator[Hit]:
    for start in places(text, "####"):
        stated = line_after(text, start + len("####"))
        if begins_line(text, start) and not stated.startswith("#"):
            yield start, start + len("####") + len(stated), stated


def _json_object(text: str) -> Iterator[Hit]:
    """Yield `answer` of the JSON object, fenced or not, that a response is or ends in."""
    if not text.rstrip().endswith(("}", "```")):
        return
    for start in (0, text.rfind("```json"), text.rfind("\n{") + 1):
        row = json_object(text[start:]) if start >= 0 else None
        for key in ("answer", "final_answer"):
            if row is not None and isinstance(row.get(key), str | int | float | list):
                yield start, len(text), str(row[key])


def json_object(text: str) -> JSON | None:
    """Return the object that a text is, fenced as code or not, or None when it is anything else."""
    stripped = text.strip()
    if not stripped.endswith(("}", "```")):
        return None
    stripped = stripped.removeprefix("```json").removeprefix("```").removesuffix("```").strip()
    if not (stripped.startswith("{") and stripped.endswith("}")):
        return None
    line = stripped.encode("utf-8", "surrogatepass")
    if jsonlines.nested_beyond(line, MAX_DEPTH):
        return None
    try:
        return jsonlines.decode(line)
    except jsonlines.UnreadableLineError:
        return None


def _letter_a(text: str) -> Iterator[Hit]:
    """Yield `A: 12` on a line of its own, the mark of GSM8K fine-tunes."""
    for start in places(text, "A:"):
        stated = line_after(text, start + len("A:"))
        if begins_line(text, start):
            yield start, start + len("A:") + len(stated), stated


def _bold_line(text: str) -> Iterator[Hit]:
    """Yield the bold words that end a response."""
    stripped = text.rstrip().rstrip(".!")
    if stripped.endswith("**"):
        start = stripped.rfind("**", 0, len(stripped) - 2)
        words = stripped[start + 2 : -2]
        is_plain = start >= 0 and len(words) <= MAX_BOLD_CHARACTERS and "\n" not in words and "*" not in words
        if is_plain and not states_nothing(words):
            yield start, len(text), words


MAX_BOLD_CHARACTERS = 200


def _whole(text: str) -> Iterator[Hit]:
    """Yield a response that is nothing but a short answer, or a list of single words or numbers in brackets."""
    stripped = text.strip()
    short = len(stripped) <= MAX_WHOLE_CHARACTERS and len(stripped.split()) <= MAX_WHOLE_WORDS
    if stripped and (short or _is_list(stripped)) and "\n" not in stripped and not states_nothing(stripped):
        yield 0, len(text), stripped


def _is_list(text: str) -> bool:
    listed = text.startswith("[") and text.find("]") == len(text) - 1 and len(text) <= MAX_BOLD_CHARACTERS
    return listed and text.count("[") == 1 and "," in text and all(len(part.split()) == 1 for part in text.split(","))


RULES: dict[str, Rule] = {
    "answer_tag": _answer_tag,
    "boxed": _boxed,
    "hashes": _hashes,
    "json": _json_object,
    "phrase": phrase,
    "other_language": stated_abroad,
    "heading": heading,
    "letter_a": _letter_a,
    "correct_option": correct_option,
    "bold": _bold_line,
    "conclusion": conclusion,
    "whole": _whole,
    "last_line": last_line,
    "leading_phrase": leading_phrase,
}
"""Rules from the most explicit to the least."""


def answer_in(text: str) -> str:
    """Return the answer that a text states, or the text itself where it is an answer or states none."""
    found = find_answer(text)
    return text if found is None else found.text
