"""Sorting traced by hand: what a list looks like after some passes of bubble, insertion or selection sort.

Sort [7, 2, 9, 4] into increasing order with bubble sort. What is the list after 2 passes?

Pass 1 goes over [7, 2, 9, 4]: it swaps 7 and 2, 9 and 4, which gives [2, 7, 4, 9]. Pass 2 goes over [2, 7, 4, 9]: it
swaps 7 and 4, which gives [2, 4, 7, 9]. After 2 passes the list is [2, 4, 7, 9].
"""

import random
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

import msgspec

from curate.families.base import AnswerType, Family, Hand
from curate.families.logic_words import NAMES
from curate.families.procedure import LIST, NUMBER, NUMBERS, SUM, Move, Procedure, woven

Method = Literal["bubble", "insertion", "selection"]


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """A list, and how far it is to be sorted."""

    method: Method
    numbers: tuple[int, ...]
    """All different."""
    passes: int
    """How many passes are made; fewer than there are numbers."""
    falling: bool
    """Whether the largest number comes first."""
    asked: Literal["list", "changes"]
    """What is asked: the list after these passes, or how many swaps (of insertion sort, shifts) they took."""


class Level(NamedTuple):
    """What one difficulty allows."""

    size: int
    passes: tuple[int, ...]
    numbers: range


LEVELS = {
    1: Level(4, (2,), range(1, 50)),
    2: Level(5, (2, 3), range(1, 100)),
    3: Level(6, (3,), range(1, 100)),
    4: Level(7, (3, 4), range(-50, 100)),
    5: Level(9, (4, 5), range(-99, 200)),
}
RULES: dict[Method, tuple[str, ...]] = {
    "bubble": (
        "In each pass all neighbours are compared from left to right, and swapped if the {first} one comes second.",
        "Each pass goes from left to right and swaps two neighbours whenever the {first} one stands on the right.",
    ),
    "insertion": (
        "Pass k shifts every number before the one at position k + 1 that is {second}, and inserts that one.",
        "Pass k inserts the number at position k + 1 among those before it, shifting every {second} one to the right.",
    ),
    "selection": (
        "Pass k swaps the {extreme} number from position k on into position k, unless it stands there already.",
        "In pass k the {extreme} number from position k to the end changes places with the one at k, if it is another.",
    ),
}
OPENINGS = (
    "The list {numbers} is to be sorted into {order} order with {method} sort.",
    "{name} sorts the list {numbers} into {order} order by {method} sort.",
    "Take the list {numbers}, which {method} sort is to bring into {order} order.",
    "{name} writes down {numbers} and begins to sort these numbers into {order} order with {method} sort.",
)
QUESTIONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("list", ""): (
        "What does the list look like after {passes} passes?",
        "Write down the list after {passes} passes.",
        "Which list is there after {passes} passes?",
    ),
    ("changes", "swap"): (
        "How many swaps are made in the first {passes} passes?",
        "How many swaps do the first {passes} passes take altogether?",
    ),
    ("changes", "shift"): (
        "How many shifts are made in the first {passes} passes?",
        "How many times is a number shifted in the first {passes} passes altogether?",
    ),
}
SENTENCES: dict[str, tuple[str, ...]] = {
    "pass:bubble": woven(
        ("pass {pass} goes over {before}", "in pass {pass} we go through {before}", "pass {pass} starts with {before}"),
        (": it swaps {pairs}", ": out of order are {pairs}", ": the swaps are {pairs}"),
        (", which gives {after}.", ", so the list becomes {after}.", ", and leaves {after}."),
    ),
    "pass:bubble idle": woven(
        ("pass {pass} goes over {before}", "in pass {pass} we go through {before}", "pass {pass} starts with {before}"),
        (": nothing is out of order", ": it swaps nothing", ": every pair of neighbours is in order"),
        (", which gives {after}.", ", so the list stays {after}.", ", and leaves {after}."),
    ),
    "pass:insertion": woven(
        ("pass {pass} takes {number} from {before}", "in pass {pass} the number {number} of {before} is inserted"),
        (": it moves past {passed}", ": it has to go before {passed}", ": it shifts {passed} by one place"),
        (", which gives {after}.", ", so the list becomes {after}.", ", and leaves {after}."),
    ),
    "pass:insertion idle": woven(
        ("pass {pass} takes {number} from {before}", "in pass {pass} the number {number} of {before} is inserted"),
        (": it moves past nothing", ": it may stay where it is", ": no number has to be shifted"),
        (", which gives {after}.", ", so the list stays {after}.", ", and leaves {after}."),
    ),
    "pass:selection": woven(
        ("pass {pass} looks at {rest} in {before}", "in pass {pass} the choice is among {rest} of {before}"),
        (": the {extreme} is {chosen}", ": of these {chosen} is the {extreme}"),
        (", swapped with {place}, which gives {after}.", "; it changes places with {place}, which leaves {after}."),
    ),
    "pass:selection idle": woven(
        ("pass {pass} looks at {rest} in {before}", "in pass {pass} the choice is among {rest} of {before}"),
        (": the {extreme} is {chosen}", ": of these {chosen} is the {extreme}"),
        (", already in its place, which gives {after}.", "; it is where it belongs, which leaves {after}."),
    ),
    "result:list": (
        "after {passes} passes the list is {answer}.",
        "so {passes} passes turn the list into {answer}.",
        "that was pass {passes}, so the list is {answer}.",
        "all {passes} passes are made, and what we have is {answer}.",
    ),
    "result:changes": woven(
        ("in the {passes} passes together there are {sum}", "over {passes} passes this adds up to {sum}"),
        (" {changes}.", " {changes} in all.", " {changes} altogether."),
    ),
}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw a list in which the first passes have something to do."""
    level = LEVELS[difficulty]
    return Puzzle(
        method=rng.choice(("bubble", "insertion", "selection")),
        numbers=tuple(rng.sample(level.numbers, level.size)),
        passes=rng.choice(level.passes),
        falling=difficulty > 1 and rng.choice((True, False, False)),
        asked=rng.choice(("list", "list", "changes")),
    )


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Name the list and the method with its rule, and ask."""
    words = {
        "name": rng.choice(NAMES),
        "numbers": str(list(puzzle.numbers)),
        "method": puzzle.method,
        "passes": str(puzzle.passes),
        "order": rng.choice(("decreasing", "descending") if puzzle.falling else ("increasing", "ascending")),
        "first": "larger" if puzzle.falling else "smaller",
        "second": "smaller" if puzzle.falling else "larger",
        "extreme": _extreme(puzzle),
    }
    key = ("list", "") if puzzle.asked == "list" else ("changes", _change(puzzle))
    parts = (rng.choice(OPENINGS), rng.choice(RULES[puzzle.method]), rng.choice(QUESTIONS[key]))
    return " ".join(parts).format_map(words)


