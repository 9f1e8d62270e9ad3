"""Does a conclusion follow from statements made with if, or, and not?

1. If it rains, then the bus is late. 2. It rains or the shop is open. 3. The shop is not open. Does it follow that the
bus is late?

Statement 3 says it: the shop is not open. With that, statement 2 gives: it rains. With that, statement 1 gives: the bus
is late. The conclusion follows: yes.
"""

import random
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from curate.families.base import Family, Hand
from curate.families.logic_words import listed, sentence
from curate.families.procedure import Move, Procedure

Part: TypeAlias = tuple[int, bool]
"""An atom, and whether it is affirmed rather than denied."""
Form = Literal["fact", "if", "only_if", "or", "not_both"]
Known: TypeAlias = dict[int, bool]
"""Atom to whether it is so, as far as it is known."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement: of one part, or a condition between two.

    `if` says that the first brings the second; `or` that at least one of the two holds, `not_both` that at most one
    does.
    """

    form: Form
    one: Part
    other: Part


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """Statements and a conclusion about atoms that are named by their words."""

    atoms: tuple[str, ...]
    statements: tuple[Statement, ...]
    conclusion: Part


class Level(NamedTuple):
    """What one difficulty allows."""

    chain: int
    """How many conditions lead from the fact to the conclusion."""
    others: int
    """How many statements lead nowhere."""


LEVELS = {1: Level(1, 1), 2: Level(2, 1), 3: Level(3, 2), 4: Level(4, 3), 5: Level(6, 4)}

_SUBJECTS = {
    "the bus": ("late", "full", "red"),
    "the shop": ("open", "busy", "new"),
    "the lamp": ("lit", "broken", "green"),
    "the door": ("locked", "painted", "heavy"),
    "the garden": ("wet", "tidy", "sunny"),
    "the soup": ("hot", "salty", "ready"),
    "the train": ("early", "empty", "quick"),
    "the river": ("deep", "frozen", "calm"),
    "the bridge": ("closed", "narrow", "old"),
    "the cat": ("asleep", "hungry", "outside"),
    "the piano": ("tuned", "sold", "black"),
    "the letter": ("signed", "lost", "long"),
}
ATOMS = tuple(f"{subject} is {word}" for subject, words in _SUBJECTS.items() for word in words)

