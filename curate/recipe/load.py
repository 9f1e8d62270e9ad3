"""From a file, or the name of a shipped recipe, and `--set` overrides to a `Recipe`; every error is located."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from curate import shipped
from curate.errors import RecipeError, UsageError
from curate.escaping import clipped
from curate.recipe.bases import MODEL_PATTERN, NAME_PATTERN, SPLIT_PATTERN, VARIABLE_PATTERN
from curate.recipe.located import Located, Place, nearest, parse_scalar, read_text
from curate.recipe.problems import SOURCES, FamilyUse, FileProblems
from curate.recipe.shape import Budget, Expect, Output, Prompt, Recipe, Shot
from curate.recipe.teacher import OnTruncated, Price, ResampleUntil, Retry, Teacher

SUFFIX = ".yaml"


@dataclass(frozen=True)
class LoadedRecipe:
    """A recipe, and where it was written down."""

    recipe: Recipe
    located: Located
    base: Path
    """The folder that paths in the recipe are relative to."""


class Typed(NamedTuple):
    """What an option of a command sets in a recipe, and how it was typed, for errors to name."""

    override: str
    """`key=value`."""
    said: str
    """`--max-cost 40`."""


def shipped_recipes() -> list[str]:
    """Return the names of the recipes that travel with the package."""
    return shipped.names("recipes", SUFFIX)


def load(reference: str, overrides: Sequence[str | Typed] = ()) -> LoadedRecipe:
    """Load a recipe.

    Args:
        reference: A path, or the name of a shipped recipe; a file in the way wins over a shipped name.
        overrides: `key=value` from `--set`, or what another option sets, applied in order.

    Raises:
        RecipeError: It does not exist, does not parse, or does not fit; names file, line and key.
    """
    path = Path(reference)
    if not path.is_file() and reference in shipped_recipes():
        path = shipped.shelf("recipes") / f"{reference}{SUFFIX}"
    elif not path.exists():
        shelf = shipped_recipes()
        raise RecipeError(
            f"there is no recipe {reference!r}, neither a file nor one of ours: "
            f"{', '.join(shelf)}{nearest(reference, shelf)}"
        )
    return load_text(
        read_text(path), name=str(path) if path.is_absolute() else reference, base=path.parent, overrides=overrides
    )


def load_text(text: str, *, name: str, base: Path, overrides: Sequence[str | Typed] = ()) -> LoadedRecipe:
    """Load a recipe from text; see `load`."""
    located = Located(text, name)
    plain = located.plain()
    for override in overrides:
        typed = override if isinstance(override, Typed) else Typed(override, f"--set {override}")
        _override(plain, located, typed.override, typed.said)
    try:
        recipe = Recipe.model_validate(plain)
    except ValidationError as error:
        raise _located(error, located, plain) from None
    return LoadedRecipe(recipe, located, base)


def _override(plain: dict[str, Any], located: Located, override: str, said: str) -> None:
    """Set one key; items of a list are addressed by name (a check's, a `from`, `format` or `model`) or by position."""
    dotted, equals, text = override.partition("=")
    if not equals or not dotted:
        raise UsageError(f"{said}: write it as key=value, such as teacher.samples=4")
    try:
        value = parse_scalar(text)
    except RecipeError as error:
        raise UsageError(f"{said}: {error}") from None
    keys = dotted.split(".")
    _refuse_check_of_no_list(plain, keys, said)
    node: Any = plain
    place: list[str | int] = []
    for key in keys[:-1]:
        holder, slot = _slot(node, key, place, said)
        if holder[slot] is None:
            holder[slot] = {}
        elif place[:-1] == ["checks"]:
            holder[slot] = _spelled_out(holder[slot])
        node = holder[slot]
    holder, slot = _slot(node, keys[-1], place, said)
    holder[slot] = value
    located.overridden[tuple(place)] = said


def _refuse_check_of_no_list(plain: dict[str, Any], keys: list[str], said: str) -> None:
    """Make a lone check a list of one, and refuse to name one where there is none.

    Raises:
        UsageError: The recipe has no `checks`; a list of this one alone would silently replace the default list.
    """
    if keys[0] != "checks" or len(keys) == 1:
        return
    if plain.get("checks") is None:
        raise UsageError(f"{said}: the recipe has no `checks`; give the whole list, such as checks=[truncated]")
    if not isinstance(plain["checks"], list):
        plain["checks"] = [plain["checks"]]


def _slot(node: Any, key: str, place: list[str | int], said: str) -> tuple[Any, str | int]:  # noqa: ANN401 - any YAML value
    """Return what holds the value of `key`, and under which key or position; writes down the way in `place`."""
    if isinstance(node, list):
        position = _position(node, key, said, is_checks=place == ["checks"])
        place.append(position)
        named = place[:-1] != ["checks"] and _same(key, _item_name(node[position], position))
        if key.isdigit() or named:
            return node, position
        if place[:-1] == ["checks"]:
            node[position] = _spelled_out(node[position])
            key = str(next(iter(node[position])))
        node = node[position]
    if not isinstance(node, dict):
        raise UsageError(f"{said}: {'.'.join(map(str, place))} holds a value, no keys")
    place.append(key)
    node.setdefault(key)
    return node, key


def _spelled_out(item: object) -> object:
    """Return a check of the list as a mapping, so that one given by its bare name can take parameters."""
    return {item: {}} if isinstance(item, str) else item


def _position(node: list[Any], key: str, said: str, *, is_checks: bool) -> int:
    """Return which item is meant; the only item of a list needs no name, so that `output.format` reaches it."""
    called = [_check_name(item) if is_checks else _item_name(item, place) for place, item in enumerate(node)]
    found = next((place for place, name in enumerate(called) if _same(key, name)), None)
    if found is None and key.isdigit() and int(key) < len(node):
        found = int(key)
    if found is None and len(node) == 1 and not is_checks:
        found = 0
    if found is None:
        listed = f"it has {', '.join(called)}{nearest(key, called)}" if called else "it is empty"
        raise UsageError(f"{said}: the list has no item {key!r}; {listed}")
    return found


def _same(one: str, other: str) -> bool:
    return one.replace("-", "_") == other.replace("-", "_")


def _check_name(item: object) -> str:
    return str(next(iter(item), "")) if isinstance(item, dict) else str(item)


def _item_name(item: object, position: int) -> str:
    if not isinstance(item, dict):
        return str(position)
    return str(item.get("from") or item.get("format") or item.get("model") or item.get("style") or position)


def _located(error: ValidationError, located: Located, plain: dict[str, Any]) -> RecipeError:
    details = error.errors(include_url=False)
    place = _place(details[0], plain)
    return located.error(place, _sentence(details[0], place))


def _place(detail: ErrorDetails, plain: dict[str, Any]) -> Place:
    """Return where an error stands in the document: without the parts that only the models know."""
    place: list[str | int] = []
    node: Any = plain
    for part in detail["loc"]:
        if _holds(node, part):
            place.append(part)
            node = node[part]
    if detail["type"] in {"missing", "extra_forbidden"} and place[-1:] != [detail["loc"][-1]]:
        place.append(detail["loc"][-1])
    return tuple(place)


def _holds(node: Any, part: str | int) -> bool:  # noqa: ANN401 - any YAML value
    return part in node if isinstance(node, dict) else isinstance(node, list) and part in range(len(node))


def _sentence(detail: ErrorDetails, place: Place) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _known_keys(place)
        return f"unknown key; allowed here: {', '.join(known)}{nearest(str(place[-1]), known)}"
    if kind == "missing":
        return "this key is needed and missing"
    if kind == "union_tag_not_found":
        return f"say where the problems come from: {' or '.join(f'`from: {name}`' for name in SOURCES)}"
    if kind == "union_tag_invalid":
        tag = str(detail["ctx"]["tag"])
        return f"unknown source {tag!r}; there are {', '.join(SOURCES)}{nearest(tag, SOURCES)}"
    if kind == "string_pattern_mismatch":
        return _unlike(detail["input"], detail["ctx"]["pattern"])
    return should_be(detail)


def _unlike(given: str, pattern: str) -> str:
    """Say what a text should have looked like; where the name of a key's variable belongs may stand the key itself."""
    if pattern == VARIABLE_PATTERN:
        return "should be the name of an environment variable, such as MY_KEY; a key itself never goes into a recipe"
    like = _LIKE.get(pattern)
    return f"{given!r} does not match {pattern}" + (f"; write it like {like}" if like else "")


_LIKE = {
    NAME_PATTERN: "grade-school",
    SPLIT_PATTERN: "held_out",
    MODEL_PATTERN: "openai/gpt-4o, with the provider in front",
}


def should_be(detail: ErrorDetails) -> str:
    """Return what a value should have been and what it is; where it could be one of some names, the nearest one."""
    message = detail["msg"].removeprefix("Value error, ").replace("Input should be", "should be")
    message = _IN_YAML.get(detail["type"], message)
    if not message.startswith("should be"):
        return message
    names = re.findall(r"'([^']+)'", message) if detail["type"] == "literal_error" else ()
    return f"{message}, not {_shown(detail['input'])}{nearest(str(detail['input']), names)}"


_IN_YAML = {
    "model_type": "should be a mapping of keys",
    "dict_type": "should be a mapping of keys",
    "tuple_type": "should be a list",
}
"""Types as somebody who writes YAML calls them."""


SHOWN_CHARACTERS = 60


def _shown(value: object) -> str:
    return clipped(repr(value), SHOWN_CHARACTERS)


def _known_keys(place: Place) -> list[str]:
    """Return the keys that may stand beside the last part of `place`."""
    model: Any = Recipe
    for part in place[:-1]:
        if isinstance(part, str) and isinstance(model, type) and issubclass(model, BaseModel):
            model = _MODELS_BY_KEY.get(part, model)
    if model is FileProblems:
        return sorted({key for source in SOURCES.values() for key in _keys(source)})
    return _keys(model)


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


_MODELS_BY_KEY: dict[str, type[BaseModel]] = {
    "problems": FileProblems,
    "families": FamilyUse,
    "teacher": Teacher,
    "price": Price,
    "on_truncated": OnTruncated,
    "retry": Retry,
    "resample_until": ResampleUntil,
    "budget": Budget,
    "prompt": Prompt,
    "shots": Shot,
    "output": Output,
    "expect": Expect,
}
