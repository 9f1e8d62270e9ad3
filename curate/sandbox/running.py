"""Run untrusted Python where it can do no harm: the only user of subprocess.

A program runs in a process of its own, behind one of two walls, the first that proves safe:

    bubblewrap    `bwrap`, where it is installed
    namespaces    our own jail of Linux namespaces (`jail.py`), where the kernel lets this user make them

Behind either there is no network, no environment, a read-only system and an empty `/tmp`; no other process is seen;
time, memory, output, files and processes are limited, and everything dies together. A wall counts as safe when a
program that tries to break out of it, once in the life of our process, fails in every way (`ESCAPES`). Without a safe
wall nothing is run: the result is `refused`.
"""

import inspect
import json
import os
import secrets
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from curate.sandbox import apart, harness, jail, plain, remote

Result = Literal["passed", "failed", "timed_out", "crashed", "refused"]
"""How a run ended.

    passed       the program reached its end
    failed       it raised an error, or exited before its end
    timed_out    it used up its wall time or its CPU time
    crashed      it was killed: a fault of the interpreter, too much memory, too much output
    refused      it was not run: there is no safe wall here, or the program is too large
"""

MAX_PROGRAM_BYTES = 1 << 20
FIRST_UID, UIDS = 61_184, 4_000
"""Users that own nothing, for runs that are started by root."""
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache")
CHUNK = 65_536


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a program may use up; sizes in bytes."""

    wall_seconds: float = 30.0
    """Long, because what computes is held by its CPU time, and a busy machine is no program's fault."""
    cpu_seconds: int = 4
    """CPU time of each process."""
    memory_bytes: int = 512 << 20
    """Address space of each process."""
    output_bytes: int = 64 << 10
    """What it may print; a program that prints more is killed."""
    file_bytes: int = 16 << 20
    """Size of any file."""
    work_bytes: int = 64 << 20
    """Size of all files together."""
    processes: int = 8
    """Processes and threads, itself included."""


class Apart(msgspec.Struct, frozen=True):
    """What was seen of tests that ran in another process than the program that they test."""

    is_loaded: bool
    """Whether the program by itself reached its end."""
    is_claim: bool
    """Whether it is an assertion of the tests that failed."""
    doubted: bool
    """Whether anything was decided by what the program says of its own objects, shown what is expected."""
    calls: int
    """How often the tests called anything of the program."""


class Run(msgspec.Struct, frozen=True):
    """How a program ended."""

    result: Result
    reason: str = ""
    """What stopped it, in one sentence; empty when it passed. May hold text of the program."""
    output: str = ""
    """What it printed."""
    apart: Apart | None = None
    """What was seen of a program that ran apart from its tests."""
    used_up_cpu: bool = False
    """Whether it timed out by its CPU time, which is its own doing, and not for a busy machine."""


Wall = Callable[[str, Limits], list[str]]
"""Returns the command that runs the harness behind a wall, given an empty folder to build in."""


def run_python(program: str, limits: Limits | None = None, *, tests: str | None = None) -> Run:
    """Run a Python program behind the safest wall there is; only the standard library is there to import.

    Args:
        program: Python source.
        limits: What it may use up.
        tests: Python source that uses names of the program, which runs then in a process of its own, where it sees
            nothing of the tests but the calls that they make.
    """
    wall = safe_wall()
    if wall is None:
        return Run("refused", f"there is no safe sandbox here: {NEEDED}")
    return run_behind(wall, program, limits or Limits(), tests=tests)


NEEDED = "install bubblewrap, or let this user make namespaces"


@lru_cache(maxsize=1)
def safe_wall() -> Wall | None:
    """Return the first wall that holds, or None; probed once, and remembered."""
    return next((wall for wall in WALLS.values() if is_safe(wall)), None)


def is_safe(wall: Wall) -> bool:
    """Say whether a program behind a wall fails to do what it must not do, and can still compute."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        os.chmod(folder, 0o777)  # noqa: PTH101, S103 - the probe must be stopped by the wall, not by the folder's mode
        facts = {"folder": folder, "port": server.getsockname()[1], "pid": os.getpid(), "home": str(Path.home())}
        run = run_behind(wall, f"FACTS = {facts!r}\n{ESCAPES}", Limits(), {"CURATE_PROBE": "seen"})
        return run.result == "passed" and not os.listdir(folder)  # noqa: PTH208 - names are enough


ESCAPES = """
import os, resource, socket, sys

