"""The page on difficulty: every recipe part on it is one."""

from pathlib import Path

import pytest

from curate.recipe import load_text
from tests.guides.pages import BLOCK

PAGE = (Path(__file__).parents[2] / "docs" / "difficulty.md").read_text("utf-8")
PARTS = [text for language, text in BLOCK.findall(PAGE) if language == "yaml"]


@pytest.mark.parametrize("part", PARTS)
def test_parts_load(part: str) -> None:
    """Every part of a recipe that the page shows is one that loads."""
    recipe = load_text(part, name="difficulty.md", base=Path()).recipe
    assert recipe.teacher or len(recipe.prompt) > 1


def test_there_are_parts() -> None:
    """The page shows what resampling and several prompts look like."""
    assert len(PARTS) == 2
