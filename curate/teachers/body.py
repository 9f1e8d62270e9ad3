"""The body of a request, as a provider takes it."""

from typing import get_args

from curate.errors import WishError
from curate.recipe.located import nearest
from curate.recipe.teacher import Teacher as TeacherShape
from curate.records import JSON, Request
from curate.teachers.providers import PROVIDERS, Format, Provider

OURS = frozenset(
    {
        "model",
        "messages",
        "stream",
        "stream_options",
        "n",
        "max_tokens",
        "max_completion_tokens",
        "temperature",
        "top_p",
        "seed",
        "reasoning_effort",
    }
)
"""Fields that `extra_body` may not set, because identity, count and cost of a request depend on them."""

LONG_REPLY_TOKENS = 4096
"""With a limit above this a reply may take minutes, and `stream: auto` streams it."""


def body_of(provider: Provider, request: Request, *, stream: bool) -> JSON:
    """Return the body of one request."""
    sampling = request.sampling
    body: JSON = {
        "model": sampling.model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
    }
    if sampling.max_tokens is not None:
        body[provider.limit] = sampling.max_tokens
    if sampling.temperature is not None:
        body["temperature"] = sampling.temperature
    if sampling.top_p is not None:
        body["top_p"] = sampling.top_p
    if sampling.seed is not None and provider.seed:
        body[provider.seed] = sampling.seed
    if sampling.reasoning_effort is not None:
        body["reasoning_effort"] = sampling.reasoning_effort
    if stream:
        body["stream"] = True
        if provider.stream_usage:
            body["stream_options"] = {"include_usage": True}
    return body | provider.extra_body | request.extra_body


def check_asked(name: str, asked: TeacherShape) -> None:
    """Check that a provider can do what a recipe asks.

    Raises:
        WishError: It cannot.
    """
    row = PROVIDERS[name]
    if asked.temperature is not None and asked.temperature > row.max_temperature:
        raise WishError(f"{name} takes at most {row.max_temperature:g}", "temperature")
    if asked.seed is not None and row.seed is None:
        raise WishError(f"{name} takes no seed; the recipe's own `seed` varies what curate itself draws", "seed")
    effort = asked.reasoning_effort
    if effort is not None and row.efforts is not None and effort not in row.efforts:
        taken = f"{', '.join(row.efforts)}{nearest(effort, row.efforts)}" if row.efforts else "none"
        raise WishError(f"{effort!r} cannot be asked of {name}, which takes {taken}", "reasoning_effort")
    limit = row.max_output_tokens
    if limit is not None and asked.max_tokens > limit:
        raise WishError(f"no model of {name} writes more than {limit} tokens", "max_tokens")
    for key in asked.extra_body:
        if key in OURS or key == row.seed:
            raise WishError(f"{key!r} is set by curate, from a key of its own in the recipe", "extra_body")
    _check_format(name, row, asked.extra_body.get("response_format"))


def _check_format(name: str, row: Provider, wanted: object) -> None:
    kind = wanted.get("type") if isinstance(wanted, dict) else None
    if kind in get_args(Format) and kind not in row.formats:
        raise WishError(
            f"{name} has no response_format {kind}; it has {', '.join(row.formats) or 'none'}", "extra_body"
        )
