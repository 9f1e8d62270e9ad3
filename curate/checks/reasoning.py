r"""Is there any reasoning, or only an answer?

"The answer is $\boxed{42}$."                        -> final_answer_only: 0 words besides the answer
"There are 42 apples left in the basket."            -> final_answer_only: the sentence states the answer
"y = 2x + 3"                                         -> final_answer_only: an equation may be an answer
"3 * 14 = 42, so the answer is 42."                  -> None: the working is shown
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from curate.answers import find_answer
from curate.checks.words import count_words, shown
from curate.records import Finding, Trace

COUNTED_WORDS = 40
"""Where there are so many words there is some reasoning; counting on would cost and tell nothing."""
COUNTED_CHARACTERS = 600
"""So many characters of what stands besides the answer are looked at."""


def final_answer_only(trace: Trace, *, min_words: Annotated[int, Field(ge=0, le=COUNTED_WORDS)] = 6) -> Finding | None:
    """The trace states an answer and does not say how it was found.

    The statement of the answer (a box, a tag, `####`, JSON, a sentence such as "the answer is ...") is taken away,
    with one sentence that only says the answer again, courtesies and words that carry nothing. What is left must have
    `min_words` words or show a working such as `3 * 4 = 12`. A response that is one sentence, one expression or one
    equation is only an answer. Thinking that stands apart from the response counts as reasoning.

    Args:
        trace: The trace to judge.
        min_words: Fewest words besides the answer, at most 40; the measure is how many there are, 40 where there are
            more.
    """
    rest, stands_alone = _besides_the_answer(trace)
    if _is_plenty(rest):
        return _PLENTY
    if not trace.response and not trace.reasoning:
        return None
    head = rest[:COUNTED_CHARACTERS]
    sentences = _sentences(head)
    again = next((sentence for sentence in sentences if _says_again(sentence, trace.answer or "")), None)
    if again is not None:
        sentences.remove(again)
    if stands_alone and len(sentences) == 1 and _is_bare_statement(sentences[0]):
        sentences = []
    words = min(COUNTED_WORDS, count_words(_FILLER.sub(" ", " . ".join(sentences))))
    if words >= min_words or any(map(_shows_working, sentences)) or _CHAIN.search(trace.answer or ""):
        return Finding(outcome="pass", value=words)
    return Finding(outcome="fail", reason=f"{words} words besides the answer {_answer_shown(trace)}", value=words)


_PLENTY = Finding(outcome="pass", value=COUNTED_WORDS)
_PLENTY_BLANKS, _PLENTY_LETTERS = 60, 200
"""Of the first 600 characters: a working in formulas has fewer letters than prose, a grid of numbers has none."""
_NOT_LETTERS = bytes(set(range(128)) - set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _is_plenty(rest: str) -> bool:
    """Say whether a text obviously holds more than enough words; cheap, because nearly every row is such."""
    head = rest[:COUNTED_CHARACTERS]
    if len(head) < COUNTED_CHARACTERS or head.count(" ") < _PLENTY_BLANKS:
        return False
    letters = head.encode("utf-8", "surrogatepass").translate(None, _NOT_LETTERS)
    return len(letters) >= _PLENTY_LETTERS


def _besides_the_answer(trace: Trace) -> tuple[str, bool]:
    """Return what the trace says besides stating its answer, and whether that might itself be the answer."""
    if trace.reasoning:
        return trace.reasoning, False
    found = find_answer(trace.response)
    if found is None:
        return trace.response, True
    if found.rule == "json":
        return "\n".join(_texts(trace.data)), False
    if found.rule == "whole":
        return trace.response, True
    reason = _BECAUSE.search(trace.response, found.start, found.end)
    return f"{trace.response[: found.start]} {trace.response[reason.start() if reason else found.end :]}", False


_BECAUSE = re.compile(r"\b(?:because|since|given that)\b", re.IGNORECASE)
_ANSWER_KEYS = frozenset({"answer", "final_answer"})


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Yield the texts of an object of bounded depth but for its answer."""
    if isinstance(value, str):
        yield value
    for item in value if isinstance(value, list) else ():
        yield from _texts(item)
    for key, item in value.items() if isinstance(value, dict) else ():
        if key not in _ANSWER_KEYS:
            yield from _texts(item)


_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z|<)|\n|<br\s?/?>|[\u3002\uff01\uff1f\u0964\u061f\u06d4]")


