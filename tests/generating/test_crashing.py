"""`kill -9` right before each file that a run opens, moves or removes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FAULTY = """\
name: small
problems:
- {from: builtin, families: {arithmetic_chain: 2}}
- {from: file, path: p.jsonl}
teacher: {model: builtin/noisy, samples: 2}
"""
PLAIN = """\
name: small
problems: {from: builtin, families: {arithmetic_chain: 2}}
teacher: {model: builtin/noisy, samples: 3}
"""
HARD = """\
name: small
problems: {from: builtin, families: {arithmetic_chain: 3}}
teacher:
  {model: builtin/noisy, samples: 1, resample_until: {max_samples: 3}, extra_body: {faults: {wrong_answer: 0.6}}}
"""


@pytest.mark.parametrize(
    "recipes",
    [
        pytest.param([PLAIN], id="a first run"),
        pytest.param([FAULTY, PLAIN], id="a run that takes another's place"),
        pytest.param([HARD], id="a run in rounds"),
    ],
)
def test_every_moment(tmp_path: Path, recipes: list[str]) -> None:
    """Whichever dealing with a file is a run's last, no manifest lies, and the next run ends like an undisturbed one.

    The faulty recipe leaves failures and unreadable rows, whose files the plain one has to take away.
    """
    (tmp_path / "p.jsonl").write_text('{"question": "Who wrote Faust?"}\nbroken\n', "utf-8")
    for number, recipe in enumerate(recipes):
        (tmp_path / f"{number}.yaml").write_text(recipe, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.generating.crashing", tmp_path, *sorted(tmp_path.glob("*.yaml"))],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["moments"] > 20
    assert (found["lying"], found["different"]) == ([], []), done.stderr
