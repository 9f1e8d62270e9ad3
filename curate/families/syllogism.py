"""Does a conclusion follow from premises such as `All bakers are poets`, when any group may be empty?

No divers are bakers. Some poets are bakers. Does it follow that some poets are not divers?

Premise 2 says that some poets are bakers. Let Ada be one of them. By premise 1, no divers are bakers, so Ada is not
a diver. Ada is a poet but not a diver, so some poets are not divers. The conclusion follows: yes.
"""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from curate.families.base import Family, Hand, Solution
from curate.families.categorical import (
    Claim,
    Derivation,
    Fact,
    Form,
    Puzzle,
    World,
    changed,
    counterexample,
    derivation,
    facts_of,
    holds,
    linked,
    opposite,
    turned,
)
from curate.families.logic_words import (
    COUNTS,
    MADE_UP,
    NAMES,
    ORDINALS,
    PEOPLE,
    indefinite,
    listed,
    plural,
    sentence,
)
from curate.families.syllogism_audit import flaw
from curate.families.syllogism_sentences import SENTENCES

FORMS: tuple[Form, ...] = ("all", "no", "some", "some_not")
CHANGES: dict[Form, tuple[Form, ...]] = {
    "all": ("all", "all", "some"),
    "no": ("some_not", "all"),
    "some": ("all", "some_not", "no"),
    "some_not": ("some_not", "some", "no"),
}
"""What a claim may turn into when an argument is spoilt; the same form again means that its groups change places."""
MISREADINGS: dict[Form, Form] = {"all": "all", "some_not": "some_not", "some": "all"}
"""What a hasty reader takes a claim to say as well; the same form again means that its groups change places."""


class Level(NamedTuple):
    """What one difficulty allows; sizes are drawn from these choices."""

    chain: tuple[int, ...]
    distractors: tuple[int, ...]
    nouns: tuple[str, ...]


LEVELS = {
    1: Level((2,), (0,), PEOPLE),
    2: Level((2, 3), (0, 1), PEOPLE),
    3: Level((3,), (1,), PEOPLE),
    4: Level((4,), (1,), MADE_UP),
    5: Level((5,), (1, 2), MADE_UP),
}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Return a valid argument or, as often, one that is spoilt by a change to a single claim."""
    level = LEVELS[difficulty]
    length, distractors = rng.choice(level.chain), rng.choice(level.distractors)
    groups = rng.sample(level.nouns, length + 1 + distractors)
    *premises, conclusion = _chain(rng, groups[: length + 1])
    for size in range(length + 1, len(groups)):
        subject, predicate = rng.sample((rng.choice(groups[:size]), groups[size]), 2)
        premises.append(Claim(form=rng.choice(FORMS), subject=subject, predicate=predicate))
    rng.shuffle(premises)
    puzzle = Puzzle(premises=tuple(premises), conclusion=conclusion)
    return _spoilt(rng, puzzle) if rng.choice((True, False)) else puzzle


def _chain(rng: random.Random, groups: Sequence[str]) -> list[Claim]:
    """Return premises that join neighbouring groups, and after them the conclusion about the first and the last.

    An individual travels outward from the pivot, which is an existential premise or, at 0, the first group. Once it is
    known to be outside one group it can only be known to be outside the next, so it turns at most once.
    """
    last = len(groups) - 1
    pivot = rng.choice((0, rng.randint(1, last)))
    turn = rng.choice(("never", "left", "right") if pivot else ("never", "right"))
    left = rng.randint(1, pivot) if turn == "left" else 0
    right = rng.randint(max(pivot, 1), last) if turn == "right" else last + 1
    facts = [(group, left <= place < right) for place, group in enumerate(groups)]
    claims = []
    for place in range(1, last + 1):
        near, far = facts[place - 1 : place + 1][:: 1 if place > pivot else -1]
        claims.append(linked(near, far, exists=place == pivot))
    claims.append(linked(facts[0], facts[-1], exists=pivot > 0))
    return [rng.choice((claim, turned(claim))) if claim.form in ("no", "some") else claim for claim in claims]


def _spoilt(rng: random.Random, puzzle: Puzzle) -> Puzzle:
    """Return the puzzle with one claim changed so that the conclusion no longer follows."""
    while True:
        claims = [*puzzle.premises, puzzle.conclusion]
        place = rng.randrange(len(claims))
        claims[place] = changed(claims[place], rng.choice(CHANGES[claims[place].form]))
        spoilt = Puzzle(premises=tuple(claims[:-1]), conclusion=claims[-1])
        if derivation(spoilt) is None:
            return spoilt


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Return the puzzle in words, the reading of `all` and `some` included."""
    premises = [f"{sentence(_said(claim, rng))}." for claim in puzzle.premises]
    if rng.choice((True, False)):
        premises = [f"{at}. {premise}" for at, premise in enumerate(premises, 1)]
        layout = "{opening}\n\n{premises}\n\n{reading} {question}"
        listing = "\n".join(premises)
    else:
        layout = rng.choice(
            ("{opening} {premises}\n\n{reading} {question}", "{reading} {opening} {premises} {question}")
        )
        listing = " ".join(premises)
    conclusion = _said(puzzle.conclusion, rng)
    return layout.format(
        opening=rng.choice(SENTENCES["opening"]).format(count=COUNTS[len(premises)]),
        premises=listing,
        reading=rng.choice(SENTENCES["reading"]),
        question=rng.choice(SENTENCES["question"]).format(claim=conclusion, quoted=sentence(conclusion)),
    )


