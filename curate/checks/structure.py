"""Faults of shape: what a trace must hold before anything can be said of it."""

from curate.records import Finding, Trace
from curate.schemas import Schema


def invalid_structure(trace: Trace, *, schema: Schema | None = None) -> Finding | None:
    """The row breaks its schema: `trace.v1` for traces of ours, and the recipe's own `schema` for `data`.

    A row that says it is a trace (`schema_version: 1`) and is not never reaches any other check; where this check is
    not in the list, such a row is unreadable.

    Args:
        trace: The trace to judge.
        schema: The recipe's own schema for `data`; taken from its `schema:` key.
    """
    if schema is None or schema.accepts(trace.data):
        return None
    return Finding(outcome="fail", reason=f"data{schema.explain(trace.data) or ''}")


def missing_answer(trace: Trace) -> Finding | None:
    r"""No final answer is stated.

    Looked for are `\boxed{}`, `####`, `<answer>`, "the answer is", `A:`, JSON `answer`, a bold or a bare one.
    Only the response is searched, not the thinking before it. An empty response has no answer.
    """
    if trace.answer:
        return None
    return Finding(outcome="fail", reason="the response states no final answer" if trace.response else "empty response")
