"""What every shape of a recipe is made of: the strict base, and scalars with their bounds."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

NAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"
SPLIT_PATTERN = r"^[a-z0-9][a-z0-9_]{0,63}$"
MODEL_PATTERN = r"^[^/\s]+/\S+$"
VARIABLE_PATTERN = r"^[A-Za-z_][A-Za-z0-9_]*$"

Name = Annotated[str, Field(pattern=NAME_PATTERN)]
Split = Annotated[str, Field(pattern=SPLIT_PATTERN)]
"""`datasets` takes no hyphen in it; and with one, the shards `test-*` would be those of `test-hard` as well."""
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


def tupled(value: object, *keys: str) -> object:
    """Turn the lists under `keys` into tuples, which is what frozen models hold."""
    if not isinstance(value, dict):
        return value
    return {key: tuple(item) if key in keys and isinstance(item, list) else item for key, item in value.items()}


def listed(value: object) -> object:
    """Accept one where a list may stand."""
    return value if value is None or isinstance(value, tuple) else tuple(value) if isinstance(value, list) else (value,)
