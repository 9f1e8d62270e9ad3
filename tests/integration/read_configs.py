"""Read an export by its sidecars: `python read_configs.py llama_factory|axolotl MODEL`, in the export's folder.

What the trainers' own code makes of their configs and of the shards comes to stdout, as the text of each row and the
part of it that the loss is taken over. Neither trains here: each runs its way from a config to tokens.
"""

import json
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from transformers import AutoTokenizer

sys.modules["torchaudio"] = ModuleType("torchaudio")  # imported for sound, of which there is none here
sys.modules["torchaudio"].__spec__ = ModuleSpec("torchaudio", None)


def llama_factory(model: str, config: str) -> list[dict[str, Any]]:
    """Return the rows as LLaMA-Factory reads them by a config and `dataset_info.json`."""
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer  # noqa: PLC0415 - one trainer a process
    from llamafactory.hparams import DataArguments, ModelArguments  # noqa: PLC0415 - likewise
    from transformers import Seq2SeqTrainingArguments  # noqa: PLC0415 - likewise

    given = yaml.safe_load(Path(config).read_text("utf-8"))
    stage = given.pop("stage")
    given.pop("do_train")
    given = {key: value for key, value in given.items() if key in DataArguments.__dataclass_fields__}
    data = DataArguments(template="qwen", overwrite_cache=True, **given)
    tokenizer = AutoTokenizer.from_pretrained(model)
    template = get_template_and_fix_tokenizer(tokenizer, data)
    training = Seq2SeqTrainingArguments(output_dir="unused", use_cpu=True, report_to="none")
    found = get_dataset(template, ModelArguments(model_name_or_path=model), data, training, stage, tokenizer)
    return [shown(tokenizer, row) for row in found["train_dataset"]]


def axolotl(model: str, config: str) -> list[dict[str, Any]]:
    """Return the rows as axolotl reads them by a config."""
    from axolotl.utils.data.sft import prepare_datasets  # noqa: PLC0415 - one trainer a process
    from axolotl.utils.dict import DictDefault  # noqa: PLC0415 - likewise
    from axolotl.utils.schemas.config import AxolotlInputConfig  # noqa: PLC0415 - likewise

    given = yaml.safe_load(Path(config).read_text("utf-8"))
    training = {"base_model": model, "micro_batch_size": 1, "gradient_accumulation_steps": 1, "num_epochs": 1}
    cfg = AxolotlInputConfig(**given, **training, learning_rate=1e-4, dataset_prepared_path="prepared")
    tokenizer = AutoTokenizer.from_pretrained(model)
    dataset, *_ = prepare_datasets(DictDefault(batch_size=1, **cfg.model_dump(exclude_none=True)), tokenizer)
    return [shown(tokenizer, row) for row in dataset]


def shown(tokenizer: Any, row: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - of transformers
    """Return a row as text; of a preference the two texts and what is learned of them."""
    kinds = [key.removesuffix("input_ids") for key in row if key.endswith("input_ids")]
    found: dict[str, Any] = {}
    for kind in kinds:
        labels = [label for label in row[f"{kind}labels"] if label != -100]
        found |= {f"{kind}text": tokenizer.decode(row[f"{kind}input_ids"]), f"{kind}learnt": tokenizer.decode(labels)}
    return found


if __name__ == "__main__":
    trainer, model, config = sys.argv[1:]
    reader = {"llama_factory": llama_factory, "axolotl": axolotl}[trainer]
    rows = reader(model, config)
    Path(f"{config}.read.json").write_text(json.dumps(rows), "utf-8")
