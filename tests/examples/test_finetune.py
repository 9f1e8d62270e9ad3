"""The examples for fine-tuning, as far as they can be held against our own exports without a trainer."""

import ast
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from curate.export import FORMATS, Facts

FOLDER = Path(__file__).parents[2] / "examples" / "finetune"
FACTS = Facts(
    name="sums",
    folder="axolotl",
    shards={"train": ("axolotl/train-00000-of-00001.jsonl",)},
    rows={"train": 9},
    max_tokens=2048,
    counted="counted",
)


def read(text: str) -> dict[str, Any]:
    """Return the keys of a config; a key that stands twice is an error."""
    found: dict[str, Any] = YAML(typ="safe").load(text)
    return found


@pytest.mark.parametrize("form", ["axolotl", "llama_factory"])
def test_configs_go_together(form: str) -> None:
    """What an export writes and what the example adds are one config, of which neither says what the other says."""
    (name, written), *_ = ((n, text) for n, text in FORMATS[form].sidecars(FACTS).items() if n.endswith(".yaml"))
    ours = read(str(written))
    rest = read((FOLDER / name).read_text("utf-8"))
    assert read(f"{written}{(FOLDER / name).read_text('utf-8')}") == {**ours, **rest}


@pytest.mark.parametrize("script,form", [("trl_sft.py", "prompt_completion"), ("trl_dpo.py", "dpo")])
def test_scripts_load_what_is_exported(script: str, form: str) -> None:
    """A script loads an export by the name of a format of ours."""
    tree = ast.parse((FOLDER / script).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and "load_dataset" in ast.unparse(node.func)]
    assert [ast.literal_eval(call.args[1]) for call in calls] == [form]
    assert form in FORMATS


def test_the_distributed_config() -> None:
    """The config for accelerate spreads one training over the processors of a machine, by FSDP."""
    config = read((FOLDER / "fsdp.yaml").read_text("utf-8"))
    assert (config["distributed_type"], config["fsdp_config"]["fsdp_version"]) == ("FSDP", 2)
