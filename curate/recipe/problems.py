"""The shapes of sources of problems: built-in families, files, datasets of reasoning-gym, authors."""

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from curate.recipe.bases import Difficulty, Shape, Share, listed, tupled
from curate.recipe.checks import CheckList, CheckUse
from curate.recipe.teacher import Teacher


class FamilyUse(Shape):
    """How many problems of one built-in family."""

    count: Annotated[int, Field(ge=1)]
    """How many distinct problems."""
    difficulty: Annotated[tuple[Difficulty, ...], Field(min_length=1)] = (1, 2, 3, 4, 5)
    """The difficulties to take turns with, from 1 (easy) to 5 (hard)."""


def _spelled_out_count(value: object) -> object:
    return {"count": value} if isinstance(value, int) and not isinstance(value, bool) else tupled(value, "difficulty")


AS_TUPLE = BeforeValidator(listed, json_schema_input_type=str | tuple[str, ...])
"""One text or a list of them."""
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


class GymProblems(Shape):
    """Problems of reasoning-gym's datasets, judged by their own scorers; needs the extra `curate[gym]`."""

    kind: Literal["gym"] = Field(alias="from")
    """`gym`."""
    datasets: dict[str, Annotated[int, Field(ge=1)]] = Field(min_length=1)
    """Dataset to count; those that are not sound are refused with the reason."""


Operation = Literal["harder", "other_numbers", "other_setting", "combined", "backwards"]


class Confirm(Shape):
    """How an author's answer is confirmed: by samples of the solver that see the problem alone."""

    samples: Annotated[int, Field(ge=1)] = 4
    """Samples of each problem; the run uses them as its own, so that only those beyond `samples` are paid for this."""
    min_share: Share = 0.75
    """Least share of them that must come to the author's answer."""
    unconfirmed: Literal["keep", "drop"] = "keep"
    """What becomes of the others: kept without a reference, or dropped."""


class AuthoredProblems(Shape):
    """Problems that a teacher writes: new and sound ones, whose answers are taken for true only where confirmed."""

    kind: Literal["authored"] = Field(alias="from")
    """`authored`."""
    count: Annotated[int, Field(ge=1)]
    """Problems to accept."""
    strategy: Literal["self_instruct", "evolve", "topics", "passages"]
    """Like seeds; seeds changed; about each cell of a grid of topics; drawn from passages of a text."""
    author: Teacher | None = None
    """Who writes; null for the first teacher of the recipe."""
    seeds: str | None = None
    """A file of problems to begin with, relative to the recipe; for `self_instruct` and `evolve`."""
    map: dict[str, str] = {}
    """Field of a problem to column of that file."""
    operations: Annotated[tuple[Operation, ...], AS_TUPLE, Field(min_length=1)] = get_args(Operation)
    """For `evolve`: how a problem is changed, taking turns."""
    topics: dict[str, Annotated[tuple[str, ...], AS_TUPLE, Field(min_length=1)]] = {}
    """For `topics`: what is varied to its values, `{subject: [gases, salts], level: [school, university]}`."""
    passages: str | None = None
    """For `passages`: a text file, relative to the recipe; blank lines part its passages."""
    wishes: str | None = None
    """What else the author is told: the field, the level, the kind of answers."""
    batch: Annotated[int, Field(ge=1, le=100)] = 5
    """Problems asked for in one request."""
    confirm: Confirm | None = None
    """How the author's answers are confirmed; null leaves every problem without a reference."""
    checks: CheckList = (CheckUse(name="invalid_problem"), CheckUse(name="needs_proof"))
    """What must not be wrong with a problem: checks that look at the problem alone."""
    max_similarity: Annotated[float, Field(gt=0, le=1)] = 0.7
    """A problem is new if less of its runs of three words stand in any other one with the same numbers."""
    patience: Annotated[int, Field(ge=1)] = 3
    """Rounds in a row that may bring next to nothing new before it ends."""
    min_yield: Share = 0.05
    """Share of the problems asked for that a round must bring, so that it is more than next to nothing."""
    domain: str | None = None
    """The field of the problems."""
    license: str | None = None
    """The licence of their texts."""


PATHS = frozenset({"path", "seeds", "passages"})
"""Keys of a source that name a file, relative to the recipe."""
Problems = Annotated[BuiltinProblems | FileProblems | GymProblems | AuthoredProblems, Field(discriminator="kind")]

SOURCES: dict[str, type[Shape]] = {
    "builtin": BuiltinProblems,
    "file": FileProblems,
    "gym": GymProblems,
    "authored": AuthoredProblems,
}
"""What `from` says, to the keys that go with it."""
ONE_OR_MORE_PROBLEMS = BeforeValidator(listed, json_schema_input_type=Problems | tuple[Problems, ...])
