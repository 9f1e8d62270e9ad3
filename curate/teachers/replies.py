"""From the body of a completion to a reply: lenient with what servers add, leave out or mistype, never guessing."""

from decimal import Decimal, InvalidOperation
from typing import Any

from curate import jsonlines
from curate.chat import beyond_the_text, finish_reason_of, read_message
from curate.records import JSON, Reply, Usage
from curate.teachers.failures import failure_inside, garbled

BIGGEST_COUNT = 2**53
"""Counts of tokens beyond this are none."""


def reply_of(host: str, body: bytes) -> Reply:
    """Return the reply in the body of a completion; of keys that stand twice the last counts.

    Raises:
        RequestFailedError: It holds none: no JSON, HTML, an error, no choices, no message.
        TeacherError: It holds an error that every request would get.
    """
    return reply_from(host, _decoded(host, body))


def _decoded(host: str, body: bytes) -> JSON:
    try:
        return jsonlines.decode(body)
    except jsonlines.UnreadableLineError as error:
        start = body[:200].lstrip()[:1]
        what = "HTML instead of a reply" if start == b"<" else f"a reply that is no JSON object: {error}"
        raise garbled(host, what if body.strip() else "an empty reply") from None


def reply_from(host: str, completion: JSON) -> Reply:
    """Return the reply of a decoded completion; raises as `reply_of`."""
    if completion.get("error") and not completion.get("choices"):
        raise failure_inside(host, completion["error"])
    choices = completion.get("choices")
    if not isinstance(choices, list) or not choices:
        raise garbled(host, "a reply with no choices")
    choice = choices[0]
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        raise garbled(host, "a reply with no message")
    if choice.get("error"):
        raise failure_inside(host, choice["error"])
    return _reply(host, completion, choice, message)


def _reply(host: str, completion: JSON, choice: JSON, message: JSON) -> Reply:
    spoken = read_message(message)
    if spoken is None:
        raise garbled(host, "a reply whose content is no text")
    rest = beyond_the_text(message, spoken)
    reason = finish_reason_of(choice.get("finish_reason"))
    if message.get("content") is None and not spoken.content and not spoken.thinking and not rest and reason == "stop":
        raise garbled(host, "a reply with null content")
    usage = completion.get("usage")
    counts: JSON = usage if isinstance(usage, dict) else {}
    model = completion.get("model")
    return Reply(
        content=spoken.content,
        reasoning=spoken.thinking,
        finish_reason=reason,
        usage=usage_of(counts),
        model=model if isinstance(model, str) else None,
        cost=cost_of(counts),
        carrier=spoken.carrier,
        rest=rest,
    )


def usage_of(counts: JSON) -> Usage:
    """Return the tokens that a server counted; what is missing, negative or no whole number is not known."""
    details = counts.get("completion_tokens_details")
    return Usage(
        prompt_tokens=_count(counts.get("prompt_tokens")),
        completion_tokens=_count(counts.get("completion_tokens")),
        reasoning_tokens=_count(details.get("reasoning_tokens")) if isinstance(details, dict) else None,
    )


def _count(value: Any) -> int | None:  # noqa: ANN401 - any JSON value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= BIGGEST_COUNT
    return value if is_count else None


def cost_of(counts: JSON) -> Decimal | None:
    """Return what a server says a reply cost, in USD, or None."""
    cost = counts.get("cost")
    if isinstance(cost, bool) or not isinstance(cost, int | float | str):
        return None
    try:
        amount = Decimal(str(cost)[:MAX_DIGITS])
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None


MAX_DIGITS = 40
