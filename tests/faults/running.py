"""What the tests of faults share: a recipe that asks the fake server, and the command that runs it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from curate import jsonlines
from curate.records import JSON, Trace
from curate.testing.server import FakeServer


def write_recipe(folder: Path, server: FakeServer, problems: int, **teacher: Any) -> Path:  # noqa: ANN401 - any key of it
    """Write so many problems, and a recipe that asks the server for each."""
    lines = [
        json.dumps({"question": f"How much is {number} + {number}?", "answer": 2 * number})
        for number in range(problems)
    ]
    (folder / "problems.jsonl").write_text("\n".join(lines), "utf-8")
    recipe = folder / "recipe.yaml"
    asked = {"model": "custom/tiny", "base_url": server.url, "max_tokens": 512, **teacher}
    text = {"name": "faults", "problems": {"from": "file", "path": "problems.jsonl"}, "teacher": asked}
    recipe.write_text(json.dumps(text), "utf-8")
    return recipe


def generate(folder: Path, *words: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run `curate generate` on the recipe in a folder."""
    command = [sys.executable, "-m", "curate", "generate", "recipe.yaml", "-o", "run", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=timeout, check=False)


def summary_of(done: subprocess.CompletedProcess[str]) -> JSON:
    """Return what `--json` printed."""
    assert done.returncode in {0, 1}, done.stderr
    summary: JSON = json.loads(done.stdout)
    return summary


def traces(folder: Path) -> list[Trace]:
    """Return the traces of the run in a folder."""
    files = sorted((folder / "run" / "traces").glob("*.jsonl"))
    return [jsonlines.decode_as(line, Trace) for file in files for line in file.read_bytes().splitlines()]
