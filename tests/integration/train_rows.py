"""Train on shards with TRL: `python train_rows.py PLAN.json`, in the environment that has it.

The plan names a folder for models, and cases: {name, trainer, files, template, steps, options}. For each the model is a
tiny random one, its tokenizer made of the shards' own text. What comes to stdout is, for each case, the losses, the
number of rows, and for the first rows what the loss was taken over, as text.
"""

import json
import sys
from pathlib import Path
from typing import Any

import torch
import trl
from datasets import Dataset, load_dataset
from tokenizers import Tokenizer
from transformers import PrinterCallback

from tests.integration.tiny import make_model, make_student, make_tokenizer

SHOWN = 8
"""Rows of each case whose tokens are shown."""


def main(plan: dict[str, Any]) -> dict[str, Any]:
    """Run every case."""
    base = make_tokenizer([file for case in plan["cases"] for file in case["files"]])
    return {case["name"]: run(case, base, Path(plan["folder"], case["name"])) for case in plan["cases"]}


def run(case: dict[str, Any], base: Tokenizer, folder: Path) -> dict[str, Any]:
    """Train one case, and say what happened."""
    torch.manual_seed(0)
    tokenizer = make_student(base, case["template"], case.get("end", "<|im_end|>"))
    dataset = load_dataset("json", data_files=case["files"], split="train")
    trainer = make_trainer(case, tokenizer, dataset, folder)
    shown = [learnt(trainer, row) for row in range(min(SHOWN, len(trainer.train_dataset)))]
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    return {"rows": len(trainer.train_dataset), "learnt": shown, "losses": losses, "seen": SEEN.pop(case["name"], [])}


SEEN: dict[str, list[Any]] = {}
"""Case to the answers that its reward function was handed."""


def make_trainer(case: dict[str, Any], tokenizer: Any, dataset: Dataset, folder: Path) -> Any:  # noqa: ANN401 - TRL's
    """Return the trainer of a case, ready."""
    kind = case["trainer"]
    config, trainer = getattr(trl, f"{kind}Config"), getattr(trl, f"{kind}Trainer")
    options = {
        "output_dir": str(folder),
        "use_cpu": True,
        "bf16": False,
        "report_to": "none",
        "gradient_checkpointing": False,
        "save_strategy": "no",
        "logging_steps": 1,
        "disable_tqdm": True,
        "max_steps": case["steps"],
        **case.get("options", {}),
    }
    model = make_model(tokenizer, judges=kind == "Reward")
    model.save_pretrained(folder / "start")  # DPO and KTO read it again, as what they must not stray from
    more = {"reward_funcs": rewarding(case["name"])} if kind == "GRPO" else {}
    return trainer(
        model=model if kind == "Reward" else str(folder / "start"),
        args=config(**options),
        processing_class=tokenizer,
        train_dataset=dataset,
        **more,
    )


def rewarding(name: str) -> Any:  # noqa: ANN401 - a function as TRL wants it
    """Return a reward function that remembers the answers that it is handed."""

    def reward(completions: list[Any], answer: list[str], **_rest: Any) -> list[float]:  # noqa: ANN401 - columns
        SEEN.setdefault(name, []).extend(answer)
        texts = [completion[0]["content"] for completion in completions]
        return [float(len(set(text))) for text in texts]

    return reward


def learnt(trainer: Any, row: int) -> list[dict[str, Any]]:  # noqa: ANN401 - TRL's
    """Return, for each sequence that a row becomes, its text and the part of it that the loss is taken over."""
    batch = trainer.data_collator([trainer.train_dataset[row]])
    if isinstance(batch, list):
        return []  # GRPO, which learns from what the model says
    read = batch["attention_mask"].bool()
    taken = batch["labels"] != -100 if "labels" in batch else batch.get("completion_mask", read).bool()
    decode = trainer.processing_class.decode
    return [
        {"text": decode(ids[real]), "learnt": decode(ids[loss]), "tokens": int(real.sum()), "in_loss": int(loss.sum())}
        for ids, real, loss in zip(batch["input_ids"], read, taken, strict=True)
    ]


if __name__ == "__main__":
    json.dump(main(json.loads(Path(sys.argv[1]).read_text("utf-8"))), sys.stdout)
