"""Names resolved: what a recipe calls for, found in the registries, or an error at its place in the file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, ValidationError

from curate import schemas
from curate.checks import CHECKS, DEFAULT_CHECKS, Check, CorpusCheck, Registry, RowCheck
from curate.checks.guard import guarded
from curate.checks.plugins import checks_of, find_plugins, installed_plugins, load_plugins
from curate.checks.registry import Plugin
from curate.engine import Escalation, Tariff, tariff_of
from curate.errors import InputError, PluginError, RecipeError, UsageError, WishError
from curate.export import FORMATS
from curate.export.base import Wishes
from curate.families import FAMILIES
from curate.manifests import PluginEntry
from curate.pipeline.against import NOTHING_AGAINST, Against, find_against, given_to
from curate.problems.files import MAPPABLE
from curate.protocols import Notice, Teacher
from curate.recipe import LoadedRecipe
from curate.recipe.load import should_be
from curate.recipe.located import Place, nearest
from curate.recipe.shape import CheckUse, Output
from curate.recipe.shape import Teacher as TeacherShape
from curate.records import JSON, Price, Trace
from curate.schemas import Schema
from curate.teachers import PROVIDERS, make_teachers
from curate.teachers.prices import price_of

BUILTIN = "builtin"
"""The provider that costs nothing, and whose samples differ at temperature 0, too: it varies its wording."""

NOTHING: Registry = MappingProxyType({})


class Common(BaseModel):
    """Keys that every check takes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)

    when: dict[Literal["domain", "family", "difficulty", "source", "answer_type", "model"], Any] = {}
    """Look only at rows with these values, one or a list of each: `{domain: math, difficulty: [4, 5]}`."""
    undecided: Literal["keep", "drop"] = "keep"
    """What becomes of rows on which the check cannot tell."""


