"""One row, readably; the text of models is escaped, so that it cannot drive a terminal."""

import textwrap

from curate.escaping import safe
from curate.records import Trace

WIDTH = 100
MAX_CHARACTERS = 2_000


def shown(trace: Trace, *, heading: str, with_messages: bool = False) -> str:
    """Return a trace for reading: heading, problem, reasoning, response, what is known of the answer."""
    parts = [heading, _block("problem", trace.problem.text)]
    if with_messages:
        parts += [_block(f"sent as {message.role}", message.content) for message in trace.messages]
    if trace.reasoning:
        parts.append(_block("reasoning", trace.reasoning))
    parts.append(_block("response", trace.response or "(empty)"))
    known = [f"answer {trace.answer!r}" if trace.answer is not None else "no answer found"]
    if trace.problem.reference is not None:
        known.append(f"reference {trace.problem.reference!r}")
    if trace.finish_reason:
        known.append(f"finish_reason {trace.finish_reason}")
    parts.append("  " + safe(", ".join(known)))
    return "\n".join(parts)


def _block(title: str, text: str) -> str:
    cut = text if len(text) <= MAX_CHARACTERS else _middle_out(text)
    lines = [piece for line in safe(cut).split("\n") for piece in textwrap.wrap(line, WIDTH) or [""]]
    return "\n".join([f"  {title}:", *(f"    {line}".rstrip() for line in lines)])


def _middle_out(text: str) -> str:
    """Keep both ends of a long text: how it begins and how it ends are what one looks at."""
    half = MAX_CHARACTERS // 2
    return f"{text[:half]}\n[... {len(text) - 2 * half:,} characters ...]\n{text[-half:]}"
