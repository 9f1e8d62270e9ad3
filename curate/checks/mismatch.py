r"""Does the response give the answer that the reasoning came to?

reasoning "... so the answer is 6."     response "The answer is 7."    -> answer_mismatch
reasoning "... 3 + 3 = 6. Check: 6 > 5"  response "The answer is 7."    -> undecided: it does not say which it means
"""

import re

from curate.answers import PYTHON_FUNCTION, Found, compare, find_answer
from curate.checks.last_lines import STATED
from curate.checks.words import shown
from curate.records import Finding, Trace

CONCLUSION_CHARACTERS = 600
"""A conclusion stands at the end of the reasoning; an answer that is stated earlier may have been given up."""
_SECOND_THOUGHT = re.compile(
    r"\b(?:wait|but|however|actually|hmm|no|alternatively|unless|mistake|wrong|incorrect|instead|let me|recheck|another"
    r"|or)\b",
    re.IGNORECASE,
)


def answer_mismatch(trace: Trace) -> Finding | None:
    """The response gives another answer than the one that the reasoning ended with.

    The reasoning must state its answer as such ("so the answer is 6", a box, a tag) in its last 600 characters, and not
    have second thoughts or come to the response's answer after that; else it is undecided, because a number in passing
    may be anything. Also undecided are answers of which no rule says whether they are the same.

    Args:
        trace: The trace to judge.
    """
    if trace.answer is None or not trace.reasoning or trace.problem.answer_type == PYTHON_FUNCTION:
        return Finding(outcome="undecided", reason="no reasoning, or no answer, to compare")
    found = _conclusion(trace.reasoning[-CONCLUSION_CHARACTERS:], trace.answer)
    if found is None:
        return Finding(outcome="undecided", reason="the reasoning does not end in a stated answer")
    verdict = compare(found.text, trace.answer, trace.problem.answer_type, problem_text=trace.problem.text)
    if verdict.sameness == "same":
        return None
    reason = f"{shown(trace.answer, 60)} in the response, {shown(found.text, 60)} at the end of the reasoning"
    return Finding(outcome="fail" if verdict.sameness == "different" else "undecided", reason=reason)


def _conclusion(end: str, answer: str) -> Found | None:
    """Return the answer that a text ends with, if it is stated once, stands, and is not followed by the response's."""
    found = find_answer(end)
    if found is None or found.rule not in STATED:
        return None
    after = end[found.end :]
    other = find_answer(after)
    if _SECOND_THOUGHT.search(after) or (other is not None and other.rule in STATED):
        return None
    if answer != found.text and re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", after):
        return None
    return found
