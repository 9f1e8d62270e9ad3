"""Ways in which a response states its answer in words: phrases, headings, concluding sentences."""

import re
from collections.abc import Iterator
from functools import lru_cache

from curate.answers.plain import FORMULA, MAX_ANSWER_CHARACTERS, bare, formula_in
from curate.answers.sentences import said_in

Hit = tuple[int, int, str]
"""Where the statement of an answer begins and ends, and the answer."""

TRIES = 20
"""How many marks of one kind are looked at, from the end backwards, before the kind is given up."""


def places(text: str, mark: str) -> Iterator[int]:
    """Yield where `mark` stands in `text`, from the end backwards."""
    place = len(text)
    for _ in range(TRIES):
        place = text.rfind(mark, 0, place)
        if place < 0:
            return
        yield place


def line_after(text: str, place: int) -> str:
    """Return the rest of a line, within the longest answer."""
    end = text.find("\n", place)
    return text[place : len(text) if end < 0 else end][:MAX_ANSWER_CHARACTERS]


def begins_line(text: str, place: int) -> bool:
    """Say whether only white space stands before a place on its line."""
    return not text[text.rfind("\n", 0, place) + 1 : place].strip()


@lru_cache(maxsize=2)
def in_lower_case(text: str) -> str:
    """Return a response in lower case; several rules ask for the same one after the other."""
    return text.lower()


_NOUNS = ("answer", "result", "solution", "correct ", "ans:")
_STATES = re.compile(
    r"(?:answer|result|solution|correct option|correct choice|ans(?=:))(?:[ ]to[ ][^.:\n]{1,60}?)?"
    r"[ ]{0,3}(?:\*\*|__|\*)?[ ]{0,3}"
    r"(?:(?:is|are|was|would be|should be|must be)\b(?:[ ](?:therefore|thus|indeed|simply))?"
    r"|=|:)(?:\*\*|__|\*(?!\*))?[ ]{0,3}:?",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:\b(?:so|the|my|our|final|correct)[ ]{1,3}){1,4}$", re.IGNORECASE)
_LEAD = 30


def phrase(text: str) -> Iterator[Hit]:
    """Yield what "the answer is", "Answer:", "the result is" ... say."""
    return (hit for hit, heads_working in _phrases(text) if not heads_working)


def leading_phrase(text: str) -> Iterator[Hit]:
    """Yield what "Answer:" says where a worked solution follows it."""
    return (hit for hit, heads_working in _phrases(text) if heads_working)


def _phrases(text: str) -> Iterator[tuple[Hit, bool]]:
    lowered = in_lower_case(text)
    for place in sorted({place for noun in _NOUNS for place in places(lowered, noun)}, reverse=True):
        states = _STATES.match(text, place)
        stated = states and _first_sentence(line_after(text, states.end()))
        if states and stated and stated.strip():
            before = _BEFORE.search(text[max(0, place - _LEAD) : place])
            start = place - (len(before[0]) if before else 0)
            yield (start, states.end() + len(stated), stated), _heads_working(stated, text, states.end())


def _heads_working(stated: str, text: str, start: int) -> bool:
    """Say whether `Answer:` only stands before a worked solution: a calculation or prose, and more text below it."""
    below = text.find("\n", start)
    if text[start - 1] not in ": *" or below < 0 or not text[below:].strip():
        return False
    return _CALCULATION.search(stated) is not None or len(_PROSE.findall(stated)) >= PROSE_WORDS


_CALCULATION = re.compile(r"[0-9)]\s*[-+*/\u00d7\u00f7]\s*[$0-9(][^=]*=")
_PROSE = re.compile(r"[^\W\d_]{2,}")
PROSE_WORDS = 5

_STOP = re.compile(r"[.!?](?=\s|$|\*\*|</)|,?\s(?:because|since)\s")


def _first_sentence(text: str) -> str:
    """Return `text` up to the full stop that ends its first sentence: not the one inside 3.5 or e.g. (A.)."""
    match = _STOP.search(text)
    return text[: match.start()] if match else text


_HEADING = re.compile(r"[\s#*_>-]*(?:the\s+)?(?:final\s+)?(?:answer|result)[\s*_:.]*", re.IGNORECASE)