class PlannedCheck(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A check with its parameters; plain data, so that it travels to worker processes."""

    name: str
    parameters: JSON = {}
    when: dict[str, list[Any]] = {}
    """Field to the values with which the check applies; empty for every row."""
    undecided: Literal["keep", "drop"] = "keep"
    plugin: Plugin | None = None
    """Where a check of the user's own comes from, and is loaded from in every process."""

    def described(self) -> JSON:
        """Return what a manifest says of it: nothing of this machine."""
        threshold = self.check.threshold if isinstance(self.check, RowCheck) else None
        said = {"name": self.name, "parameters": self.parameters, "when": self.when, "undecided": self.undecided}
        return said | {"threshold": threshold}

    def written(self) -> JSON:
        """Return the parameters as a recipe would write them, `when` and `undecided` where they are not the usual."""
        common: JSON = {"when": self.when} if self.when else {}
        return self.parameters | common | ({"undecided": self.undecided} if self.undecided != "keep" else {})

    @cached_property
    def check(self) -> Check:
        """The check itself; one that lives in this process alone was put here by the plan, and does not travel."""
        return CHECKS[self.name] if self.plugin is None else checks_of(self.plugin)[self.name]

    @property
    def is_of_the_user(self) -> bool:
        """Whether it is none of ours."""
        return self.check is not CHECKS.get(self.name)

    @property
    def is_corpus(self) -> bool:
        """Whether it compares rows."""
        return isinstance(self.check, CorpusCheck)

    @property
    def is_over_all(self) -> bool:
        """Whether it compares all replies, also those that a check before it has dropped."""
        return isinstance(self.check, CorpusCheck) and self.check.over == "all"

    def bind(self, schema: Schema | None, against: Against = NOTHING_AGAINST) -> Callable[[Trace], Any]:
        """Return the function to call on each trace: the judgement of a row check, the signature of a corpus check."""
        parameters = {**self.parameters, **({"schema": schema} if self.check.takes_schema else {})}
        parameters |= given_to(self.check, self.parameters, against)
        function = self.check.signature if isinstance(self.check, CorpusCheck) else self.check.judge
        bound = partial(function, **parameters) if parameters else function
        return guarded(self.check, bound) if isinstance(self.check, RowCheck) and self.is_of_the_user else bound

    def applies_to(self, trace: Trace) -> bool:
        """Say whether `when` lets this check look at a trace."""
        return all(_field(trace, key) in values for key, values in self.when.items())


def _field(trace: Trace, key: str) -> object:
    return trace.teacher.model if key == "model" else getattr(trace.problem, key)


def column_names(checks: Sequence[PlannedCheck]) -> list[str]:
    """Return the column of each check; one that stands twice in the list is numbered."""
    names: list[str] = []
    for check in checks:
        before = sum(1 for name in names if name.split("#")[0] == check.name)
        names.append(f"{check.name}#{before + 1}" if before else check.name)
    return names


def plugin_entries(checks: Sequence[PlannedCheck]) -> tuple[PluginEntry, ...]:
    """Return what a manifest says of the plugins behind some checks."""
    used = {check.plugin: None for check in checks if check.plugin is not None}
    return tuple(PluginEntry(name=plugin.name, sha256=plugin.sha256) for plugin in used)


class PlannedOutput(msgspec.Struct, frozen=True, kw_only=True):
    """A format with what the recipe wishes of it; plain data."""

    format: str
    wishes: Wishes
    shard_rows: int
    splits: dict[str, float]


@dataclass(frozen=True)
class PlannedTeacher:
    """A teacher, ready to be asked."""

    shape: TeacherShape
    provider: str
    model: str
    endpoints: tuple[Teacher, ...]
    """The teacher, once for each of its addresses."""
    tariff: Tariff | None
    """What its tokens cost, or None where that is not known."""
    escalation: Escalation | None
    """What is done about replies that were cut off; None to keep them."""

    @property
    def highest_limit(self) -> int:
        """The limit on tokens with which a reply is kept even if it was cut off."""
        return self.shape.max_tokens if self.escalation is None else self.escalation.most

    def limit_after(self, cut_at: int) -> int:
        """Return the limit to ask with when replies were cut off at this one."""
        higher = self.escalation.after(cut_at) if self.escalation is not None else None
        return max(self.shape.max_tokens, higher or 0)


def plan_checks(
    loaded: LoadedRecipe, names: Sequence[str] = (), *, own: Registry = NOTHING, notice: Notice = lambda _: None
) -> tuple[PlannedCheck, ...]:
    """Resolve the checks of a recipe, or those named on the command line, or the default list.

    A name that neither we nor the recipe's plugins have is looked for in the plugins that are installed.

    Args:
        loaded: The recipe.
        names: Checks from the command line.
        own: Checks that live in this process alone, by name.
        notice: Told of each plugin before it is run.

    Raises:
        RecipeError: A name or parameter does not exist or does not fit.
        UsageError: The same, for names from the command line.
        PluginError: A plugin cannot be loaded.
    """
    registry = _with_plugins(loaded, own, notice)
    wanted = [*names] or [use.name for use in loaded.recipe.checks or ()]
    if any(name.replace("-", "_") not in registry for name in wanted):
        registry = load_plugins(installed_plugins(), registry, notice)
    if names:
        uses = [CheckUse(name=name.replace("-", "_")) for name in names]
        return tuple(_planned(use, registry, None, ()) for use in uses)
    if loaded.recipe.checks is None:
        return tuple(PlannedCheck(name=name) for name in DEFAULT_CHECKS)
    return tuple(
        _planned(use, registry, loaded, loaded.located.item("checks", place))
        for place, use in enumerate(loaded.recipe.checks)
    )


def _with_plugins(loaded: LoadedRecipe, own: Registry, notice: Notice) -> Registry:
    """Return our checks, those of this process, and those of the recipe's plugins."""
    registry: Registry = {**CHECKS, **own}
    for place, reference in enumerate(loaded.recipe.plugins):
        try:
            registry = load_plugins(find_plugins([reference], loaded.base), registry, notice)
        except PluginError as error:
            raise loaded.located.error(loaded.located.item("plugins", place), str(error)) from None
    return registry


def _planned(use: CheckUse, registry: Registry, loaded: LoadedRecipe | None, place: Place) -> PlannedCheck:
    if use.name not in registry:
        known = f"there are {', '.join(registry)}{nearest(use.name, registry)}"
        raise _error(loaded, place, f"unknown check {use.name!r}; {known}")
    check = registry[use.name]
    inner = (*place, loaded.located.written(place, use.name) if loaded else use.name)
    common = {key: value for key, value in use.parameters.items() if key in Common.model_fields}
    own = {key: value for key, value in use.parameters.items() if key not in Common.model_fields}
    shared = _validated(Common, common, loaded, inner, check)
    parameters = _validated(check.parameters, own, loaded, inner, check)
    planned = PlannedCheck(
        name=use.name,
        parameters=parameters.model_dump(),
        when={key: value if isinstance(value, list) else [value] for key, value in shared.when.items()},  # type: ignore[attr-defined]
        undecided=shared.undecided,  # type: ignore[attr-defined]
        plugin=check.plugin if isinstance(check, RowCheck) else None,
    )
    vars(planned)["check"] = check
    try:
        find_against(check, planned.parameters, loaded.base if loaded else Path())
    except InputError as error:
        raise _error(loaded, (*inner, "against"), str(error)) from None
    return planned


def _validated(
    model: type[BaseModel], values: JSON, loaded: LoadedRecipe | None, place: Place, check: Check
) -> BaseModel:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        key = tuple(str(part) for part in detail["loc"][:1])
        if detail["type"] == "extra_forbidden":
            known = [*check.parameters.model_fields, *Common.model_fields]
            takes = f"{check.name} takes {', '.join(known)}{nearest(key[0], known)}"
            raise _error(loaded, (*place, *key), takes) from None
        raise _error(loaded, (*place, *key), should_be(detail)) from None


def _error(loaded: LoadedRecipe | None, place: Place, message: str) -> RecipeError | UsageError:
    return UsageError(message) if loaded is None else loaded.located.error(place, message)


def plan_outputs(loaded: LoadedRecipe, names: Sequence[str] = ()) -> tuple[PlannedOutput, ...]:
    """Resolve the formats of a recipe, or those named on the command line with the recipe's other wishes.

    Raises:
        RecipeError: A format does not exist, or stands twice.
        UsageError: The same, for names from the command line.
    """
    first = loaded.recipe.output[0] if loaded.recipe.output else Output()
    outputs = [first.model_copy(update={"format": name}) for name in names] if names else loaded.recipe.output
    for place, output in enumerate(outputs):
        at = (*loaded.located.item("output", place), "format")
        name = output.format.replace("-", "_")
        if name not in FORMATS:
            known = f"there are {', '.join(FORMATS)}{nearest(name, FORMATS)}"
            raise _error(None if names else loaded, at, f"unknown format {name!r}; {known}")
        if name in [other.format.replace("-", "_") for other in outputs[:place]]:
            raise _error(None if names else loaded, at, f"the format {name!r} stands twice")
    return tuple(
        PlannedOutput(
            format=output.format.replace("-", "_"),
            wishes=Wishes(system=output.system, user=output.user),
            shard_rows=output.shard_rows,
            splits=dict(output.splits),
        )
        for output in outputs
    )


def plan_schema(loaded: LoadedRecipe) -> Schema | None:
    """Return the recipe's own schema for `data`, if it names one.

    Raises:
        RecipeError: It is missing or no schema.
    """
    reference = loaded.recipe.schema_
    if reference is None:
        return None
    known = schemas.names()
    if reference not in known and not (loaded.base / reference).exists():
        among = f"neither a file beside the recipe nor one of ours: {', '.join(known)}{nearest(reference, known)}"
        raise loaded.located.error(("schema",), f"there is no schema {reference!r}, {among}")
    try:
        return schemas.resolve(reference, loaded.base)
    except UsageError as error:
        raise loaded.located.error(("schema",), str(error)) from None


def plan_teachers(loaded: LoadedRecipe, *, allow_insecure: bool = False) -> tuple[PlannedTeacher, ...]:
    """Return the teachers of a recipe, ready to be asked.

    Raises:
        RecipeError: A provider or model does not exist, or does not take what the recipe asks, or stands twice; or
            the recipe has a budget, and what a teacher costs is not known.
    """
    teachers: list[PlannedTeacher] = []
    for place, shape in enumerate(loaded.recipe.teacher):
        at = loaded.located.item("teacher", place)
        asked = _asked(shape, loaded.recipe.seed)
        if asked in (_asked(other.shape, loaded.recipe.seed) for other in teachers):
            raise loaded.located.error(at, "this teacher stands twice; for more replies of one, raise its `samples`")
        try:
            endpoints = make_teachers(shape, allow_insecure=allow_insecure)
        except WishError as error:
            raise loaded.located.error((*at, error.key), str(error)) from None
        provider, model = shape.model.split("/", 1)
        if provider != BUILTIN and shape.samples > 1 and shape.temperature == 0:
            raise loaded.located.error((*at, "samples"), "at temperature 0 all samples are the same; ask for one")
        price = _price(shape, provider, model)
        if price is None and loaded.recipe.budget.max_cost is not None:
            raise loaded.located.error(
                ("budget", "max_cost"), f"no price is known for {shape.model}; give its teacher a `price`"
            )
        tariff = None if price is None else tariff_of(price)
        teachers.append(PlannedTeacher(shape, provider, model, endpoints, tariff, _escalation(shape, provider)))
    return tuple(teachers)


def _price(shape: TeacherShape, provider: str, model: str) -> Price | None:
    """Return what a teacher costs; what the recipe says wins."""
    if shape.price is not None:
        return Price(input=shape.price.input, output=shape.price.output)
    return price_of(provider, model)


UNKNOWN_LIMIT = 16
"""How many times the stated limit a reply that was cut off is asked for, where no limit of the provider is known."""


def _escalation(shape: TeacherShape, provider: str) -> Escalation | None:
    retry = shape.on_truncated.retry
    if retry is None:
        return None
    most = retry.max_tokens or PROVIDERS[provider].max_output_tokens or UNKNOWN_LIMIT * shape.max_tokens
    return Escalation(factor=retry.factor, most=max(most, shape.max_tokens))


def _asked(shape: TeacherShape, seed: int) -> TeacherShape:
    """Return what sets the requests of one teacher apart from those of another: what their keys depend on."""
    own = {key: getattr(shape, key) for key in ("model", "temperature", "top_p", "reasoning_effort", "extra_body")}
    return TeacherShape(**own, seed=seed if shape.seed is None else shape.seed)


def require_generating(loaded: LoadedRecipe, notice: Notice = lambda _: None) -> None:
    """Check that a recipe can generate: its keys are there and its names exist, those of checks and formats too.

    A typing error must not wait until the replies are paid for.

    Raises:
        RecipeError: Something is missing or unknown.
    """
    recipe = loaded.recipe
    for key, value in (("name", recipe.name), ("problems", recipe.problems), ("teacher", recipe.teacher)):
        if not value:
            raise loaded.located.error((key,), "this key is needed to generate")
    for place, problems in enumerate(recipe.problems):
        at = loaded.located.item("problems", place)
        if problems.source == "builtin":
            for family in problems.families:
                _known(loaded, (*at, "families", family), family, FAMILIES, "family")
        else:
            for field in problems.map:
                _known(loaded, (*at, "map", field), field, MAPPABLE, "field")
    plan_checks(loaded, notice=notice)
    plan_outputs(loaded)
    plan_schema(loaded)


def _known(
    loaded: LoadedRecipe, place: Place, name: str, known: Mapping[str, object] | Sequence[str], what: str
) -> None:
    if name not in known:
        raise loaded.located.error(
            place, f"unknown {what} {name!r}; there are {', '.join(known)}{nearest(name, known)}"
        )