def stopped(attempt):
    try:
        attempt()
    except OSError:
        return True
    return False

def written(path):
    with open(path, "w") as file:
        file.write("out")

assert stopped(lambda: socket.create_connection(("127.0.0.1", FACTS["port"]), 1)), "the network is there"
assert stopped(lambda: socket.create_connection(("192.0.2.1", 9), 1)), "the network is there"
for place in (FACTS["folder"], "/", "/usr", FACTS["home"], sys.base_prefix):
    assert stopped(lambda: written(place + "/curate-probe")), "files outside can be written"
assert "CURATE_PROBE" not in os.environ, "the environment is there"
assert os.getpid() < 10, "other processes are there"
assert stopped(lambda: os.kill(FACTS["pid"], 0)) or FACTS["pid"] < 10, "other processes are there"
assert os.geteuid() != 0, "it is root"
assert stopped(lambda: os.chroot("/tmp")), "it has privileges"
for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
    assert resource.getrlimit(limit)[1] != resource.RLIM_INFINITY, "there are no limits"
written("/tmp/own")
children = 0
try:
    for _ in range(64):
        if os.fork() == 0:
            signal = __import__("signal")
            signal.pause()
        children += 1
except OSError:
    pass
assert children < 32, "processes are not limited"
"""
"""What a program must not be able to do."""


def run_behind(
    wall: Wall, program: str, limits: Limits, environment: dict[str, str] | None = None, *, tests: str | None = None
) -> Run:
    """Run a program behind a wall.

    Args:
        wall: What keeps it in.
        program: Python source.
        limits: What it may use up.
        environment: Variables that are set for the wall itself; the program must not see them.
        tests: What runs in another process than the program; None for a program that runs alone.
    """
    word = secrets.token_hex(16)
    uid = FIRST_UID + secrets.randbelow(UIDS)
    facts = {"word": word, "program": program, "uid": uid, "limits": msgspec.to_builtins(limits)}
    order = json.dumps(facts | ({} if tests is None else {"tests": tests, "sources": _sources()})).encode()
    if len(order) > MAX_PROGRAM_BYTES:
        return Run("refused", f"the program is larger than {MAX_PROGRAM_BYTES} bytes")
    with tempfile.TemporaryDirectory() as root:
        try:
            process = _started(wall(root, limits), environment or {})
        except OSError as error:
            return Run("refused", f"the sandbox cannot be started: {error}")
        with process:
            try:
                end = _watched(process, order, limits)
            finally:
                _end(process)
    return _judged(end, word, limits)


@lru_cache(maxsize=1)
def _sources() -> dict[str, str]:
    """Return the modules that the harness needs to run tests apart from the program: path to text."""
    modules = (plain, remote, apart)
    return {f"{one.__name__.replace('.', '/')}.py": inspect.getsource(one) for one in modules}


def namespaces(root: str, limits: Limits) -> list[str]:
    """Return the command for our own jail."""
    order = {
        "command": _inside(),
        "root": root,
        "shown": _shown(),
        "work_bytes": limits.work_bytes,
    }
    return [_interpreter(), "-I", "-S", jail.__file__, json.dumps(order)]


def bubblewrap(root: str, limits: Limits) -> list[str]:  # noqa: ARG001 - bubblewrap builds in a place of its own
    """Return the command for bubblewrap.

    Raises:
        FileNotFoundError: It is not installed.
    """
    command = shutil.which("bwrap")
    if command is None:
        raise FileNotFoundError("bwrap is not installed")
    shown: list[str] = []
    for path in map(Path, _shown()):
        for parent in list(path.parents)[-2::-1]:
            shown += ["--perms", "0755", "--dir", str(parent)]
        how = ["--symlink", str(path.readlink())] if path.is_symlink() else ["--ro-bind", str(path)]
        shown += [*how, str(path)]
    # Root must have no user namespace: its limit on processes would not hold. It is the harness that steps down.
    user = ("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID") if os.geteuid() == 0 else ("--unshare-user",)
    return [
        *(command, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", *user),
        *("--die-with-parent", "--new-session", "--clearenv", *shown, "--dev", "/dev", "--perms", "1777"),
        *("--size", str(limits.work_bytes), "--tmpfs", jail.WORK, "--chdir", jail.WORK, "--remount-ro", "/"),
        *("--", *_inside()),
    ]


WALLS: dict[str, Wall] = {"bubblewrap": bubblewrap, "namespaces": namespaces}
"""Name to wall, the one to prefer first."""


def _interpreter() -> str:
    """Return the interpreter itself, not the link in a virtual environment: it is found at the same path inside."""
    return os.path.realpath(sys.executable)


def _inside() -> list[str]:
    """Return the command that runs inside: a bare interpreter with the harness as its text."""
    return [_interpreter(), "-I", "-S", "-X", "utf8", "-c", Path(harness.__file__).read_text("utf-8")]


def _shown() -> list[str]:
    """Return the files and folders that are seen inside: the system's programs and the interpreter's own."""
    paths = [path for path in SYSTEM if os.path.lexists(path)]
    homes = (str(Path(sys.base_prefix).resolve()), str(Path(_interpreter()).parent))
    return paths + [home for home in dict.fromkeys(homes) if not home.startswith(("/usr/", "/bin/", "/lib/"))]


def _started(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - a command of ours; the program is data on its standard input
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        env=environment,
        start_new_session=True,
    )


class _End(msgspec.Struct):
    """What was seen of a run."""

    answer: bytearray
    printed: bytearray
    stopped: Literal["timed_out", "crashed"] | None = None
    """Why we ended it, or None when it ended by itself."""
    code: int = 0


def _watched(process: subprocess.Popen[bytes], order: bytes, limits: Limits) -> _End:
    """Feed a run and read it, as long and as much as it may, until it ends or has to be ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    deadline = time.monotonic() + limits.wall_seconds
    end = _End(bytearray(), bytearray())
    rest = memoryview(order)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdin, selectors.EVENT_WRITE)
        selector.register(process.stdout, selectors.EVENT_READ, end.answer)
        selector.register(process.stderr, selectors.EVENT_READ, end.printed)
        os.set_blocking(process.stdin.fileno(), False)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                end.stopped = "timed_out"
                return end
            for key, _ in selector.select(left):
                if key.data is None:
                    rest = _fed(key.fd, rest)
                    is_over = not rest
                else:
                    chunk = os.read(key.fd, CHUNK)
                    key.data.extend(chunk)
                    is_over = not chunk
                if is_over:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()  # type: ignore[union-attr] # a pipe's end
            if max(len(end.answer), len(end.printed)) > limits.output_bytes:
                end.stopped = "crashed"
                return end
    try:
        end.code = process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        end.stopped = "timed_out"
    return end


