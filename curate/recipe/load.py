"""From a file, or the name of a shipped recipe, and `--set` overrides to a `Recipe`; every error is located."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from curate import shipped
from curate.errors import RecipeError, UsageError
from curate.recipe.located import Located, Place, nearest, parse_scalar, read_text
from curate.recipe.shape import BuiltinProblems, Expect, FamilyUse, FileProblems, Output, Prompt, Recipe, Teacher

SUFFIX = ".yaml"


@dataclass(frozen=True)
class LoadedRecipe:
    """A recipe, and where it was written down."""

    recipe: Recipe
    located: Located
    base: Path
    """The folder that paths in the recipe are relative to."""


def shipped_recipes() -> list[str]:
    """Return the names of the recipes that travel with the package."""
    return shipped.names("recipes", SUFFIX)


def load(reference: str, overrides: Sequence[str] = ()) -> LoadedRecipe:
    """Load a recipe.

    Args:
        reference: A path, or the name of a shipped recipe; a file in the way wins over a shipped name.
        overrides: `key=value` from `--set`, applied in order.

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


def load_text(text: str, *, name: str, base: Path, overrides: Sequence[str] = ()) -> LoadedRecipe:
    """Load a recipe from text; see `load`."""
    located = Located(text, name)
    plain = located.plain()
    for override in overrides:
        _override(plain, located, override)
    try:
        recipe = Recipe.model_validate(plain)
    except ValidationError as error:
        raise _located(error, located, plain) from None
    return LoadedRecipe(recipe, located, base)


def _override(plain: dict[str, Any], located: Located, typed: str) -> None:
    """Set one key; items of a list are addressed by name (or by `from`, or by position)."""
    dotted, equals, text = typed.partition("=")
    if not equals or not dotted:
        raise UsageError(f"--set {typed}: write it as key=value, such as teacher.samples=4")
    node: Any = plain
    place: list[str | int] = []
    keys = dotted.split(".")
    for depth, key in enumerate(keys):
        last = depth == len(keys) - 1
        node = _sole(node, place) if isinstance(node, list) and key not in _items(node) and len(node) == 1 else node
        if isinstance(node, list):
            position = _position(node, key, typed)
            place.append(position)
            node = _spelled_out(node, position, key, parse_scalar(text) if last else None)
            continue
        if not isinstance(node, dict):
            raise UsageError(f"--set {typed}: {'.'.join(keys[:depth])} holds a value, no keys")
        place.append(key)
        if last:
            node[key] = parse_scalar(text)
        else:
            node = node.setdefault(key, {})
    located.overridden[tuple(place)] = typed


def _sole(node: list[Any], place: list[str | int]) -> Any:  # noqa: ANN401 - any YAML value
    """Return the one item of a list, so that `output.format` reaches it without a position."""
    place.append(0)
    return node[0]


def _items(node: list[Any]) -> list[str]:
    """Return what each item of a list is called: a check by its name, problems by their `from`, else its position."""
    return [_item_name(item, position) for position, item in enumerate(node)]


def _item_name(item: object, position: int) -> str:
    if isinstance(item, str):
        return item.replace("-", "_")
    if isinstance(item, dict) and len(item) == 1:
        return str(next(iter(item))).replace("-", "_")
    if isinstance(item, dict):
        return str(item.get("from") or item.get("format") or item.get("model") or position)
    return str(position)


def _position(node: list[Any], key: str, typed: str) -> int:
    called = _items(node)
    if key.replace("-", "_") in called:
        return called.index(key.replace("-", "_"))
    if key.isdigit() and int(key) < len(node):
        return int(key)
    raise UsageError(f"--set {typed}: the list has no item {key!r}; it has {', '.join(called)}{nearest(key, called)}")


def _spelled_out(node: list[Any], position: int, key: str, value: object) -> Any:  # noqa: ANN401 - any YAML value
    """Return the parameters of a list item, so that a check given by its bare name can take some."""
    item = node[position]
    if isinstance(item, str):
        node[position] = item = {item: {}}
    if isinstance(item, dict) and len(item) == 1 and key.replace("-", "_") == _item_name(item, position):
        name = next(iter(item))
        item[name] = (item[name] or {}) if value is None else value
        return item[name]
    if value is not None:
        node[position] = value
    return node[position]


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
    kind, message = detail["type"], detail["msg"]
    if kind == "extra_forbidden":
        known = _known_keys(place)
        return f"unknown key; allowed here: {', '.join(known)}{nearest(str(place[-1]), known)}"
    if kind == "missing":
        return "this key is needed and missing"
    if kind == "union_tag_not_found":
        return "say where the problems come from: `from: builtin` or `from: file`"
    if kind == "union_tag_invalid":
        known = ["builtin", "file"]
        tag = str(detail["ctx"]["tag"])
        return f"unknown source {tag!r}; there are {', '.join(known)}{nearest(tag, known)}"
    if kind == "string_pattern_mismatch":
        return f"{detail['input']!r} does not match {detail['ctx']['pattern']}"
    message = message.removeprefix("Value error, ").replace("Input should be", "should be")
    return f"{message}, not {_shown(detail['input'])}" if message.startswith("should be") else message


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]} ..."  # noqa: PLR2004 - a line of a terminal


def _known_keys(place: Place) -> list[str]:
    """Return the keys that may stand beside the last part of `place`."""
    model: Any = Recipe
    for part in place[:-1]:
        if isinstance(part, str) and isinstance(model, type) and issubclass(model, BaseModel):
            model = _MODELS_BY_KEY.get(part, model)
    if model is FileProblems:
        return sorted({*_keys(FileProblems), *_keys(BuiltinProblems)})
    return _keys(model)


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


_MODELS_BY_KEY: dict[str, type[BaseModel]] = {
    "problems": FileProblems,
    "families": FamilyUse,
    "teacher": Teacher,
    "prompt": Prompt,
    "output": Output,
    "expect": Expect,
}
