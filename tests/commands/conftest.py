"""A finished run, and results made of hostile rows."""

import json
from pathlib import Path

import pytest

from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.pipeline.run import run
from curate.protocols import Silent
from curate.recipe import load_text
from tests.commands.running import HOSTILE, SMALL


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the small recipe, filtered; tests only read it."""
    folder = tmp_path_factory.mktemp("finished") / "run"
    run(load_text(SMALL, name="r", base=Path()), folder, progress=Silent(), notice=lambda _: None)
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `rows.jsonl`, whose every text is hostile, and `out/`, what filtering it came to."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        {
            "question": HOSTILE,
            "output": f"{HOSTILE} The answer is {HOSTILE}.",
            "gold": f"{n}{HOSTILE}",
            HOSTILE: HOSTILE,
        }
        for n in range(3)
    ]
    rows += [{"question": f"{n} {HOSTILE}", "output": f"I was cut off {HOSTILE} in the middle of"} for n in range(3)]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "ascii")
    loaded = load_text("checks: [truncated, wrong_answer]", name="r", base=folder)
    filter_into([str(folder / "rows.jsonl")], folder / "out", loaded, FilterOptions(workers=1))
    return folder
