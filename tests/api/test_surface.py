"""What `import curate` offers, what it costs to import, and what a type checker sees of it."""

import subprocess
import sys
from typing import Literal, assert_type

import pytest

import curate
from curate.recipe import LoadedRecipe

PUBLIC = {
    "Case",
    "CurateError",
    "Finding",
    "Problem",
    "Result",
    "Trace",
    "Verdict",
    "__version__",
    "check",
    "compare",
    "filter",
    "load",
    "run",
}


def test_public_names() -> None:
    """What `import curate` offers is this and nothing else; a new name is a promise and is added here."""
    assert set(curate.__all__) == PUBLIC
    assert set(dir(curate)) >= PUBLIC
    assert [name for name in PUBLIC if getattr(curate, name, None) is None] == []


def test_a_name_that_does_not_exist() -> None:
    """A name that we do not have is an error at run time, and for a type checker, too: the ignore would be unused."""
    with pytest.raises(AttributeError, match="module 'curate' has no attribute 'flter'"):
        curate.flter  # type: ignore[attr-defined] # noqa: B018 - asked for by attribute alone


HEAVY = ("polars", "openai", "aiohttp", "jsonschema", "jsonschema_rs", "jinja2", "asyncio")
LIGHT = {
    "import curate": (*HEAVY, "pydantic", "msgspec"),
    "from curate import check, Case, Trace, Finding": HEAVY,
}


@pytest.mark.parametrize("statement", LIGHT)
def test_importing_is_light(statement: str) -> None:
    """`import curate` loads nothing heavy; what a plugin needs loads neither polars nor openai."""
    code = f"import sys\n{statement}\nprint(*sorted(set({LIGHT[statement]!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []


def test_types_are_seen() -> None:
    """A type checker sees the real signatures behind the lazy names; `make types` checks this very test."""
    assert_type(curate.load({}), LoadedRecipe)
    assert_type(curate.compare("1", "1").sameness, Literal["same", "different", "undecided"])
    assert_type(curate.filter([{"question": "q", "output": "r"}]).kept_indices, list[int])
