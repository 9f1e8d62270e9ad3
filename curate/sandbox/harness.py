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
    error = run()
    os.write(channel, f"\n{json.dumps({'word': word, 'error': error})}\n".encode())
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


def run() -> str | None:
    """Run the program; return None when it reached its end, else what stopped it."""
    try:
        runpy.run_path(PROGRAM, run_name="__answer__")
    except SystemExit:
        return "it exits before its end"
    except BaseException as error:  # noqa: BLE001 - whatever the program raises is its result
        return told(error)
    return None


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
