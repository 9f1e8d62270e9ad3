"""The shape of a recipe: strict, frozen models; every key says what it does.

The recipe knows shapes, not names: whether a check, family, format, style or provider exists is for `pipeline.plan`,
which reports it at the same place in the file.
"""

import hashlib
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from curate import jsonlines

NAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"
MODEL_PATTERN = r"^[^/\s]+/\S+$"
VARIABLE_PATTERN = r"^[A-Za-z_][A-Za-z0-9_]*$"

Name = Annotated[str, Field(pattern=NAME_PATTERN)]
Seed = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Share = Annotated[float, Field(ge=0, le=1)]
Difficulty = Annotated[int, Field(ge=1, le=5)]
Seconds = Annotated[float, Field(gt=0)]


def _exact(value: object) -> object:
    """Return a number as the decimal that was written, not as the binary fraction nearest to it."""
    return Decimal(repr(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


Dollars = Annotated[
    Decimal,
    Field(ge=0),
    BeforeValidator(_exact, json_schema_input_type=Annotated[float, Field(ge=0)]),
    PlainSerializer(float, return_type=float, when_used="json"),
]


class Shape(BaseModel):
    """Base of the models: unknown keys and wrong types are errors, nothing is coerced but int to float."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True, allow_inf_nan=False
    )


class FamilyUse(Shape):
    """How many problems of one built-in family."""

    count: Annotated[int, Field(ge=1)]
    """How many distinct problems."""
    difficulty: Annotated[tuple[Difficulty, ...], Field(min_length=1)] = (1, 2, 3, 4, 5)
    """The difficulties to take turns with, from 1 (easy) to 5 (hard)."""


def _spelled_out_count(value: object) -> object:
    return {"count": value} if isinstance(value, int) and not isinstance(value, bool) else _tupled(value, "difficulty")


def _tupled(value: object, *keys: str) -> object:
    """Turn the lists under `keys` into tuples, which is what frozen models hold."""
    if not isinstance(value, dict):
        return value
    return {key: tuple(item) if key in keys and isinstance(item, list) else item for key, item in value.items()}


def _listed(value: object) -> object:
    """Accept one where a list may stand."""
    return value if value is None or isinstance(value, tuple) else tuple(value) if isinstance(value, list) else (value,)


_INT_OR_FAMILY_USE = BeforeValidator(_spelled_out_count, json_schema_input_type=int | FamilyUse)
_ONE_OR_MORE_URLS = BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...])


class BuiltinProblems(Shape):
    """Problems made on the spot by the built-in families, with derived references."""

    source: Literal["builtin"] = Field(alias="from")
    """`builtin`."""
    families: dict[str, Annotated[FamilyUse, _INT_OR_FAMILY_USE]] = Field(min_length=1)
    """Family to count, or to `{count, difficulty}`; `curate families` lists them."""


class FileProblems(Shape):
    """Problems read from a JSONL file."""

    source: Literal["file"] = Field(alias="from")
    """`file`."""
    path: str
    """The file, relative to the recipe."""
    map: dict[str, str] = {}
    """Field of a problem to column of the file: `{problem: question, reference: answer}`."""


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
    max_tokens: Annotated[int, Field(ge=1)] | None = None
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
    max_tokens: Annotated[int, Field(ge=1)] = 4096
    """Limit on the tokens of one reply, thinking included."""
    samples: Annotated[int, Field(ge=1)] = 1
    """Replies asked for each problem, one request each."""
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


class Budget(Shape):
    """What a run may cost."""

    max_cost: Dollars | None = None
    """USD, over all resumes and all kinds of request; null for no limit. Needs a price for every teacher."""


class Shot(Shape):
    """A solved example for `few_shot_cot` and templates."""

    problem: str
    """The question."""
    solution: str
    """The steps to its answer."""
    answer: str | None = None
    """The answer; null where the solution ends with it."""


_ONE_OR_MORE_SHOTS = BeforeValidator(_listed, json_schema_input_type=Shot | tuple[Shot, ...])


class Prompt(Shape):
    """The prompt that makes a teacher think."""

    style: str = "zero_shot_cot"
    """The chain-of-thought style; `curate prompts` lists them."""
    system: str | None = None
    """A system message before the prompt."""
    shots: Annotated[tuple[Shot, ...], _ONE_OR_MORE_SHOTS] = ()
    """Solved examples; none may be a problem of the recipe."""
    shots_path: str | None = None
    """A JSONL file of such examples instead, relative to the recipe."""
    template: str | None = None
    """For the style `template`: jinja2 over `problem`, `domain`, `family`, `difficulty`, `answer_type`, `shots`."""
    template_path: str | None = None
    """A file with such a template instead, relative to the recipe."""


class CheckUse(Shape):
    """One check of the list, with its parameters."""

    name: str
    """The check."""
    parameters: dict[str, Any] = {}
    """Its parameters, and `when` and `undecided`."""


def _check_use(value: object) -> object:
    if isinstance(value, str):
        return {"name": value.replace("-", "_")}
    if isinstance(value, dict) and len(value) == 1:
        ((name, parameters),) = value.items()
        if isinstance(name, str) and (parameters is None or isinstance(parameters, dict)):
            return {"name": name.replace("-", "_"), "parameters": parameters or {}}
    raise ValueError("a check is a name, or a name with its parameters in braces")


class Output(Shape):
    """One format to write what was kept in."""

    format: str = "messages"
    """The format; `curate formats` lists them."""
    shard_rows: Annotated[int, Field(ge=1)] = 5000
    """Rows in each shard."""
    splits: Annotated[dict[Name, Share], Field(max_length=20)] = {}
    """Split to its share of the problems; the rest is `train`. All samples of a problem fall into one split."""
    system: str | None = None
    """A system message put before each conversation that has none."""
    user: Literal["problem", "prompt"] = "problem"
    """What the student reads of generated traces: the bare problem, or the prompt that the teacher got."""

    @model_validator(mode="after")
    def _shares_leave_room(self) -> "Output":
        if "train" in self.splits:
            raise ValueError("`train` is what the other splits leave; do not give it a share")
        if sum(self.splits.values()) >= 1:
            raise ValueError("the shares of the splits must stay below 1 in all, so that something is left for train")
        return self


class Expect(Shape):
    """What a run should reach; a run that does not ends with exit code 1."""

    min_kept_share: Share | None = None
    """Least share of the traces that pass all checks."""
    max_failed_share: Share | None = None
    """Greatest share of the planned samples for which no reply could be had."""


Problems = Annotated[BuiltinProblems | FileProblems, Field(discriminator="source")]

_ONE_OR_MORE_PROBLEMS = BeforeValidator(_listed, json_schema_input_type=Problems | tuple[Problems, ...])
_ONE_OR_MORE_TEACHERS = BeforeValidator(_listed, json_schema_input_type=Teacher | tuple[Teacher, ...])
_ONE_OR_MORE_OUTPUTS = BeforeValidator(_listed, json_schema_input_type=Output | tuple[Output, ...])
_ONE_OR_MORE_PLUGINS = BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...])
_Written = str | dict[str, dict[str, Any] | None]
_NAME_OR_CHECK_USE = BeforeValidator(_check_use, json_schema_input_type=_Written)
_ONE_OR_MORE_CHECKS = BeforeValidator(_listed, json_schema_input_type=_Written | tuple[_Written, ...] | None)


class Recipe(Shape):
    """A recipe, resolved: every default is filled in."""

    name: Name | None = None
    """Name of the run and of its folder in `datasets_out/`; needed to generate."""
    seed: Seed = 0
    """Everything random is derived from it: problems, wordings, seeds on the wire."""
    problems: Annotated[tuple[Problems, ...], _ONE_OR_MORE_PROBLEMS] = ()
    """Where problems come from, one or a list; needed to generate."""
    teacher: Annotated[tuple[Teacher, ...], _ONE_OR_MORE_TEACHERS] = ()
    """One teacher, or a list of which each is asked every problem, unless they have weights; needed to generate."""
    budget: Budget = Budget()
    """What the run may cost."""
    prompt: Prompt = Prompt()
    """The prompt."""
    checks: Annotated[tuple[Annotated[CheckUse, _NAME_OR_CHECK_USE], ...] | None, _ONE_OR_MORE_CHECKS] = None
    """The checks in order; each sees only the survivors of those before it. Absent: `curate checks` shows the list."""
    output: Annotated[tuple[Output, ...], _ONE_OR_MORE_OUTPUTS] = (Output(),)
    """The formats to write."""
    schema_: str | None = Field(default=None, alias="schema")
    """A JSON Schema of your own for `data`: a path relative to the recipe, or the name of a shipped one."""
    plugins: Annotated[tuple[str, ...], _ONE_OR_MORE_PLUGINS] = ()
    """Checks of your own: Python files in the recipe's folder (`./my_checks.py`), or names of installed plugins."""
    expect: Expect = Expect()
    """What the run should reach."""

    def fingerprint(self) -> str:
        """Return a digest of everything the recipe says."""
        plain = jsonlines.encode(self.model_dump(mode="json", by_alias=True))
        return hashlib.sha256(plain).hexdigest()[:16]
