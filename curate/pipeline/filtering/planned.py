"""What is planned of checks and outputs: plain data, light enough for every worker process to load."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any, Literal

import msgspec

from curate.checks import CHECKS, Check, CorpusCheck, RowCheck
from curate.checks.guard import guarded
from curate.checks.plugins import checks_of
from curate.checks.registry import Plugin
from curate.export.base import Wishes
from curate.manifests import PluginEntry
from curate.pipeline.exporting.shards import Cut
from curate.pipeline.filtering.against import NOTHING_AGAINST, Against, given_to
from curate.pipeline.pairing.matching import Wanted
from curate.records import JSON, Trace
from curate.schemas import Schema


class PlannedCheck(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A check with its parameters; plain data, so that it travels to worker processes."""

    name: str
    parameters: JSON = {}
    when: dict[str, list[Any]] = {}
    """Field to the values with which the check applies; empty for every row."""
    undecided: Literal["keep", "drop"] = "keep"
    plugin: Plugin | None = None
    """Where a check of the user's own comes from, and is loaded from in every process."""

    def described(self) -> JSON:
        """Return what a manifest says of it: nothing of this machine."""
        said = {"name": self.name, "parameters": self.parameters, "when": self.when, "undecided": self.undecided}
        return said | {"threshold": self.check.threshold}

    def written(self) -> JSON:
        """Return the parameters as a recipe would write them, `when` and `undecided` where they are not the usual."""
        common: JSON = {"when": self.when} if self.when else {}
        return self.parameters | common | ({"undecided": self.undecided} if self.undecided != "keep" else {})

    @cached_property
    def check(self) -> Check:
        """The check itself; one that lives in this process alone was put here by the plan, and does not travel."""
        return CHECKS[self.name] if self.plugin is None else checks_of(self.plugin)[self.name]

    @property
    def is_of_the_user(self) -> bool:
        """Whether it is none of ours."""
        return self.check is not CHECKS.get(self.name)

    @property
    def is_corpus(self) -> bool:
        """Whether it compares rows."""
        return isinstance(self.check, CorpusCheck)

    @property
    def is_over_all(self) -> bool:
        """Whether it compares all replies, also those that a check before it has dropped."""
        return isinstance(self.check, CorpusCheck) and self.check.over == "all"

    def bind(self, schema: Schema | None, against: Against = NOTHING_AGAINST) -> Callable[[Trace], Any]:
        """Return the function to call on each trace: the judgement of a row check, the signature of a corpus check."""
        parameters = {**self.parameters, **({"schema": schema} if self.check.takes_schema else {})}
        parameters |= given_to(self.check, self.parameters, against)
        function = self.check.signature if isinstance(self.check, CorpusCheck) else self.check.judge
        bound = partial(function, **parameters) if parameters else function
        return guarded(self.check, bound) if isinstance(self.check, RowCheck) and self.is_of_the_user else bound

    def applies_to(self, trace: Trace) -> bool:
        """Say whether `when` lets this check look at a trace."""
        return all(_field(trace, key) in values for key, values in self.when.items())


def _field(trace: Trace, key: str) -> object:
    return trace.teacher.model if key == "model" else getattr(trace.problem, key)


def column_names(checks: Sequence[PlannedCheck]) -> list[str]:
    """Return the column of each check; one that stands twice in the list is numbered."""
    names: list[str] = []
    for check in checks:
        before = sum(1 for name in names if name.split("#")[0] == check.name)
        names.append(f"{check.name}#{before + 1}" if before else check.name)
    return names


def plugin_entries(checks: Sequence[PlannedCheck]) -> tuple[PluginEntry, ...]:
    """Return what a manifest says of the plugins behind some checks."""
    used = {check.plugin: None for check in checks if check.plugin is not None}
    return tuple(PluginEntry(name=plugin.name, sha256=plugin.sha256) for plugin in used)


class PlannedOutput(msgspec.Struct, frozen=True, kw_only=True):
    """A format with what the recipe wishes of it; plain data."""

    format: str
    wishes: Wishes
    cut: Cut
    """How its rows are cut into shards."""
    splits: dict[str, float]
    stratify: Literal["domain"] | None
    parquet: bool
    metadata: bool
    tokenizer: str | None
    """The file that counts tokens; None where they are estimated."""
    max_tokens: int | None
    over_limit: Literal["drop", "fail"]
    pairs: Wanted
    """Which pairs, where the format is one of pairs."""
