"""Claims such as `No bakers are poets` about groups that may be empty: what follows from them, and what does not.

    All b are c, Some a are b    force   Some a are c      by following one individual from a and b to c
    All a are b, Some b are c    leave   Some a are c      open: let x be an a and a b, and y a b and a c

Premises that join the groups to a tree never clash and force no group to be empty. Whatever follows from such
premises is found by chasing one individual from group to group along the premises, read in either direction.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

import msgspec

Form = Literal["all", "no", "some", "some_not"]
Fact: TypeAlias = tuple[str, bool]
"""Whether one individual belongs to a group."""
World: TypeAlias = Mapping[str, Sequence[str]]
"""The groups to which each individual belongs; whoever is not named does not exist."""

UNIVERSAL = ("all", "no")
AFFIRMATIVE = ("all", "some")
OPPOSITE: dict[Form, Form] = {"all": "some_not", "some_not": "all", "no": "some", "some": "no"}
LINKING: dict[tuple[bool, bool, bool], Form] = {
    (False, True, True): "all",
    (False, False, False): "all",
    (False, True, False): "no",
    (True, True, True): "some",
    (True, True, False): "some_not",
    (True, False, True): "some_not",
}
"""The form of a claim by whether it asserts existence, and by whether its individual is in the near and far group."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One categorical sentence; a group is named by its singular noun."""

    form: Form
    subject: str
    predicate: str


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """Premises in the order in which they are read, and the conclusion that is asked about."""

    premises: tuple[Claim, ...]
    conclusion: Claim


def linked(near: Fact, far: Fact, *, exists: bool) -> Claim:
    """Return the claim that one fact brings the other or, if it asserts existence, that someone fits both."""
    subject, predicate = (near[0], far[0]) if near[1] else (far[0], near[0])
    return Claim(form=LINKING[exists, near[1], far[1]], subject=subject, predicate=predicate)


def turned(claim: Claim) -> Claim:
    """Return the claim with its groups turned round."""
    return Claim(form=claim.form, subject=claim.predicate, predicate=claim.subject)


def changed(claim: Claim, form: Form) -> Claim:
    """Return the claim with its form changed or, for the form that it has, with its groups turned round."""
    return turned(claim) if form == claim.form else Claim(form=form, subject=claim.subject, predicate=claim.predicate)


def opposite(claim: Claim) -> Claim:
    """Return the claim that is true exactly when this one is false."""
    return changed(claim, OPPOSITE[claim.form])


class Link(NamedTuple):
    """One premise applied to one individual."""

    premise: int
    known: Fact
    gained: Fact


class Derivation(NamedTuple):
    """A way from what an individual is at the start to what the conclusion says of it."""

    witness: int | None
    """The existential premise that the individual is taken from; None when it stands for a whole group."""
    start: tuple[Fact, ...]
    links: tuple[Link, ...]
    goal: tuple[Fact, Fact]


def facts_of(claim: Claim) -> tuple[Fact, Fact]:
    """Return two facts: in a universal claim the first brings the second, in any other both are true of someone."""
    return (claim.subject, True), (claim.predicate, claim.form in AFFIRMATIVE)


def derivation(puzzle: Puzzle) -> Derivation | None:
    """Return how the conclusion follows, or None when it does not."""
    goal = facts_of(puzzle.conclusion)
    starts: Iterable[tuple[int | None, tuple[Fact, ...]]] = ((None, goal[:1]),)
    if puzzle.conclusion.form not in UNIVERSAL:
        starts = ((at, facts_of(claim)) for at, claim in enumerate(puzzle.premises) if claim.form not in UNIVERSAL)
    for witness, start in starts:
        reached = _chase(puzzle.premises, start)
        if all(fact in reached for fact in goal):
            links = dict.fromkeys(link for fact in goal for link in _trail(reached, fact))
            return Derivation(witness, start, tuple(links), goal)
    return None


def _chase(premises: Sequence[Claim], start: Sequence[Fact]) -> dict[Fact, Link | None]:
    """Return every fact that the premises force on an individual, with the link that reached it; breadth first."""
    moves: dict[Fact, list[tuple[int, Fact]]] = {}
    for at, claim in enumerate(premises):
        if claim.form in UNIVERSAL:
            (group, inside), (other, joined) = facts_of(claim)
            moves.setdefault((group, inside), []).append((at, (other, joined)))
            moves.setdefault((other, not joined), []).append((at, (group, not inside)))
    reached: dict[Fact, Link | None] = dict.fromkeys(start)
    queue = list(start)
    for known in queue:
        for at, gained in moves.get(known, ()):
            if gained not in reached:
                reached[gained] = Link(at, known, gained)
                queue.append(gained)
    return reached


def _trail(reached: Mapping[Fact, Link | None], fact: Fact) -> list[Link]:
    trail: list[Link] = []
    while (link := reached[fact]) is not None:
        trail.append(link)
        fact = link.known
    return trail[::-1]


def counterexample(puzzle: Puzzle, names: Sequence[str]) -> World:
    """Return a smallest-first world in which every premise holds and the conclusion, which must not follow, fails.

    Each individual that must exist is put into as few groups as the universal claims allow, and so breaks no `no`.
    """
    wanted = (*puzzle.premises, opposite(puzzle.conclusion))
    world: dict[str, Sequence[str]] = {}
    for claim in (claim for claim in wanted if claim.form not in UNIVERSAL):
        if not holds(claim, world):
            world[names[len(world)]] = _least(wanted, [group for group, inside in facts_of(claim) if inside])
    if world:
        return world
    lone = [_least(wanted, [claim.predicate]) for claim in wanted]
    worlds: list[World] = [{names[0]: groups} for groups in (*lone, ())]
    return next(world for world in worlds if all(holds(claim, world) for claim in wanted))


def _least(claims: Sequence[Claim], groups: list[str]) -> Sequence[str]:
    for group in groups:
        joined = [claim.predicate for claim in claims if claim.form == "all" and claim.subject == group]
        groups.extend(other for other in joined if other not in groups)
    return groups


def holds(claim: Claim, world: World) -> bool:
    """Return whether a claim is true in a world."""
    if claim.form in UNIVERSAL:
        return not holds(opposite(claim), world)
    _, (group, inside) = facts_of(claim)
    return any(claim.subject in groups and (group in groups) == inside for groups in world.values())
