"""The shape of what a recipe wishes of preference pairs."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from curate.recipe.bases import Shape, listed

_ONE_OR_MORE = BeforeValidator(listed, json_schema_input_type=str | tuple[str, ...])


class Pairs(Shape):
    """Which replies to one problem are set against one another."""

    prefer: Annotated[tuple[str, ...], Field(min_length=1), _ONE_OR_MORE] = (
        "right_over_wrong",
        "complete_over_truncated",
        "stepwise_over_answer_only",
    )
    """Strategies, of which the pairs of an earlier one are made first: `right_over_wrong`, `complete_over_truncated`,
    `stepwise_over_answer_only`, `short_over_long`. Each goes by what a check of the list said."""
    max_length_ratio: Annotated[float, Field(ge=1)] | None = None
    """How many times as long as the other, in characters, one reply of a pair may be, so that length is not what is
    learned. Null: 2 for `right_over_wrong`, and any for the others, whose two sides differ in length by nature."""
    max_per_problem: Annotated[int, Field(ge=1, le=1000)] = 4
    """Pairs of one problem, at most, over all strategies."""
