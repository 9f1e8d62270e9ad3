"""Word problems of two to five steps about money, rates, ages and mixtures.

    Maya buys 4 candles at $3 each and a lamp for $20. She hands in a voucher worth $5. How many dollars are left
    to pay?

    4 candles at $3 each cost 4 * 3 = 12 dollars.
    With the lamp added, the bill is 12 + 20 = 32 dollars.
    Taking $5 off leaves 32 - 5 = 27 dollars.
    So the reduced bill is 27 dollars.                                              answer: 27

The scenarios are data (`word_scenarios`): a scenario states its facts and its computations once, and the text, the
steps and the answer are all derived from them here.
"""

import random
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeAlias

import msgspec

from curate.families.base import DIFFICULTIES, Family, Hand, Solution, number
from curate.families.word_scenarios import phrases
from curate.families.word_scenarios.ages import AGES
from curate.families.word_scenarios.blends import BLENDS
from curate.families.word_scenarios.buying import BUYING
from curate.families.word_scenarios.earning import EARNING
from curate.families.word_scenarios.efforts import EFFORTS
from curate.families.word_scenarios.formula import Value, names, worth, written
from curate.families.word_scenarios.generations import GENERATIONS
from curate.families.word_scenarios.grammar import Noun, Person, Quantity
from curate.families.word_scenarios.lists import PEOPLE
from curate.families.word_scenarios.offers import OFFERS
from curate.families.word_scenarios.pursuits import PURSUITS
from curate.families.word_scenarios.shape import LONGEST, Draw, Op, Part, Scenario
from curate.families.word_scenarios.solutions import SOLUTIONS
from curate.families.word_scenarios.strengths import STRENGTHS
from curate.families.word_scenarios.travel import TRAVEL
from curate.families.word_scenarios.working import WORKING

KINDS: Mapping[str, tuple[Scenario, ...]] = {
    "money": BUYING + EARNING + OFFERS,
    "rates": TRAVEL + PURSUITS + WORKING + EFFORTS,
    "ages": AGES + GENERATIONS,
    "mixtures": SOLUTIONS + STRENGTHS + BLENDS,
}
SCENARIOS = {scenario.name: scenario for scenario in chain(*KINDS.values())}
_BY_DIFFICULTY = {d: [[s for s in kind if s.told(d)] for kind in KINDS.values()] for d in DIFFICULTIES}

_TRIES = 12
"""How often the numbers of one part are drawn before the story starts anew; only speed depends on it."""

_NOISE = range(11, 80)

_View: TypeAlias = dict[str, "Person | Noun | Quantity | str"]


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """One story with its numbers."""

    scenario: str
    """The name of the scenario, a key of `SCENARIOS`."""
    difficulty: int
    people: tuple[Person, ...]
    """Who `{a}`, `{b}` and `{c}` are."""
    words: tuple[tuple[str, str], ...]
    """The nouns chosen."""
    givens: tuple[tuple[str, int], ...]
    """The numbers that are told and matter."""
    aside: int | None = None
    """Which of the scenario's asides is told."""
    noise: int = 0
    """The number in the aside."""

    @property
    def told(self) -> tuple[Part, ...]:
        """The parts of the story that are told."""
        return SCENARIOS[self.scenario].told(self.difficulty)


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Choose a kind, a scenario, people and nouns, and numbers that work out."""
    scenario = rng.choice(rng.choice(_BY_DIFFICULTY[difficulty]))
    words = ((key, rng.choice(rows)) for key, rows in scenario.words.items())
    distracts = difficulty > LONGEST
    givens = _givens(scenario.told(difficulty), difficulty, rng)
    return Puzzle(
        scenario=scenario.name,
        difficulty=difficulty,
        people=tuple(rng.sample(PEOPLE, 3)),
        words=tuple(pair for key, row in words for pair in _paired(key, row)),
        givens=givens,
        aside=rng.randrange(len(scenario.asides)) if distracts else None,
        noise=rng.choice([noise for noise in _NOISE if noise not in dict(givens).values()]) if distracts else 0,
    )


def _paired(key: str, row: str | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return zip(key.split(), (row,) if isinstance(row, str) else row, strict=True)


def _givens(told: tuple[Part, ...], difficulty: int, rng: random.Random) -> tuple[tuple[str, int], ...]:
    known: dict[str, Value] | None = None
    while known is None:
        known = _story(told, difficulty, rng)
    keys = " ".join(key for part in told for key in part.draws).split()
    return tuple((key, int(known[key])) for key in keys if not key.startswith("_"))


def _story(told: tuple[Part, ...], difficulty: int, rng: random.Random) -> dict[str, Value] | None:
    known: dict[str, Value] = {}
    for part in told:
        tries = (_drawn(part, known, difficulty, rng) for _ in range(_TRIES))
        grown = next((found for found in tries if found is not None), None)
        if grown is None:
            return None
        known = grown
    return known


def _drawn(part: Part, known: Mapping[str, Value], difficulty: int, rng: random.Random) -> dict[str, Value] | None:
    """Return `known` with the givens and results of one more part, or None if they do not work out."""
    grown = dict(known)
    for key, draw in part.draws.items():
        row = _row(draw, grown, difficulty, rng)
        if isinstance(draw, str) and not _countable(row[0]):
            return None
        grown |= zip(key.split(), row, strict=True)
    for op in (*part.ops, *part.other):
        grown[op.name] = worth(op.formula, grown)
        if not _natural(op, grown[op.name], difficulty):
            return None
    return grown if all(worth(formula, grown) > 0 for formula in part.keeps) else None


def _row(draw: Draw, known: Mapping[str, Value], difficulty: int, rng: random.Random) -> tuple[Value, ...]:
    if isinstance(draw, str):
        return (worth(draw, known),)
    if callable(draw):
        return (rng.choice(draw(difficulty)),)
    return rng.choice(draw)


def _countable(value: Value) -> bool:
    return value > 0 and value.denominator == 1


def _natural(op: Op, value: Value, difficulty: int) -> bool:
    return op.least <= value <= op.most and value.denominator <= (op.grain if difficulty >= LONGEST else 1)


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Tell the parts of the story, with an aside between them if there is one, and ask for the last result."""
    told, view = puzzle.told, _view(puzzle)
    sentences = [rng.choice(part.facts) for part in told]
    if puzzle.aside is not None:
        aside = SCENARIOS[puzzle.scenario].asides[puzzle.aside]
        sentences.insert(rng.randint(1, len(sentences)), aside.text)
    sentences.append(rng.choice(told[-1].asks))
    if puzzle.difficulty >= LONGEST and _result(puzzle).denominator > 1:
        sentences.append(rng.choice(phrases.FRACTION_WANTED))
    return " ".join(sentence for sentence in sentences if sentence).format_map(view)


