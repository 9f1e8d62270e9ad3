"""Pages of the manual, run as they stand: files written, Python and commands executed, what is printed compared.

A block of Python or YAML that begins with `# name.py` is a file of that name; other Python runs, all of a page in one
process, and prints what stands in the block of text after it. Of a console every line that is shown must be printed.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# ([\w.-]+\.(?:py|yaml))\n")
END = "\x00"


@dataclass(frozen=True)
class Page:
    """What a page holds."""

    files: dict[str, str]
    cells: list[str]
    """Python, in order."""
    printed: list[str]
    """What each cell prints."""
    commands: list[str]
    shown: list[str]
    """What commands print, line by line, as far as the page shows it."""


def read_page(path: Path) -> Page:
    """Take a page apart."""
    page = Page({}, [], [], [], [])
    for language, text in BLOCK.findall(path.read_text("utf-8")):
        name = FILE.match(text)
        if name is not None:
            page.files[name[1]] = text
        elif language == "python":
            page.cells.append(text)
        elif language == "text":
            page.printed.append(text)
        elif language == "console":
            lines = text.splitlines()
            page.commands.extend(line.removeprefix("$ ") for line in lines if line.startswith("$ "))
            page.shown.extend(line for line in lines if line.strip() and not line.startswith("$ "))
    return page


def run_cells(page: Page, folder: Path) -> list[str]:
    """Run the Python of a page in a folder; returns what each cell printed."""
    code = f"\nprint({END!r}, end='')\n".join(page.cells)
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split(END)


def run_command(command: str, folder: Path) -> str:
    """Run a command of a page; returns all that it prints."""
    words = [sys.executable, "-m", *command.split()]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr
