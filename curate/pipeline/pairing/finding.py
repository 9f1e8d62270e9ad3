"""The preference pairs of a result: found by what is known of the replies, then read, a pair at a time."""

from collections import Counter
from collections.abc import Iterator

from curate.digests import digest
from curate.export import Pair
from curate.pipeline.pairing.facts import Facts, Known
from curate.pipeline.pairing.judged import Replies
from curate.pipeline.pairing.matching import Match, Wanted, match
from curate.pipeline.pairing.strategies import STRATEGIES
from curate.records import PreferencePair


class Pairs:
    """All pairs of a result; what is counted is known when they have been gone through.

    Args:
        replies: The replies.
        facts: What is known of them.
        wanted: Which pairs.
    """

    def __init__(self, replies: Replies, facts: Facts, wanted: Wanted) -> None:
        self._replies = replies
        self._facts = facts
        self._wanted = wanted
        self.by_rule = Counter(dict.fromkeys(wanted.prefer, 0))
        """Strategy to its pairs."""
        self.left_out = Counter(facts.unusable)
        """Why replies stand in no pair, to how many do not."""
        self.paired = 0
        """Replies that stand in one pair or more: all others are left out."""

    def __iter__(self) -> Iterator[Pair]:
        """Yield them, in an order that says nothing of where they come from."""
        for group in self._facts.groups():
            found = match((known.sample for known in group), self._wanted)
            self.left_out.update(found.unpaired.values())
            self.paired += len(group) - len(found.unpaired)
            by_id = {known.sample.id: known for known in group}
            for one in found.pairs:
                self.by_rule[one.rule] += 1
                yield self._read(one, by_id)

    def _read(self, found: Match, by_id: dict[str, Known]) -> Pair:
        better, worse = by_id[found.chosen.id], by_id[found.rejected.id]
        chosen = self._replies.read(better.place, found.chosen.id)
        rejected = self._replies.read(worse.place, found.rejected.id)
        about = PreferencePair(
            id=digest("pair", found.rule, chosen.id, rejected.id),
            problem_id=chosen.problem.id,
            rule=found.rule,
            chosen=chosen.id,
            rejected=rejected.id,
            chosen_because=STRATEGIES[found.rule].because(chosen, found.chosen),
            rejected_because=worse.reason or f"right as well, in {found.rejected.length:,} characters",
        )
        return Pair(chosen=chosen, rejected=rejected, about=about)
