"""The page on problems does what it says."""

from pathlib import Path

from curate.recipe import load_text
from tests.guides.pages import BLOCK, read_page, run_command

PAGE = Path(__file__).parents[2] / "docs" / "problems.md"
ROWS = [
    "What is 3 + 4?,7",
    "What do 5 apples at 2 dollars cost?,10",
    "Prove that 2 is a prime number.,",
    "What is 6 * 7?,42",
]


def test_commands(tmp_path: Path) -> None:
    """The recipes on the page are used by its commands, which print what the page shows."""
    page = read_page(PAGE)
    for name, text in page.files.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "shop.csv").write_text("\n".join(["task,result", *ROWS]) + "\n", "utf-8")
    assert len(page.commands) == len(page.shown) == 2
    printed = [line for command in page.commands for line in run_command(command, tmp_path).splitlines()]
    assert [line for line in page.shown if line not in printed] == []


def test_parts_load() -> None:
    """Every recipe on the page, and every part of one, loads."""
    parts = [text for language, text in BLOCK.findall(PAGE.read_text("utf-8")) if language == "yaml"]
    kinds = [load_text(part, name="problems.md", base=Path()).recipe.problems[0].kind for part in parts]
    assert kinds == ["file", "gym", "authored"]
