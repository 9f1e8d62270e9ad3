"""Was a reply cut off by its limit? Its finish reason may not say so: some servers call every ending a stop."""

from curate.engine import ended_at_the_cap
from curate.records import Reply
from curate.traces.thinking import split_thinking


def was_cut(reply: Reply, max_tokens: int | None) -> bool:
    """Say whether a limit cut a reply off.

    By its finish reason, its tokens at the cap, thinking that never closed, or an answer that never came.
    """
    if ended_at_the_cap(reply, max_tokens):
        return True
    if reply.finish_reason not in {None, "stop"}:
        return False
    split = split_thinking(reply.content)
    return split.state == "unclosed" or not split.response.strip()