def heading(text: str) -> Iterator[Hit]:
    """Yield the line below a heading such as `### Final Answer` or `**Answer:**`."""
    lowered = in_lower_case(text)
    for place in sorted({place for noun in _NOUNS[:2] for place in places(lowered, noun)}, reverse=True):
        start = text.rfind("\n", 0, place) + 1
        title = line_after(text, start)
        below = start + len(title)
        if _HEADING.fullmatch(title) and below < len(text):
            skipped = len(text[below:]) - len(text[below:].lstrip())
            stated = line_after(text, below + skipped)
            if stated.strip() in {r"\[", "$$"}:  # a formula on a line of its own
                stated = line_after(text, text.find("\n", below + skipped) + 1)
                skipped = text.find(stated, below + skipped) - below
            if stated.strip():
                yield start, below + skipped + len(stated), stated


_CORRECT_OPTION = re.compile(
    r"(?:option|choice)\s{1,3}\(?([A-Ja-j])\)?\s{1,3}is\s{1,3}(?:the\s{1,3})?(?:correct|right|best)\b",
    re.IGNORECASE,
)


def correct_option(text: str) -> Iterator[Hit]:
    """Yield the letter of `Option B is correct`."""
    for noun in ("option ", "choice "):
        for place in places(in_lower_case(text), noun):
            if match := _CORRECT_OPTION.match(text, place):
                yield place, match.end(), match[1]


_PLEASANTRIES = re.compile(
    r"(?:\s*(?:I hope|Let me know|Feel free|If you have)\b[^.!?\n]*[.!?]?|\s*<\|\w+\|>\w*)+\s*\Z"
)
_CONCLUDES = re.compile(
    r"(?:therefore|thus|hence|so|finally|in conclusion|in total|altogether|consequently|answer|result"
    r"|we (?:find|get|have|obtain))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z*$\\])|\n|\s(?=(?:Therefore|Thus|Hence|So)\b)")
MAX_SENTENCE = 400
_ENDS_IN = re.compile(r"(?:=|\bis|\bare)\s*([^=\s][^=]*)$")
_LEADS_TO = re.compile(r"(?:\bis|\bare|\bequals|:|=)\s*$")
_VALUE = re.compile(
    r"(?:=\s*)?(?:\*\*)?[-+]?[$€£]?[0-9][0-9,.]*(?:/[0-9]+)?\s?%?(?:\s[a-z]{1,12}){0,2}(?:\*\*)?\.?|\(?[A-J]\)"
)


def conclusion(text: str) -> Iterator[Hit]:
    """Yield the value of a concluding sentence at the end: `Therefore, $x = 2$ is the only solution`."""
    end = len(text.rstrip())
    if ending := _PLEASANTRIES.search(text, max(0, text.rfind("\n", 0, end), end - MAX_SENTENCE), end):
        end = ending.start()
    sentence, start = _last_sentence(text[:end])
    concludes = _CONCLUDES.match(sentence) is not None
    formulas = list(FORMULA.finditer(sentence)) if "$" in sentence or "\\" in sentence else []
    if len(formulas) == 1:
        formula = formulas[0]
        if concludes or (formula.end() == len(sentence) and _LEADS_TO.search(sentence, 0, formula.start())):
            yield start + formula.start(), start + formula.end(), formula_in(formula)
    elif concludes and not formulas and (value := _stated_last(sentence) or said_in(sentence)):
        place = start + max(0, sentence.rfind(value))
        yield place, place + len(value), value


def _last_sentence(text: str) -> tuple[str, int]:
    """Return the last sentence, without its full stop, and where it starts."""
    start = max(0, len(text) - MAX_SENTENCE)
    starts = [match.end() for match in _SENTENCE_END.finditer(text, start, max(start, len(text) - 2))]
    begin = starts[-1] if starts else start
    return text[begin:].rstrip(" .!*"), begin


def _stated_last(sentence: str) -> str | None:
    """Return what stands after the last `is` or `=` of a sentence, where it is a plain value."""
    match = _ENDS_IN.search(sentence)
    value = bare(match[1]) if match else ""
    return value if _VALUE.fullmatch(value) else None


_DISPLAYS = ((r"\[", r"\]"), ("$$", "$$"))


def last_line(text: str) -> Iterator[Hit]:
    """Yield what ends a response where it is a displayed formula, or a line that is nothing but a short value."""
    stripped = text.rstrip().removesuffix(".")
    for opener, closer in _DISPLAYS:
        if stripped.endswith(closer):
            start = stripped.rfind(opener, 0, len(stripped) - len(closer))
            if start >= 0:
                yield start, len(text), stripped[start + len(opener) : -len(closer)]
    start = stripped.rfind("\n") + 1
    line = stripped[start:].strip()
    if start and 0 < len(line) <= MAX_SENTENCE and _VALUE.fullmatch(line):
        yield start, len(text), line.removeprefix("=")
