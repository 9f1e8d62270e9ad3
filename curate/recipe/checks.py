"""The shape of a list of checks: names, each with its parameters in braces if it is given any."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from curate.recipe.bases import Shape, listed


class CheckUse(Shape):
    """One check of the list, with its parameters."""

    name: str
    """The check."""
    parameters: dict[str, Any] = {}
    """Its parameters, and `when` and `undecided`."""


def written(name: str, parameters: dict[str, Any]) -> str | dict[str, dict[str, Any]]:
    """Return a check as a recipe names it."""
    return {name: parameters} if parameters else name


def _check_use(value: object) -> object:
    if isinstance(value, str):
        return {"name": value.replace("-", "_")}
    if isinstance(value, dict) and len(value) == 1:
        ((name, parameters),) = value.items()
        if isinstance(name, str) and (parameters is None or isinstance(parameters, dict)):
            return {"name": name.replace("-", "_"), "parameters": parameters or {}}
    raise ValueError("a check is a name, or a name with its parameters in braces")


_Written = str | dict[str, dict[str, Any] | None]
_NAME_OR_CHECK_USE = BeforeValidator(_check_use, json_schema_input_type=_Written)
_ONE_OR_MORE = BeforeValidator(listed, json_schema_input_type=_Written | tuple[_Written, ...] | None)
CheckList = Annotated[tuple[Annotated[CheckUse, _NAME_OR_CHECK_USE], ...], _ONE_OR_MORE]
"""One check or a list of them."""