def _result(puzzle: Puzzle) -> Value:
    known: dict[str, Value] = dict(puzzle.givens)
    value: Value = 0
    for op in chain.from_iterable(part.ops for part in puzzle.told):
        value = known[op.name] = worth(op.formula, known)
    return value


def _view(puzzle: Puzzle) -> _View:
    view: _View = dict(zip("abc", puzzle.people, strict=True))
    view |= {name: Noun(word) for name, word in puzzle.words}
    view |= {name: Quantity(value) for name, value in puzzle.givens}
    return view | {"noise": Quantity(puzzle.noise)}


def solve(puzzle: Puzzle, hand: Hand) -> Solution:
    """Compute one result after another, in an order and by ways that vary, up to the one that is asked for."""
    view = _view(puzzle)
    known: dict[str, Value] = dict(puzzle.givens)
    ops = _ordered(_ways(puzzle.told, hand), frozenset(known), hand)
    steps = _opening(puzzle, ops[-1], view, hand)
    for at, op in enumerate(ops):
        place = "first" if at == 0 else "last" if at == len(ops) - 1 else "middle"
        steps.append(_step(op, place, known, view, hand))
    answer = known[ops[-1].name]
    view["value"] = _measured(answer, ops[-1], view)
    steps.append(_filled(hand.pick(*phrases.CONCLUSIONS), ops[-1], view))
    return Solution(steps=tuple(steps), answer=number(answer))


def _ways(told: tuple[Part, ...], hand: Hand) -> list[Op]:
    """Return all computations, of one part perhaps by its other way; more of them would make the solution long."""
    turns = [part for part in told if part.other]
    turned = hand.rng.choice(turns) if turns and hand.rng.random() < 1 / 2 else None
    return [op for part in told for op in (part.other if part is turned else part.ops)]


def _ordered(ops: list[Op], known: frozenset[str], hand: Hand) -> list[Op]:
    """Return the computations in an order in which each finds what it needs; mostly the one in which they are told."""
    left, ordered = list(ops), []
    while left:
        ready = [op for op in left if names(op.formula) <= known]
        op = ready[0] if hand.rng.random() < 2 / 3 else hand.rng.choice(ready)
        left.remove(op)
        ordered.append(op)
        known |= {op.name}
    return ordered


def _opening(puzzle: Puzzle, goal: Op, view: _View, hand: Hand) -> list[str]:
    steps = [_filled(hand.pick(*phrases.OPENINGS), goal, view)] if hand.rng.random() < 1 / 2 else []
    if puzzle.aside is not None and hand.rng.random() < 1 / 2:
        about = SCENARIOS[puzzle.scenario].asides[puzzle.aside].about
        steps.append(hand.pick(*phrases.IRRELEVANT).replace("{about}", about).format_map(view))
    return steps


def _step(op: Op, place: str, known: dict[str, Value], view: _View, hand: Hand) -> str:
    """Do one computation and return its sentence."""
    try:
        exact = worth(op.formula, known)
    except ZeroDivisionError:
        # Only a slip leads here; who made it finds nothing to divide by and goes on with nothing.
        exact = 0
    value = hand.value(exact)
    view["eq"] = f"{written(op.formula, known)} = {_measured(value, op, view)}"
    view["lead"] = hand.pick(*phrases.LEADS[place])
    known[op.name], view[op.name] = value, Quantity(value)
    said = tuple(f"{{lead}}{sentence}." for sentence in op.says)
    frames = said if said and hand.rng.random() < 1 / 2 else phrases.FRAMES
    return _filled(hand.pick(*frames), op, view)


def _measured(value: Value, op: Op, view: _View) -> str:
    return format(Quantity(value), op.unit.format_map(view))


def _filled(frame: str, op: Op, view: _View) -> str:
    text = frame.replace("{what}", op.what).format_map(view)
    return text[0].upper() + text[1:]


FAMILY = Family(
    name="word_problem",
    doc=(
        "A short story about money, rates, ages or mixtures asks for one number; difficulty 1 to 4 takes two to five "
        "steps, with more percents, fractions and fractional results, and 5 has larger numbers and a fact that does "
        "not matter."
    ),
    domain="math",
    answer_type="number",
    make=make,
    ask=ask,
    solve=solve,
)
