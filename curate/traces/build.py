"""A reply of ours made regular: its thinking found, its steps cut, its answer read."""

from curate.answers import find_answer
from curate.answers.extract import json_object
from curate.records import Origin, Reply, Request, Trace
from curate.traces.steps import cut_steps
from curate.traces.thinking import split_thinking


def trace_of(request: Request, reply: Reply, *, recipe: str) -> Trace:
    """Return the trace of one request and its reply; a pure function, so it can be made again at any time.

    Args:
        request: What was asked.
        reply: What came back, as the ledger holds it.
        recipe: The name of the recipe, for the trace's origin.
    """
    split = split_thinking(reply.content)
    reasoning = reply.reasoning or split.reasoning
    response = split.response
    found = find_answer(response)
    return Trace(
        id=request.key,
        problem=request.problem,
        messages=request.messages,
        reasoning=reasoning,
        steps=cut_steps(reasoning or response),
        response=response,
        answer=found.text if found else None,
        data=json_object(response) or {},
        finish_reason=reply.finish_reason,
        usage=reply.usage,
        teacher=request.sampling,
        sample=request.sample,
        origin=Origin(recipe=recipe, request=request.key, fault=reply.fault),
    )
