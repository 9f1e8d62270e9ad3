"""Faults of shape: what a trace must hold before anything can be said of it."""

import re

from curate.checks.words import shown
from curate.records import Finding, Trace
from curate.schemas import Schema


def invalid_structure(trace: Trace, *, schema: Schema | None = None) -> Finding | None:
    """The row breaks its schema: `trace.v1` for traces of ours, and the recipe's own `schema` for `data`.

    The reason is a JSON pointer and a sentence, as in `data/premises/0: 3 is not of type 'string'`. A row that says it
    is a trace (`schema_version: 1`) and is not never reaches any other check; where this check is not in the list, such
    a row is unreadable.

    Args:
        trace: The trace to judge.
        schema: The recipe's own schema for `data`; taken from its `schema:` key.
    """
    if schema is None or schema.accepts(trace.data):
        return None
    return Finding(outcome="fail", reason=f"data{schema.explain(trace.data) or ''}")


def empty_response(trace: Trace) -> Finding | None:
    """The response is empty: nothing was said, or nothing after the thinking.

    White space, empty tags and marks without a single letter or digit are nothing, unless they fill three lines or
    more: then they may be a drawing.

    Args:
        trace: The trace to judge.
    """
    head = trace.response[:HEAD_CHARACTERS]
    if _SOMETHING.search(head) and (head[:1] != "<" or _SOMETHING.search(_TAGS.sub("", head))):
        return None
    if len(trace.response.strip()) > HEAD_CHARACTERS or _is_drawing(trace.response):
        return None
    if trace.response.strip():
        return Finding(outcome="fail", reason=f"the response says nothing: {shown(trace.response, HEAD_CHARACTERS)}")
    if trace.reasoning:
        return Finding(outcome="fail", reason=f"nothing after {len(trace.reasoning):,} characters of thinking")
    return Finding(outcome="fail", reason="empty response")


HEAD_CHARACTERS = 80
"""A response that holds more than so many characters is never called empty, whatever they are."""
_SOMETHING = re.compile(r"[^\W_]|[^\x00-\x7f\s\u200b-\u200f\ufeff]")
_TAGS = re.compile(r"</?\w{1,30}/?>")


def _is_drawing(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("```")]
    return len(lines) >= MIN_DRAWN_LINES


MIN_DRAWN_LINES = 3


def missing_answer(trace: Trace) -> Finding | None:
    r"""No final answer is stated.

    Looked for are `\boxed{}`, `####`, `<answer>`, "the answer is", `A:`, JSON `answer`, a bold or a bare one.
    Only the response is searched, not the thinking before it. An empty response has no answer, and neither has a short
    one that only speaks of itself or of what is to come, as in "I do not know" or "Let me think about it".

    Args:
        trace: The trace to judge.
    """
    if trace.answer:
        return None
    return Finding(outcome="fail", reason="the response states no final answer" if trace.response else "empty response")
