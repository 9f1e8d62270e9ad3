"""The README tells the truth."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.recipes.cases import planned

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


SESSIONS = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
TIMES = re.compile(r"\d{4}-\d\d-\d\d [\d:]+|in [\d.]+ s\b")
PROGRESS = re.compile(r"\w+: [\d,]+ of [\d,]+ \w+, .*")
"""A line of it stands there every few seconds, where a machine is slow."""


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are not blank, times masked, without those of progress."""
    lines = (line for line in text.splitlines() if line.strip() and not PROGRESS.match(line))
    return [TIMES.sub("TIME", line) for line in lines]


def printed(command: str, folder: Path) -> list[str]:
    """Return what a command prints, typed as it stands in a shell where curate is installed."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    words = ["bash", "-c", f"set -o pipefail; {{ {command}; }} 2>&1"]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return lines_of(done.stdout)


def test_sessions_are_what_is_printed(tmp_path: Path) -> None:
    """Every command of a session in the README runs as it stands, one after the other, and begins as is shown."""
    (tmp_path / "somebody_elses.jsonl").write_bytes((ROOT / "tests/data/gsm8k_sample.sample.jsonl").read_bytes())
    commands = [
        part.split("\n", 1) for session in SESSIONS for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    ]
    assert len(commands) > 5
    for command, shown in commands:
        assert printed(command, tmp_path)[: len(lines_of(shown))] == lines_of(shown), command


def test_recipe_is_one() -> None:
    """The recipe in the README loads, and its teacher and prompts are there."""
    parts = re.findall(r"^```yaml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert [planned(part).recipe.name for part in parts] == ["grade-school"]


def test_files_that_are_named_exist() -> None:
    """Every file that the README links to is there."""
    targets = [part.split(")")[0] for part in README.split("](")[1:]]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
