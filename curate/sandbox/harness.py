"""What runs inside the sandbox: takes limits upon itself, runs one program, and says how it ended.

Sent to a bare interpreter as text, so it imports nothing of ours. It reads one JSON object from standard input: the
program, the limits, and a word that only this process knows; it answers on standard output with that word, so that a
program that prints, exits early or kills its parent is not taken for one that reached its end.
"""

import json
import os
import resource
import runpy
import sys
import traceback
from pathlib import Path

PROGRAM = "program.py"
MAX_REASON = 500
MAX_VALUES = 30_000
"""Characters of all noted values together."""
NOTED = "__noted__"
"""The name under which a program may leave pairs of a number and a value, to be told outside."""
STARTED = "started"
"""Written before the program runs: without it the wall, not the program, has failed."""


def main() -> None:
    """Run the program that standard input holds."""
    order = json.loads(sys.stdin.buffer.read())
    word = order.pop("word")
    channel = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    Path(PROGRAM).write_text(order["program"], "utf-8", "surrogatepass")
    step_down(order["uid"])
    limit(order["limits"])
    os.write(channel, f"{STARTED}\n".encode())
    error, values = run()
    os.write(channel, f"\n{json.dumps({'word': word, 'error': error, 'values': values})}\n".encode())
    os.close(channel)
    sys.stdout.flush()
    os._exit(0)


def step_down(uid: int) -> None:
    """Become a user that owns nothing, where this is root: only then does the limit on processes hold."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)


def limit(limits: dict[str, int]) -> None:
    """Set the limits of this process and all that it starts; none of them can be raised again."""
    seconds, memory = limits["cpu_seconds"], limits["memory_bytes"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_NPROC, (limits["processes"],) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def run() -> tuple[str | None, list[tuple[int, str]]]:
    """Run the program; return what stopped it, None when it reached its end, and the values that it noted down."""
    try:
        noted = runpy.run_path(PROGRAM, run_name="__answer__").get(NOTED, [])
        values = [(place, spelt(value)) for place, value in noted]
    except SystemExit:
        return "it exits before its end", []
    except BaseException as error:  # noqa: BLE001 - whatever the program raises is its result
        return told(error), []
    return None, values if sum(len(text) for _, text in values) <= MAX_VALUES else []


def spelt(value: object) -> str:
    """Return a value as text that equal values have in common, and no others; "" for what is no plain value."""
    try:
        return _spelt(value)
    except (TypeError, ValueError, RecursionError):
        return ""


def _spelt(value: object) -> str:  # noqa: PLR0911 - one line for each kind of value
    if isinstance(value, int):
        return int.__repr__(int(value))
    if isinstance(value, float):
        return int.__repr__(int(value)) if float.is_integer(value) else float.__repr__(value)
    if isinstance(value, str):
        return str.__repr__(value)
    if isinstance(value, bytes):
        return bytes.__repr__(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_spelt, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_spelt, value))})"
    if isinstance(value, set | frozenset):
        return f"set({', '.join(sorted(map(_spelt, value)))})"
    if isinstance(value, dict):
        return f"{{{', '.join(sorted(f'{_spelt(key)}: {_spelt(one)}' for key, one in value.items()))}}}"
    if value is None:
        return "None"
    raise TypeError


def told(error: BaseException) -> str:
    """Return an error and the line of the program that it comes from, in one line."""
    try:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == PROGRAM]
        name = "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()[-1]
        place = f" at `{frames[0].line}`" if frames and frames[0].line else ""
    except Exception:  # noqa: BLE001 - the error is an object of the program's own and may break its own display
        return "an error that cannot be shown"
    return f"{name}{place}"[:MAX_REASON]


if __name__ == "__main__":
    main()
