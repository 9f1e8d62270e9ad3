r"""`axolotl`: conversations that say which turns are learned, and a config that stops at a row that is too long.

{"id": "9f1c...", "messages": [{"role": "user", "content": "Solve 3x + 7 = 22.", "train": false},
{"role": "assistant", "content": "<think>\nSubtract 7 ...\n</think>\n\nThe answer is 5.", "train": true}]}
"""

import msgspec

from curate.export.base import Facts, Format, Sidecars, Wishes
from curate.export.messages import conversation
from curate.records import Trace


class AxolotlMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of a conversation."""

    role: str
    """`system`, `user`, `assistant` or `tool`."""
    content: str
    """What was said; the thinking of the last turn stands between `<think>` and `</think>`."""
    train: bool
    """Whether it is learned: the last turn, which is the one that was checked."""


class AxolotlRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation that ends with the assistant's turn."""

    id: str
    """The trace's id."""
    messages: tuple[AxolotlMessage, ...]
    """The turns."""


def axolotl(trace: Trace, wishes: Wishes) -> tuple[AxolotlRow]:
    """Render a trace as a conversation whose last turn is learned."""
    turns = conversation(trace, wishes)
    said = tuple(
        AxolotlMessage(role=turn.role, content=turn.content, train=place == len(turns))
        for place, turn in enumerate(turns, start=1)
    )
    return (AxolotlRow(id=trace.id, messages=said),)


def sidecars(facts: Facts) -> Sidecars:
    """Return what a config says of the data, with the limit in it."""
    return {"axolotl.yaml": config(facts)}


def config(facts: Facts) -> str:
    """Return what a config says of the data; the rest of it is for whoever trains."""
    validation = _datasets("test_datasets", facts, "validation") if "validation" in facts.shards else ""
    return f"""\
{_datasets("datasets", facts, "train")}{validation}sequence_len: {facts.max_tokens}  # {facts.counted}
excess_length_strategy: raise  # unless it is said, longer rows are dropped without a word
"""


def _datasets(key: str, facts: Facts, split: str) -> str:
    files = "".join(f"      - {shard}\n" for shard in facts.shards.get(split, ()))
    return f"""\
{key}:
  - path: {facts.folder}
    ds_type: json
    data_files:
{files}    split: train
    type: chat_template
    field_messages: messages
    message_field_training: train
    roles_to_train: []
"""


def paste(facts: Facts) -> str:
    """Return how to begin."""
    return f"""\
# axolotl.yaml names the files of {facts.folder}/ and says sequence_len: {facts.max_tokens}; add the model to it, then
axolotl train axolotl.yaml"""


AXOLOTL = Format(
    name="axolotl",
    doc="Conversations `{id, messages}` with the thinking inline and `train` in every turn, and a config beside them.",
    kind="trace",
    render=axolotl,
    row=AxolotlRow,
    sidecars=sidecars,
    paste=paste,
)
