r"""`reward`: whole conversations, one preferred, for TRL's `RewardTrainer`.

{"id": "51f0...", "chosen": [{"role": "user", "content": "Solve 3x + 7 = 22."}, {"role": "assistant", ...}],
"rejected": [{"role": "user", "content": "Solve 3x + 7 = 22."}, {"role": "assistant", ...}], "metadata": "{...}"}
"""

import msgspec

from curate.export.base import Facts, Format, Pair, Wishes
from curate.export.pastes import trl
from curate.export.preferences import metadata, sides_of
from curate.records import Message


class RewardRow(msgspec.Struct, frozen=True, kw_only=True):
    """Two conversations that differ in their last turn."""

    id: str
    """The pair's id."""
    chosen: tuple[Message, ...]
    """The prompt and the better reply, its thinking between `<think>` and `</think>`."""
    rejected: tuple[Message, ...]
    """The prompt and the worse reply."""
    metadata: str
    """Why one is better, as JSON (schema `pair.v1`)."""


def reward(pair: Pair, wishes: Wishes) -> tuple[RewardRow]:
    """Render a pair as two conversations."""
    prompt, chosen, rejected = sides_of(pair, wishes)
    return (
        RewardRow(id=pair.about.id, chosen=(*prompt, chosen), rejected=(*prompt, rejected), metadata=metadata(pair)),
    )


def paste(facts: Facts) -> str:
    """Return the lines of a TRL script."""
    return trl(facts, config="RewardConfig")


REWARD = Format(
    name="reward",
    doc="Preference pairs `{id, chosen, rejected, metadata}`, two whole conversations.",
    kind="pair",
    render=reward,
    row=RewardRow,
    paste=paste,
)
