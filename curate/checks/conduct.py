"""What a teacher said instead of solving the problem, or beside it."""

import re
from collections.abc import Iterator
from itertools import islice

from curate.checks.words import said_texts, shown
from curate.records import Finding, Trace

OPENING_CHARACTERS = 400
"""A refusal comes at the beginning, or not at all."""

_CANNOT = r"(?:can(?:no|')t|can not|am unable to|am not able to|won't|will not|must decline to|have to decline to)"
_DO = (
    r"(?:assist|help(?! but\b)|comply|fulfil+|continue|do that|answer (?:that|this|your)|engage|participate|support"
    r"|(?:provide|give|offer|share|create|generate|produce|write|discuss)\b[^.\n]{0,60}"
    r"\b(?:request|content|information|instructions|advice|guidance|that|this|answer|solution|assistance|help))"
)
_REFUSAL = re.compile(
    r"(?:\A|[.!?\n,;:]\s{0,3}|\b(?:but|and|so|that|as|unfortunately|however) )"
    rf"(?:i {_CANNOT} {_DO}\b"
    r"|i(?:'m| am) (?:sorry|afraid|unable|not able)\b[^.\n]{0,60}\b(?:can(?:no|')t|can not|unable|not able|won't)\b"
    r"(?! help but)"
    r"|i(?:'m| am) (?:unable|not able) to (?:assist|help|comply|provide|fulfil+|continue|answer)\b"
    r"|i (?:must|have to) (?:decline|refuse)\b"
    r"|(?:sorry|i apologi[sz]e),? (?:but )?(?:i|we|this|that)\b[^.\n]{0,40}"
    r"\b(?:can(?:no|')t|can not|unable|not able|won't)\b"
    r"|as an? (?:ai|artificial intelligence|large language|language)\b[^.\n]{0,40}"
    r"\bi (?:can(?:no|')t|can not|don't|do not|am not|am unable)"
    r"|(?:your|this) request (?:goes against|violates|cannot be|is against|is not something))"
    "|(?:\u62b1\u6b49|\u5bf9\u4e0d\u8d77|\u5f88\u9057\u61be)[^\u3002\n]{0,20}"
    "(?:\u65e0\u6cd5|\u4e0d\u80fd)",
    re.IGNORECASE,
)
_SIGNS = (
    "sorry", "afraid", "unable", "not able", "can't", "cannot", "can not", "won't", "will not", "decline", "refuse",
    "apolog", "as an", "your request", "this request", "\u62b1\u6b49", "\u5bf9\u4e0d\u8d77", "\u5f88\u9057\u61be",
)  # fmt: skip
"""One of these stands in every refusal that is looked for."""


def refusal(trace: Trace) -> Finding | None:
    """The teacher refused to answer.

    A response that begins with a refusal ("I'm sorry, but I can't ...", "As an AI language model, I cannot ..."). What
    people in a story say, in quotation marks or not in the first person, is no refusal.

    Args:
        trace: The trace to judge.
    """
    opening = trace.response[:OPENING_CHARACTERS].replace("\u2019", "'").lower()
    if not any(sign in opening for sign in _SIGNS):
        return None
    found = _REFUSAL.search(opening)
    return Finding(outcome="fail", reason=f"refuses: {shown(found[0].lstrip('.!?,;: '), 80)}") if found else None


_KNOWN = r"(?:reference|gold(?:en)?|ground[- ]truth|official|correct|given|provided|expected|stated|model)"
_LEAKED = re.compile(
    r"\b(?:the|this|our|your) (?:reference|gold(?:en)?|ground[- ]truth|official) (?:solution|answer)\b"
    r"|\b(?:reference|gold(?:en)?) answer (?:is|says)\b|\b(?:the|an) (?:answer|solution) key\b"
    rf"|\b(?:according to|match(?:es)?|agrees? with|consistent with|same as|as per) (?:the|this|your) {_KNOWN}"
    r" (?:solution|answer)\b"
)
_BEFORE, _AFTER = 60, 20
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
        if leak and leak not in trace.problem.text.lower():
            return Finding(outcome="fail", reason=f"speaks of {shown(leak, 80)}")
        echo = next((line for line in instructions if line in text), None)
        if echo:
            return Finding(outcome="fail", reason=f"repeats its instructions: {shown(echo, 60)}")
    return None


def _leak(lowered: str) -> str | None:
    """Return the first mention of an answer that was handed to the teacher; only the words around one are read."""
    for noun in ("answer", "solution"):
        place = lowered.find(noun)
        for _ in range(MAX_MENTIONS):
            if place < 0:
                break
            found = _LEAKED.search(lowered, max(0, place - _BEFORE), place + _AFTER)
            if found:
                return found[0]
            place = lowered.find(noun, place + 1)
    return None


def _instructions(trace: Trace) -> Iterator[str]:
    """Yield the lines of the prompt that are long enough to be known again and are no part of the question."""
    for message in trace.messages:
        for line in message.content.split("\n"):
            if len(line) >= MIN_ECHOED_CHARACTERS and line not in trace.problem.text:
                yield line
