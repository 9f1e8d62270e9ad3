"""What a registered check is: the function itself, and what can be read off it (name, summary, parameters)."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

import msgspec
from pydantic import BaseModel, ConfigDict, create_model

from curate.checks.corpus import Signature
from curate.checks.parameters import Given, marks
from curate.records import JSON, Finding, Outcome, Trace
from curate.schemas import Schema

if TYPE_CHECKING:
    import polars as pl


class Case(msgspec.Struct, frozen=True):
    """One row and what a check must say of it."""

    name: str
    """What is particular about it, in a few words."""
    trace: Trace | JSON
    """The row: a trace, or an object as it would stand in a file (`{"question": ..., "output": ...}`)."""
    outcome: Outcome
    """What the check must say."""
    reason: str = ""
    """Words that its reason must hold."""
    parameters: JSON = {}
    """The parameters that it is called with; the others have their defaults."""


class Plugin(msgspec.Struct, frozen=True, kw_only=True):
    """Where checks of a user's own come from; plain data, so that it travels to worker processes."""

    name: str
    """The file, relative to the recipe's folder, or the distribution that installed it."""
    path: str
    """The file on this machine."""
    sha256: str
    """Digest of its bytes."""
    entry: str = ""
    """For one that is installed: its entry point."""
    module: str = ""
    """For one that is installed: the module to import."""


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
        defaults = _keywords(self.judge)
        hints = _hints(self.judge, defaults)
        fields: dict[str, Any] = {
            name: (hints[name], default)
            for name, default in defaults.items()
            if name in hints and hints[name] not in (Schema | None, Given)
        }
        config = ConfigDict(extra="forbid", strict=True, frozen=True, validate_default=True)
        return create_model(self.name, __config__=config, **fields)

    @property
    def takes_schema(self) -> bool:
        """Whether the recipe's own schema is handed to it."""
        return "schema" in inspect.signature(self.judge).parameters

    def parameter_of(self, kind: str) -> str | None:
        """Return the parameter that names things of a kind: a `dataset`, `benchmarks`, or a `file`."""
        fields = self.parameters.model_fields
        return next((name for name, field in fields.items() if kind in marks(field)), None)


def _keywords(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the keyword-only parameters with their defaults."""
    parameters = inspect.signature(function).parameters.values()
    return {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}


def _hints(function: Callable[..., Any], names: Mapping[str, object]) -> dict[str, Any]:
    """Return the evaluated annotations of some parameters; a frame of rows is nothing that a recipe sets."""
    annotations = {name: hint for name, hint in inspect.get_annotations(function).items() if name in names}
    holder = type("holder", (), {"__annotations__": annotations, "__module__": function.__module__})
    return get_type_hints(holder, include_extras=True)


@dataclass(frozen=True, eq=False)
class RowCheck(_Named):
    """A check that judges each trace by itself: `(trace, *, parameters) -> Finding | None`."""

    judge: Callable[..., Finding | None]
    threshold: str | None = None
    """The parameter that its measure is held against, named by its side: a trace that fails for its measure lies below
    `min_...` or above `max_...`. None where no single number decides."""
    cases: tuple[Case, ...] = ()
    """What it must say of which rows; ours stand with the tests."""
    max_seconds: float | None = None
    """How long it may look at one row, for checks of a user's own."""
    plugin: Plugin | None = None
    """Where it comes from; None for ours, and for one that lives in this process alone."""
    about: Literal["trace", "problem"] = "trace"
    """What it looks at. One that looks at the problem alone may also stand in the `checks` of a source of problems."""
    judges_correctness: bool = False
    """Whether it is about right and wrong: where it is in the list, pass rates are counted."""


@dataclass(frozen=True, eq=False)
class CorpusCheck(_Named):
    """A check that compares rows: a signature of each, then one judgement over all of them.

    `judge` takes a frame with `row`, `id`, `problem_id` and `signature`, and returns `row`, `reason` and `value` of
    those that fail. Where it has an `outcome` column as well, it may also return rows that pass or are undecided, for
    their measure; rows that it does not return pass. `signature` takes the same parameters and runs in the workers.
    """

    judge: "Callable[..., pl.DataFrame]"
    signature: Callable[..., Any]
    over: Literal["survivors", "all"] = "survivors"
    """Whose signatures `judge` is given. With `all` those of every reply, taken before any check has dropped one: what
    it says of a group (votes, share of right answers) is then a fact about all replies of the problem. It still drops
    only rows that are in when its turn comes."""
    by: Literal["signature", "problem_id"] | None = None
    """The column in which rows must agree to have anything to do with one another. Where all signatures need more
    memory than there is, `judge` is called several times, each time with all rows of some of its values; with None
    never."""
    threshold: str | None = None
    """The parameter that its measure is held against; None where no single number decides."""
    judges_correctness: bool = False
    """Whether it is about right and wrong: where it is in the list, pass rates are counted."""


@dataclass(frozen=True, eq=False)
class StoredCheck(CorpusCheck):
    """A corpus check whose signatures stay on disk, so that its memory is bounded by a few bytes a row.

    `signature` returns keys and evidence, `judge` takes a `Corpus` instead of a frame.
    """

    signature: Callable[..., Signature]


Check = RowCheck | CorpusCheck
Registry = Mapping[str, Check]
"""Name to check: ours, or ours and those of a recipe's plugins."""

RESERVED = frozenset(
    {"id", "problem_id", "file", "line", "offset", "dropped_by", "marked_by", "reason", "when", "undecided"}
)
"""Columns of the verdicts, and keys that every check takes: no check and no parameter is called so."""
RATES = ("pass_rate", "samples", "right")
"""Columns that the verdicts have where pass rates are counted: no check is called so."""


def faults_of_shape(check: RowCheck) -> Iterator[str]:
    """Yield what keeps a function from being a check at all, one sentence each."""
    if not (check.name.isascii() and check.name.isidentifier() and check.name == check.name.lower()):
        yield f"{check.name!r} is no name for a check; write it in snake_case, such as too_many_words"
    if check.name in RESERVED or check.name in RATES:
        yield f"no check can be called {check.name!r}; that is a column of the verdicts or a key of every check"
    positional = [one for one in inspect.signature(check.judge).parameters.values() if one.kind is not one.KEYWORD_ONLY]
    if len(positional) != 1 or positional[0].kind is not positional[0].POSITIONAL_OR_KEYWORD:
        yield f"{check.name} takes the trace, and parameters after a `*`: def {check.name}(trace, *, max_words=9)"
    yield from _faults_of_parameters(check)


def _faults_of_parameters(check: RowCheck) -> Iterator[str]:
    keywords = _keywords(check.judge)
    annotated = inspect.get_annotations(check.judge)
    for name, default in keywords.items():
        if name in RESERVED:
            yield f"{check.name}: no parameter can be called {name!r}; every check takes it, or it is a column"
        if default is inspect.Parameter.empty:
            yield f"{check.name}: the parameter {name} has no default"
        if name not in annotated:
            yield f"{check.name}: the parameter {name} has no type, so a recipe's value cannot be held against it"
    if check.threshold is not None and (
        check.threshold not in keywords or not check.threshold.startswith(("min_", "max_"))
    ):
        yield f"{check.name}: its threshold {check.threshold!r} is no parameter of it that begins with min_ or max_"
