"""TRL trains on the shards as they are: a tiny random model, a few steps each, and what the loss was taken over."""

import json
from pathlib import Path
from typing import Any

import pytest

from curate.export.chat_template import ChatTemplate
from curate.export.replies import replies_of
from curate.export.survival import Student
from curate.records import JSON
from tests.integration import shards
from tests.integration.conftest import OTHERS, run_with_others

pytestmark = pytest.mark.integration

IM_END = "<|im_end|>"
LEARNED: dict[str, JSON] = {
    "messages": {"template": "qwen3", "options": {"assistant_only_loss": True}},
    "messages_reasoning": {"template": "qwen3", "options": {"assistant_only_loss": True}},
    "prompt_completion": {"template": "qwen2_5"},
    "gpt_oss": {"template": "gptoss", "end": "<|return|>", "options": {"assistant_only_loss": True}},
}
"""Format to the way in which it is trained on: a template that TRL ships, and options."""
PREFERRED: dict[str, JSON] = {
    "dpo": {"trainer": "DPO", "options": {"max_length": 4096}},
    "kto": {"trainer": "KTO", "options": {"max_length": 4096, "per_device_train_batch_size": 4}},
    "reward": {"trainer": "Reward", "options": {"max_length": 4096}},
    "grpo": {
        "trainer": "GRPO",
        "options": {"max_completion_length": 16, "num_generations": 2, "per_device_train_batch_size": 2},
    },
}
"""Format of preferences, and of problems to be graded, to its trainer and its options."""
OVERFIT: JSON = {"template": "qwen2_5", "options": {"learning_rate": 5e-3, "per_device_train_batch_size": 4}}


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export of a run, in every format that is trained on."""
    folder = tmp_path_factory.mktemp("sums")
    return shards.exported(shards.made(folder), folder / "export", [*LEARNED, *PREFERRED], shard_rows=20)


@pytest.fixture(scope="module")
def trained(export: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return case to what came of it; all of them train in one process, because the imports take longer than that."""
    folder = tmp_path_factory.mktemp("trl")
    plan = {"folder": str(folder), "cases": list(cases(export))}
    (folder / "plan.json").write_text(json.dumps(plan))
    found: dict[str, Any] = json.loads(run_with_others("train_rows.py", folder / "plan.json"))
    return found


def cases(export: Path) -> list[JSON]:
    """Return what is trained."""
    sft = [{**about, "name": form, "files": files(export, form), "steps": 3} for form, about in LEARNED.items()]
    overfit = {**OVERFIT, "name": "overfit", "files": files(export, "prompt_completion")[-1:], "steps": 40}
    ranked = [
        {**about, "name": form, "files": files(export, form), "template": "qwen2_5", "steps": 2}
        for form, about in PREFERRED.items()
    ]
    return [*map(_sft, [*sft, overfit]), *ranked]


def _sft(case: JSON) -> JSON:
    return {**case, "trainer": "SFT", "options": {"max_length": 4096, **case.get("options", {})}}


def files(export: Path, form: str) -> list[str]:
    """Return the shards of a format."""
    return [str(path) for path in sorted((export / form).glob("*.jsonl"))]


def student(form: str) -> Student:
    """Return the student that a case trains, with the template that TRL puts in place of the model's own."""
    about = LEARNED[form]
    name = f"{about['template']}_training" if "options" in about else about["template"]
    (template,) = OTHERS.parent.glob(f"lib/python*/site-packages/trl/chat_templates/{name}.jinja")
    end = about.get("end", IM_END)
    return Student(ChatTemplate(template.read_text("utf-8"), {"eos_token": end, "pad_token": "<|endoftext|>"}), (end,))


@pytest.mark.parametrize("form", LEARNED)
def test_the_loss_covers_reasoning_and_answer(export: Path, trained: dict[str, Any], form: str) -> None:
    """TRL takes the loss over what we say: reasoning, response and the end of the turn, all of it."""
    rows = shards.rows_of(export / form)
    assert trained[form]["rows"] == len(rows)
    for row, (sequence,) in zip(rows, trained[form]["learnt"], strict=False):
        (reply,) = replies_of(row)
        found = student(form).survival(reply)
        assert not set(found.faults) - {"empty_thinking"}
        assert sequence["text"] == found.text
        assert sequence["learnt"] == "".join(found.text[start:stop] for start, stop in found.learnt)
        assert reply.reasoning in sequence["learnt"]
        assert reply.response in sequence["learnt"]
        assert 0 < sequence["in_loss"] < sequence["tokens"]


@pytest.mark.parametrize("form", [*LEARNED, *PREFERRED])
def test_it_trains(trained: dict[str, Any], form: str) -> None:
    """A few steps on each format give a loss each, and no row is left out."""
    assert len(trained[form]["losses"]) == (3 if form in LEARNED else 2)
    assert all(-20 < loss < 20 for loss in trained[form]["losses"])


@pytest.mark.parametrize("form", ["dpo", "kto"])
def test_preferences_are_learned_from_whole_replies(export: Path, trained: dict[str, Any], form: str) -> None:
    """Of a preference the loss is taken over both replies to their end, of a labelled reply over it, and no more."""
    rows = shards.rows_of(export / form)
    assert trained[form]["rows"] == len(rows) > 5
    for row, sequences in zip(rows, trained[form]["learnt"], strict=False):
        said = [f"{reply.turn['content']}{IM_END}\n" for reply in replies_of(row)]
        assert [sequence["learnt"] for sequence in sequences] == said


def test_reward_models_read_whole_conversations(export: Path, trained: dict[str, Any]) -> None:
    """A reward model reads both conversations of a preference, from the problem to the end of the reply."""
    rows = shards.rows_of(export / "reward")
    assert trained["reward"]["rows"] == len(rows) > 5
    for row, sequences in zip(rows, trained["reward"]["learnt"], strict=False):
        for reply, sequence in zip(replies_of(row), sequences, strict=True):
            assert reply.prompt[-1]["content"] in sequence["text"]
            assert f"{reply.turn['content']}{IM_END}" in sequence["text"]


def test_rewards_are_handed_the_answers(export: Path, trained: dict[str, Any]) -> None:
    """The reward function of GRPO is handed the answer of each problem, as text."""
    answers = {row["answer"] for row in shards.rows_of(export / "grpo")}
    assert trained["grpo"]["seen"]
    assert set(trained["grpo"]["seen"]) <= answers


def test_a_tiny_set_is_learned(trained: dict[str, Any]) -> None:
    """On the rows of one shard the loss falls to less than half within forty steps: there is something to learn."""
    losses = trained["overfit"]["losses"]
    assert losses[-1] < losses[0] / 2
