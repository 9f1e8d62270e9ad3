"""Prompts that make a teacher think: a style is a function from a problem, and what the recipe wishes, to messages.

styles.py       the styles in words
structured.py   the style that asks for JSON, and the response format for it
template.py     a template of one's own
wishes.py       what a recipe wishes of its prompt, beside the style
"""

from typing import Protocol

from curate.prompts.structured import json_steps
from curate.prompts.styles import (
    boxed,
    direct,
    few_shot_cot,
    least_to_most,
    plan_and_solve,
    template,
    zero_shot_cot,
)
from curate.prompts.wishes import PLAIN, PromptWishes
from curate.records import Message, Problem

__all__ = ["NEEDS", "PLAIN", "STYLES", "PromptWishes", "Style"]


class Style(Protocol):
    """Puts a problem to a teacher."""

    __name__: str

    def __call__(self, problem: Problem, wishes: PromptWishes = PLAIN) -> tuple[Message, ...]:
        """Return the messages to send."""
        ...


STYLES: dict[str, Style] = {
    style.__name__: style
    for style in (
        zero_shot_cot,
        few_shot_cot,
        plan_and_solve,
        least_to_most,
        boxed,
        json_steps,
        direct,
        template,
    )
}
"""Chain-of-thought styles."""

NEEDS: dict[str, str] = {"few_shot_cot": "shots", "template": "template"}
"""Style to the key of the recipe's prompt without which it cannot be used; no other style takes that key."""
