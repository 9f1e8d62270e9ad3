"""Was the text cut off? The finish reason knows, then the token count, and only then the text itself."""

import re

from curate.answers import find_answer
from curate.records import Finding, Trace

CAP_SLACK = 2
"""Servers and re-tokenisers count a closing token or two differently; so near the cap is at the cap."""


def truncated(trace: Trace, *, min_words: int = 5) -> Finding | None:
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
        return _cut(trace, _limit_reached(tokens, limit), tokens)
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
    found = find_answer(trace.response)
    after = ", after it had stated its answer" if found and found.rule in _STATED else ""
    return Finding(outcome="fail", reason=reason + after, value=tokens)


def _limit_reached(tokens: int | None, limit: int | None) -> str:
    if tokens is None:
        return "stopped by the token limit (finish_reason length)"
    return f"stopped at {tokens} tokens" if limit is None else f"stopped at {tokens} of {limit} tokens"


def ending_of(trace: Trace, min_words: int) -> str | None:
    """Return how a text betrays that it was cut off, or None when it seems to have ended by itself."""
    if trace.reasoning and not trace.response:
        return "the thinking never closed, so there is no response"
    text = trace.response.rstrip()
    if not text:
        return None
    for is_open, sentence in _OPEN:
        if is_open(text):
            return sentence
    if _ends_well(text) or len(text.split(maxsplit=min_words)) < min_words:
        return None
    last = text[text.rfind("\n") + 1 :][-LINE_CHARACTERS:]
    if not _LEFT_HANGING.search(last) and (_states_a_result(last) or _lines_end_bare(text)):
        return None
    return f"ends inside a sentence: ... {text[-40:]}"


def _open_fence(text: str) -> bool:
    return "```" in text and len(re.findall(r"^[ \t]*```", text, re.MULTILINE)) % 2 == 1


def _open_formula(text: str) -> bool:
    tail = text[-TAIL_CHARACTERS:]
    if tail.rfind("\\[") > tail.rfind("\\]") or tail.rfind("\\(") > tail.rfind("\\)"):
        return True
    box = tail.rfind("\\boxed{")
    return box >= 0 and tail.count("{", box) > tail.count("}", box)


def _open_object(text: str) -> bool:
    return text.startswith(("{", "[")) and text.count('"') > 1 and not text.endswith(("}", "]"))


def _open_bold(text: str) -> bool:
    last = text[text.rfind("\n") + 1 :]
    return last.count("**") % 2 == 1 and text.count("**") % 2 == 1


TAIL_CHARACTERS = 2_000
LINE_CHARACTERS = 300
_OPEN = (
    (_open_fence, "ends inside a code fence"),
    (_open_formula, "ends inside a formula"),
    (_open_object, "ends inside an object"),
    (_open_bold, "ends inside bold text"),
)

_CLOSERS = "\"'*_`)]}>$\u201d\u2019\u00bb"


def _ends_well(text: str) -> bool:
    """Say whether the last character ends something: a sentence, a quotation, a bracket, a formula."""
    bare = text.rstrip(_CLOSERS)
    return not bare or bare[-1] in ".!?:;\u3002\uff01\uff1f\u2026" or bare != text


_LEFT_HANGING = re.compile(
    r"(?:[,=+*/<(\[{\\-]|\b(?:a|an|and|are|as|at|be|because|but|by|for|from|he|if|in|is|it|of|on|or|she|so|than|that|the"
    r"|then|they|this|to|was|we|which|with))$",
    re.IGNORECASE,
)
"""A line that ends so was left hanging in any style of writing."""

_NUMBER = r"\d+(?:[.,/:]\d+)*"
_RESULT = re.compile(rf"=[^=\w]{{0,6}}(?:<<[^<>]*>>)?[-(]?[$]?{_NUMBER}\)?%?(?:\s?[^\W\d_]{{1,20}}){{0,3}}$")
_VALUE = re.compile(
    rf"[-+(]?[$]?{_NUMBER}\)?%?(?:\s[^\W\d_]{{1,20}}){{0,2}}|\(?[A-J]\)?|yes|no|true|false", re.IGNORECASE
)
_EXPRESSION = re.compile(r"[\d\s.,+*/()^=%$\u00d7\u00f7\u2212-]*[\d)]")
_STATED = frozenset({"answer_tag", "boxed", "hashes", "json", "phrase", "letter_a"})


def _states_a_result(last: str) -> bool:
    """Say whether a line ends in a result (`... = 42 apples`), is a bare value, or states the answer."""
    found = find_answer(last)
    stated = found is not None and found.rule in _STATED and found.end >= len(last.rstrip())
    return (
        stated
        or _EXPRESSION.fullmatch(last.strip()) is not None
        or _RESULT.search(last) is not None
        or _VALUE.fullmatch(last.strip()) is not None
    )


def _lines_end_bare(text: str) -> bool:
    """Say whether the author ends lines of prose without a full stop, so that the last one tells nothing."""
    lines = [line.rstrip() for line in text[-10 * TAIL_CHARACTERS :].split("\n")[:-1]]
    prose = [line for line in lines if line and len(line.split(maxsplit=3)) > 2 and not _MARKUP.search(line)]  # noqa: PLR2004 - three words are prose
    bare = sum(not _ends_well(line) for line in prose)
    return len(prose) > 0 and 2 * bare >= len(prose)


_MARKUP = re.compile(r"\\|^\s*(?:[#>|*+-]|\d+[.)])")