def _fed(pipe: int, rest: memoryview) -> memoryview:
    """Write what a pipe takes; return what is left, nothing when nobody reads it any more."""
    try:
        return rest[os.write(pipe, rest[:CHUNK]) :]
    except BrokenPipeError:
        return rest[:0]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a run with all that it started: the wall's process group, whose death takes its namespace along."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _judged(end: _End, word: str, limits: Limits) -> Run:
    """Return what a run came to."""
    output = end.printed[: limits.output_bytes].decode("utf-8", "replace")
    if end.stopped == "timed_out":
        return Run("timed_out", f"it ran longer than {limits.wall_seconds:g} s", output)
    if end.stopped == "crashed":
        return Run("crashed", f"it printed more than {limits.output_bytes} bytes", output)
    first, *lines = bytes(end.answer).split(b"\n")
    if first != harness.STARTED.encode():
        return Run("refused", f"the sandbox did not start: {' '.join(output.split())[-300:]}")
    for answer in map(_answer, lines):
        if answer.get("word") == word:
            return _told(answer, output, limits)
    return _died(-end.code if end.code < 0 else end.code - 128, output, limits)


def _told(answer: dict[str, Any], output: str, limits: Limits) -> Run:
    """Return what a run came to by the harness's own word."""
    if "signal" in answer:
        return _died(answer["signal"], output, limits)
    error = answer["error"]
    apart = msgspec.convert(answer["apart"], Apart) if "apart" in answer else None
    return Run("passed" if error is None else "failed", error or "", output, apart)


def _died(number: int, output: str, limits: Limits) -> Run:
    """Return what a run came to that never said how it ended, by the signal that killed it, if there was one."""
    if number == signal.SIGXCPU:
        return Run("timed_out", f"it used more than {limits.cpu_seconds} s of CPU", output, used_up_cpu=True)
    if number > 0:
        return Run("crashed", f"it was killed by signal {number}", output)
    return Run("failed", harness.EXITS, output)


def _answer(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
