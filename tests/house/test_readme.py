"""The README tells the truth."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def curate(folder: Path, *arguments: str) -> str:
    """Run the command that a user would type, and return all that it prints."""
    command = [sys.executable, "-m", "curate", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_session_is_what_is_printed(tmp_path: Path) -> None:
    """The session in the README is what its commands print, line by line."""
    printed = curate(tmp_path, "run", "quickstart").splitlines()
    printed += curate(tmp_path, "why", "datasets_out/quickstart", "part-00000.jsonl:18").splitlines()
    (tmp_path / "somebody_elses.jsonl").write_bytes((ROOT / "tests/data/gsm8k_sample.sample.jsonl").read_bytes())
    printed += curate(tmp_path, "filter", "somebody_elses.jsonl", "-o", "out").splitlines()
    session = README.split("```console")[1].split("```")[0].splitlines()
    shown = [line for line in session if line.strip() and not line.startswith("$ ")]
    assert [line for line in shown if line not in printed and "sent 20" not in line] == []


def test_files_that_are_named_exist() -> None:
    """Every file that the README links to is there."""
    targets = [part.split(")")[0] for part in README.split("](")[1:]]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
