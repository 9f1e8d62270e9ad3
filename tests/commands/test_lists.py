"""`checks`, `recipes`, `families`, `formats`, `providers`, `prompts`, `schemas`: each lists, or shows one."""

import json

import pytest
from click.testing import CliRunner, Result

from curate import jsonlines, schemas
from curate.checks import CHECKS, DEFAULT_CHECKS
from curate.cli import cli
from curate.export import FORMATS
from curate.families import FAMILIES
from curate.prompts import STYLES
from curate.recipe import shipped_recipes
from curate.records import Problem
from curate.teachers import PROVIDERS

KNOWN: dict[str, list[str]] = {
    "checks": list(CHECKS),
    "recipes": shipped_recipes(),
    "families": list(FAMILIES),
    "formats": list(FORMATS),
    "providers": list(PROVIDERS),
    "prompts": list(STYLES),
    "schemas": schemas.names(),
}


def told(*words: str) -> Result:
    """Return what the command line says to these words."""
    return CliRunner().invoke(cli, words, catch_exceptions=False)


@pytest.mark.parametrize("kind", KNOWN)
def test_list(kind: str) -> None:
    """Without a name, everything registered is listed, one a line."""
    lines = [line.lstrip("* ") for line in told(kind).stdout.splitlines()]
    assert [line.split(" ")[0] for line in lines if line][: len(KNOWN[kind])] == KNOWN[kind]


@pytest.mark.parametrize("kind,name", [(kind, name) for kind, names in KNOWN.items() for name in names])
def test_show(kind: str, name: str) -> None:
    """Everything that is listed can be shown, with `show` or without it, and by hyphens."""
    shown = told(kind, "show", name)
    assert shown.exit_code == 0
    assert len(shown.stdout) > 20
    assert told(kind, name).stdout == told(kind, name.replace("_", "-")).stdout == shown.stdout


def test_default_checks_are_marked() -> None:
    """A star marks the checks that run when a recipe names none."""
    marked = [line.split()[1] for line in told("checks").stdout.splitlines() if line.startswith("* ")]
    assert tuple(marked[: len(DEFAULT_CHECKS)]) == DEFAULT_CHECKS


def test_shown_recipes_and_schemas_are_the_files() -> None:
    """What is shown of a recipe or a schema can be saved and used."""
    assert "name: quickstart\n" in told("recipes", "show", "quickstart").stdout
    assert json.loads(told("schemas", "show", "trace.v1").stdout) == schemas.named("trace.v1").document


def test_problems_of_a_family() -> None:
    """`families NAME --problems` prints problems as JSONL, as many as asked, the same ones for the same seed."""
    lines = told("families", "syllogism", "--problems", "-n", "4", "--seed", "3").stdout.splitlines()
    problems = [jsonlines.decode_as(line.encode(), Problem) for line in lines]
    assert len({problem.id for problem in problems}) == 4
    assert {problem.family for problem in problems} == {"syllogism"}
    assert told("families", "syllogism", "--problems", "-n", "4", "--seed", "3").stdout.splitlines() == lines
    assert told("families", "syllogism", "--problems", "-n", "4", "--seed", "4").stdout.splitlines() != lines


def test_shown_problems_of_several_lines() -> None:
    """`families show NAME` indents every line of a problem, so that a table or a program keeps its shape."""
    shown = told("families", "show", "code_reading", "-n", "1").stdout.partition("\ndifficulty 1\n")[2]
    lines = [line for line in shown.splitlines() if line]
    assert len(lines) > 5
    assert all(line.startswith("  ") for line in lines)
