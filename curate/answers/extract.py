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
from curate.answers.plain import MAX_ANSWER_CHARACTERS, bare, closing_brace
from curate.records import JSON

TAIL_CHARACTERS = 20_000
"""A final answer stands near the end: beyond this many characters from it nothing is searched."""
TRIES = 20
"""How many marks of one kind are looked at, from the end backwards, before the kind is given up."""
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


Hit = tuple[int, int, str]
"""Where the statement of an answer begins and ends, and the answer."""
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


def _places(text: str, mark: str) -> Iterator[int]:
    """Yield where `mark` stands in `text`, from the end backwards."""
    place = len(text)
    for _ in range(TRIES):
        place = text.rfind(mark, 0, place)
        if place < 0:
            return
        yield place


def _answer_tag(text: str) -> Iterator[Hit]:
    if "</" not in text:
        return
    lowered = text.lower()
    for end in _places(lowered, "</answer>"):
        start = lowered.rfind("<answer>", 0, end)
        if start >= 0:
            yield start, end + len("</answer>"), text[start + len("<answer>") : end]


def _boxed(text: str) -> Iterator[Hit]:
    r"""Yield the contents of `\boxed{...}` with balanced braces."""
    for mark in ("\\boxed{", "\\boxed {", "\\fbox{"):
        for start in _places(text, mark):
            inside = start + len(mark)
            end = closing_brace(text, inside)
            if end is not None:
                yield start, end + 1, text[inside:end]


def _line_after(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[place : len(text) if end < 0 else end][:MAX_ANSWER_CHARACTERS]


def _begins_line(text: str, place: int) -> bool:
    return not text[text.rfind("\n", 0, place) + 1 : place].strip()


def _hashes(text: str) -> Iterator[Hit]:
    for start in _places(text, "####"):
        stated = _line_after(text, start + len("####"))
        if _begins_line(text, start) and not stated.startswith("#"):
            yield start, start + len("####") + len(stated), stated


def _json_object(text: str) -> Iterator[Hit]:
    """Yield `answer` of a response that is one JSON object, fenced or not."""
    row = json_object(text)
    for key in ("answer", "final_answer"):
        if row is not None and isinstance(row.get(key), str | int | float):
            yield 0, len(text), str(row[key])


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


_NOUNS = ("answer", "result", "solution")
_STATES = re.compile(
    r"(?:answer|result|solution)(?:[ ]to[ ][^.:\n]{1,60}?)?"
    r"[ ]{0,3}(?:\*\*|__)?[ ]{0,3}(?:is|are|was|=|:)(?:\*\*|__)?[ ]{0,3}:?",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:\b(?:so|the|my|our|final|correct)[ ]{1,3}){1,4}$", re.IGNORECASE)
_LEAD = 30


def _phrase(text: str) -> Iterator[Hit]:
    """Yield what "the answer is", "Answer:", "the result is" ... say."""
    lowered = text.lower()
    marks = sorted({place for noun in _NOUNS for place in _places(lowered, noun)}, reverse=True)
    for place in marks:
        states = _STATES.match(text, place)
        stated = states and _first_sentence(_line_after(text, states.end()))
        if states and stated and stated.strip():
            before = _BEFORE.search(text[max(0, place - _LEAD) : place])
            yield place - (len(before[0]) if before else 0), states.end() + len(stated), stated


_STOP = re.compile(r"[.!?](?=\s|$|\*\*|</)")


def _first_sentence(text: str) -> str:
    """Return `text` up to the full stop that ends its first sentence: not the one inside 3.5 or e.g. (A.)."""
    match = _STOP.search(text)
    return text[: match.start()] if match else text


def _letter_a(text: str) -> Iterator[Hit]:
    """Yield `A: 12` on a line of its own, the mark of GSM8K fine-tunes."""
    for start in _places(text, "A:"):
        stated = _line_after(text, start + len("A:"))
        if _begins_line(text, start):
            yield start, start + len("A:") + len(stated), stated


def _bold_line(text: str) -> Iterator[Hit]:
    """Yield the bold words that end a response."""
    stripped = text.rstrip().rstrip(".!")
    if stripped.endswith("**"):
        start = stripped.rfind("**", 0, len(stripped) - 2)
        words = stripped[start + 2 : -2]
        if start >= 0 and len(words) <= MAX_BOLD_CHARACTERS and "\n" not in words and "*" not in words:
            yield start, len(text), words


MAX_BOLD_CHARACTERS = 200


def _whole(text: str) -> Iterator[Hit]:
    """Yield a response that is nothing but a short answer."""
    stripped = text.strip()
    short = len(stripped) <= MAX_WHOLE_CHARACTERS and len(stripped.split()) <= MAX_WHOLE_WORDS
    if stripped and short and "\n" not in stripped:
        yield 0, len(text), stripped


RULES: dict[str, Rule] = {
    "answer_tag": _answer_tag,
    "boxed": _boxed,
    "hashes": _hashes,
    "json": _json_object,
    "phrase": _phrase,
    "letter_a": _letter_a,
    "bold": _bold_line,
    "whole": _whole,
}
