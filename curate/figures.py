"""Figures with their error bars: how often a check finds its fault, and how often it accuses a sound row."""

import math

import msgspec

from curate.shipped import shelf

Z = 1.959964
"""The normal deviate of a two-sided 95% interval."""


def wilson(share: float, trials: float) -> tuple[float, float]:
    """Return the score interval at 95% (Wilson 1927, JASA 22): honest for shares near 0 and 1, and for few trials."""
    if not trials:
        return 0.0, 1.0
    square = Z * Z / trials
    spread = math.sqrt(square * share * (1 - share) + square * square / 4)
    low, high = ((share + (square / 2 + side)) / (1 + square) for side in (-spread, spread))
    return max(0.0, low), min(1.0, high)


class Share(msgspec.Struct, frozen=True):
    """A share, as a count of so many."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """The share itself; 1 of nothing, because nothing went wrong."""
        return self.count / self.of if self.of else 1.0

    @property
    def bounds(self) -> tuple[float, float]:
        """An interval that should hold the true share 95 times of 100."""
        return wilson(self.value, self.of)

    def __str__(self) -> str:
        """The share with its bounds, in percent."""
        low, high = self.bounds
        return f"{self.value:.1%} ({low:.1%} to {high:.1%})" if self.of else "-"


class Figure(msgspec.Struct, frozen=True, order=True):
    """What came of one check on one set of rows."""

    check: str
    on: str
    """The file, or who made the rows."""
    rows: str
    """Which rows of it, and how they were prepared."""
    source: str
    """`full` for the labelled files, `sample` for the committed sample of them, `planted` for rows made on the spot."""
    faulty: int
    """Rows that have the fault by their label."""
    found: int
    """Of these, how many failed."""
    sound: int
    """Rows that do not have it by their label."""
    accused: int
    """Of these, how many failed."""
    undecided: int = 0
    """Rows of either kind on which the check could not tell."""

    @property
    def recall(self) -> Share:
        """Share of the faulty rows that failed."""
        return Share(self.found, self.faulty)

    @property
    def precision(self) -> Share:
        """Share of the failing rows that are faulty; of no meaning where one kind of row is absent."""
        return Share(self.found, self.found + self.accused if self.faulty and self.sound else 0)

    @property
    def false_alarms(self) -> Share:
        """Share of the sound rows that failed."""
        return Share(self.accused, self.sound)


def worse(new: Figure, old: Figure) -> bool:
    """Say whether a figure has fallen."""
    return new.recall.value < old.recall.value or new.false_alarms.value > old.false_alarms.value


def shipped_figures() -> list[Figure]:
    """Return what was measured of the checks when this version was made, in the order of their names."""
    path = shelf("benchmarks") / "quality.json"
    return sorted(msgspec.json.decode(path.read_bytes(), type=list[Figure]))
