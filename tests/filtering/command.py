"""The real command, in a process of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CURATE = [sys.executable, "-m", "curate"]


def curate(*arguments: str | Path, stdin: bytes = b"", before: str = "") -> "subprocess.CompletedProcess[bytes]":
    """Run the command to its end; `before` is what the shell does in front of it, such as `ulimit`."""
    command = [*CURATE, *map(str, arguments)]
    if before:
        command = ["sh", "-c", f'{before}; exec "$@"', "sh", *command]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, check=False)
