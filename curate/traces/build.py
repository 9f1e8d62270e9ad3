"""A reply of ours made regular: its thinking found, its steps cut, its answer read."""

from curate.records import Origin, Reply, Request, Trace
from curate.traces.reading import read_reply


def trace_of(request: Request, reply: Reply, *, recipe: str) -> Trace:
    """Return the trace of one request and its reply; a pure function, so it can be made again at any time.

    Args:
        request: What was asked.
        reply: What came back, as the ledger holds it.
        recipe: The name of the recipe, for the trace's origin.
    """
    said = read_reply(
        reply.content,
        reply.reasoning,
        may_be_thinking=reply.finish_reason in _CUT_OFF,
        answer_type=request.problem.answer_type,
    )
    return Trace(
        id=request.key,
        problem=request.problem,
        messages=request.messages,
        reasoning=said.reasoning,
        thinking_closed=said.thinking_closed,
        steps=said.steps,
        response=said.response,
        answer=said.answer,
        data=said.data,
        finish_reason=reply.finish_reason,
        usage=reply.usage,
        teacher=request.sampling,
        sample=request.sample,
        origin=Origin(recipe=recipe, request=request.key, fault=reply.fault),
    )


_CUT_OFF = frozenset({"length", "interrupted"})
"""Of a text that was cut off nobody can tell whether it is a response or thinking that a server handed out as one."""
