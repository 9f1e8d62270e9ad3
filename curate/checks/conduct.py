"""What a teacher said instead of solving the problem, or beside it."""

import re

from curate.records import Finding, Trace

OPENING_CHARACTERS = 400
"""A refusal comes at the beginning, or not at all."""

_CANNOT = r"(?:can(?:no|')t|am unable to|am not able to|won't|will not)"
_REFUSAL = re.compile(
    r"\bi(?:'m| am) (?:sorry|afraid|unable|not able)(?:,| to| that| but)[^.\n]{0,60}"
    r"\b(?:can(?:no|')t|unable|not able|won't)\b"
    rf"|\bi {_CANNOT} (?:assist|help|comply|answer|fulfil+|provide|do that|continue)"
    r"|\bas an? (?:ai|artificial intelligence|large language|language)\b[^.\n]{0,40}"
    r"\bi (?:can(?:no|')t|don't|do not|am)"
    r"|\byour request (?:is|goes|violates|cannot)",
    re.IGNORECASE,
)


def refusal(trace: Trace) -> Finding | None:
    """The teacher refused to answer.

    A response that begins with a refusal ("I'm sorry, but I can't ...", "As an AI language model, I cannot ...").

    Args:
        trace: The trace to judge.
    """
    opening = trace.response[:OPENING_CHARACTERS].replace("\u2019", "'")
    found = _REFUSAL.search(opening)
    return Finding(outcome="fail", reason=f"refuses: {' '.join(found[0].split())!r}") if found else None


_LEAKED = re.compile(
    r"\b(?:the|this|our|your) (?:reference|gold|ground[- ]truth|official|model|provided|given|expected)"
    r" (?:solution|answer)\b"
    r"|\b(?:reference|gold|expected) answer (?:is|says|key)\b"
    r"|\b(?:according to|match|matches|in) the"
    r" (?:answer key|solution key|provided answer|given answer|reference answer)\b",
    re.IGNORECASE,
)
_GATES = ("solution", "answer", "Solution", "Answer", "SOLUTION", "ANSWER")
ECHOED_CHARACTERS = 60


def leaked_reference(trace: Trace) -> Finding | None:
    """The text speaks of an answer that it should not know, or repeats the instructions of its prompt.

    "As the reference solution says", "according to the answer key": a student that learns this learns to look up. The
    instructions are the part of the prompt that is not the problem's text.

    Args:
        trace: The trace to judge.
    """
    for text in (trace.reasoning, trace.response):
        if any(gate in text for gate in _GATES):
            found = _LEAKED.search(text)
            if found and found[0].lower() not in trace.problem.text.lower():
                return Finding(outcome="fail", reason=f"speaks of {' '.join(found[0].split())!r}")
        for message in trace.messages:
            for part in message.content.split("\n"):
                if len(part) >= ECHOED_CHARACTERS and part not in trace.problem.text and part in text:
                    return Finding(outcome="fail", reason=f"repeats its instructions: {part[:ECHOED_CHARACTERS]!r}")
    return None