def _said(claim: Claim, rng: random.Random, *, variety: int | None = None) -> str:
    return rng.choice(SENTENCES[claim.form][:variety]).format(
        subject=claim.subject,
        a_subject=indefinite(claim.subject),
        subjects=plural(claim.subject),
        a_predicate=indefinite(claim.predicate),
        predicates=plural(claim.predicate),
    )


def solve(puzzle: Puzzle, hand: Hand) -> Solution:
    """Derive the conclusion premise by premise, or build a world in which the premises hold and it fails."""
    found = derivation(puzzle)
    pen = _Pen(puzzle, hand)
    follows = _refute(pen) if found is None else _derive(pen, found)
    return Solution(steps=tuple(pen.steps), answer="yes" if follows else "no")


class _Pen:
    """Writes the steps of one solution."""

    def __init__(self, puzzle: Puzzle, hand: Hand) -> None:
        self.puzzle = puzzle
        self.hand = hand
        self.steps: list[str] = []
        self.used: set[str] = set()
        self.numbered = hand.rng.choice((True, False))

    def write(self, *moments: str, **words: str) -> None:
        """Add a step with one sentence or more, each in one of the wordings of its moment."""
        words["conclusion"] = self.said(self.puzzle.conclusion)
        sentences = [sentence(self._wording(moment).format(**words)) for moment in moments]
        self.steps.append(" ".join(sentences))

    def _wording(self, moment: str) -> str:
        """Return a wording that was not used yet, while there is one."""
        phrases = SENTENCES[moment]
        wording = self.hand.pick(*[phrase for phrase in phrases if phrase not in self.used] or phrases)
        self.used.add(wording)
        return wording

    def said(self, claim: Claim) -> str:
        """Return a claim in one of its plainest wordings."""
        return _said(claim, self.hand.rng, variety=2)

    def cited(self, at: int) -> dict[str, str]:
        """Return how a premise is called and what it says."""
        premise = f"premise {at + 1}" if self.numbered else f"the {ORDINALS[at]} premise"
        return {"premise": premise, "claim": self.said(self.puzzle.premises[at])}


def _derive(pen: _Pen, found: Derivation) -> bool:
    """Write the derivation in one of three ways; return whether the conclusion was reached."""
    ways: list[Callable[[_Pen, Derivation], bool]] = [_follow]
    if found.witness is None:
        ways.append(_contradict)
    if _merged(found):
        ways.append(_merge)
    if pen.hand.rng.choice(ways)(pen, found):
        return True
    pen.write("not reached")
    return False


def _follow(pen: _Pen, found: Derivation) -> bool:
    """Follow one individual from the start to both facts of the goal."""
    name = pen.hand.pick(*NAMES)
    if found.witness is None:
        pen.write("take any", name=name, group=found.start[0][0])
    elif pen.hand.truth(exact=True):
        pen.write("take witness", name=name, profile=_profile(found.start), **pen.cited(found.witness))
    else:
        pen.write("no witness", **pen.cited(found.witness))
        return False
    if not _links(pen, found, name):
        return False
    moment = "any reached" if found.witness is None else "witness reached"
    pen.write(moment, "follows", name=name, group=found.goal[0][0], profile=_profile(found.goal))
    return True


def _contradict(pen: _Pen, found: Derivation) -> bool:
    """Suppose that an individual shows the conclusion to be false, and follow it to a contradiction."""
    name, (start, (group, inside)) = pen.hand.pick(*NAMES), found.goal
    supposed = (group, not inside)
    pen.write("suppose", name=name, profile=_profile((start, supposed)))
    if not _links(pen, found, name):
        return False
    pen.write("contradiction", "follows", supposed=_fact(name, supposed))
    return True


def _links(pen: _Pen, found: Derivation, name: str) -> bool:
    recent = found.start[-1]
    for link in found.links:
        words = pen.cited(link.premise) | {"known": _fact(name, link.known), "gained": _fact(name, link.gained)}
        if not pen.hand.truth(exact=True):
            pen.write("link missed", **words, maybe=_fact(name, (link.gained[0], True)))
            return False
        pen.write("link" if link.known == recent and link.known[1] else "link from", **words)
        recent = link.gained
    return True


