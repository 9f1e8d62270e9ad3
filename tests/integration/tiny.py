"""Tiny models with random weights, and tokenizers made of the text that they are to read."""

from pathlib import Path
from typing import Any

import trl
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, LlamaForSequenceClassification, PreTrainedTokenizerFast

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


def make_tokenizer(files: list[str]) -> Tokenizer:
    """Train a byte-level tokenizer on some files."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    pieces = trainers.BpeTrainer(vocab_size=600, special_tokens=MARKS, initial_alphabet=letters, show_progress=False)
    tokenizer.train_from_iterator((Path(file).read_text("utf-8") for file in sorted(set(files))), pieces)
    return tokenizer


def make_student(base: Tokenizer, template: str, end: str = "<|im_end|>") -> PreTrainedTokenizerFast:
    """Return a tokenizer that reads with a template of TRL's, and stops at a token."""
    marks = {"eos_token": end, "pad_token": MARKS[0]}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=base, **marks)
    file = Path(trl.__file__).parent / "chat_templates" / f"{template}.jinja"
    tokenizer.chat_template = file.read_text("utf-8")
    return tokenizer


def make_model(tokenizer: PreTrainedTokenizerFast, *, judges: bool = False) -> Any:  # noqa: ANN401 - of transformers
    """Return a model that speaks, or one that judges."""
    size = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4}
    marks = {"eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id, "bos_token_id": None}
    config = LlamaConfig(vocab_size=len(tokenizer), max_position_embeddings=4096, **size, **marks)
    if judges:
        config.num_labels = 1
        return LlamaForSequenceClassification(config)
    return LlamaForCausalLM(config)
