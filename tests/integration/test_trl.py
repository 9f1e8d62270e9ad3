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
OVERFIT: JSON = {"template": "qwen2_5", "options": {"learning_rate": 5e-3, "per_device_train_batch_size": 4}}


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export of a run, in every format that is trained on."""
    folder = tmp_path_factory.mktemp("sums")
    return shards.exported(shards.made(folder), folder / "export", list(LEARNED), shard_rows=20)


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
    return [_sft(case) for case in [*sft, overfit]]


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


@pytest.mark.parametrize("form", LEARNED)
def test_it_trains(trained: dict[str, Any], form: str) -> None:
    """A few steps on each format give a loss each."""
    assert len(trained[form]["losses"]) == 3
    assert all(0 < loss < 20 for loss in trained[form]["losses"])


def test_a_tiny_set_is_learned(trained: dict[str, Any]) -> None:
    """On the rows of one shard the loss falls to less than half within forty steps: there is something to learn."""
    losses = trained["overfit"]["losses"]
    assert losses[-1] < losses[0] / 2
