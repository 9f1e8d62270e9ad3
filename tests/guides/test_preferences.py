"""The guide to preference pairs."""

import json
import re
from pathlib import Path

from curate.export import FORMATS, OVER_ALL
from curate.pipeline.pairing.strategies import STRATEGIES
from tests.guides.pages import read_page, run_command

PAGE = Path(__file__).parents[2] / "docs" / "preferences.md"


def test_commands(tmp_path: Path) -> None:
    """The recipe on the page makes the pairs that it promises, its commands run, and they print what the page shows."""
    page = read_page(PAGE)
    (tmp_path / "pairs.yaml").write_text(page.files["pairs.yaml"], "utf-8")
    printed = [line for command in page.commands for line in run_command(command, tmp_path).splitlines()]
    assert [line for line in page.shown if line not in printed] == []
    curated = tmp_path / "datasets_out" / "pairs" / "curated"
    counts = json.loads((curated / "manifest.json").read_bytes())["formats"]["dpo"]
    assert min(counts["pairs"][name] for name in ("right_over_wrong", "stepwise_over_answer_only")) > 0
    assert counts["rows"].keys() == {"train", "validation"}
    assert {path.name for path in (tmp_path / "rewards").iterdir()} >= {"reward", "kto", "grpo", "pairs", "README.md"}


def test_tables() -> None:
    """The page tells every strategy with its check, and every format of preferences."""
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    told = {name: rest for name, rest in rows if name in STRATEGIES}
    assert {name: rest.split("`")[1] for name, rest in told.items()} == {s.name: s.check for s in STRATEGIES.values()}
    kinds = {name for name, format_ in FORMATS.items() if format_.kind in (*OVER_ALL, "problem")}
    assert {name for name, _ in rows if name not in STRATEGIES} == kinds
