"""The shapes of sources of problems: built-in families, files."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from curate.recipe.bases import Difficulty, Shape, listed, tupled
from curate.recipe.checks import CheckList


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

    kind: Literal["builtin"] = Field(alias="from")
    """`builtin`."""
    families: dict[str, Annotated[FamilyUse, _INT_OR_FAMILY_USE]] = Field(min_length=1)
    """Family to count, or to `{count, difficulty}`; `curate families` lists them."""


class FileProblems(Shape):
    """Problems read from a file: JSONL (also .gz and .zst), CSV (also .tsv) or Parquet."""

    kind: Literal["file"] = Field(alias="from")
    """`file`."""
    path: str
    """The file, relative to the recipe."""
    map: dict[str, str] = {}
    """Field of a problem to column of the file: `{problem: question, reference: answer}`."""
    source: str | None = None
    """Where the problems come from, for rows that do not say so; null for the name of the file."""
    license: str | None = None
    """The licence of their texts, for rows that do not say so."""
    checks: CheckList = ()
    """What must not be wrong with a problem: checks that look at the problem alone, such as `invalid_problem`."""
    sample: Annotated[int, Field(ge=1)] | None = None
    """Take so many problems, chosen by hash: the same ones wherever they stand. Null for all."""
    limit: Annotated[int, Field(ge=1)] | None = None
    """Take so many of these, the first ones. Null for all."""
    shuffle: bool = False
    """Put them into the order of their hashes; new rows fall between the others, which keep their order."""


PATHS = frozenset({"path"})
"""Keys of a source that name a file, relative to the recipe."""
Problems = Annotated[BuiltinProblems | FileProblems, Field(discriminator="kind")]

SOURCES: dict[str, type[Shape]] = {"builtin": BuiltinProblems, "file": FileProblems}
"""What `from` says, to the keys that go with it."""
ONE_OR_MORE_PROBLEMS = BeforeValidator(listed, json_schema_input_type=Problems | tuple[Problems, ...])
