"""Checks `knights_knaves` by reading the statements out of the text and trying every world."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple, TypeAlias

from curate.families.base import Solution
from curate.families.knight_worlds import Puzzle

World: TypeAlias = dict[str, bool]
"""Whether each person is a knight."""
Meaning: TypeAlias = Callable[[World], bool]

NUMBERS = ("none", "one", "two", "three", "four", "five", "six")
NAME_LIST = re.compile(r"[A-Z]\w+(?:, [A-Z]\w+)* and [A-Z]\w+")
STATEMENT = re.compile(
    r"(?:According to (\w+), |(\w+) (?:says|claims|declares|remarks)[,:] )\"(?P<after>[^\"]+)\.\""
    r"|\"(?P<before>[^\"]+),\" (?:says (\w+)|(\w+) tells you)"
)
PREFIX = re.compile(r"^(?:I tell you that |believe me, |the truth about \w+ is that )", re.IGNORECASE)
SAYING = re.compile(r"\b(?:says|claims|claiming|tells us|namely) that ")


class Island(NamedTuple):
    """What the text says: who is there, and in which worlds each could have said what they said."""

    names: tuple[str, ...]
    worlds: tuple[World, ...]
    said: dict[str, Meaning]


class Reader:
    """Reads claims about certain people, in their own words or in those of others."""

    def __init__(self, names: tuple[str, ...], me: str = "") -> None:
        who = rf"(?:{'|'.join(names)}|I|me)"
        kind = r"(?:knight|knave)"
        atom = rf"{who} (?:is|am) a {kind}"
        several = rf"(?:us|{who}(?:, {who})* and {who})"
        count = rf"(?:{'|'.join(NUMBERS)})"
        table: tuple[tuple[str, Callable[[str], Meaning]], ...] = (
            (rf"if {atom},(?: then)? {atom}", self._conditional),
            (rf"{atom} if {atom}", self._conditional_turned),
            (rf"(?:either )?{atom} or {atom}, or both", self._either),
            (rf"(?:it is true both that )?{atom},? (?:and|while) (?:that )?{atom}", self._every_atom),
            (rf"{several} are (?:of )?the same kind|{several} are either both knights or both knaves", self._same),
            (rf"{several} are of different kinds|{several} are not of the same kind", self._different),
            (rf"exactly one of {several} is a knight", self._one),
            (rf"(?:at least one of {several} is a {kind}|there is at least one {kind} among {several})", self._some),
            (rf"the number of knights is not {count}", self._not_count),
            (rf"exactly {count} of (?:us|them) (?:is a knight|are knights)", self._count),
            (rf"the number of knights among us is {count}", self._count),
            (rf"among us there (?:is|are) exactly {count} knights?", self._count),
            (rf"{several} are {kind}s", self._all),
            (atom, self._every_atom),
        )
        self.names, self.me = names, me
        self.who, self.atom, self.number = (
            re.compile(who),
            re.compile(rf"({who}) (?:is|am) a ({kind})"),
            re.compile(count),
        )
        self.table = [(re.compile(pattern, re.IGNORECASE), meaning) for pattern, meaning in table]

    def read(self, text: str) -> Meaning | None:
        """Return what a whole claim means."""
        found = self.at_start(PREFIX.sub("", text))
        return found[1] if found else None

    def at_start(self, text: str) -> tuple[str, Meaning] | None:
        """Return the longest claim with which a text starts, and what it means."""
        found = [(match.group(), meaning) for pattern, meaning in self.table if (match := pattern.match(text))]
        if not found:
            return None
        longest, meaning = max(found, key=lambda one: len(one[0]))
        return longest, meaning(longest)

    def scan(self, text: str) -> Iterator[tuple[int, str, Meaning]]:
        """Yield every claim in a text, none inside another."""
        at = 0
        while at < len(text):
            found = None if at and text[at - 1].isalnum() else self.at_start(text[at:])
            if found:
                yield at, *found
            at += len(found[0]) if found else 1

    def people(self, text: str) -> list[str]:
        """Return the persons that a text names, `I` and `us` included."""
        named = [self.me if who in ("I", "me") else who for who in re.findall(rf"\b{self.who.pattern}\b", text)]
        return list(self.names) if re.search(r"\bus\b", text) else named

    def _atoms(self, text: str) -> list[tuple[str, bool]]:
        return [(self.me if who in ("I", "me") else who, kind == "knight") for who, kind in self.atom.findall(text)]

    def _every_atom(self, text: str) -> Meaning:
        atoms = self._atoms(text)
        return lambda world: all(world[who] == kind for who, kind in atoms)

    def _either(self, text: str) -> Meaning:
        atoms = self._atoms(text)
        return lambda world: any(world[who] == kind for who, kind in atoms)

    def _conditional(self, text: str) -> Meaning:
        (one, kind), (other, other_kind) = self._atoms(text)
        return lambda world: world[one] != kind or world[other] == other_kind

    def _conditional_turned(self, text: str) -> Meaning:
        (other, other_kind), (one, kind) = self._atoms(text)
        return lambda world: world[one] != kind or world[other] == other_kind

    def _same(self, text: str) -> Meaning:
        people = self.people(text)
        return lambda world: len({world[who] for who in people}) == 1

    def _different(self, text: str) -> Meaning:
        same = self._same(text)
        return lambda world: not same(world)

    def _one(self, text: str) -> Meaning:
        people = self.people(text)
        return lambda world: sum(world[who] for who in people) == 1

    def _some(self, text: str) -> Meaning:
        people, kind = self.people(text), "knight" in text
        return lambda world: any(world[who] == kind for who in people)

    def _all(self, text: str) -> Meaning:
        people, kind = self.people(text), text.endswith("knights")
        return lambda world: all(world[who] == kind for who in people)

    def _count(self, text: str) -> Meaning:
        (count,) = self.number.findall(text)
        return lambda world: sum(world.values()) == NUMBERS.index(count)

    def _not_count(self, text: str) -> Meaning:
        count = self._count(text)
        return lambda world: not count(world)


def _island(text: str) -> Island:
    arrival, statements, _ = text.split("\n\n")
    listing = NAME_LIST.search(arrival)
    assert listing
    names = tuple(re.findall(r"[A-Z]\w+", listing.group()))
    worlds = tuple(dict(zip(names, kinds, strict=True)) for kinds in product((True, False), repeat=len(names)))
    said: dict[str, Meaning] = {}
    for match in STATEMENT.finditer(statements):
        (speaker,) = (name for name in match.group(1, 2, 5, 6) if name)
        meaning = Reader(names, speaker).read(match["after"] or match["before"])
        assert meaning, f"cannot read {match.group()}"
        said[speaker] = meaning
    assert set(said) == set(names), "everyone speaks once"
    return Island(names, worlds, said)


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return the knights of the only world in which knights alone speak the truth."""
    island = _island(text)
    (world,) = (world for world in island.worlds if all(world[who] == said(world) for who, said in island.said.items()))
    return ", ".join(name for name in island.names if world[name])


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Follow the steps: nothing may be claimed that one statement and what is known so far do not force."""
    audit = _Audit(_island(text))
    for step in solution.steps:
        audit.follow(step)
    answer = recompute(puzzle, text)
    if audit.supposed:
        audit.found.append(f"never refuted: {audit.supposed}")
    if ", ".join(name for name in audit.island.names if audit.known.get(name)) != answer:
        audit.found.append(f"the steps end with {audit.known}")
    if solution.answer != answer:
        audit.found.append(f"the answer is not {solution.answer}")
    return audit.found


class _Audit:
    """What is known at a point of a solution, and what was wrong up to there."""

    def __init__(self, island: Island) -> None:
        self.island = island
        self.reader = Reader(island.names)
        self.known: World = {}
        self.case: World = {}
        self.supposed: World = {}
        self.found: list[str] = []

    def follow(self, step: str) -> None:
        rest = self._without_quotes(step)
        rest = re.sub(r"whether \w+ is a knight or a knave", "", rest)
        claims = list(self.reader.scan(rest))
        if re.match(r"Suppose|Assume|Let us try|Say that|Imagine|Test|Consider|Could", step):
            self.supposed = self._facts(claims[0][2])
            self.case = self.known | self.supposed
            return
        for name, kind in re.findall(r"\b([A-Z]\w+), (?:being )?a (knight|knave),", step):
            self._demand(step, self._is(name, is_knight=kind == "knight"), alone=True)
        for kind, name in re.findall(r"As a (knight|knave), (\w+) ", step):
            self._demand(step, self._is(name, is_knight=kind == "knight"), alone=True)
        for name, verdict in re.findall(r"(?<!opposite of )what (\w+) says is (true|false)", step):
            self._demand(step, self._is(name, is_knight=verdict == "true"), alone=True)
        if re.search(r"knave's word can|knight's word is always", step):
            self.found.append(f"the wrong word: {step}")
        for place, (_, _, meaning) in enumerate(claims, 1):
            self._claimed(step, meaning, last=place == len(claims))

    def _is(self, name: str, *, is_knight: bool) -> Meaning:
        return lambda world: world[name] == is_knight

    def _facts(self, meaning: Meaning) -> World:
        """Return the kinds that a claim states."""
        true = [world for world in self.island.worlds if meaning(world)]
        return {name: true[0][name] for name in self.island.names if len({world[name] for world in true}) == 1}

    def _without_quotes(self, step: str) -> str:
        """Check every report of what somebody says, and the verdict on it; return the rest of the step."""
        for match in reversed(list(SAYING.finditer(step))):
            said = self.reader.at_start(step[match.end() :])
            speakers = re.findall(rf"\b(?:{'|'.join(self.island.names)})\b", step[: match.start()])
            if not said or not speakers:
                self.found.append(f"cannot read: {step}")
                continue
            if any(said[1](world) != self.island.said[speakers[-1]](world) for world in self.island.worlds):
                self.found.append(f"{speakers[-1]} did not say {said[0]}")
            self._judge(step, said[1])
            step = step[: match.end()] + step[match.end() + len(said[0]) :]
        return step

    def _judge(self, step: str, said: Meaning) -> None:
        verdicts = set(re.findall(r"\b(true|false)\b", step))
        actual = {"true" if said(world) else "false" for world in self._possible(self.case or self.known)}
        if verdicts and verdicts != actual:
            self.found.append(f"{verdicts} is not the verdict: {step}")

    def _possible(self, facts: World) -> list[World]:
        return [world for world in self.island.worlds if facts.items() <= world.items()]

    def _claimed(self, step: str, meaning: Meaning, *, last: bool) -> None:
        contrary = {name: not kind for name, kind in self.supposed.items()}
        if last and contrary and self._facts(meaning) == contrary:
            if not any(self._silent(name, self.case) for name in self.island.names):
                self.found.append(f"no contradiction: {step}")
            self.known |= contrary
            self.case, self.supposed = {}, {}
            return
        self._demand(step, meaning)
        facts = self.case if self.supposed else self.known
        facts |= {name: kind for name, kind in self._facts(meaning).items() if name not in facts}

    def _silent(self, name: str, facts: World) -> bool:
        """Return whether, given the facts, nobody of either kind could say what this person said."""
        return not any(world[name] == self.island.said[name](world) for world in self._possible(facts))

    def _demand(self, step: str, meaning: Meaning, *, alone: bool = False) -> None:
        """Note a fault unless the claim is forced by what is known, alone or with a single statement."""
        possible = self._possible(self.case if self.supposed else self.known)
        if all(meaning(world) for world in possible):
            return
        for name, said in () if alone else self.island.said.items():
            left = [world for world in possible if world[name] == said(world)]
            if left and all(meaning(world) for world in left):
                return
        self.found.append(f"not forced: {step}")


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the number of people."""
    return len(puzzle.names)
