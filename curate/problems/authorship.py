"""What an author is asked: strategies, each a function from what it may be shown to a task in words.

Which seeds, topics or passages a request shows depends on the recipe's seed and on the number of the request alone, and
on the problems that were accepted before its round; so a run that goes on asks what it asked before.
"""

import random
from collections.abc import Callable, Sequence
from itertools import product
from typing import Literal

import msgspec

from curate.records import JSON

Strategy = Literal["self_instruct", "evolve", "topics", "passages"]
Operation = Literal["harder", "other_numbers", "other_setting", "combined", "backwards"]

SHOWN = 4
"""Problems that are shown as examples, or as what is there already."""
FROM_SEEDS = 2
"""Of the examples, those that are seeds wherever there are so many: else an author drifts away from them."""

OPERATIONS: dict[Operation, str] = {
    "harder": "Each new problem takes the given one further: it needs more steps, or a deeper idea, to be solved.",
    "other_numbers": "Each new problem keeps the situation of the given one and changes its numbers, so that another "
    "answer comes out.",
    "other_setting": "Each new problem keeps the reasoning of the given one and tells of something else altogether.",
    "combined": "Each new problem joins the given ones: the answer of one is needed to solve the other.",
    "backwards": "Each new problem turns the given one around: its answer is given, and one of its numbers is asked.",
}
"""Way of changing a problem to what the author is told."""

PROBLEMS_SCHEMA: JSON = {
    "type": "object",
    "properties": {
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"problem": {"type": "string"}, "answer": {"type": "string"}},
                "required": ["problem", "answer"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["problems"],
    "additionalProperties": False,
}
"""What is asked for, as a JSON Schema."""

RULES = """\
Each problem stands by itself: everything that is needed to solve it is in its text, and it refers to no figure, table \
or text outside of it. It asks for one thing and has one final answer that can be checked; it asks for no proof, and \
does not give its answer away. No two problems are alike, and none repeats one that is shown here."""

FORM = """\
Reply with one JSON object and nothing else, valid under this JSON Schema; write each backslash of LaTeX twice:
{schema}"""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to write problems from; each strategy takes what it needs."""

    seeds: tuple[str, ...] = ()
    """Texts of problems to begin with."""
    accepted: Sequence[str] = ()
    """Texts of problems that were written and accepted before."""
    operations: tuple[Operation, ...] = ()
    cells: tuple[str, ...] = ()
    """Topics in words, one for each cell of their grid."""
    passages: tuple[str, ...] = ()


def task_of(strategy: Strategy, material: Material, number: int, luck: random.Random) -> str:
    """Return what one request asks for.

    Args:
        strategy: How problems are found.
        material: What there is to find them in.
        number: Which request it is, from 0.
        luck: Chooses what is shown.
    """
    return STRATEGIES[strategy](material, number, luck)


def prompt_of(task: str, count: int, wishes: str | None, form: str) -> str:
    """Return the whole prompt.

    Args:
        task: What is particular about this request.
        count: How many problems are wanted.
        wishes: What the recipe says besides.
        form: The schema of the reply, as text.
    """
    head = f"Write {count} new problems that train step-by-step reasoning."
    return "\n\n".join(part for part in (head, wishes, task, RULES, FORM.format(schema=form)) if part)


def grid(topics: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return every cell of a grid of topics in words: `subject: gases; level: first year`."""
    names = list(topics)
    return tuple(
        "; ".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))
        for values in product(*topics.values())
    )


def _self_instruct(material: Material, number: int, luck: random.Random) -> str:  # noqa: ARG001 - a strategy
    old = luck.sample(material.seeds, min(FROM_SEEDS, len(material.seeds)))
    rest = [*material.accepted, *(seed for seed in material.seeds if seed not in old)]
    shown = [*old, *luck.sample(rest, min(SHOWN - len(old), len(rest)))]
    return f"They are of the kind of these examples, and as varied as they can be:\n\n{_listed(shown)}"


def _evolve(material: Material, number: int, luck: random.Random) -> str:
    operation = material.operations[number % len(material.operations)]
    there = [*material.seeds, *material.accepted]
    given = luck.sample(there, min(2 if operation == "combined" else 1, len(there)))
    return f"{OPERATIONS[operation]}\n\n{_listed(given)}"


def _topics(material: Material, number: int, luck: random.Random) -> str:
    cell = material.cells[number % len(material.cells)]
    return f"They are about this:\n\n{cell}{_already(material, luck)}"


def _passages(material: Material, number: int, luck: random.Random) -> str:
    passage = material.passages[number % len(material.passages)]
    head = "They are drawn from this passage, and say themselves what they need of it:"
    return f"{head}\n\n{passage}{_already(material, luck)}"


def _already(material: Material, luck: random.Random) -> str:
    shown = luck.sample(list(material.accepted), min(SHOWN, len(material.accepted)))
    return f"\n\nThese are there already:\n\n{_listed(shown)}" if shown else ""


def _listed(texts: Sequence[str]) -> str:
    return "\n\n".join(f"Problem {number}: {text}" for number, text in enumerate(texts, 1))


STRATEGIES: dict[Strategy, Callable[[Material, int, random.Random], str]] = {
    "self_instruct": _self_instruct,
    "evolve": _evolve,
    "topics": _topics,
    "passages": _passages,
}
