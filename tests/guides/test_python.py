"""The page on Python does what it says."""

import json
from pathlib import Path

import pytest

from tests.guides.pages import Page, read_page, run_cells, run_command

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


@pytest.fixture(scope="module")
def page() -> Page:
    """The page on Python."""
    return read_page(PAGE)


def test_cells(page: Page, tmp_path: Path) -> None:
    """The Python on the page runs, in order, and prints what the page says."""
    assert len(page.cells) > 5
    assert run_cells(page, tmp_path) == page.printed


def test_commands(page: Page, tmp_path: Path) -> None:
    """The files on the page are used by its commands, which print what the page shows."""
    for name, text in page.files.items():
        (tmp_path / name).write_text(text, "utf-8")
    rows = [{"question": f"What is {n} + {n}?", "output": "Sorry! " * n + f"{n} + {n} = {2 * n}."} for n in range(4)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert len(page.commands) > 2
    printed = [line for command in page.commands for line in run_command(command, tmp_path).splitlines()]
    assert [line for line in page.shown if line not in printed] == []
