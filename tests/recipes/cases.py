"""What the tests of recipes share: a small recipe, and a way to hold one against everything that exists."""

from collections.abc import Sequence
from pathlib import Path

from curate.pipeline.generating.prompting import plan_prompts
from curate.pipeline.generating.teaching import plan_teachers, require_generating
from curate.recipe import LoadedRecipe, load_text

SMALL = """\
name: small
problems: {from: builtin, families: {arithmetic_chain: 2}}
teacher: {model: builtin/solver}
"""
"""A recipe that generates; the next line is the fourth."""


def planned(text: str, overrides: Sequence[str] = (), *, base: Path = Path()) -> LoadedRecipe:
    """Load a recipe that is called `r.yaml`, and resolve every name in it."""
    loaded = load_text(text, name="r.yaml", base=base, overrides=overrides)
    require_generating(loaded)
    plan_teachers(loaded)
    plan_prompts(loaded)
    return loaded
