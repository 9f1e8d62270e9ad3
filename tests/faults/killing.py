"""Run a recipe, and kill it at random moments: `python -m tests.faults.killing FOLDER KILLS SEED [KEY=VALUE...]`.

Everything is imported before the first child is forked, so that the moments fall into the run and not into its start.
Prints how many children were killed while they ran.
"""

import os
import signal
import sys
import time
from pathlib import Path

import curate.teachers.lean
import curate.teachers.openai  # noqa: F401 - loaded once, for every child
from curate.pipeline.generating.generate import generate
from curate.protocols import Silent
from curate.recipe import load
from curate.seeds import rng

LONGEST = 0.4
"""Seconds that a child may go on after its first reply, at most."""


class FirstReply(Silent):
    """Progress that says when the first reply is there.

    Args:
        end: The end of a pipe, which is closed then.
    """

    def __init__(self, end: int) -> None:
        self.end: int | None = end
        self.asks = False

    def start(self, what: str, *_: object) -> None:
        """Notice whether it is about replies."""
        self.asks = what == "asking"

    def advance(self, *_: object) -> None:
        """Say it, once."""
        if self.asks and self.end is not None:
            os.close(self.end)
            self.end = None


def main(folder: str, kills: str, seed: str, *overrides: str) -> None:
    """Kill so many children, one after the other; one in four before its first reply."""
    luck, killed = rng(int(seed), "kill"), 0
    for number in range(int(kills)):
        begun, end = os.pipe()
        child = os.fork()
        if child == 0:
            run(Path(folder), end, overrides)
        os.close(end)
        if number % 4:
            os.read(begun, 1)
        time.sleep(luck.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        os.close(begun)
    sys.stdout.write(f"{killed}\n")


def run(folder: Path, end: int, overrides: tuple[str, ...]) -> None:
    """Generate, in a child."""
    try:
        loaded = load(str(folder / "recipe.yaml"), overrides)
        generate(loaded, folder / "run", progress=FirstReply(end), notice=lambda _: None)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
