"""A package that lists its contents lists all of them."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "curate"


def contents() -> dict[str, tuple[str, Path]]:
    """Return package to its docstring and folder, for each whose docstring lists files."""
    found = {}
    for path in sorted(PACKAGE.rglob("__init__.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        if re.search(r"^\w+\.py", docstring, re.MULTILINE):
            found[path.parent.relative_to(PACKAGE).as_posix()] = (docstring, path.parent)
    return found


@pytest.mark.parametrize("docstring,folder", contents().values(), ids=list(contents()))
def test_contents_are_complete(docstring: str, folder: Path) -> None:
    """Every file of a package stands in the list that its docstring gives, and nothing else does."""
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(re.findall(r"(\w+)\.py", docstring)) == files
