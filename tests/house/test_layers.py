"""The layers of the house: imports go downwards only, and siblings do not import one another."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "curate"

LAYERS: dict[str, int] = {
    "errors": 0,
    "records": 0,
    "protocols": 0,
    "seeds": 1,
    "limits": 1,
    "digests": 1,
    "jsonlines": 1,
    "shipped": 1,
    "figures": 1,
    "wording": 1,
    "layout": 1,
    "chat": 1,
    "escaping": 1,
    "sandbox": 1,
    "manifests": 1,
    "lives": 1,
    "schemas": 2,
    "reading": 2,
    "folders": 2,
    "shards": 2,
    "recipe": 2,
    "ledger": 2,
    "attempts": 1,
    "mounts": 1,
    "answers": 2,
    "assertions": 2,
    "families": 2,
    "gym": 2,
    "benchmarks": 2,
    "similarity": 2,
    "problems": 3,
    "prompts": 3,
    "teachers": 3,
    "engine": 3,
    "traces": 3,
    "checks": 3,
    "export": 3,
    "pipeline": 4,
    "report": 4,
    "cli": 5,
    "api": 5,
    "__main__": 6,
}
"""Module or package to its layer; `testing` stands aside."""

TOOLS_IMPORT_EACH_OTHER = {0, 1, 2}
"""Layers whose modules are small tools; from the third on, siblings are kept apart."""

ALONE: dict[str, str] = {
    "click": "cli",
    "openai": "teachers/openai.py",
    "subprocess": "sandbox/running.py",
    "rensa": "similarity/minhash.py",
    "tqdm": "cli",
    "sqlite3": "ledger.py",
    "ruamel": "recipe",
    "reasoning_gym": "gym/",
}
"""Library to the one place that may import it."""


def imports() -> Iterator[tuple[str, str]]:
    """Yield every import of the package: (file relative to the package, dotted name)."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path.relative_to(PACKAGE).as_posix(), alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                yield from ((path.relative_to(PACKAGE).as_posix(), name) for name in names)


def part(name: str) -> str:
    """Return the module or package of ours that a file or dotted name belongs to."""
    return name.removesuffix(".py").replace("/", ".").split(".")[0]


def test_imports_go_downwards() -> None:
    """No module imports one of a higher layer, or from the third layer on a sibling."""
    wrong = []
    for file, name in imports():
        if not name.startswith("curate.") or part(file) in {"__init__", "testing"}:
            continue
        here, there = part(file), part(name.removeprefix("curate."))
        if there == here or there not in LAYERS:
            continue
        sideways = LAYERS[there] == LAYERS[here] and LAYERS[here] not in TOOLS_IMPORT_EACH_OTHER
        if LAYERS[there] > LAYERS[here] or sideways:
            wrong.append(f"{file} imports {name}")
    assert wrong == []


def test_contributors_are_told_the_layers() -> None:
    """The table in CONTRIBUTING.md puts every module and package on the layer that it is held to."""
    rows = re.findall(r"^\| (\d) \| (.*) \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    told = [(module, int(layer)) for layer, modules in rows for module in re.findall(r"`(\w+)`", modules)]
    assert sorted(told) == sorted(item for item in LAYERS.items() if item[0] != "__main__")


def test_every_part_has_a_layer() -> None:
    """A new module or package is given its layer before anything is built on it."""
    parts = {part(path.relative_to(PACKAGE).as_posix()) for path in PACKAGE.rglob("*.py")}
    assert parts - {"__init__", "testing"} == set(LAYERS)


@pytest.mark.parametrize("library,place", ALONE.items())
def test_library_has_one_place(library: str, place: str) -> None:
    """A library that shapes what it touches is imported in one place only."""
    users = {file for file, name in imports() if name.split(".")[0] == library}
    assert all(file.startswith(place) for file in users), users


def test_nothing_imports_testing() -> None:
    """What is shipped for tests is not needed by anything else."""
    assert [file for file, name in imports() if name.startswith("curate.testing") and part(file) != "testing"] == []


def names_used() -> Iterator[tuple[str, str]]:
    """Yield (file, dotted name) of every call in the package."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield path.relative_to(PACKAGE).as_posix(), ast.unparse(node.func)


def test_one_maker_of_generators() -> None:
    """Random generators are made in `seeds.py` alone, by whatever name they are imported."""
    makers = {"random.Random", "random.SystemRandom", "random.seed"}
    used = {file for file, name in names_used() if name in makers | {"Random", "SystemRandom"}}
    imported = {file for file, name in imports() if name in makers}
    assert used | imported == {"seeds.py"}


@pytest.mark.parametrize(
    "name,place",
    [
        pytest.param("print", "cli/", id="print"),
        pytest.param("eval", "nowhere", id="eval"),
        pytest.param("exec", "nowhere", id="exec"),
    ],
)
def test_call_has_one_place(name: str, place: str) -> None:
    """Some things are done in one place, or nowhere."""
    assert [file for file, called in names_used() if called == name and not file.startswith(place)] == []
