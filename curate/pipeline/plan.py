"""Names resolved: what a recipe calls for, found in the registries, or an error at its place in the file."""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from curate import schemas
from curate.checks import CHECKS, DEFAULT_CHECKS, Check, Registry, RowCheck
from curate.checks.plugins import find_plugins, installed_plugins, load_plugins
from curate.errors import InputError, PluginError, RecipeError, UsageError
from curate.pipeline.filtering.against import find_against
from curate.pipeline.filtering.planned import PlannedCheck
from curate.protocols import Notice
from curate.recipe import LoadedRecipe
from curate.recipe.checks import CheckUse
from curate.recipe.load import should_be
from curate.recipe.located import Place, nearest
from curate.records import JSON
from curate.schemas import Schema

NOTHING: Registry = MappingProxyType({})


class Common(BaseModel):
    """Keys that every check takes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)

    when: dict[Literal["domain", "family", "difficulty", "source", "answer_type", "model"], Any] = {}
    """Look only at rows with these values, one or a list of each: `{domain: math, difficulty: [4, 5]}`."""
    undecided: Literal["keep", "drop"] = "keep"
    """What becomes of rows on which the check cannot tell."""


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
        return tuple(_planned(CheckUse(name=name), registry, None, ()) for name in DEFAULT_CHECKS)
    return tuple(
        _planned(use, registry, loaded, loaded.located.item("checks", place))
        for place, use in enumerate(loaded.recipe.checks)
    )


def plan_problem_checks(loaded: LoadedRecipe, position: int, uses: Sequence[CheckUse]) -> tuple[PlannedCheck, ...]:
    """Resolve the checks of a source of problems.

    Args:
        loaded: The recipe.
        position: Which of its sources.
        uses: The checks.

    Raises:
        RecipeError: One does not exist, its parameters do not fit, or it looks at more than the problem.
    """
    at = (*loaded.located.item("problems", position), "checks")
    planned = tuple(_planned(use, CHECKS, loaded, (*at, place)) for place, use in enumerate(uses))
    for place, check in enumerate(planned):
        if not isinstance(check.check, RowCheck) or check.check.about != "problem":
            of_problems = [name for name, one in CHECKS.items() if isinstance(one, RowCheck) and one.about == "problem"]
            known = f"here can stand {', '.join(of_problems)}"
            raise loaded.located.error((*at, place), f"{check.name} looks at a reply, and there is none yet; {known}")
    return planned


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
        raise _error(loaded, (*inner, check.parameter_of("file") or "against"), str(error)) from None
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


def plan_schema(loaded: LoadedRecipe) -> Schema | None:
    """Return the recipe's own schema for `data`, if it names one.

    Raises:
        RecipeError: It is missing or no schema.
    """
    reference = loaded.recipe.schema_
    if reference is None:
        return None
    known = schemas.names()
    if reference not in known and not schemas.place_of(reference, loaded.base).exists():
        among = f"neither a file beside the recipe nor one of ours: {', '.join(known)}{nearest(reference, known)}"
        raise loaded.located.error(("schema",), f"there is no schema {reference!r}, {among}")
    try:
        return schemas.resolve(reference, loaded.base)
    except UsageError as error:
        raise loaded.located.error(("schema",), str(error)) from None
