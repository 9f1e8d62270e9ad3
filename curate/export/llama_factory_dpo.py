r"""`llama_factory_dpo`: preference pairs, `dataset_info.json` and a training config for LLaMA-Factory.

{"id": "51f0...", "system": "", "conversations": [{"role": "user", "content": "Solve 3x + 7 = 22."}],
"chosen": {"role": "assistant", "content": "<think>\n...\n</think>\n\nThe answer is 5."},
"rejected": {"role": "assistant", "content": "The answer is 7."}, "metadata": "{...}"}

The two replies are turns and no lists of turns: of lists it finds no valid sample.
"""

import msgspec

from curate.export.base import Facts, Format, Pair, Sidecars, Wishes
from curate.export.llama_factory import TAGS, config, dataset_info, paste
from curate.export.preferences import metadata, sides_of
from curate.export.turns import alternating
from curate.records import Message


class LlamaFactoryDPORow(msgspec.Struct, frozen=True, kw_only=True):
    """Two replies to one conversation, in which user and assistant take turns."""

    id: str
    """The pair's id."""
    system: str
    """The system message; empty where there is none."""
    conversations: tuple[Message, ...]
    """The turns before the reply; the last one is the user's."""
    chosen: Message
    """The better reply, its thinking between `<think>` and `</think>`."""
    rejected: Message
    """The worse reply, likewise."""
    metadata: str
    """Why one is better, as JSON (schema `pair.v1`)."""


def llama_factory_dpo(pair: Pair, wishes: Wishes) -> tuple[LlamaFactoryDPORow]:
    """Render a pair as turns, and two turns that could follow."""
    prompt, chosen, rejected = sides_of(pair, wishes)
    system, turns = alternating(prompt)
    return (
        LlamaFactoryDPORow(
            id=pair.about.id,
            system=system,
            conversations=turns,
            chosen=chosen,
            rejected=rejected,
            metadata=metadata(pair),
        ),
    )


COLUMNS = {"messages": "conversations", "system": "system", "chosen": "chosen", "rejected": "rejected"}


def sidecars(facts: Facts) -> Sidecars:
    """Return `dataset_info.json` and a config with the limit in it."""
    about = {"formatting": "sharegpt", "ranking": True, "columns": COLUMNS, "tags": TAGS}
    return {"dataset_info.json": dataset_info(facts, about), "llama_factory_dpo.yaml": config(facts, "dpo")}


LLAMA_FACTORY_DPO = Format(
    name="llama_factory_dpo",
    doc="Preference pairs `{id, system, conversations, chosen, rejected, metadata}`, with `dataset_info.json`.",
    kind="pair",
    render=llama_factory_dpo,
    row=LlamaFactoryDPORow,
    sidecars=sidecars,
    paste=paste,
    plain_only=True,
)
