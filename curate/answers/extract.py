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

import msgspec

from curate import jsonlines

MAX_ANSWER_CHARACTERS = 2_000
TAIL_CHARACTERS = 20_000
"""A final answer stands near the end: beyond this many characters from it nothing is searched."""
MAX_WHOLE_CHARACTERS = 60
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


Rule = Callable[[str], Iterator[tuple[int, int, str]]]
"""Yields (start, end, answer) of each statement of an answer."""


def find_answer(response: str) -> Found | None:
    """Return the final answer of a response, or None when it states none."""
    offset = max(0, len(response) - TAIL_CHARACTERS)
    tail = response[offset:]
    for name, rule in RULES.items():
        hits = [hit for hit in rule(tail) if bare(hit[2])]
        if hits:
            start, end, text = hits[-1]
            return Found(bare(text), name, start + offset, end + offset)
    return None


def _answer_tag(text: str) -> Iterator[tuple[int, int, str]]:
    if "<answer>" in text.lower():
        for match in re.finditer(r"<answer>(.*?)</answer>", text, re.IGNORECASE | re.DOTALL):
            yield match.start(), match.end(), match[1]


def _boxed(text: str) -> Iterator[tuple[int, int, str]]:
    r"""Yield the contents of `\boxed{...}` with balanced braces."""
    for match in re.finditer(r"\\(?:boxed|fbox)\s*\{", text):
        end = closing_brace(text, match.end())
        if end is not None:
            yield match.start(), end + 1, text[match.end() : end]


def closing_brace(text: str, start: int) -> int | None:
    """Return the position of the brace that closes the one before `start`, or None within the longest answer."""
    depth = 1
    for position in range(start, min(len(text), start + MAX_ANSWER_CHARACTERS)):
        character = text[position]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return position
    return None


def _hashes(text: str) -> Iterator[tuple[int, int, str]]:
    if "####" in text:
        for match in re.finditer(r"^[ \t]*####[ \t]*([^\n#][^\n]*)$", text, re.MULTILINE):
            yield match.start(), match.end(), match[1]


def _json_object(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield `answer` of a response that is one JSON object, fenced or not."""
    stripped = text.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()
    if not (stripped.startswith("{") and stripped.endswith("}")):
        return
    try:
        row = jsonlines.decode(stripped.encode("utf-8", "surrogatepass"))
    except jsonlines.UnreadableLineError:
        return
    for key in ("answer", "final_answer"):
        if isinstance(row.get(key), str | int | float):
            yield 0, len(text), str(row[key])
            return


_PHRASE = re.compile(
    r"\b(?:(?:the|my|our|so\s+the)\s+)?(?:final\s+|correct\s+)?"
    r"(?:answer|result|solution)(?:\s+to\s+[^.:\n]{1,60}?)?"
    r"\s*(?:\*\*|__)?\s*(?:is|are|was|=|:)\s*(?:\*\*|__)?\s*:?\s*"
    rf"(?=([^\n]{{1,{MAX_ANSWER_CHARACTERS}}}))",  # only looked at: a correction may follow on the same line
    re.IGNORECASE,
)


def _phrase(text: str) -> Iterator[tuple[int, int, str]]:
    if "nswer" in text or "NSWER" in text or "esult" in text or "olution" in text:
        for match in _PHRASE.finditer(text):
            stated = _first_sentence(match[1])
            yield match.start(), match.start(1) + len(stated), stated


def _first_sentence(text: str) -> str:
    """Return `text` up to the full stop that ends its first sentence: not the one inside 3.5 or e.g. (A.)."""
    match = re.search(r"[.!?](?=\s|$|\*\*|</)", text)
    return text[: match.start()] if match else text


def _letter_a(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield `A: 12` on a line of its own, the mark of GSM8K fine-tunes."""
    if "A:" in text:
        for match in re.finditer(r"^[ \t]*A:[ \t]*(\S[^\n]*)$", text, re.MULTILINE):
            yield match.start(), match.end(), match[1]


def _bold_line(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the bold words that end a response."""
    match = re.search(r"\*\*([^*\n]{1,200})\*\*[.!]?\s*\Z", text)
    if match:
        yield match.start(), match.end(), match[1]


def _whole(text: str) -> Iterator[tuple[int, int, str]]:
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

_WRAPPERS = (
    ("**", "**"),
    ("__", "__"),
    ("`", "`"),
    ("$$", "$$"),
    ("$", "$"),
    (r"\(", r"\)"),
    (r"\[", r"\]"),
    ('"', '"'),
)


def bare(text: str) -> str:
    r"""Return an answer without what is put around it: white space, bold, `$...$`, a box, a closing full stop."""
    previous = None
    text = text[:MAX_ANSWER_CHARACTERS].strip()
    while text != previous:
        previous = text
        text = text.removesuffix(".").rstrip() if not text.endswith("..") else text
        for before, after in _WRAPPERS:
            if len(text) > len(before) + len(after) and text.startswith(before) and text.endswith(after):
                text = text[len(before) : -len(after)].strip()
        for mark in ("**", "__"):
            if text.count(mark) == 1:  # the other half was left with the words before the answer
                text = text.removeprefix(mark).removesuffix(mark).strip()
        if text.startswith(r"\boxed{") and closing_brace(text, 7) == len(text) - 1:
            text = text[7:-1].strip()
    return text
