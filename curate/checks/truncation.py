"""Was the text cut off? The finish reason knows, then the token count, and only then the text itself."""

import re

from curate.answers import find_answer
from curate.records import Finding, Trace

CAP_SLACK = 2
"""Servers and re-tokenisers count a closing token or two differently; so near the cap is at the cap."""


def truncated(trace: Trace, *, min_words: int = 8) -> Finding | None:
    """The reply was cut off by a token limit.

    Decided by `finish_reason` where it is known; by the number of tokens where it is known together with `max_tokens`;
    else by the text alone: thinking that never closed, or an ending inside a sentence, a formula, a code fence or an
    object. A reply that had stated its answer and then ran on until it was cut counts as well, and the reason says so.

    Args:
        trace: The trace to judge.
        min_words: Fewest words of a text that is called cut off for its ending alone; shorter ones are fragments that
            their author may have meant.
    """
    tokens, limit = trace.usage.completion_tokens, trace.teacher.max_tokens
    if trace.finish_reason == "length":
        return _cut(trace, f"stopped at {_count(tokens)} of {_count(limit)} tokens", tokens)
    if trace.finish_reason == "interrupted":
        return _cut(trace, "the connection was cut before the reply had ended", tokens)
    if trace.finish_reason is None and tokens is not None and limit is not None:
        if tokens >= limit - CAP_SLACK:
            return _cut(trace, f"stopped at {tokens} of {limit} tokens", tokens)
        return Finding(outcome="pass", value=tokens)
    if trace.finish_reason is None:
        ending = ending_of(trace, min_words)
        return Finding(outcome="fail", reason=ending) if ending else None
    return None if tokens is None else Finding(outcome="pass", value=tokens)


def _cut(trace: Trace, reason: str, tokens: int | None) -> Finding:
    after = ", after it had stated its answer" if trace.answer and find_answer(trace.response) else ""
    return Finding(outcome="fail", reason=reason + after, value=tokens)


def _count(tokens: int | None) -> str:
    return "an unknown number" if tokens is None else str(tokens)


def ending_of(trace: Trace, min_words: int) -> str | None:
    """Return how a text betrays that it was cut off, or None when it seems to have ended by itself."""
    if trace.reasoning and not trace.response:
        return "the thinking never closed, so there is no response"
    text = trace.response.rstrip()
    if not text:
        return None
    for opened, sentence in _OPENED:
        if opened(text):
            return sentence
    if _ends_well(text) or _answer_is_at_the_end(text) or len(text.split(maxsplit=min_words)) < min_words:
        return None
    return f"ends inside a sentence: ... {text[-40:]}"


def _open_fence(text: str) -> bool:
    return "```" in text and len(re.findall(r"^[ \t]*```", text, re.MULTILINE)) % 2 == 1


def _open_formula(text: str) -> bool:
    tail = text[-2000:]
    return tail.rfind("\\[") > tail.rfind("\\]") or tail.rfind("\\(") > tail.rfind("\\)") or _open_box(tail)


def _open_box(tail: str) -> bool:
    place = tail.rfind("\\boxed{")
    return place >= 0 and tail.count("{", place) > tail.count("}", place)


def _open_object(text: str) -> bool:
    return text.startswith(("{", "[")) and text.count('"') > 1 and not text.endswith(("}", "]"))


_OPENED = (
    (_open_fence, "ends inside a code fence"),
    (_open_formula, "ends inside a formula"),
    (_open_object, "ends inside an object"),
)

_CLOSERS = "\"'*_`)]}>$\u201d\u2019\u00bb"


def _ends_well(text: str) -> bool:
    bare = text.rstrip(_CLOSERS)
    return not bare or bare[-1] in ".!?:\u3002\uff01\uff1f" or bare != text


def _answer_is_at_the_end(text: str) -> bool:
    """Say whether the last line states an answer or is a bare value: such lines need no full stop."""
    last = text[text.rfind("\n") + 1 :]
    found = find_answer(last)
    return found is not None and found.rule != "bold" and (len(last) == found.end or len(last.split()) <= _SHORT_LINE)


_SHORT_LINE = 6
