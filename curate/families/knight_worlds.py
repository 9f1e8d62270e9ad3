"""Knights and knaves: what their claims mean, and which claim settles whose kind.

    Ada says that Bo is a knave    leaves, of the 4 worlds of Ada and Bo, the two in which just one of them is a knight

A world says of each person whether they are a knight. A set of worlds is an int with one bit for each world, so what
a claim means, what is known and whether one forces the other are all operations on bits.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from operator import and_, or_
from typing import NamedTuple, TypeAlias

import msgspec

Kinds: TypeAlias = dict[int, bool]
"""Persons, by their place in the list, and whether each of them is a knight."""
Set: TypeAlias = int
"""A set of worlds."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What one person says; persons are numbered in the order in which the problem lists them."""

    form: str
    about: tuple[int, ...]
    kinds: tuple[bool, ...]
    """Whether the claim speaks of a knight, for each person that it is about."""
    count: int = 0
    """For `exactly`: how many knights there are said to be."""


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """People in the order in which they are listed, and what each of them says."""

    names: tuple[str, ...]
    claims: tuple[Claim, ...]


MEANINGS: dict[str, Callable[[Sequence[Set], Set], Set]] = {
    "is": lambda parts, _: parts[0],
    "same": lambda parts, every: every ^ parts[0] ^ parts[1],
    "different": lambda parts, _: parts[0] ^ parts[1],
    "some": lambda parts, _: reduce(or_, parts),
    "or": lambda parts, _: reduce(or_, parts),
    "and": lambda parts, _: reduce(and_, parts),
    "if": lambda parts, every: (every ^ parts[0]) | parts[1],
}
"""The worlds in which a claim is true, from the worlds in which each of its parts is, and the set of all worlds."""


@cache
def _sides(people: int) -> tuple[tuple[Set, Set], ...]:
    """Return for each person the worlds in which they are a knave, and those in which they are a knight."""
    every = (1 << (1 << people)) - 1
    knights = [sum(1 << world for world in range(1 << people) if world >> who & 1) for who in range(people)]
    return tuple((every ^ knight, knight) for knight in knights)


@cache
def counted_worlds(people: int, knights: int) -> Set:
    """Return the worlds with so many knights."""
    return sum(1 << world for world in range(1 << people) if world.bit_count() == knights)


