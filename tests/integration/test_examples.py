"""The examples for fine-tuning, run on an export as a user would run them, with a tiny model."""

import subprocess
from pathlib import Path

import pytest

from tests.integration import shards
from tests.integration.conftest import OTHERS, ROOT, others_environment, run_with_others

pytestmark = pytest.mark.integration

FOLDER = ROOT / "examples" / "finetune"
FORMATS = {"trl_sft.py": "prompt_completion", "trl_dpo.py": "dpo"}
LAUNCH = (
    "accelerate",
    "launch",
    "--config_file",
    FOLDER / "fsdp.yaml",
    "--num_processes",
    "2",
    "--mixed_precision",
    "no",
)
"""Two processes that train together by the config; on processors accelerate shares only rows, and no weights."""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export for both scripts."""
    folder = tmp_path_factory.mktemp("examples")
    return shards.exported(shards.made(folder), folder / "export", list(FORMATS.values()))


@pytest.fixture(scope="module")
def student(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny model and its tokenizer."""
    folder = tmp_path_factory.mktemp("student")
    run_with_others("make_student.py", folder, "qwen2_5", *map(str, (export / "prompt_completion").glob("*.jsonl")))
    return folder


@pytest.mark.parametrize(
    "script,launcher",
    [
        pytest.param("trl_sft.py", ("python",), id="sft"),
        pytest.param("trl_dpo.py", ("python",), id="dpo"),
        pytest.param("trl_sft.py", LAUNCH, id="distributed"),
    ],
)
def test_examples_run(
    export: Path, student: Path, tmp_path: Path, script: str, launcher: tuple[str | Path, ...]
) -> None:
    """A script trains on the export as it is, and leaves a model."""
    program, *words = launcher
    given: list[str | Path] = [
        "--model",
        student,
        "--max-length",
        "4096",
        "--output",
        tmp_path / "trained",
        "--steps",
        "2",
    ]
    ended = subprocess.run(
        [OTHERS / program, *words, FOLDER / script, export, *given],
        env={**others_environment(), "ACCELERATE_USE_CPU": "true", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-4000:]
    assert (tmp_path / "trained" / "model.safetensors").exists()
    assert "'train_loss'" in ended.stdout + ended.stderr
