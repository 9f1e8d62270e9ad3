"""What the tests of the command line share: ways to run the command, and text that drives terminals."""

import contextlib
import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from curate.cli import main

HOSTILE = "\x1b[2J\x07\x9b31m\x08\x00\r\u202egold\u2066\u200f\u061c\u2028 \x7f"
"""Escape sequences, control and bidi characters, as a model might write them."""
UNSAFE = {
    *range(0x09),
    0x0B,
    0x0C,
    *range(0x0D, 0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    0x2028,
    0x2029,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
}
"""What must not reach a terminal: C0 but tab and newline, DEL, C1, bidi controls, line separators, surrogates."""

SMALL = """\
name: small
problems: {from: builtin, families: {arithmetic_chain: 6, linear_equation: 6}}
teacher: {model: builtin/noisy, samples: 2, extra_body: {faults: {wrong_answer: 0.3, truncated: 0.2}}}
checks: [invalid_structure, truncated, missing_answer, final_answer_only, wrong_answer, exact_duplicate]
"""


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str


def command(*words: object) -> list[str]:
    """Return the command line of `curate` with these words."""
    return [sys.executable, "-m", "curate", *map(str, words)]


def curate_process(*words: object, cwd: Path) -> Ended:
    """Run `curate` in a process of its own."""
    done = subprocess.run(command(*words), cwd=cwd, capture_output=True, timeout=60, check=False)
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def curate(*words: object, cwd: Path) -> Ended:
    """Run `curate` in this process, from its entry point to its exit code; quicker, and all the same to it."""
    with contextlib.chdir(cwd), _streams() as (stdout, stderr), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["curate", *map(str, words)])
        before = signal.getsignal(signal.SIGTERM)
        try:
            with pytest.raises(SystemExit) as end:
                main()
        finally:
            signal.signal(signal.SIGTERM, before)
        code = end.value.code or 0
        assert isinstance(code, int)
        return Ended(code, _text(stdout), _text(stderr))


@contextlib.contextmanager
def _streams() -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    stdout, stderr = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        yield stdout, stderr


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode()


def unsafe(text: str) -> set[str]:
    """Return the characters in a text that could drive a terminal."""
    return {character for character in text if ord(character) in UNSAFE}
