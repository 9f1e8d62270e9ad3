"""LLaMA-Factory and axolotl read an export by the configs that stand in it, by their own code, without a change."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from curate.export.replies import replies_of
from tests.integration import shards
from tests.integration.conftest import OTHERS, others_environment, run_with_others

pytestmark = pytest.mark.integration

CONFIGS = {"llama_factory": "llama_factory.yaml", "axolotl": "axolotl.yaml"}
"""Trainer, and format, to the config that is written for it."""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export in several shards for both."""
    folder = tmp_path_factory.mktemp("configs")
    return shards.exported(shards.made(folder), folder / "export", list(CONFIGS), shard_rows=25)


@pytest.fixture(scope="module")
def student(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny model and its tokenizer."""
    folder = tmp_path_factory.mktemp("student")
    run_with_others("make_student.py", folder, "qwen2_5", *map(str, (export / "axolotl").glob("*.jsonl")))
    return folder


def read(trainer: str, export: Path, student: Path) -> list[dict[str, Any]]:
    """Return what a trainer makes of an export, standing in its folder as its user would."""
    script = Path(__file__).with_name("read_configs.py")
    config = CONFIGS[trainer]
    ended = subprocess.run(
        [OTHERS / "python", script, trainer, student, config],
        cwd=export,
        env=others_environment(),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-4000:]
    found: list[dict[str, Any]] = json.loads((export / f"{config}.read.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("trainer", CONFIGS)
def test_rows_are_read(trainer: str, export: Path, student: Path) -> None:
    """Every row is read, and its loss is taken over reasoning, response and end alone; axolotl shuffles them."""
    replies = [reply for row in shards.rows_of(export / trainer) for reply in replies_of(row)]
    replies.sort(key=lambda reply: f"{reply.turn['content']}<|im_end|>")
    found = sorted(read(trainer, export, student), key=lambda row: row["learnt"].strip())
    assert len(found) == len(replies) > 50
    for reply, row in zip(replies, found, strict=True):
        assert reply.prompt[-1]["content"] in row["text"]
        assert reply.prompt[-1]["content"] not in row["learnt"]
        assert row["learnt"].strip() == f"{reply.turn['content']}<|im_end|>"
