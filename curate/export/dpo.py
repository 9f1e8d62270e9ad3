r"""`dpo`: preference pairs for TRL's `DPOTrainer`.

{"id": "51f0...", "prompt": [{"role": "user", "content": "Solve 3x + 7 = 22."}],
"chosen": [{"role": "assistant", "content": "<think>\n...\n</think>\n\nThe answer is 5."}],
"rejected": [{"role": "assistant", "content": "<think>\n...\n</think>\n\nThe answer is 7."}],
"metadata": "{\"rule\": \"right_over_wrong\", ...}"}
"""

import msgspec

from curate.export.base import Facts, Format, Pair, Wishes
from curate.export.pastes import trl
from curate.export.preferences import metadata, sides_of
from curate.records import Message


class DPORow(msgspec.Struct, frozen=True, kw_only=True):
    """Two replies to one prompt, of which one is preferred."""

    id: str
    """The pair's id."""
    prompt: tuple[Message, ...]
    """The turns before the reply."""
    chosen: tuple[Message, ...]
    """The better reply, one turn of the assistant, its thinking between `<think>` and `</think>`."""
    rejected: tuple[Message, ...]
    """The worse reply, likewise."""
    metadata: str
    """Why one is better, as JSON (schema `pair.v1`)."""


def dpo(pair: Pair, wishes: Wishes) -> tuple[DPORow]:
    """Render a pair with its prompt apart."""
    sides = sides_of(pair, wishes)
    return (
        DPORow(
            id=pair.about.id,
            prompt=sides.prompt,
            chosen=(sides.chosen,),
            rejected=(sides.rejected,),
            metadata=metadata(pair),
        ),
    )


def paste(facts: Facts) -> str:
    """Return the lines of a TRL script."""
    return trl(facts, config="DPOConfig")


DPO = Format(
    name="dpo",
    doc="Preference pairs `{id, prompt, chosen, rejected, metadata}`, three lists of turns.",
    kind="pair",
    render=dpo,
    row=DPORow,
    paste=paste,
)
