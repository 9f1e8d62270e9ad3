"""What runs inside the sandbox: takes limits upon itself, runs one program, and says how it ended.

Sent to a bare interpreter as text, so it imports nothing of ours. It reads one JSON object from standard input: the
program, the limits, and a word that only this process knows; it answers on standard output with that word, so that a
program that prints, exits early or kills its parent is not taken for one that reached its end. Where it is given tests
as well, it runs these, and the program in a process of its own (`apart.py`).
"""

import importlib
import json
import os
import resource
import runpy
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

PROGRAM, TESTS = "program.py", "tests.py"
OWN = ".curate"
"""The folder in which the modules stand that are sent along."""
EXITS = "it exits before its end"
OVERRUN = "the tests call it too often for another process"
BUSY = 0.25
"""Share of the CPU time from which on it may be the tests, not the code, that use it up."""
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
    if "tests" not in order:
        Path(PROGRAM).write_text(order["program"], "utf-8", "surrogatepass")
    step_down(order["uid"])
    limit(order["limits"])
    os.write(channel, f"{STARTED}\n".encode())
    end = examined(order) if "tests" in order else {"error": run()}
    os.write(channel, f"\n{json.dumps({'word': word, **end})}\n".encode())
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
    """Run the program; return what stopped it, None when it reached its end."""
    try:
        runpy.run_path(PROGRAM, run_name="__answer__")
    except SystemExit:
        return EXITS
    except BaseException as error:  # noqa: BLE001 - whatever the program raises is its result
        return told(error)
    return None


def examined(order: dict[str, Any]) -> dict[str, object]:
    """Run the tests here against the program in a process of its own; return what came of it (`running.Apart`)."""
    for name, text in order["sources"].items():
        path = Path(OWN, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    sys.path.insert(0, OWN)
    apart = importlib.import_module("curate.sandbox.apart")
    sys.path.remove(OWN)  # before the program runs, which can write there
    examiner, process = apart.start(OWN)
    signal.signal(signal.SIGXCPU, overrun)
    error, is_claim = None, False
    try:
        examiner.examine(order["program"], order["tests"])
    except (EOFError, ConnectionError):
        return died(process, order["limits"]["cpu_seconds"])
    except SystemExit:
        error = EXITS
    except BaseException as stop:  # noqa: BLE001 - whatever tests or program raise is the result
        error, is_claim = told(stop), isinstance(stop, AssertionError) and not examiner.is_entangled
    seen = {"is_loaded": examiner.is_loaded, "is_claim": is_claim}
    return {"error": error, "apart": {**seen, "doubted": examiner.doubted, "calls": examiner.calls}}


def died(process: int, cpu_seconds: int) -> dict[str, object]:
    """Return what became of a process that is silent: the signal that killed it, or that it exits."""
    if time.process_time() > BUSY * cpu_seconds:
        return {"error": OVERRUN}
    for _ in range(100):
        number, status = os.waitpid(process, os.WNOHANG)
        if number:
            return {"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {"error": EXITS}
        time.sleep(0.01)
    return {"error": EXITS}


class OverrunError(BaseException):
    """This process has used up its time."""


def overrun(*_: object) -> None:
    """Stop tests whose calls take up all the time that one process has.

    Raises:
        OverrunError: Always.
    """
    raise OverrunError(OVERRUN)


def told(error: BaseException) -> str:
    """Return an error and the line of the program that it comes from, in one line."""
    try:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in (PROGRAM, TESTS)]
        name = "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()[-1]
        place = f" at `{frames[0].line}`" if frames and frames[0].line else ""
    except Exception:  # noqa: BLE001 - the error is an object of the program's own and may break its own display
        return "an error that cannot be shown"
    return f"{name}{place}"[:MAX_REASON]


if __name__ == "__main__":
    main()