def _merge(pen: _Pen, found: Derivation) -> bool:
    """Merge the premises one after another into what they say together."""
    premises = [link.premise for link in found.links]
    claims = _merged(found)
    if found.witness is None:
        first, *premises = premises
        claims = claims[1:]
    else:
        first = found.witness
    pen.write("merge first", **pen.cited(first))
    for at, claim in zip(premises, claims, strict=True):
        merged = pen.hand.truth(exact=True)
        pen.write("merge" if merged else "merge missed", **pen.cited(at), together=pen.said(claim))
        if not merged:
            return False
    pen.write("merged" if claims[-1] == pen.puzzle.conclusion else "merged turned", "follows")
    return True


def _merged(found: Derivation) -> list[Claim]:
    """Return what the premises say together after each link; empty when the links do not run in line."""
    ends = list(found.start if found.witness is not None else found.start * 2)
    claims = []
    for link in found.links:
        if link.known not in ends:
            return []
        ends[len(ends) - 1 - ends[::-1].index(link.known)] = link.gained
        claims.append(linked(ends[0], ends[1], exists=found.witness is not None))
    return claims


def _fact(name: str, fact: Fact) -> str:
    return f"{name} is {'' if fact[1] else 'not '}{indefinite(fact[0])}"


def _profile(facts: Sequence[Fact]) -> str:
    inside = [indefinite(group) for group, joined in facts if joined]
    outside = [indefinite(group) for group, joined in facts if not joined]
    return f"{inside[0]} but not {outside[0]}" if outside else f"both {' and '.join(inside)}"


def _refute(pen: _Pen) -> bool:
    """Show a world in which the premises hold and the conclusion fails; return whether it seems to follow after all."""
    if pen.hand.rng.choice((True, False)) and _tempted(pen):
        return True
    world = counterexample(pen.puzzle, pen.hand.rng.sample(NAMES, len(pen.puzzle.premises) + 1))
    pen.write(
        "world",
        count=COUNTS[len(world)],
        individuals="individual" if len(world) == 1 else "individuals",
        members="; ".join(_member(name, groups) for name, groups in world.items()),
    )
    for at, claim in enumerate(pen.puzzle.premises):
        if not pen.hand.truth(holds(claim, world)):
            pen.write("premise broken", "no escape", **pen.cited(at))
            return True
        pen.write("premise kept", **pen.cited(at), reason=_reason(claim, world))
    if not pen.hand.truth(not holds(pen.puzzle.conclusion, world)):
        pen.write("conclusion kept", "no escape")
        return True
    pen.write("conclusion broken", "does not follow", reason=_reason(opposite(pen.puzzle.conclusion), world))
    return False


def _tempted(pen: _Pen) -> bool:
    """Write of a premise that, misread, would give the conclusion, if there is one; return whether it was misread."""
    for at, claim in enumerate(pen.puzzle.premises):
        if claim.form in MISREADINGS:
            misread = changed(claim, MISREADINGS[claim.form])
            premises = (*pen.puzzle.premises, misread)
            if derivation(Puzzle(premises=premises, conclusion=pen.puzzle.conclusion)):
                fallen = pen.hand.truth(exact=False)
                pen.write("misread" if fallen else "not misread", **pen.cited(at), misreading=pen.said(misread))
                return fallen
    return False


def _member(name: str, groups: Sequence[str]) -> str:
    if not groups:
        return f"{name}, who belongs to none of the groups"
    return f"{name}, who is {listed([indefinite(group) for group in groups])} and nothing else"


def _reason(claim: Claim, world: World) -> str:
    """Return why a claim is true in a world."""
    subjects = [name for name, groups in world.items() if claim.subject in groups]
    if claim.form == "no":
        return f"nobody is both {indefinite(claim.subject)} and {indefinite(claim.predicate)}"
    if claim.form != "all":
        _, (group, inside) = facts_of(claim)
        name = next(name for name in subjects if (group in world[name]) == inside)
        return f"{name} is {_profile(facts_of(claim))}"
    if not subjects:
        return f"there is no {claim.subject} at all"
    return _agreeing(subjects, claim)


def _agreeing(names: Sequence[str], claim: Claim) -> str:
    if len(names) == 1:
        return f"{names[0]}, the only {claim.subject}, is {indefinite(claim.predicate)}"
    return f"{listed(names)}, the only {plural(claim.subject)}, are {plural(claim.predicate)}"


FAMILY = Family(
    name="syllogism",
    doc=(
        "Whether a conclusion follows from categorical premises when groups may be empty; 2 premises at difficulty 1, "
        "up to 5 that form a chain and 2 that lead nowhere, about made-up words, at difficulty 5."
    ),
    domain="logic",
    answer_type="yes_no",
    make=make,
    ask=ask,
    solve=solve,
    flaw=flaw,
)
