"""What a teacher said instead of solving the problem, or beside it."""

import re
from collections.abc import Iterator
from itertools import islice

from curate.checks.refusals import refusal_in
from curate.checks.words import said_texts, shown
from curate.records import Finding, Trace

OPENING_CHARACTERS = 400
"""A refusal comes at the beginning, or not at all."""


def refusal(trace: Trace) -> Finding | None:
    """The teacher refused to answer.

    A response that begins with a refusal ("I'm sorry, but I can't ...", "As an AI language model, I cannot ..."), in
    the languages that models refuse in. What people in a story say, in quotation marks or not in the first person, is
    no refusal; that information is missing ("I don't have enough information") is one where no answer is stated.

    Args:
        trace: The trace to judge.
    """
    found = refusal_in(trace.response[:OPENING_CHARACTERS], has_answer=trace.answer is not None)
    return Finding(outcome="fail", reason=f"refuses: {shown(found.lstrip('.!?,;: '), 80)}") if found else None


# What is handed to a teacher as the answer: words that stand before `answer` and tell that it is not the teacher's own.
_KNOWN = r"(?:reference|gold(?:en)?|ground[- ]truth|official|correct|given|provided|expected|stated|model)"
_HANDED = r"(?:given|provided|supplied|stated|target|known|reference|gold(?:en)?)"
_SAID = (
    r"(?:answer(?! (?:choices?|options?|sheet|format|space)\b)"
    r"|solution(?! (?:has|had|contains?|sets?|space|concentration|curve|is made|of \d|at \d|in a|with)\b))"
)
"""An answer or a solution, and neither one of those to choose from nor a liquid."""
_VALUE = r"(?=[ :*$\\({\[]{0,6}(?:boxed\{)?-?(?:\d|\(?[a-j]\b))"
"""Follows what is said of an answer where its value is told: a number or the letter of a choice."""
_LEAKED = re.compile(
    rf"\b(?:the|this|our|your) (?:reference|gold(?:en)?|ground[- ]truth|official) {_SAID}\b"
    r"|\b(?:reference|gold(?:en)?) answer (?:is|says)\b|\b(?:the|an) (?:answer|solution) key\b"
    rf"|\b(?:according to|match(?:es)?|agrees? with|consistent with|same as|as per) (?:the|this|your) {_KNOWN}"
    rf" {_SAID}\b"
    r"|\b(?:according to|match(?:es)?|agrees? with|consistent with|same as|as per) the ground[- ]truth\b"
    rf"|\b(?:the|this|your) {_HANDED}(?: final| correct)? answer (?:is|was|being|says|of){_VALUE}"
    rf"|\b(?:the|this|your) (?:answer|solution) (?:given|provided) (?:is|was|states|says)\b{_VALUE}"
    rf"|\bthe ground[- ]truth (?:is|was){_VALUE}|\bthe reference (?:says|states|gives)\b"
    rf"|\bknow (?:that )?the (?:correct|right|final) answer (?:is|must be|should be){_VALUE}"
    r"|\b(?:i|we|you)(?:'m|'re|'ve| have| had)? (?:was |were |am |are |been )?(?:already )?(?:given|told|provided with)"
    rf" the (?:final |correct |right )?{_SAID}\b"
    rf"|\b(?:gave|told|provided|supplied) (?:me|us)(?: with)? the (?:final |correct |right )?{_SAID}\b"
    r"|\b(?:laut|gem\u00e4\u00df) (?:der )?musterl\u00f6sung\b"
    "|(?:\u53c2\u8003|\u6807\u51c6)\u7b54\u6848[\u662f\u4e3a\uff1a]\\s?-?\\d"
    "|(?:\u6839\u636e|\u6309\u7167|\u5bf9\u7167)(?:\u9898\u76ee)?(?:\u7ed9\u51fa\u7684|\u63d0\u4f9b\u7684)?(?:\u53c2\u8003|\u6807\u51c6|\u6b63\u786e)\u7b54\u6848"
    "|(?:\u7ed9\u51fa|\u63d0\u4f9b)\u7684(?:\u53c2\u8003|\u6807\u51c6|\u6b63\u786e)\u7b54\u6848"
    "|[\u4e0e\u548c\u8ddf](?:\u53c2\u8003|\u6807\u51c6|\u7ed9\u51fa\u7684|\u63d0\u4f9b\u7684)\u7b54\u6848(?:\u4e00\u81f4|\u76f8\u7b26|\u543b\u5408|\u76f8\u540c)"
)
"""How a text speaks of an answer that was handed over, in lower case."""
_NOUNS = ("answer", "solution", "truth", "the reference", "musterl\u00f6sung", "\u7b54\u6848")
"""One of these stands in every leak; the words around it are looked at."""
_CUES = (
    "reference", "gold", "ground", "official", "key", "match", "agree", "according", "consistent", "same as", "as per",
    "given", "provided", "supplied", "stated", "target", "know", "told", "gave", "musterl",
    "\u53c2\u8003", "\u6807\u51c6", "\u6b63\u786e", "\u7ed9\u51fa", "\u63d0\u4f9b",
)  # fmt: skip
"""One of these, too, stands in every leak."""
_BEFORE, _AFTER = 60, 40
"""Characters around a mention that are looked at."""
MAX_MENTIONS = 500
MIN_ECHOED_CHARACTERS = 60
MAX_INSTRUCTIONS = 50


def leaked_reference(trace: Trace) -> Finding | None:
    """The text speaks of an answer that it should not know, or repeats the instructions of its prompt.

    "As the reference solution says", "this matches the given answer": a student that learns this learns to look up. The
    instructions are the part of the prompt that is not the problem's text. What the question itself speaks of is sound.

    Args:
        trace: The trace to judge.
    """
    instructions = list(islice(_instructions(trace), MAX_INSTRUCTIONS))
    for text in said_texts(trace):
        leak = _leak(text.lower()) if text else None
        if leak and not _is_asked_about(leak, trace.problem.text.lower()):
            return Finding(outcome="fail", reason=f"speaks of {shown(leak, 80)}")
        echo = next((line for line in instructions if line in text), None)
        if echo:
            return Finding(outcome="fail", reason=f"repeats its instructions: {shown(echo, 60)}")
    return None


def _leak(lowered: str) -> str | None:
    """Return the first mention of an answer that was handed to the teacher; only the words around one are read."""
    for noun in _NOUNS:
        place = lowered.find(noun)
        for _ in range(MAX_MENTIONS):
            if place < 0:
                break
            around = lowered[max(0, place - _BEFORE) : place + _AFTER]
            found = _LEAKED.search(around) if any(cue in around for cue in _CUES) else None
            if found:
                return found[0]
            place = lowered.find(noun, place + 1)
    return None


_NAMED = re.compile(rf"{_KNOWN} (?:answer|solution)|ground[- ]truth|(?:answer|solution) key")
"""The name of what was handed over, without the words that speak of it."""


def _is_asked_about(leak: str, question: str) -> bool:
    named = _NAMED.search(leak)
    return (named[0] if named else leak) in question


def _instructions(trace: Trace) -> Iterator[str]:
    """Yield the lines of the prompt that are long enough to be known again and are no part of the question."""
    for message in trace.messages:
        for line in message.content.split("\n"):
            if len(line) >= MIN_ECHOED_CHARACTERS and line not in trace.problem.text:
                yield line
