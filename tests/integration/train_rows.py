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
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    LlamaForSequenceClassification,
    PreTrainedTokenizerFast,
    PrinterCallback,
)

MARKS = [
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<think>",
    "</think>",
    "<|start|>",
    "<|end|>",
    "<|channel|>",
    "<|message|>",
    "<|return|>",
]
SHOWN = 8
"""Rows of each case whose tokens are shown."""


def main(plan: dict[str, Any]) -> dict[str, Any]:
    """Run every case."""
    base = make_tokenizer([file for case in plan["cases"] for file in case["files"]])
    return {case["name"]: run(case, base, Path(plan["folder"], case["name"])) for case in plan["cases"]}


def make_tokenizer(files: list[str]) -> Tokenizer:
    """Train a byte-level tokenizer on the shards."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    pieces = trainers.BpeTrainer(
        vocab_size=600,
        special_tokens=MARKS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator((Path(file).read_text("utf-8") for file in sorted(set(files))), pieces)
    return tokenizer


def run(case: dict[str, Any], base: Tokenizer, folder: Path) -> dict[str, Any]:
    """Train one case, and say what happened."""
    torch.manual_seed(0)
    marks = {"eos_token": case.get("end", "<|im_end|>"), "pad_token": MARKS[0]}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=base, **marks)
    tokenizer.chat_template = template(case["template"])
    dataset = load_dataset("json", data_files=case["files"], split="train")
    trainer = make_trainer(case, tokenizer, dataset, folder)
    shown = [learnt(trainer, row) for row in range(min(SHOWN, len(trainer.train_dataset)))]
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    return {"rows": len(trainer.train_dataset), "learnt": shown, "losses": losses, "seen": SEEN.pop(case["name"], [])}


def template(name: str) -> str:
    """Return a template that TRL ships, or that a plan gives whole."""
    file = Path(trl.__file__).parent / "chat_templates" / f"{name}.jinja"
    return file.read_text("utf-8") if "{" not in name else name


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
    more = {"reward_funcs": rewarding(case["name"])} if kind == "GRPO" else {}
    return trainer(
        model=make_model(tokenizer, judges=kind == "Reward"),
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


def make_model(tokenizer: Any, *, judges: bool) -> Any:  # noqa: ANN401 - of transformers
    """Return a tiny model with random weights, one that speaks or one that judges."""
    size = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4}
    marks = {"eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id}
    config = LlamaConfig(vocab_size=len(tokenizer), max_position_embeddings=4096, **size, **marks)
    if judges:
        config.num_labels = 1
        return LlamaForSequenceClassification(config)
    return LlamaForCausalLM(config)


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
