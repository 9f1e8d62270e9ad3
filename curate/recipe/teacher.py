"""The shape of a teacher: who is asked, how, and what it costs."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from curate.recipe.bases import MODEL_PATTERN, VARIABLE_PATTERN, Dollars, Seconds, Seed, Shape, listed

Tokens = Annotated[int, Field(ge=1, le=10_000_000)]

_ONE_OR_MORE_URLS = BeforeValidator(listed, json_schema_input_type=str | tuple[str, ...])


class Price(Shape):
    """What a model costs, in USD per million tokens."""

    input: Dollars
    """Of a prompt."""
    output: Dollars
    """Of a completion, thinking included."""


class Retry(Shape):
    """How a reply that was cut off is asked for again, with a higher limit each time."""

    factor: Annotated[float, Field(ge=1.1, le=16)] = 2.0
    """What the limit is multiplied with."""
    max_tokens: Tokens | None = None
    """Where it ends; null for the limit of the provider, or 16 times the stated one where none is known."""


class OnTruncated(Shape):
    """What is done about a reply that was cut off."""

    retry: Retry | None = None
    """Ask again with a higher limit; every attempt is kept. Null: keep the reply as it is."""


def _on_truncated(value: object) -> object:
    if isinstance(value, str) and value not in _ON_TRUNCATED:
        raise ValueError("should be `keep`, `retry`, or `{retry: {factor, max_tokens}}`")
    return _ON_TRUNCATED[value] if isinstance(value, str) else value


_ON_TRUNCATED: dict[str, dict[str, Any]] = {"keep": {}, "retry": {"retry": {}}}
_READ_ON_TRUNCATED = BeforeValidator(
    _on_truncated, json_schema_input_type=Literal["keep", "retry"] | dict[Literal["retry"], Retry]
)


def _written_on_truncated(value: OnTruncated) -> str | dict[str, Any]:
    return "keep" if value.retry is None else {"retry": value.retry.model_dump(mode="json", exclude_none=True)}


_WRITE_ON_TRUNCATED = PlainSerializer(_written_on_truncated, when_used="json")


class ResampleUntil(Shape):
    """How often a problem is asked again while too few of its replies are right."""

    correct: Annotated[int, Field(ge=1)] = 1
    """Replies that must be right by the reference."""
    max_samples: Annotated[int, Field(ge=2)]
    """Samples of a problem after which it is given up."""

    @model_validator(mode="after")
    def _can_be_reached(self) -> "ResampleUntil":
        if self.correct > self.max_samples:
            raise ValueError(f"{self.correct} of {self.max_samples} samples cannot be right; raise max_samples")
        return self


class Teacher(Shape):
    """Who solves the problems, and how it is asked."""

    model: Annotated[str, Field(pattern=MODEL_PATTERN)]
    """`provider/model`, such as `builtin/solver`."""
    base_url: Annotated[tuple[str, ...], _ONE_OR_MORE_URLS] = ()
    """Address of the endpoint, or a list of several with the same model; empty for the provider's own."""
    api_key_env: Annotated[str, Field(pattern=VARIABLE_PATTERN)] | None = None
    """Environment variable that holds the key; null for the provider's own. A key itself never goes into a recipe."""
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    """Sampling temperature; null leaves it to the provider."""
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    """Nucleus sampling share; null leaves it to the provider."""
    seed: Seed | None = None
    """Where the seeds of requests are derived from; the recipe's own seed when null."""
    max_tokens: Tokens = 4096
    """Limit on the tokens of one reply, thinking included."""
    samples: Annotated[int, Field(ge=1)] = 1
    """Replies asked for each problem, one request each."""
    resample_until: ResampleUntil | None = None
    """Ask so many samples again of each problem of which fewer than `correct` are right, up to `max_samples`, such as
    `{correct: 1, max_samples: 16}`. Problems without a reference stay with `samples`. Null: never."""
    reasoning_effort: str | None = None
    """How hard to think (`low`, `medium`, `high` ...), where the provider has it."""
    extra_body: dict[str, Any] = {}
    """Fields of the request beyond the standard ones; for `builtin/noisy`, `faults` gives the share of each fault."""
    stream: Literal["auto"] | bool = "auto"
    """Whether replies are received piece by piece, so that a cut connection leaves what had come."""
    max_concurrency: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """Requests under way at once at each endpoint; fewer when it has trouble. Null: as many as it turns out to bear."""
    timeout: Seconds = 600.0
    """Seconds that one request may take."""
    total_timeout: Seconds | None = None
    """Seconds that one sample may take over all its tries; null for no limit."""
    requests_per_minute: Annotated[float, Field(gt=0)] | None = None
    """Requests sent to each endpoint in a minute, at most."""
    tokens_per_minute: Annotated[float, Field(gt=0)] | None = None
    """Tokens, of prompts and completions together, used at each endpoint in a minute, at most."""
    on_truncated: Annotated[OnTruncated, _READ_ON_TRUNCATED, _WRITE_ON_TRUNCATED] = OnTruncated()
    """What is done about replies that were cut off: `keep`, `retry`, or `{retry: {factor, max_tokens}}`."""
    price: Price | None = None
    """What the model costs, where no price is known or yours is another."""
    weight: Annotated[float, Field(gt=0)] | None = None
    """Share of the problems among the teachers that have a weight; without one a teacher gets every problem."""

    @model_validator(mode="after")
    def _has_further_samples(self) -> "Teacher":
        if self.resample_until is not None and self.resample_until.max_samples <= self.samples:
            raise ValueError(f"resample_until.max_samples must be more than the {self.samples} samples")
        return self
