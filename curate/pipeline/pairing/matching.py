"""The pairs of one problem, and why each other reply to it is in none.

A pure function of the replies: their order does not matter, because whatever is equal is ordered by a hash of its id.
A rejected reply stands in one pair, a chosen one in as few as possible. Time grows with the number of replies times
`max_per_problem`, whatever the replies are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from curate.digests import raw_digest
from curate.pipeline.pairing.lengths import ByLength
from curate.pipeline.pairing.strategies import STRATEGIES, Part, Sample


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which pairs a recipe wishes."""

    prefer: tuple[str, ...] = ("right_over_wrong", "complete_over_truncated", "stepwise_over_answer_only")
    """Strategies by name; the pairs of an earlier one are made first."""
    max_length_ratio: float | None = None
    """How many times as long as the other one reply of a pair may be, in characters; None for each strategy's own."""
    max_per_problem: int = 4
    """Most pairs of one problem, over all strategies."""


class Match(NamedTuple):
    """A pair."""

    rule: str
    """The strategy."""
    chosen: Sample
    rejected: Sample


class Matched(NamedTuple):
    """What came of the replies to one problem: each is in a pair, or has its reason."""

    pairs: list[Match]
    unpaired: dict[str, str]
    """Id of a reply to why it is in no pair."""


def match(samples: Iterable[Sample], wanted: Wanted) -> Matched:
    """Pair the replies to one problem.

    Args:
        samples: All of them, in any order; no two have one id.
        wanted: Which pairs.
    """
    replies = sorted(samples, key=_order)
    told_apart = _first_of_each_text(replies)
    fields = [_field(name, told_apart, wanted) for name in wanted.prefer]
    pairs: list[Match] = []
    for field in fields:
        pairs += list(islice(field.pairs(pairs), wanted.max_per_problem - len(pairs)))
    paired = {sample.id for pair in pairs for sample in (pair.chosen, pair.rejected)}
    is_full = len(pairs) == wanted.max_per_problem
    why = _Reasons(len(replies), {one.id for one in told_apart}, fields, is_full=is_full)
    return Matched(pairs, {one.id: why.of(one) for one in replies if one.id not in paired})


def _order(sample: Sample) -> bytes:
    return raw_digest("pair", sample.id)


def _first_of_each_text(replies: Sequence[Sample]) -> list[Sample]:
    found: dict[tuple[int, str | None], Sample] = {}
    for sample in replies:
        found.setdefault((sample.text, sample.dropped_by), sample)
    return list(found.values())


class _Field:
    """The replies to one problem as one strategy sees them; no two that could take the same part have one text."""

    def __init__(self, name: str, replies: Sequence[Sample], wanted: Wanted) -> None:
        strategy = STRATEGIES[name]
        self.name = name
        self.ratio = wanted.max_length_ratio or strategy.max_length_ratio
        self.parts: dict[str, Part] = {one.id: part for one in replies if (part := strategy.part(one))}
        self.rejectable = [one for one in replies if self.parts.get(one.id) == "rejected"]
        self.better = ByLength(one for one in replies if self.parts.get(one.id) == "chosen")
        self.worse = ByLength(self.rejectable)

    def pairs(self, earlier: Sequence[Match]) -> Iterator[Match]:
        """Yield pairs, in order, beside those that there are."""
        uses = Counter(pair.chosen.id for pair in earlier)
        spent = {pair.rejected.id for pair in earlier}
        for worse in self.rejectable:
            fit = (one for one in self.better.at(self.better.near(worse, self.ratio)) if one.text != worse.text)
            better = None if worse.id in spent else min(fit, key=lambda one: (uses[one.id], _order(one)), default=None)
            if better is not None:
                uses[better.id] += 1
                yield Match(self.name, better, worse)

    def has_opposite(self, sample: Sample, ratio: float | None) -> bool:
        """Say whether there is a reply that one could stand against."""
        others = self.worse if self.parts[sample.id] == "chosen" else self.better
        return any(one.text != sample.text for one in others.at(others.near(sample, ratio)[:2]))


class _FieldOfLengths(_Field):
    """The same for a strategy that sets replies of one sort against one another, by their length."""

    def __init__(self, name: str, replies: Sequence[Sample], wanted: Wanted) -> None:
        super().__init__(name, replies, wanted)
        self.all = ByLength(one for one in replies if one.id in self.parts)

    def pairs(self, earlier: Sequence[Match]) -> Iterator[Match]:
        """Yield the shortest against the longest, the second shortest against the second longest ..."""
        spent = {pair.rejected.id for pair in earlier}
        used: set[str] = set()
        for worse in reversed(self.all.replies):
            if worse.id in used or worse.id in spent:
                continue
            unused = (one for one in self.all.at(self.all.shorter(worse, self.ratio)) if one.id not in used)
            better = next(unused, None)
            if better is not None:
                used |= {better.id, worse.id}
                yield Match(self.name, better, worse)

    def has_opposite(self, sample: Sample, ratio: float | None) -> bool:
        """Say whether there is one of another length."""
        return bool(self.all.shorter(sample, ratio) or self.all.longer(sample, ratio))


def _field(name: str, replies: Sequence[Sample], wanted: Wanted) -> _Field:
    is_by_length = any(STRATEGIES[name].part(one) == "either" for one in replies)
    return (_FieldOfLengths if is_by_length else _Field)(name, replies, wanted)


class _Reasons:
    """Why a reply is in no pair."""

    def __init__(self, replies: int, told_apart: set[str], fields: Sequence[_Field], *, is_full: bool) -> None:
        self.replies = replies
        self.told_apart = told_apart
        self.fields = fields
        self.is_full = is_full

    def of(self, sample: Sample) -> str:
        """Return the reason."""
        fields = [field for field in self.fields if sample.id in field.parts]
        if self.replies == 1:
            return "the only reply to its problem"
        if sample.id not in self.told_apart:
            return "says the same as another reply to its problem"
        if not fields:
            told = f"dropped by {sample.dropped_by}" if sample.dropped_by else "kept"
            return f"{told}, and no strategy asked for goes by that"
        return self._of_one_with_a_part(sample, fields)

    def _of_one_with_a_part(self, sample: Sample, fields: Sequence[_Field]) -> str:
        if not any(field.has_opposite(sample, None) for field in fields):
            return f"no {' or '.join(sorted({_OPPOSITE[field.parts[sample.id]] for field in fields}))} reply"
        if not any(field.has_opposite(sample, field.ratio) for field in fields):
            return "every other reply that it could stand against is too long or too short (max_length_ratio)"
        if self.is_full:
            return "its problem has as many pairs as it may (max_per_problem)"
        return "every reply that it could stand against is in a pair already"


_OPPOSITE = {"chosen": "worse", "rejected": "better", "either": "longer or shorter right"}