class Worlds:
    """The worlds that a puzzle's claims leave, and what follows from some persons' kinds by way of single claims."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self.every: Set = (1 << (1 << len(claims))) - 1
        self.side = _sides(len(claims))
        self.meant = [self._meaning(claim) for claim in claims]
        self.left: Set = self.every
        for (_, knight), meant in zip(self.side, self.meant, strict=True):
            self.left &= ~(knight ^ meant)

    def _meaning(self, claim: Claim) -> Set:
        if claim.form == "exactly":
            return counted_worlds(len(self.claims), claim.count)
        parts = [self.side[who][kind] for who, kind in zip(claim.about, claim.kinds, strict=True)]
        return MEANINGS[claim.form](parts, self.every)

    def where(self, facts: Mapping[int, bool]) -> Set:
        """Return the worlds that agree with the facts."""
        worlds = self.every
        for who, is_knight in facts.items():
            worlds &= self.side[who][is_knight]
        return worlds

    def verdict(self, speaker: int, known: Set) -> bool | None:
        """Return whether a claim is true in all the worlds that are left, false in all, or open."""
        return _settled(known, self.meant[speaker])

    def forced(self, who: int, speaker: int, known: Set, *, is_knight: bool) -> bool | None:
        """Return the kind of a person that the claim of a speaker of known kind forces in the worlds that are left."""
        said = self.meant[speaker] if is_knight else ~self.meant[speaker]
        return _settled(known & said, self.side[who][True])


def _settled(worlds: Set, question: Set) -> bool | None:
    if not worlds & question:
        return False
    return None if worlds & ~question else True


class Step(NamedTuple):
    """One claim put to use: it settles its speaker's kind or that of others, or clashes with its speaker's kind."""

    speaker: int
    settles: tuple[int, ...]
    """The persons whose kind becomes known; none for a clash."""
    given: Kinds
    """The kinds that are used; unless the speaker's own is to be settled, the claim's truth is read off it."""

    def outcome(self, worlds: Worlds, who: int, facts: Mapping[int, bool]) -> bool | None:
        """Return the kind that the facts settle for a person, for the speaker going by the claim; None if open."""
        known = worlds.where({one: facts[one] for one in self.given})
        if who == self.speaker:
            return worlds.verdict(who, known)
        return worlds.forced(who, self.speaker, known, is_knight=facts[self.speaker])

    def clashes(self, worlds: Worlds, facts: Mapping[int, bool]) -> bool:
        """Return whether the speaker, of known kind, could not have said this."""
        verdict = worlds.verdict(self.speaker, worlds.where({one: facts[one] for one in self.given}))
        return verdict is not None and verdict != facts[self.speaker]


def steps(worlds: Worlds, facts: Kinds, order: Iterable[int]) -> Iterator[Step]:
    """Yield what single claims settle or clash with, each with all facts given; facts may grow while this runs."""
    for speaker in order:
        known = worlds.where(facts)
        verdict = worlds.verdict(speaker, known)
        if verdict is None:
            settles = _forced(worlds, speaker, facts, known) if speaker in facts else ()
        else:
            settles = () if speaker in facts else (speaker,)
        if settles or verdict not in (None, facts.get(speaker, verdict)):
            yield Step(speaker, settles, dict(facts))


def _forced(worlds: Worlds, speaker: int, facts: Kinds, known: Set) -> tuple[int, ...]:
    unknown = [who for who in worlds.claims[speaker].about if who not in facts]
    kind = facts[speaker]
    return tuple(who for who in unknown if worlds.forced(who, speaker, known, is_knight=kind) is not None)


def pruned(worlds: Worlds, step: Step, settles: tuple[int, ...]) -> Step:
    """Return the step, settling no more than these persons, with as few facts given as will do."""
    reported = bool(settles) and step.speaker not in settles
    given = dict(step.given)
    for who in step.given:
        if who == step.speaker and reported:
            continue
        fewer = Step(step.speaker, settles, {other: kind for other, kind in given.items() if other != who})
        if None not in [fewer.outcome(worlds, one, given) for one in settles or (step.speaker,)]:
            given = fewer.given
    return Step(step.speaker, settles, given)


def refutation(worlds: Worlds, facts: Kinds, supposed: tuple[int, bool], order: Sequence[int]) -> list[Step]:
    """Return the steps from a supposition to a clash, none of which could be left out; empty if it leads to none."""
    taken = _to_a_clash(worlds, facts, supposed, order)
    return _needed(worlds, taken, supposed[0]) if taken else []


def _to_a_clash(worlds: Worlds, facts: Kinds, supposed: tuple[int, bool], order: Sequence[int]) -> list[Step]:
    known = facts | dict([supposed])
    taken: list[Step] = []
    size = 0
    while size < len(known):
        size = len(known)
        for step in steps(worlds, known, order):
            taken.append(step)
            if not step.settles:
                return taken
            known.update({who: step.outcome(worlds, who, known) is True for who in step.settles})
    return []


def _needed(worlds: Worlds, taken: Sequence[Step], supposed: int) -> list[Step]:
    """Return the steps that the last one rests on, or none if it does not rest on what was supposed."""
    clash = pruned(worlds, taken[-1], ())
    chain, needed = [clash], {clash.speaker, *clash.given}
    for step in reversed(taken[:-1]):
        settles = tuple(who for who in step.settles if who in needed)
        if settles:
            chain.append(pruned(worlds, step, settles))
            needed.update(chain[-1].given)
    return chain[::-1] if supposed in needed else []


def can_be_settled(worlds: Worlds) -> bool:
    """Return whether everyone's kind comes out by single claims and by refuting one supposition at a time."""
    everyone = range(len(worlds.claims))
    facts: Kinds = {}
    while len(facts) < len(everyone):
        found = next(steps(worlds, facts, everyone), None)
        if found:
            facts |= {who: found.outcome(worlds, who, facts) is True for who in found.settles}
            continue
        suppositions = ((who, kind) for who in everyone if who not in facts for kind in (True, False))
        supposed = next((one for one in suppositions if _to_a_clash(worlds, facts, one, everyone)), None)
        if supposed is None:
            return False
        facts[supposed[0]] = not supposed[1]
    return True
