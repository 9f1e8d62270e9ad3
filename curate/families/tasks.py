"""Families made of kinds of tasks: each kind draws a few givens, asks for what they lead to, and works it out aloud.

    Kind("tiles", draw=_floor, asks=("{a} tiles a floor of {long} cm by {wide} cm ...",), solve=_tile, goal="...")

A solver writes with a `Pen`, which looks up the givens, does every computation through the hand, and words the step:

    pen.work("area", "long * wide", "the area", unit="square cm")        The area is 60 * 48 = 2880 square cm.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import chain, starmap
from typing import TypeAlias

import msgspec

from curate.families.base import DIFFICULTIES, AnswerType, Family, Hand, Solution, number
from curate.families.logic_words import listed, sentence
from curate.families.word_scenarios import phrases
from curate.families.word_scenarios.formula import Value, worth, written
from curate.families.word_scenarios.grammar import Noun, Person, Quantity
from curate.families.word_scenarios.lists import PEOPLE

Given: TypeAlias = int | str | tuple[int, ...]
Givens: TypeAlias = Mapping[str, Given]
"""By name."""
View: TypeAlias = dict[str, object]
"""What wordings are filled from."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One problem: its kind, and what it tells."""

    kind: str
    """The name of its kind."""
    people: tuple[Person, ...]
    """Who `{a}` and `{b}` are."""
    givens: dict[str, Given]
    """Numbers, rows of numbers, and nouns."""


class Listed(tuple[int, ...]):
    """A row of numbers; `{numbers}` writes `4, 6 and 9`, `{numbers:or}` another word before the last."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return listed([str(item) for item in self], spec or "and")


def row_of(fractions: Iterable[Fraction]) -> tuple[int, ...]:
    """Return fractions as a row of numbers: above, below, above, below ..."""
    return tuple(chain.from_iterable(fraction.as_integer_ratio() for fraction in fractions))


def pairs(row: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Return the numbers of a row two by two."""
    return zip(row[::2], row[1::2], strict=True)


class Pen:
    """Writes the steps of a solution.

    Args:
        task: What is solved.
        hand: Picks wordings, and does the computations.
    """

    def __init__(self, task: Task, hand: Hand) -> None:
        self.hand = hand
        self.steps: list[str] = []
        self.view = view_of(task)
        self.known: dict[str, Value] = {name: value for name, value in task.givens.items() if isinstance(value, int)}
        """The numbers told and found so far, by name."""
        self.rows = {name: value for name, value in task.givens.items() if isinstance(value, tuple)}
        """The rows of numbers that the task tells."""

    def __getitem__(self, name: str) -> Value:
        """Return a number that is told or was found."""
        return self.known[name]

    def work(self, name: str, formula: str, what: str, *says: str, unit: str = "", **known: Value | str) -> Value:
        """Compute one number, write the step, and return what came out.

        Args:
            name: What the result is called from now on.
            formula: Over what is known.
            what: A noun phrase in the singular for the result.
            says: Sentences of its own without their full stop, in lower case, with `{eq}` where the
                equality goes; without any, `what` makes do.
            unit: A noun that follows the result and agrees with it.
            known: Numbers and words that are known from here on.
        """
        self.know(**known)
        try:
            exact = worth(formula, self.known)
        except ZeroDivisionError:
            # Only a slip leads here; who made it finds nothing to divide by and goes on with nothing.
            exact = 0
        return self.find(name, exact, written(formula, self.known), what, *says, unit=unit)

    def find(self, name: str, exact: Value, left: str, what: str, *says: str, unit: str = "") -> Value:
        """Compute one number whose left side is written already; otherwise like `work`."""
        value = self.hand.value(exact)
        frames = says if says and self.hand.rng.random() < 2 / 3 else phrases.FRAMES
        self.say(*frames, what=what, eq=f"{left} = {format(Quantity(value), unit)}")
        self.know(**{name: value})
        return value

    def know(self, **known: Value | str) -> None:
        """Take note of numbers and words."""
        for name, value in known.items():
            if isinstance(value, str):
                self.view[name] = Noun(value)
            else:
                self.known[name], self.view[name] = value, Quantity(value)

    def know_each(self, mark: str, row: Iterable[Value]) -> list[str]:
        """Take note of numbers under names of their own, `x0`, `x1` ..., and return these names."""
        known = {f"{mark}{place}": value for place, value in enumerate(row)}
        self.know(**known)
        return list(known)

    def fractions(self, name: str) -> list[Fraction]:
        """Return the fractions that a row of the task holds."""
        return list(starmap(Fraction, pairs(self.rows[name])))

    def say(self, *wordings: str, what: str = "", eq: str = "") -> None:
        """Write one step, a sentence in lower case and without its full stop."""
        frame = self.hand.pick(*wordings)
        lead = self.hand.pick(*phrases.LEADS["middle" if self.steps else "first"])
        if frame not in phrases.FRAMES:
            frame = f"{{lead}}{frame}." if self.hand.rng.random() < 1 / 2 else f"{frame}."
        self.steps.append(_sentence(frame.replace("{what}", what), {**self.view, "lead": lead, "eq": eq}))