def _sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text, without courtesies and empty ones."""
    pieces = _SENTENCE_END.split(_COURTESY.sub(" ", text))
    return [piece.strip() for piece in pieces if count_words(_FILLER.sub(" ", piece))]


_COURTESY = re.compile(
    r"\b(?:i hope (?:this|that|it)|let me know if|(?:feel free|happy) to|you're welcome|thank you|"
    r"(?:here is|here's) the|if you have any)\b[^.!?\n]{0,80}",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"</?\w{1,30}>|[*_`#$|]|\\(?:boxed|text\w*|mathrm|mathbf|left|right|quad|\(|\)|\[|\]|[,;! ])"
    r"|\b(?:so|thus|therefore|hence|sure|certainly|okay|ok|yes|no|here(?:'s| is)|final|correct|right|best|answer"
    r"|solution|result|the|is|are|be|was|were|it|its|this|that|there|my|your|our|you|we|i|a|an|to|question|problem|of|for|in|on|option"
    r"|choice|choose|would|will|think|believe|get|json|text|latex|plaintext|output|response|value|equals?)\b"
    "|\u6240\u4ee5|\u56e0\u6b64|\u6700\u7ec8|\u7b54\u6848|\u6b63\u786e|\u9009\u9879|\u9009|\u662f|\u4e3a|\u7684",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"\b(?:because|since|so that|therefore|thus|hence|then|if|when|first|given that|as|after|by|which|means)\b"
    r"|,\s*(?:so|and|but)\b|[\u56e0\u5219]",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
MAX_STATEMENT_WORDS = 25


def _is_bare_statement(sentence: str) -> bool:
    """Say whether the one sentence of a response can only be its answer: a claim, an expression, an equation."""
    if _PROSE.search(sentence) is None:
        reasoned = _CHAIN.search(sentence) or _REASONS.search(sentence)
        return reasoned is None and len(_CALCULATION.findall(sentence)) < MIN_CALCULATIONS
    gives_reasons = _REASONS.search(sentence) is not None or len(_DIGITS.findall(sentence)) > 1
    return not gives_reasons and count_words(sentence) <= MAX_STATEMENT_WORDS


def _says_again(sentence: str, answer: str) -> bool:
    """Say whether a sentence says the answer and nothing that leads to it."""
    if not answer or "=" in sentence or ";" in sentence or _OPERATION.search(sentence) or _REASONS.search(sentence):
        return False
    words, said = _in_words(sentence), _in_words(answer)
    numbers = set(_DIGITS.findall(sentence)) - set(_DIGITS.findall(answer))
    return not numbers and said in words and len(words.split()) <= MAX_STATEMENT_WORDS


def _in_words(text: str) -> str:
    """Return the words of a text with a blank around each, so that one is found in another at its words alone."""
    return f" {' '.join(_TOKEN.findall(text.casefold()))} "


_TOKEN = re.compile(r"[^\W_]+")
_OPERATOR = r"(?:[-\u2212+*/\u00d7\u00f7\u00b7^%<>\u2264\u2265]|\\times|\\cdot|\\div)"
_OPERATION = re.compile(rf"[\w)}}\]]\s?{_OPERATOR}\s?[\w({{\\$]")
_CHAIN = re.compile(r"=[^=,;\n]{1,80}=")
_CALCULATION = re.compile(rf"\d\s?(?:{_OPERATOR}|x)\s?[\d.]+\s?=")
MIN_CALCULATIONS = 2
"""One calculation may be the answer, two are a way to it."""
_PROSE = re.compile(r"(?<!\\)\b[^\W\d_]{3,}\s+[^\W\d_]{3,}|[\u3041-\u30ff\u3400-\u9fff]{4}")
_WORKING = re.compile(
    rf"[\d)}}\]a-z%\u00b0]\s*{_OPERATOR}\s*[\d({{\\a-z$-].{{0,60}}?=|=.{{1,80}}?=|<<[^<>]+=[^<>]+>>", re.IGNORECASE
)


def _shows_working(sentence: str) -> bool:
    """Say whether a sentence computes something: `3 * 4 = 12`, `x = 12 / 4 = 3`, `<<3*4=12>>`."""
    return _WORKING.search(sentence) is not None


def _answer_shown(trace: Trace) -> str:
    return shown(trace.answer or trace.response, 60)


def too_few_steps(trace: Trace, *, min_steps: int = 2, min_words: int = 12) -> Finding | None:
    """The chain of thought is shorter than its problem deserves.

    Steps are what the trace says they are, else numbered steps or list items, paragraphs, lines or sentences. To ask
    more of hard problems, name the check twice: `too_few_steps: {min_steps: 2, when: {difficulty: [1, 2]}}`, then
    `too_few_steps: {min_steps: 5, when: {difficulty: [3, 4, 5]}}`.

    Args:
        trace: The trace to judge.
        min_steps: Fewest steps; the measure is how many there are.
        min_words: Fewest words of the whole chain of thought.
    """
    steps = len(trace.steps)
    if steps < min_steps:
        return Finding(outcome="fail", reason=f"{steps} of at least {min_steps} steps", value=steps)
    words = count_words(trace.chain[: min_words * _LONG_WORD])
    if words < min_words:
        return Finding(outcome="fail", reason=f"{words} of at least {min_words} words in {steps} steps")
    return Finding(outcome="pass", value=steps)


_LONG_WORD = 50
"""Characters that hold a word for sure; of a long chain only so much is counted."""
