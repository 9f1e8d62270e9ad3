"""What the fake server says: completions, whole or in pieces, as the bytes of OpenAI's chat format."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from curate import jsonlines
from curate.records import JSON


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """What a model came up with, before a limit cut it off."""

    content: str | None
    """The text; None where the message has none."""
    reasoning: str = ""
    """The thinking, sent as `reasoning_content`; empty for a model that does not think apart."""
    finish_reason: str = "stop"
    """Why it ended."""
    prompt_tokens: int = 0
    """Tokens of the prompt: words, for this model."""
    completion_tokens: int = 0
    """Tokens of thinking and text."""
    cost: Decimal | None = None
    """What the server says it cost, in USD; None where it says nothing."""


Answer = Callable[[JSON], str | Completion]
"""What the model says to the body of a request."""


def default_answer(body: JSON) -> str:
    """Return a short chain of thought about the last message, with an answer at its end."""
    asked = str(body["messages"][-1]["content"])
    return f"I read the question, which has {len(asked)} characters. So I count them. The answer is {len(asked)}."


def completion_of(body: JSON, answer: Answer) -> Completion:
    """Return what the model says within the limit of the request; its tokens are words."""
    said = answer(body)
    if isinstance(said, str):
        said = Completion(content=said)
    if not said.completion_tokens:
        said = _replaced(said, completion_tokens=_words(said.reasoning) + _words(said.content or ""))
    if not said.prompt_tokens:
        said = _replaced(said, prompt_tokens=sum(_words(str(message["content"])) for message in body["messages"]))
    limit = limit_of(body)
    return said if limit is None or said.completion_tokens <= limit else cut_off(said, limit)


def limit_of(body: JSON) -> int | None:
    """Return the limit on tokens that a request states."""
    limit: int | None = body.get("max_tokens", body.get("max_completion_tokens"))
    return limit


def cut_off(said: Completion, limit: int | None) -> Completion:
    """Return a completion as a limit would leave it; half of it where the limit is none or further off."""
    whole = said.completion_tokens
    kept = whole // 2 if limit is None or limit >= whole else limit
    words = (said.content or "").split(" ")
    return _replaced(
        said,
        content=" ".join(words[: len(words) * kept // max(whole, 1)]),
        finish_reason="length",
        completion_tokens=kept if limit is None else limit,
    )


def _replaced(said: Completion, **changes: Any) -> Completion:  # noqa: ANN401 - any of its fields
    return msgspec.structs.replace(said, **changes)


def _words(text: str) -> int:
    return len(text.split())


def whole(said: Completion, model: str) -> JSON:
    """Return a completion as one object."""
    message: JSON = {"role": "assistant", "content": said.content}
    if said.reasoning:
        message["reasoning_content"] = said.reasoning
    choice = {"index": 0, "message": message, "finish_reason": said.finish_reason}
    return {
        "id": "chatcmpl-fake",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [choice],
        "usage": usage(said),
    }


def usage(said: Completion) -> JSON:
    """Return the usage of a completion."""
    counts: JSON = {
        "prompt_tokens": said.prompt_tokens,
        "completion_tokens": said.completion_tokens,
        "total_tokens": said.prompt_tokens + said.completion_tokens,
    }
    return counts if said.cost is None else {**counts, "cost": float(said.cost)}


PIECES = 5


def events(said: Completion, model: str, *, with_usage: bool) -> Iterator[bytes]:
    """Yield a completion as the events of a stream, thinking first."""
    deltas = [{"reasoning_content": piece} for piece in _pieces(said.reasoning)]
    deltas += [{"content": piece} for piece in _pieces(said.content or "")]
    for delta in deltas:
        yield event({"index": 0, "delta": delta, "finish_reason": None}, model)
    yield event({"index": 0, "delta": {}, "finish_reason": said.finish_reason}, model)
    if with_usage:
        yield event(None, model, usage(said))
    yield b"data: [DONE]\n\n"


def event(choice: JSON | None, model: str, counts: JSON | None = None) -> bytes:
    """Return one event of a stream."""
    chunk: JSON = {
        "id": "chatcmpl-fake",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": model,
        "choices": [] if choice is None else [choice],
    }
    return b"data: " + jsonlines.encode(chunk if counts is None else {**chunk, "usage": counts}) + b"\n\n"


def _pieces(text: str) -> list[str]:
    size = -(-len(text) // PIECES) or 1
    return [text[start : start + size] for start in range(0, len(text), size)]
