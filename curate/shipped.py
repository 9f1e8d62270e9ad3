"""Files that travel with the package: schemas, recipes, what was measured; found wherever the tool is installed."""

from pathlib import Path
from typing import Literal

Shelf = Literal["schemas", "recipes", "benchmarks"]

_PACKAGE = Path(__file__).parent


def shelf(name: Shelf) -> Path:
    """Return the folder: inside the package in a wheel, beside it in a checkout."""
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def names(kind: Shelf, suffix: str) -> list[str]:
    """Return what is on a shelf, without the suffix."""
    return sorted(path.name.removesuffix(suffix) for path in shelf(kind).glob(f"*{suffix}"))
