"""What a registered check is: the function itself, and what can be read off it (name, summary, parameters)."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

from curate.records import Finding
from curate.schemas import Schema

if TYPE_CHECKING:
    import polars as pl


class _Named:
    """Name, words and parameters of the function behind a check."""

    judge: Callable[..., Any]

    @property
    def name(self) -> str:
        """The fault."""
        return self.judge.__name__

    @property
    def doc(self) -> str:
        """The whole docstring of the function."""
        return inspect.getdoc(self.judge) or ""

    @property
    def summary(self) -> str:
        """The first sentence of the docstring."""
        return " ".join(self.doc.split("\n\n")[0].split())

    @cached_property
    def parameters(self) -> type[BaseModel]:
        """A strict model of the keyword-only parameters that a recipe may set."""
        hints = {name: hint for name, hint in _hints(self.judge).items() if hint != Schema | None}
        fields: dict[str, Any] = {
            name: (hints[name], parameter.default)
            for name, parameter in inspect.signature(self.judge).parameters.items()
            if parameter.kind is parameter.KEYWORD_ONLY and name in hints
        }
        return create_model(self.name, __config__=ConfigDict(extra="forbid", strict=True, frozen=True), **fields)

    @property
    def takes_schema(self) -> bool:
        """Whether the recipe's own schema is handed to it."""
        return "schema" in inspect.signature(self.judge).parameters


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the evaluated annotations of the parameters; a frame of rows is nothing that a recipe sets."""
    annotations = {name: hint for name, hint in inspect.get_annotations(function).items() if not isinstance(hint, str)}
    holder = type("holder", (), {"__annotations__": annotations, "__module__": function.__module__})
    return get_type_hints(holder)


@dataclass(frozen=True, eq=False)
class RowCheck(_Named):
    """A check that judges each trace by itself: `(trace, *, parameters) -> Finding | None`."""

    judge: Callable[..., Finding | None]


@dataclass(frozen=True, eq=False)
class CorpusCheck(_Named):
    """A check that compares rows: a signature of each, then one judgement over all of them.

    `judge` takes a frame with `row`, `id`, `problem_id` and `signature`, and returns `row`, `reason` and `value` of
    those that fail. Where it has an `outcome` column as well, it may also return rows that pass or are undecided, for
    their measure; rows that it does not return pass. `signature` takes the same parameters and runs in the workers.
    """

    judge: "Callable[..., pl.DataFrame]"
    signature: Callable[..., bytes]
    over: Literal["survivors", "all"] = "survivors"
    """Whose signatures `judge` is given. With `all` those of every reply, taken before any check has dropped one: what
    it says of a group (votes, share of right answers) is then a fact about all replies of the problem. It still drops
    only rows that are in when its turn comes."""


Check = RowCheck | CorpusCheck
