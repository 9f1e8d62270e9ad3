"""What a recipe wishes of its prompt, beside the style."""

from collections.abc import Callable

import msgspec

from curate.recipe.shape import Shot
from curate.records import JSON, Message, Problem


class PromptWishes(msgspec.Struct, frozen=True, kw_only=True):
    """What a recipe wishes of its prompt."""

    system: str | None = None
    """A system message before everything else."""
    shots: tuple[Shot, ...] = ()
    """Examples, in the order they are shown."""
    render: Callable[[Problem], str] | None = None
    """The recipe's own template, compiled."""
    schema: JSON | None = None
    """The recipe's own schema for the object that a structured reply is."""

    def conversation(self, *turns: str) -> tuple[Message, ...]:
        """Return turns of user and assistant, the user's first, after the system message."""
        roles = ("user", "assistant")
        spoken = tuple(Message(role=roles[place % 2], content=turn) for place, turn in enumerate(turns))
        return spoken if self.system is None else (Message(role="system", content=self.system), *spoken)


PLAIN = PromptWishes()
