"""Was the text cut off? The finish reason knows, then the token count, and only then the text itself."""

from curate.answers import find_answer
from curate.checks.endings import cut_ending
from curate.checks.last_lines import STATED
from curate.records import Finding, Trace

CAP_SLACK = 2
"""Servers and re-tokenisers count a closing token or two differently; so near the cap is at the cap."""


def truncated(trace: Trace, *, min_words: int = 5) -> Finding | None:
    """The reply was cut off by a token limit.

    Decided by `finish_reason` where it is known; by the number of tokens where it is known together with `max_tokens`;
    else by the text alone: thinking that never closed, or an ending inside a sentence, a formula, a code fence or an
    object, or at a label (`**Total:**`) with nothing after it. A reply that had stated its answer and then ran on until
    it was cut counts as well, and the reason says so.

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
        ending = _ending(trace, min_words)
        return _cut(trace, ending, tokens) if ending else None
    return None if tokens is None else Finding(outcome="pass", value=tokens)


def _cut(trace: Trace, reason: str, tokens: int | None) -> Finding:
    found = find_answer(trace.response)
    ran_on = found is not None and found.rule in STATED and found.end < len(trace.response.rstrip())
    after = ", after it had stated its answer" if ran_on else ""
    return Finding(outcome="fail", reason=reason + after, value=tokens)


def _limit_reached(tokens: int | None, limit: int | None) -> str:
    if tokens is None:
        return "stopped by the token limit (finish_reason length)"
    return f"stopped at {tokens} tokens" if limit is None else f"stopped at {tokens} of {limit} tokens"


def _ending(trace: Trace, min_words: int) -> str | None:
    """Return how the text betrays that it was cut off, or None when it seems to have ended by itself."""
    if trace.response.strip():
        return cut_ending(trace.response, min_words)
    if trace.reasoning and not trace.thinking_closed:
        return "the thinking never closed, so there is no response"
    return None