Result: TypeAlias = Value | str


@dataclass(frozen=True)
class Kind:
    """One kind of task."""

    name: str
    draw: Callable[[random.Random, int], Givens | None]
    """Draws givens for a difficulty; None where they do not work out, and then it is asked again."""
    asks: tuple[str, ...]
    """Wordings of the task, with the givens, `{a}` and `{b}` in braces."""
    solve: Callable[[Pen], Result]
    goal: str
    """A noun phrase in the singular for what is asked; givens may stand in it."""
    answer_type: AnswerType = "integer"
    levels: Sequence[int] = DIFFICULTIES
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Nouns to choose from, by name."""


def family_of(name: str, doc: str, *kinds: Kind) -> Family[Task]:
    """Return the family that is made of these kinds."""
    by_name = {kind.name: kind for kind in kinds}
    by_difficulty = {level: [kind for kind in kinds if level in kind.levels] for level in DIFFICULTIES}
    return Family(
        name=name,
        doc=doc,
        domain="math",
        answer_type=lambda task: by_name[task.kind].answer_type,
        make=partial(_make, by_difficulty),
        ask=partial(_ask, by_name),
        solve=partial(_solve, by_name),
    )


def _make(kinds: Mapping[int, Sequence[Kind]], rng: random.Random, difficulty: int) -> Task:
    kind = rng.choice(kinds[difficulty])
    givens = None
    while givens is None:
        givens = kind.draw(rng, difficulty)
    words = {name: rng.choice(nouns) for name, nouns in kind.words.items()}
    return Task(kind=kind.name, people=tuple(rng.sample(PEOPLE, 2)), givens={**givens, **words})


def _ask(kinds: Mapping[str, Kind], task: Task, rng: random.Random) -> str:
    return _sentence(rng.choice(kinds[task.kind].asks), view_of(task))


def _solve(kinds: Mapping[str, Kind], task: Task, hand: Hand) -> Solution:
    kind, pen = kinds[task.kind], Pen(task, hand)
    if hand.rng.random() < 1 / 2:
        pen.steps.append(_sentence(hand.pick(*phrases.OPENINGS).replace("{what}", kind.goal), pen.view))
    result = kind.solve(pen)
    answer = result if isinstance(result, str) else number(result)
    frame = hand.pick(*phrases.CONCLUSIONS).replace("{what}", kind.goal)
    pen.steps.append(_sentence(frame, {**pen.view, "value": answer}))
    return Solution(steps=tuple(pen.steps), answer=answer)


def view_of(task: Task) -> View:
    """Return what the wordings of a task are filled from."""
    view: View = dict(zip("ab", task.people, strict=False))
    for name, value in task.givens.items():
        match value:
            case int():
                view[name] = Quantity(value)
            case str():
                view[name] = Noun(value)
            case _:
                view[name] = Listed(value)
    return view


def _sentence(frame: str, view: View) -> str:
    return sentence(frame.format_map(view))
