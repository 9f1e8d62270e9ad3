"""The shapes of sources of problems: built-in families, files."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from curate.recipe.bases import Difficulty, Shape, listed, tupled


class FamilyUse(Shape):
    """How many problems of one built-in family."""

    count: Annotated[int, Field(ge=1)]
    """How many distinct problems."""
    difficulty: Annotated[tuple[Difficulty, ...], Field(min_length=1)] = (1, 2, 3, 4, 5)
    """The difficulties to take turns with, from 1 (easy) to 5 (hard)."""


def _spelled_out_count(value: object) -> object:
    return {"count": value} if isinstance(value, int) and not isinstance(value, bool) else tupled(value, "difficulty")


_INT_OR_FAMILY_USE = BeforeValidator(_spelled_out_count, json_schema_input_type=int | FamilyUse)


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


Problems = Annotated[BuiltinProblems | FileProblems, Field(discriminator="source")]

ONE_OR_MORE_PROBLEMS = BeforeValidator(listed, json_schema_input_type=Problems | tuple[Problems, ...])