def _extreme(puzzle: Puzzle) -> str:
    return "largest" if puzzle.falling else "smallest"


def _change(puzzle: Puzzle) -> str:
    return "shift" if puzzle.method == "insertion" else "swap"


def _work(puzzle: Puzzle, hand: Hand) -> Iterator[Move]:
    """Make the passes, one step each, and sum up."""
    numbers, changes = list(puzzle.numbers), []
    for number in range(1, puzzle.passes + 1):
        given = {"pass": str(number), "before": str(numbers)}
        done, more, found = PASSES[puzzle.method](puzzle, hand, numbers, number)
        changes.append(done)
        moment = f"pass:{puzzle.method}" + ("" if done else " idle")
        yield Move(moment, given | more, found | {"after": str(numbers)})
    passes = {"passes": str(puzzle.passes)}
    if puzzle.asked == "list":
        yield Move("result:list", passes, {"answer": str(numbers)})
        return
    total = str(hand.value(sum(changes)))
    word = _change(puzzle) + ("" if total == "1" else "s")
    yield Move("result:changes", passes, {"answer": total, "changes": word, "sum": _summed(changes, total)})


def _summed(changes: list[int], total: str) -> str:
    return f"{' + '.join(map(str, changes))} = {total}"


Pass = tuple[int, dict[str, str], dict[str, str]]
"""How many changes a pass made, what it speaks of and what it finds."""


def _before(puzzle: Puzzle, left: int, right: int) -> bool:
    """Return whether one number has to stand before another."""
    return left > right if puzzle.falling else left < right


def _bubble(puzzle: Puzzle, hand: Hand, numbers: list[int], _number: int) -> Pass:
    pairs = []
    for at in range(len(numbers) - 1):
        left, right = numbers[at : at + 2]
        if hand.truth(_before(puzzle, right, left)):
            pairs.append(f"{left} and {right}")
            numbers[at : at + 2] = right, left
    return len(pairs), {}, {"pairs": ", ".join(pairs)}


def _insertion(puzzle: Puzzle, hand: Hand, numbers: list[int], number: int) -> Pass:
    taken, at, passed = numbers[number], number, []
    while at > 0 and hand.truth(_before(puzzle, taken, numbers[at - 1])):
        passed.append(str(numbers[at - 1]))
        numbers[at] = numbers[at - 1]
        at -= 1
    numbers[at] = taken
    return len(passed), {"number": str(taken)}, {"passed": ", ".join(passed)}


def _selection(puzzle: Puzzle, hand: Hand, numbers: list[int], number: int) -> Pass:
    place = number - 1
    rest = numbers[place:]
    order = sorted(rest, reverse=puzzle.falling)
    chosen = order[0] if hand.truth(exact=True) else order[1]
    displaced, at = numbers[place], numbers.index(chosen)
    numbers[place], numbers[at] = chosen, displaced
    given = {"rest": ", ".join(map(str, rest)), "extreme": _extreme(puzzle)}
    return int(at != place), given, {"chosen": str(chosen), "place": str(displaced)}


PASSES: dict[Method, Callable[[Puzzle, Hand, list[int], int], Pass]] = {
    "bubble": _bubble,
    "insertion": _insertion,
    "selection": _selection,
}
SHAPES = {
    "pairs": rf"{NUMBER} and {NUMBER}(?:, {NUMBER} and {NUMBER})*",
    "passed": NUMBERS,
    "chosen": NUMBER,
    "place": NUMBER,
    "after": LIST,
    "answer": rf"{LIST}|{NUMBER}",
    "sum": SUM,
    "changes": "(?:swap|shift)s?",
}
PROCEDURE = Procedure(SENTENCES, SHAPES, _work)


def _answer_type(puzzle: Puzzle) -> AnswerType:
    return "literal" if puzzle.asked == "list" else "integer"


FAMILY = Family(
    name="sorting",
    doc=(
        "A list after some passes of bubble, insertion or selection sort, or how many swaps or shifts they took; from "
        "4 numbers and 2 passes at difficulty 1 up to 9 numbers, some negative, and 5 passes at difficulty 5."
    ),
    domain="algorithms",
    answer_type=_answer_type,
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
