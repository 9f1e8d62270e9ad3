r"""`llama_factory`: conversations, `dataset_info.json` and a training config for LLaMA-Factory.

{"id": "9f1c...", "system": "", "messages": [{"role": "user", "content": "Solve 3x + 7 = 22."},
{"role": "assistant", "content": "<think>\nSubtract 7 ...\n</think>\n\nThe answer is 5."}]}

It reads every file of a folder, so the sidecars lie one level up; it knows thinking only inline, and skips a row whose
turns do not alternate. `formatting: openai` would put a system message of its own into every row, so it is not used.
"""

import msgspec

from curate.export.base import Facts, Format, Sidecars, Wishes
from curate.export.turns import alternating, context_of, learned
from curate.records import JSON, Message, Trace

TAGS = {
    "role_tag": "role",
    "content_tag": "content",
    "user_tag": "user",
    "assistant_tag": "assistant",
    "system_tag": "system",
}


class LlamaFactoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation; user and assistant take turns, and the assistant has the last word."""

    id: str
    """The trace's id."""
    system: str
    """The system message; empty where there is none."""
    messages: tuple[Message, ...]
    """The turns; the thinking of the last one stands between `<think>` and `</think>`."""


def llama_factory(trace: Trace, wishes: Wishes) -> tuple[LlamaFactoryRow]:
    """Render a trace as a conversation by turns."""
    system, turns = alternating(context_of(trace, wishes))
    return (LlamaFactoryRow(id=trace.id, system=system, messages=(*turns, learned(trace))),)


def dataset_names(facts: Facts, split: str) -> list[str]:
    """Return what LLaMA-Factory knows the shards of a split by: it takes one file, or all of a folder, by one name."""
    name = f"{facts.name}_{facts.folder}" + ("" if split == "train" else f"_{split}")
    shards = facts.shards.get(split, ())
    return [name] if len(shards) == 1 else [f"{name}_{number:05d}" for number in range(len(shards))]


def dataset_info(facts: Facts, about: JSON) -> JSON:
    """Return the entries of `dataset_info.json`, one for each shard, with what is said of all of them."""
    return {
        name: {"file_name": shard, **about}
        for split, shards in facts.shards.items()
        for name, shard in zip(dataset_names(facts, split), shards, strict=True)
    }


def config(facts: Facts, stage: str, more: str = "") -> str:
    """Return what a training config says of the data; the rest of it is for whoever trains."""
    names = {"dataset": dataset_names(facts, "train"), "eval_dataset": dataset_names(facts, "validation")}
    data = "".join(f"{key}: {','.join(found)}\n" for key, found in names.items() if found)
    return f"""\
stage: {stage}
do_train: true
{data}dataset_dir: .
cutoff_len: {facts.max_tokens}  # 2048 unless it is said, and the end is cut off; {facts.counted}
{more}"""


def sidecars(facts: Facts) -> Sidecars:
    """Return `dataset_info.json` and a config with the limit in it."""
    about = {"formatting": "sharegpt", "columns": {"messages": "messages", "system": "system"}, "tags": TAGS}
    history = "mask_history: true  # of a conversation the last reply is learned, which is the one that was checked\n"
    return {"dataset_info.json": dataset_info(facts, about), "llama_factory.yaml": config(facts, "sft", history)}


def paste(facts: Facts) -> str:
    """Return how to begin."""
    return f"""\
# {facts.folder}.yaml says which files of {facts.folder}/ are trained on, and cutoff_len: {facts.max_tokens}
llamafactory-cli train {facts.folder}.yaml model_name_or_path=MODEL template=TEMPLATE output_dir=OUTPUT"""


LLAMA_FACTORY = Format(
    name="llama_factory",
    doc="Conversations `{id, system, messages}` by turns with the thinking inline, with `dataset_info.json`.",
    kind="trace",
    render=llama_factory,
    row=LlamaFactoryRow,
    sidecars=sidecars,
    paste=paste,
    plain_only=True,
)