OPENINGS = (
    "Suppose that all of the following statements are true.",
    "These statements are all true.",
    "Take the following for granted.",
)
TOLD: dict[Form, tuple[str, ...]] = {
    "fact": ("{one}.", "it is a fact that {one}."),
    "if": ("if {one}, then {other}.", "{other} if {one}.", "whenever {one}, {other}."),
    "only_if": ("{one} only if {other}.",),
    "or": ("{one} or {other}, or both.", "at least one of these holds: {one}, {other}."),
    "not_both": ("it is not the case that both {one} and {other}.", "these do not both hold: {one}, {other}."),
}
QUESTIONS = (
    "Does it follow that {conclusion}?",
    "Must it be true that {conclusion}?",
    "Can one conclude for certain that {conclusion}?",
)
SENTENCES: dict[str, tuple[str, ...]] = {
    "fact": (
        "statement {number} says it outright: {gained}.",
        "by statement {number}, {gained}.",
        "we begin with statement {number}: {gained}.",
    ),
    "link": (
        "since {known}, statement {number} gives us that {gained}.",
        "knowing that {known}, we get from statement {number} that {gained}.",
        "statement {number}, together with the fact that {known}, yields that {gained}.",
    ),
    "verdict:yes": (
        "that is the conclusion, so the answer is {answer}.",
        "this is just what was asked, so it follows: {answer}.",
        "the conclusion is reached: {answer}.",
    ),
    "verdict:contrary": (
        "that is the contrary of the conclusion, so the answer is {answer}.",
        "the conclusion is false then, so it does not follow: {answer}.",
    ),
    "case": (
        "nothing more can be derived, so look at the case in which {case}.",
        "no other statement gives anything now; consider the case that {case}.",
    ),
    "holds:true": ("statement {number} is true in this case.", "in this case statement {number} holds."),
    "holds:false": ("statement {number} is false in this case.", "in this case statement {number} fails."),
    "verdict:no": (
        "all statements are true there and the conclusion is false, so the answer is {answer}.",
        "so the statements can be true without the conclusion: {answer}.",
        "this case shows that the conclusion does not follow: {answer}.",
    ),
    "verdict:no case": (
        "so there is no such case, and the answer is {answer}.",
        "so the case is ruled out, and the conclusion follows: {answer}.",
    ),
}
_PART = r"the \w+ is (?:not )?\w+"
SHAPES = {"gained": _PART, "case": rf"{_PART}(?:(?:, | and ){_PART})*", "answer": "yes|no"}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw a chain of conditions that starts at a fact; as often as not it is broken, and the conclusion open."""
    level = LEVELS[difficulty]
    while True:
        puzzle = _drawn(rng, level)
        state = _derived(puzzle).get(puzzle.conclusion[0])
        breaks = rng.choice((True, False))
        if (state is None) if breaks else state == puzzle.conclusion[1]:
            return puzzle


def _drawn(rng: random.Random, level: Level) -> Puzzle:
    size = level.chain + 1 + level.others
    parts = [(atom, rng.choice((True, True, False))) for atom in range(size)]
    chain = parts[: level.chain + 1]
    statements = [Statement(form="fact", one=chain[0], other=chain[0])]
    broken = rng.choice((rng.randint(1, level.chain), 0))
    for at in range(1, level.chain + 1):
        ends = (chain[at], chain[at - 1]) if at == broken else (chain[at - 1], chain[at])
        statements.append(_condition(rng, *ends))
    for at in range(level.chain + 1, size):
        one, other = rng.sample((parts[at], rng.choice(parts[:at])), 2)
        statements.append(_condition(rng, one, other))
    rng.shuffle(statements)
    return Puzzle(atoms=tuple(rng.sample(ATOMS, size)), statements=tuple(statements), conclusion=chain[-1])


def _condition(rng: random.Random, one: Part, other: Part) -> Statement:
    """Return a statement by which the first brings the second, in one of its forms."""
    form: Form = rng.choice(("if", "if", "only_if", "or", "not_both"))
    if form == "or":
        one = _denied(one)
    if form == "not_both":
        other = _denied(other)
    return Statement(form=form, one=one, other=other)


def _denied(part: Part) -> Part:
    return part[0], not part[1]


def _clause(statement: Statement) -> tuple[Part, Part]:
    """Return two parts of which the statement says that at least one holds."""
    one, other = statement.one, statement.other
    if statement.form in ("if", "only_if"):
        return _denied(one), other
    if statement.form == "not_both":
        return _denied(one), _denied(other)
    return one, other


class Link(NamedTuple):
    """One step of a derivation."""

    number: int
    """Which statement, from 0."""
    known: Part
    gained: Part


def _links(puzzle: Puzzle, known: Known) -> Iterator[Link]:
    """Yield what can be derived, as long as whoever takes a step enters it in what is known."""
    found = True
    while found:
        found = False
        for number, statement in enumerate(puzzle.statements):
            for given, gained in (_clause(statement), _clause(statement)[::-1]):
                fires = statement.form == "fact" or known.get(given[0]) == (not given[1])
                if fires and gained[0] not in known:
                    found = True
                    yield Link(number, _denied(given), gained)


def _derived(puzzle: Puzzle) -> Known:
    known: Known = {}
    for link in _links(puzzle, known):
        known[link.gained[0]] = link.gained[1]
    return known


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """List the statements, and ask whether the conclusion follows."""
    told = []
    for at, statement in enumerate(puzzle.statements, 1):
        one, other = (said(puzzle, part) for part in (statement.one, statement.other))
        told.append(f"{at}. {sentence(rng.choice(TOLD[statement.form]).format(one=one, other=other))}")
    question = rng.choice(QUESTIONS).format(conclusion=said(puzzle, puzzle.conclusion))
    listing = rng.choice(("\n", " ")).join(told)
    return f"{rng.choice(OPENINGS)}\n\n{listing}\n\n{question}"


def said(puzzle: Puzzle, part: Part) -> str:
    """Return a part in words: `the bus is not late`."""
    words = puzzle.atoms[part[0]]
    return words if part[1] else words.replace(" is ", " is not ")


def _work(puzzle: Puzzle, hand: Hand) -> Iterator[Move]:
    """Derive what can be derived; if the conclusion stays open, show a case in which it is false."""
    known: Known = {}
    for link in _links(puzzle, known):
        atom, affirmed = link.gained
        number = {"number": str(link.number + 1)}
        known[atom] = hand.truth(affirmed)
        found = {"gained": said(puzzle, (atom, known[atom]))}
        if puzzle.statements[link.number].form == "fact":
            yield Move("fact", number, found)
        else:
            yield Move("link", number | {"known": said(puzzle, link.known)}, found)
        if atom == puzzle.conclusion[0]:
            reached = known[atom] == puzzle.conclusion[1]
            yield Move(f"verdict:{'yes' if reached else 'contrary'}", {}, {"answer": "yes" if reached else "no"})
            return
    yield from _refuted(puzzle, hand, known)


def _refuted(puzzle: Puzzle, hand: Hand, known: Mapping[int, bool]) -> Iterator[Move]:
    """Look at a case in which the statements hold and the conclusion does not; by a slip one seems to fail."""
    case = _case(puzzle, known)
    yield Move("case", {}, {"case": listed([said(puzzle, part) for part in sorted(case.items())])})
    for number, statement in enumerate(puzzle.statements, 1):
        holds = hand.truth(any(case[atom] == affirmed for atom, affirmed in _clause(statement)))
        yield Move(f"holds:{'true' if holds else 'false'}", {"number": str(number)}, {})
        if not holds:
            yield Move("verdict:no case", {}, {"answer": "yes"})
            return
    yield Move("verdict:no", {}, {"answer": "no"})


def _case(puzzle: Puzzle, known: Mapping[int, bool]) -> Known:
    """Return a case that agrees with what is known, in which the conclusion is false and all that follows holds."""
    case: Known = {**known, puzzle.conclusion[0]: not puzzle.conclusion[1]}
    for atom in range(len(puzzle.atoms)):
        for link in _links(puzzle, case):
            case[link.gained[0]] = link.gained[1]
        case.setdefault(atom, True)
    return case


PROCEDURE = Procedure(SENTENCES, SHAPES, _work)
FAMILY = Family(
    name="propositional",
    doc=(
        "Whether a conclusion follows from statements with if, only if, or, and not; 3 statements at difficulty 1, up "
        "to 11, of which 4 lead nowhere, at difficulty 5."
    ),
    domain="logic",
    answer_type="yes_no",
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
