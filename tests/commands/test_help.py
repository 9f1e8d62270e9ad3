"""Help of every command, and what `curate --help` costs."""

import importlib
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from curate.cli import COMMANDS, cli
from tests.commands.running import command, curate

HEAVY = (
    "polars",
    "openai",
    "pydantic",
    "jsonschema",
    "jsonschema_rs",
    "ruamel",
    "zstandard",
    "sqlite3",
    "tqdm",
    "asyncio",
)
HELP_SECONDS = 0.3


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command."""
    for name, (where, _) in COMMANDS.items():
        module, attribute = where.split(":")
        yield name, getattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(name: str, option: str) -> None:
    """Every command explains itself and each of its options, and ends well."""
    result = CliRunner().invoke(cli, [name, option])
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: cli {name} ")
    for parameter in dict(commands())[name].params:
        for typed in parameter.opts if isinstance(parameter, click.Option) else []:
            assert typed in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_first_sentence(name: str) -> None:
    """The first sentence of a command's help is the one that `curate --help` shows without importing the command."""
    found = dict(commands())[name]
    first = re.split(r"\n\n|(?<=\.)\s", found.help or "")[0]
    assert " ".join(first.split()) == COMMANDS[name][1]
    assert found.get_short_help_str(limit=200) == COMMANDS[name][1]
    assert found.name == name


def test_every_option_is_explained() -> None:
    """Each option of each command has a sentence."""
    options = [
        (name, option) for name, found in commands() for option in found.params if isinstance(option, click.Option)
    ]
    assert not [(name, option.name) for name, option in options if not option.help and option.name != "seed"]


def test_help_lists_every_command(tmp_path: Path) -> None:
    """`curate --help` lists every command with its sentence."""
    done = curate("--help", cwd=tmp_path)
    assert done.code == 0
    words = " ".join(done.stdout.split())
    assert not [name for name, (_, sentence) in COMMANDS.items() if f"{name} {sentence}" not in words]


IMPORTS = """
import sys
sys.argv = ["curate", *{words!r}]
try:
    from curate.cli import main
    main()
except SystemExit as end:
    assert not end.code
print("\\nLOADED", *sorted(sys.modules))
"""


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_lazy_imports(words: list[str]) -> None:
    """`curate --help` loads nothing heavy."""
    code = [sys.executable, "-c", IMPORTS.format(words=words)]
    done = subprocess.run(code, capture_output=True, encoding="utf-8", check=True)
    loaded = {name.split(".")[0] for name in done.stdout.rsplit("LOADED ", 1)[1].split()}
    assert "click" in loaded
    assert not loaded & set(HEAVY)


def test_import_curate_is_light() -> None:
    """`import curate` loads nothing heavy either."""
    code = f"import sys, curate; assert not set({HEAVY!r}) & set(sys.modules), sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_help_is_quick(tmp_path: Path) -> None:
    """`curate --help` takes under 0.3 s of CPU, the best of three."""
    assert min(_cpu_seconds(command("--help"), tmp_path) for _ in range(3)) < HELP_SECONDS


def _cpu_seconds(words: list[str], cwd: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=cwd, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
