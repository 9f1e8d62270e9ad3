"""Rows for a terminal: one to read, or its whole life; the text of models is escaped, so that it drives nothing."""

import textwrap
import time
from collections.abc import Iterator, Sequence

from curate import jsonlines
from curate.attempts import Attempt
from curate.escaping import one_line, safe
from curate.lives import Row, Threshold, Verdict
from curate.records import Sampling, Trace

WIDTH = 100
MAX_CHARACTERS = 2_000
MAX_LINE_CHARACTERS = 400


def shown(row: Row) -> str:
    """Return a row for reading: heading, problem, reasoning, response, what is known of the answer."""
    return "\n".join([one_line(heading(row)), *(() if row.trace is None else _text_of(row.trace))])


def heading(row: Row) -> str:
    """Return what became of a row, in one line: near which threshold, kept or dropped by what, where it stands."""
    if row.near is not None:
        return f"{row.near}: {measured(verdict_on(row, row.near))}; {fate(row)}  ({row.file}:{row.line})"
    return f"kept  {row.id}" if row.dropped_by is None else f"{fate(row)}  ({row.file}:{row.line})"


def fate(row: Row) -> str:
    """Return what became of a row, and why."""
    if row.dropped_by is None:
        return "kept"
    return f"{'kept, marked' if row.is_kept else 'dropped'} by {row.dropped_by}: {row.reason}"


def verdict_on(row: Row, check: str) -> Verdict:
    """Return what one check said of a row."""
    return next(verdict for verdict in row.verdicts if verdict.check == check)


def measured(verdict: Verdict) -> str:
    """Return a measure and what it was held against: `5, min_words 6`."""
    return f"{verdict.value:g}{'' if verdict.threshold is None else f', {held_against(verdict.threshold)}'}"


def held_against(threshold: Threshold) -> str:
    """Return a threshold: `min_words 6`."""
    return f"{threshold.name} {threshold.bound:g}"


def life(row: Row, attempts: Sequence[Attempt]) -> str:
    """Return the whole life of a row: origin, request, attempts, replies, verdicts with their measures, and its end."""
    parts = [f"{row.id}  {row.file}:{row.line}", *_origin(row)]
    if row.trace is not None:
        parts += [*_text_of(row.trace, with_messages=True), *_replies(row.trace, attempts), "", _asked(row.trace)]
    parts += [_attempt_line(attempt) for attempt in attempts]
    parts += [*_rate_line(row), *(_verdict_line(verdict) for verdict in row.verdicts)]
    return "\n".join([one_line(parts[0]), *map(safe, [*parts[1:], fate(row)])])


def _origin(row: Row) -> Iterator[str]:
    """Yield where a row comes from, and the line itself."""
    origin = None if row.raw is None else row.raw.get("origin")
    if isinstance(origin, dict) and origin.get("request"):
        planted = f", with the planted fault {origin['fault']}" if origin.get("fault") else ""
        yield f"  made by recipe {origin.get('recipe')}, request {origin['request']}{planted}"
    yield f"  read from {row.file}, line {row.line}, byte {row.offset}"
    if row.raw is not None:
        line = jsonlines.encode(row.raw).decode("utf-8")
        yield f"  line: {_middle_out(line, MAX_LINE_CHARACTERS, ' ')}"


def _text_of(trace: Trace, *, with_messages: bool = False) -> Iterator[str]:
    yield _block("problem", trace.problem.text)
    for message in trace.messages if with_messages else ():
        yield _block(f"sent as {message.role}", message.content)
    if trace.reasoning:
        yield _block("reasoning", trace.reasoning)
    yield _block("response", trace.response or "(empty)")
    known = [f"answer {trace.answer!r}" if trace.answer is not None else "no answer found"]
    if trace.problem.reference is not None:
        known.append(f"reference {trace.problem.reference!r}")
    if trace.finish_reason:
        known.append(f"finish_reason {trace.finish_reason}")
    yield "  " + safe(", ".join(known))


def _replies(trace: Trace, attempts: Sequence[Attempt]) -> Iterator[str]:
    """Yield the replies, verbatim, that the trace does not show as they are."""
    for number, attempt in enumerate(attempts, 1):
        reply = attempt.reply
        if reply is not None and (reply.reasoning, reply.content) != (trace.reasoning, trace.response):
            yield _block(f"reply {number} of {len(attempts)}, verbatim", f"{reply.reasoning}{reply.content}")


def _asked(trace: Trace) -> str:
    """Return of whom a trace was asked, and how, as far as it is known."""
    sampling = trace.teacher
    model = "/".join(part for part in (sampling.provider, sampling.model) if part) or "a model that is not named"
    told = [f"{name} {getattr(sampling, name)}" for name in _TOLD if getattr(sampling, name) is not None]
    return f"  asked {', '.join([model, *told, f'sample {trace.sample}'])}"


_TOLD = tuple(name for name in Sampling.__struct_fields__ if name not in {"model", "provider"})


def _attempt_line(attempt: Attempt) -> str:
    sent = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(attempt.started))
    if attempt.reply is None:
        return f"  sent {sent} UTC, max_tokens {attempt.max_tokens}: {attempt.error}"
    usage = attempt.reply.usage
    return (
        f"  sent {sent} UTC, max_tokens {attempt.max_tokens}: {attempt.reply.finish_reason}, "
        f"{usage.prompt_tokens} prompt and {usage.completion_tokens} completion tokens"
    )


def _rate_line(row: Row) -> Iterator[str]:
    if (rated := rate(row)) is not None:
        yield f"  pass rate {rated}"


def rate(row: Row) -> str | None:
    """Return how often the problem was answered right, in words; None where that is not known."""
    if row.pass_rate is None:
        return None
    counted = "as its rows state" if row.samples is None else f"{row.right} of {row.samples} replies to the problem"
    return f"{row.pass_rate:.3g}: {counted}"


def _verdict_line(verdict: Verdict) -> str:
    measure = "" if verdict.value is None else f"  ({measured(verdict)})"
    return f"  {verdict.check:<20} {verdict.outcome or 'not judged'}{measure}"


def _block(title: str, text: str) -> str:
    cut = _middle_out(text, MAX_CHARACTERS, "\n")
    lines = [piece for line in safe(cut).split("\n") for piece in textwrap.wrap(line, WIDTH) or [""]]
    return "\n".join([f"  {title}:", *(f"    {line}".rstrip() for line in lines)])


def _middle_out(text: str, most: int, between: str) -> str:
    """Keep both ends of a long text: how it begins and how it ends are what one looks at."""
    half = most // 2
    if len(text) <= most:
        return text
    return f"{text[:half]}{between}[... {len(text) - 2 * half:,} characters ...]{between}{text[-half:]}"
