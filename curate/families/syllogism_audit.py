"""Where a solution of a syllogism first says something that does not follow.

Each step is read by the family's own wordings: one individual is followed from premise to premise, premises are put
together, or a small world is looked at. A step that is worded otherwise ends the audit.
"""

from collections.abc import Callable, Mapping, Sequence

from curate.families.base import Flaw
from curate.families.categorical import Claim, Fact, Puzzle, derivation, facts_of, holds
from curate.families.logic_words import indefinite
from curate.families.syllogism_reading import Reader, read_step
from curate.families.wordings import Said, UnreadableError

Words = Mapping[str, str]
Truth = str | None
"""What is the case instead, or None when nothing is wrong."""


def flaw(puzzle: Puzzle, steps: Sequence[str]) -> Flaw | None:
    """Return the first thing in the steps that does not follow, or None when everything that can be read does."""
    audit = _Audit(puzzle)
    for place, step in enumerate(steps):
        was_read, truth = audit.take(step)
        if truth is not None:
            return Flaw(place, " ".join(step.split()), truth)
        if not was_read and (audit.begun or any(group in step for group in audit.reader.groups)):
            return None
    return None


class _Audit:
    """What is known after the steps so far."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle = puzzle
        self.reader = Reader(puzzle)
        self.begun = False
        self.known: dict[str, bool] = {}
        """The groups in which the individual that is followed is known to be, or not to be."""
        self.merged: list[Claim] = []
        """The premises that were put together."""
        self.world: dict[str, Sequence[str]] = {}
        """The world that is looked at."""

    def take(self, step: str) -> tuple[bool, Truth]:
        """Return whether a step can be read, and what is the case instead of what it says."""
        for sentences in read_step(step):
            try:
                truth = self.judge(sentences)
            except UnreadableError:
                continue
            self.begun = True
            return True, truth
        return False, None

    def judge(self, sentences: Sequence[Said]) -> Truth:
        """Return what is the case instead of what a step says, and take it in."""
        for said in sentences:
            wrong = self.misquoted(said.words) or JUDGES[said.moment](self, said.words)
            if wrong:
                return wrong
        return None

    def misquoted(self, words: Words) -> Truth:
        """Return what is the case if the step quotes a premise or the conclusion wrongly."""
        if "premise" in words and self.reader.claim(words["claim"]) != self.premise(words):
            return f"{words['premise']} says something else"
        if "conclusion" in words and self.reader.claim(words["conclusion"]) != self.puzzle.conclusion:
            return "that is not the conclusion"
        return None

    def premise(self, words: Words) -> Claim:
        """Return the premise that a step speaks of."""
        return self.puzzle.premises[self.reader.place(words["premise"])]

    def take_any(self, words: Words) -> Truth:
        """Begin with any member of a group."""
        self.known = {self.reader.group(words["group"]): True}
        return None

    def take_witness(self, words: Words) -> Truth:
        """Begin with somebody of whom a premise speaks."""
        facts = dict(self.reader.profile(words["profile"]))
        if facts != dict(facts_of(self.premise(words))):
            return "that is not what the premise says of them"
        self.known = facts
        return None

    def no_witness(self, words: Words) -> Truth:
        """Hold it against a premise that it promises nobody."""
        claim = self.premise(words)
        return f"{words['premise']} says that there is one" if claim.form in ("some", "some_not") else None

    def suppose(self, words: Words) -> Truth:
        """Begin with an exception to the conclusion."""
        self.known = dict(self.reader.profile(words["profile"]))
        return None

    def link(self, words: Words) -> Truth:
        """Hold it against a premise that one fact brings another."""
        if "known" in words:
            group, inside = self.reader.fact(words["known"])
            if self.known.get(group) != inside:
                return "that is not known"
        group, inside = self.reader.fact(words["gained"])
        forced = self.forced(self.premise(words), group)
        if forced != inside:
            return "it does not follow" if forced is None else f"the contrary follows: {_fact((group, forced))}"
        self.known.setdefault(group, inside)
        return None

    def link_missed(self, words: Words) -> Truth:
        """Hold it against a premise that it leaves open whether somebody is in a group."""
        group, _ = self.reader.fact(words["maybe"])
        forced = self.forced(self.premise(words), group)
        return None if forced is None else f"it follows that this one {_fact((group, forced))}"

    def forced(self, premise: Claim, group: str) -> bool | None:
        """Return whether a premise, with what is known, puts the individual in a group; None when it is open."""
        if premise.form in ("some", "some_not"):
            return None
        (start, inside), (other, joined) = facts_of(premise)
        if other == group and self.known.get(start) == inside:
            return joined
        if start == group and self.known.get(other) == (not joined):
            return not inside
        return None

    def reached(self, _words: Words) -> Truth:
        """Hold it against the premises that the conclusion follows."""
        return None if self.follows() else "the conclusion does not follow from the premises"

    def not_reached(self, _words: Words) -> Truth:
        """Hold it against the premises that the conclusion does not follow."""
        return "the conclusion follows from the premises" if self.follows() else None

    def follows(self) -> bool:
        """Return whether the conclusion follows from the premises."""
        return derivation(self.puzzle) is not None

    def merge_first(self, words: Words) -> Truth:
        """Begin with a premise."""
        self.merged = [self.premise(words)]
        return None

    def merge(self, words: Words) -> Truth:
        """Hold it against the premises so far that together they say what is said."""
        self.merged.append(self.premise(words))
        return None if self.entailed(words["together"]) else "that does not follow from them"

    def merge_missed(self, words: Words) -> Truth:
        """Hold it against the premises so far that they leave something open."""
        self.merged.append(self.premise(words))
        return "that follows from them" if self.entailed(words["together"]) else None

    def entailed(self, claim: str) -> bool:
        """Return whether a claim follows from the premises put together."""
        return derivation(Puzzle(premises=tuple(self.merged), conclusion=self.reader.claim(claim))) is not None

    def misread(self, words: Words) -> Truth:
        """Hold it against a premise that it says something else as well."""
        claims = (self.premise(words),)
        meant = derivation(Puzzle(premises=claims, conclusion=self.reader.claim(words["misreading"])))
        return None if meant else f"it does not follow from {words['premise'].lower()}"

    def not_misread(self, words: Words) -> Truth:
        """Hold it against a premise that it does not say something else as well."""
        return None if self.misread(words) else f"it follows from {words['premise'].lower()}"

    def picture(self, words: Words) -> Truth:
        """Look at a world."""
        self.world = self.reader.world(words["members"])
        return None

    def kept(self, words: Words) -> Truth:
        """Hold it against the world that a premise is true in it."""
        return None if holds(self.premise(words), self.world) else "it is false there"

    def broken(self, words: Words) -> Truth:
        """Hold it against the world that a premise is false in it."""
        return "it is true there" if holds(self.premise(words), self.world) else None

    def conclusion_kept(self, _words: Words) -> Truth:
        """Hold it against the world that the conclusion is true in it."""
        return None if holds(self.puzzle.conclusion, self.world) else "the conclusion is false there"

    def conclusion_broken(self, _words: Words) -> Truth:
        """Hold it against the world that the conclusion is false in it."""
        return "the conclusion is true there" if holds(self.puzzle.conclusion, self.world) else None


def _fact(fact: Fact) -> str:
    return f"is {'' if fact[1] else 'not '}{indefinite(fact[0])}"


JUDGES: dict[str, Callable[[_Audit, Words], Truth]] = {
    "take any": _Audit.take_any,
    "take witness": _Audit.take_witness,
    "no witness": _Audit.no_witness,
    "suppose": _Audit.suppose,
    "link": _Audit.link,
    "link from": _Audit.link,
    "link missed": _Audit.link_missed,
    "any reached": _Audit.reached,
    "witness reached": _Audit.reached,
    "contradiction": _Audit.reached,
    "follows": _Audit.reached,
    "not reached": _Audit.not_reached,
    "merge first": _Audit.merge_first,
    "merge": _Audit.merge,
    "merge missed": _Audit.merge_missed,
    "merged": _Audit.reached,
    "merged turned": _Audit.reached,
    "misread": _Audit.misread,
    "not misread": _Audit.not_misread,
    "world": _Audit.picture,
    "premise kept": _Audit.kept,
    "premise broken": _Audit.broken,
    "no escape": _Audit.reached,
    "conclusion kept": _Audit.conclusion_kept,
    "conclusion broken": _Audit.conclusion_broken,
    "does not follow": _Audit.not_reached,
}
"""Moment to the method that judges a sentence of it."""
