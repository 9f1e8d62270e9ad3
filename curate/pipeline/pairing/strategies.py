"""By what two replies to one problem are told apart: strategies, one small function each.

A strategy says of each reply by itself which part it could take in a pair. All go by what the checks said, so a
strategy finds nothing where its check was not asked.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from curate.records import Trace

Part = Literal["chosen", "rejected", "either"]
"""The part that a reply could take in a pair; of two that could take either the shorter one is chosen."""


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A reply among those to its problem: what is known of it without its text."""

    id: str
    """The trace's id."""
    length: int
    """Characters of its thinking and its response together; at least 1."""
    text: int
    """A hash of both: of two that are the same only one is used."""
    dropped_by: str | None = None
    """The check that dropped it, or None for one that was kept."""
    passed: frozenset[str] = frozenset()
    """The checks that looked at it and found nothing."""


@dataclass(frozen=True)
class Strategy:
    """A way to tell the better of two replies."""

    part: Callable[[Sample], Part | None]
    """Returns the part that a reply could take, or None."""
    check: str
    """The check that it goes by."""
    because: Callable[[Trace, Sample], str]
    """Returns what speaks for a chosen reply, in a few words."""
    max_length_ratio: float | None = None
    """How many times as long as the other one reply of a pair may be where the recipe does not say; None for any."""

    @property
    def name(self) -> str:
        """How a recipe calls it."""
        return self.part.__name__

    @property
    def doc(self) -> str:
        """What it sets against what."""
        return inspect.getdoc(self.part) or ""


def right_over_wrong(sample: Sample) -> Part | None:
    """A reply with the right answer over one with a wrong answer."""
    return _told_by("wrong_answer", sample)


def complete_over_truncated(sample: Sample) -> Part | None:
    """A reply that ended by itself over one that was cut off."""
    return _told_by("truncated", sample)


def stepwise_over_answer_only(sample: Sample) -> Part | None:
    """A reply that shows its steps over one that only states an answer."""
    return _told_by("final_answer_only", sample)


def short_over_long(sample: Sample) -> Part | None:
    """The shortest right reply over the longest right one, then the second shortest over the second longest ..."""
    return "either" if _told_by("wrong_answer", sample) == "chosen" else None


def _told_by(check: str, sample: Sample) -> Part | None:
    """Choose what was kept and what `check` found sound; reject what it dropped."""
    if sample.dropped_by is not None:
        return "rejected" if sample.dropped_by == check else None
    return "chosen" if check in sample.passed else None


def _because_right(trace: Trace, _sample: Sample) -> str:
    return f"right: {(trace.answer or trace.response.strip())[:100]!r} is the reference's answer"


def _because_complete(_trace: Trace, _sample: Sample) -> str:
    return "complete: it ended by itself"


def _because_stepwise(trace: Trace, _sample: Sample) -> str:
    return f"stepwise: {len(trace.steps)} steps"


def _because_short(_trace: Trace, sample: Sample) -> str:
    return f"right in {sample.length:,} characters"


STRATEGIES: Mapping[str, Strategy] = {
    strategy.name: strategy
    for strategy in (
        Strategy(right_over_wrong, "wrong_answer", _because_right, 2.0),
        Strategy(complete_over_truncated, "truncated", _because_complete),
        Strategy(stepwise_over_answer_only, "final_answer_only", _because_stepwise),
        Strategy(short_over_long, "wrong_answer", _because_short),
    )
}
GROUNDS = tuple(sorted({strategy.check for strategy in STRATEGIES.values()}))
"""The checks that any of them goes by."""
