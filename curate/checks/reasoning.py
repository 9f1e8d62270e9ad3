"""Is there any reasoning, or only an answer?"""

import re

from curate.answers import find_answer
from curate.records import Finding, Trace

_FILLER = re.compile(
    r"</?\w+>|[*_`#$]|\\(?:boxed|text|\(|\)|\[|\])"
    r"|\b(?:so|thus|therefore|hence|sure|certainly|okay|here(?:'s| is)|final|correct|answer|solution|result"
    r"|the|is|are|it|my|a|an|to|this|question|problem|of|for|option|choice)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[.,'][^\W_]+)*")
_OPERATOR = "[-+*/\u00d7\u00f7\u00b7^%<>\u2264\u2265]"
_WORKING = re.compile(
    rf"[\d)}}\]a-z]\s*{_OPERATOR}\s*[\d({{\\a-z$-].{{0,60}}?=|=.{{1,80}}?=|<<[^<>]+=[^<>]+>>", re.IGNORECASE
)


COUNTED_CHARACTERS = 300
"""Where reasoning has begun within so many characters there is some; counting on would cost and tell nothing."""


def final_answer_only(trace: Trace, *, min_words: int = 6) -> Finding | None:
    """The trace states an answer and does not say how it was found.

    The statement of the answer (a box, a tag, `####`, a sentence such as "the answer is ...") and words that carry
    nothing are taken away; what is left must have `min_words` words or show a working such as `3 * 4 = 12`. Thinking
    that stands apart from the response counts as reasoning.

    Args:
        trace: The trace to judge.
        min_words: Fewest words besides the answer; the measure is how many there are in the first 300 characters.
    """
    rest = _besides_the_answer(trace)
    words = sum(1 for _ in _WORD.finditer(_FILLER.sub(" ", rest[:COUNTED_CHARACTERS])))
    if words >= min_words or _WORKING.search(rest[:COUNTED_CHARACTERS]):
        return Finding(outcome="pass", value=words)
    if not trace.response and not trace.reasoning:
        return None
    return Finding(outcome="fail", reason=f"{words} words besides the answer {_shown(trace)}", value=words)


def _besides_the_answer(trace: Trace) -> str:
    if trace.reasoning:
        return trace.reasoning
    found = find_answer(trace.response)
    if found is None:
        return trace.response
    return trace.response[: found.start] + " " + trace.response[found.end :]


def _shown(trace: Trace) -> str:
    answer = trace.answer or trace.response
    return repr(answer if len(answer) <= _SHOWN_CHARACTERS else f"{answer[:_SHOWN_CHARACTERS]} ...")


_SHOWN_CHARACTERS = 60
