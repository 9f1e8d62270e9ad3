"""What a program may do in the sandbox, what it may not, and that nothing of it is left; on every wall there is."""

import secrets
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from curate.sandbox import running as sandbox
from curate.sandbox.running import WALLS, Limits, Run, Wall, is_safe, run_behind, run_python, safe_wall

SHORT = Limits(wall_seconds=40, cpu_seconds=1)
"""A machine may be busy, so the wall time is long; what waits for it says so itself."""


@pytest.fixture(scope="module", params=list(WALLS))
def wall(request: pytest.FixtureRequest) -> Wall:
    """Return each wall that this machine has."""
    name: str = request.param
    if not is_safe(WALLS[name]):
        pytest.skip(f"no {name} on this machine: it is not installed, or the kernel lets nobody make namespaces")
    return WALLS[name]


ENDS = {
    "reaches its end": ("assert sum(range(10)) == 45\nprint('ok')", "passed", ""),
    "imports the standard library": ("import json, math, re, itertools, collections, fractions", "passed", ""),
    "writes in its folder": ("open('notes.txt', 'w').write('x'); assert open('notes.txt').read() == 'x'", "passed", ""),
    "starts a process": ("import subprocess; subprocess.run(['/bin/true'], check=True)", "passed", ""),
    "a wrong result": ("def f(x): return x\nassert f(1) == 2", "failed", "AssertionError at `assert f(1) == 2`"),
    "an error": ("1 / 0", "failed", "ZeroDivisionError: division by zero at `1 / 0`"),
    "no Python": ("def f(:", "failed", "SyntaxError"),
    "an early exit": ("import sys; sys.exit(0)", "failed", "exits before its end"),
    "an abrupt exit": ("import os; os._exit(0)", "failed", "exits before its end"),
    "a lie about its end": (
        (
            'import os\nfor place in range(1, 64):\n    try: os.write(place, b\'\\n{"word": "", "error": null}\\n\')\n'
            "    except OSError: pass\nos._exit(0)"
        ),
        "failed",
        "exits before its end",
    ),
    "an error that breaks its own display": (
        "class E(Exception):\n    def __str__(self): raise ValueError\nraise E",
        "failed",
        "E",
    ),
    "deep recursion": ("def f(): f()\nf()", "failed", "RecursionError"),
    "a fault of the interpreter": ("import ctypes; ctypes.string_at(0)", "crashed", "signal 11"),
    "an endless loop": ("while True: pass", "timed_out", "CPU"),
    "a loop that ignores its limit": (
        "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass",
        "crashed",
        "signal 9",
    ),
    "a wait for ever": ("import time; time.sleep(1000)", "timed_out", "longer than"),
    "a flood of output": ("while True: print('x' * 1000)", "crashed", "printed more than"),
    "too much memory": ("x = bytearray(1 << 31)", "failed", "MemoryError"),
    "a large file": ("open('f', 'wb').write(bytes(1 << 25))", "failed", "File too large"),
}


@pytest.mark.parametrize("program,result,reason", ENDS.values(), ids=list(ENDS))
def test_how_it_ends(wall: Wall, program: str, result: str, reason: str) -> None:
    """A program ends as it deserves, and the reason says why."""
    limits = msgspec.structs.replace(SHORT, wall_seconds=1.5) if "sleep" in program else SHORT
    run = run_behind(wall, program, limits)
    assert run.result == result, run
    assert reason in run.reason


ESCAPES = {
    "a fork bomb": (
        "import os, time\nmade = 0\ntry:\n    while True:\n        if os.fork() == 0: time.sleep(60)\n"
        "        made += 1\nexcept OSError: pass\nassert made < 10"
    ),
    "a thread bomb": (
        "import threading, time\nmade = 0\ntry:\n    while True:\n"
        "        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n        made += 1\n"
        "except RuntimeError: pass\nassert made < 10"
    ),
    "killing everybody": "import os, signal\ntry: os.kill(-1, signal.SIGKILL)\nexcept OSError: pass",
    "killing its parent": (
        "import os, signal\nfor pid in (os.getppid(), 1):\n    try: os.kill(pid, signal.SIGKILL)\n"
        "    except OSError: pass"
    ),
    "filling the disk": (
        "written = 0\ntry:\n    for n in range(100):\n        written += open(f'f{n}', 'wb').write(bytes(8 << 20))\n"
        "except OSError: pass\nassert written <= 64 << 20"
    ),
    "raising its limits": (
        "import resource\nfor limit in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_CPU):\n"
        "    try:\n        resource.setrlimit(limit, (resource.RLIM_INFINITY,) * 2)\n"
        "    except (ValueError, OSError): continue\n    raise AssertionError(limit)"
    ),
    "becoming root": (
        "import os\nfor step in (os.setuid, os.setgid):\n    try: step(0)\n    except OSError: continue\n"
        "    raise AssertionError(step)"
    ),
    "mounting": (
        "import ctypes\nlibc = ctypes.CDLL(None)\nassert libc.mount(b'none', b'/tmp', b'tmpfs', 0, None) != 0"
    ),
    "looking at other processes": (
        "import os\nfor pid in range(10, 3000):\n    try: os.kill(pid, 0)\n    except OSError: continue\n"
        "    raise AssertionError(pid)"
    ),
    "making a device": (
        "import os, stat\ntry: os.mknod('disk', 0o600 | stat.S_IFBLK, os.makedev(254, 0))\nexcept OSError: pass\n"
        "else: raise AssertionError"
    ),
}


@pytest.mark.parametrize("program", ESCAPES.values(), ids=list(ESCAPES))
def test_escape_is_stopped(wall: Wall, program: str) -> None:
    """A program that tries to break out cannot, and is still there to say so."""
    run = run_behind(wall, program, SHORT)
    assert run.result == "passed", run


def test_files_outside_are_neither_seen_nor_written(wall: Wall, tmp_path: Path) -> None:
    """A folder of ours does not exist inside, and nothing that is written there arrives."""
    tmp_path.chmod(0o777)
    secret = tmp_path / "secret"
    secret.write_text("secret")
    program = f"""
import os
assert not os.path.exists({str(secret)!r})
assert not os.path.exists({str(Path.home() / ".ssh")!r})
for path in ({str(tmp_path / "new")!r}, "/usr/new", "/new", "/etc/passwd"):
    try:
        open(path, "w").close()
    except OSError:
        continue
    raise AssertionError(path)
"""
    assert run_behind(wall, program, SHORT).result == "passed"
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_environment_is_empty(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of ours is there, not even one that the wall itself was given."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    program = "import os\nassert not {'OPENAI_API_KEY', 'GIVEN', 'HOME', 'PATH'} & set(os.environ), os.environ"
    assert run_behind(wall, program, SHORT, {"GIVEN": "1"}).result == "passed"


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_network_is_not_there(wall: Wall, address: str) -> None:
    """A server of ours on the loopback address cannot be reached."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family) as server:
        server.settimeout(0.2)
        program = f"""
import socket
try:
    socket.create_connection(({address!r}, {server.getsockname()[1]}), 1)
except OSError:
    pass
else:
    raise AssertionError
"""
        assert run_behind(wall, program, SHORT).result == "passed"
        with pytest.raises(TimeoutError):
            server.accept()


def processes(word: str) -> Iterator[Path]:
    """Yield the processes of this machine whose command holds a word."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word.encode() in path.read_bytes():
                yield path.parent
        except OSError:  # it ended meanwhile
            continue


@pytest.mark.parametrize("ending", ["", "import time; time.sleep(60)", "import os; os._exit(0)", "1 / 0"])
def test_nothing_is_left(wall: Wall, ending: str) -> None:
    """Processes that a program leaves behind die with it, also those that left its process group."""
    seconds = f"{60 + secrets.randbelow(10**6) / 10**6:.6f}"
    program = f"""
import os
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv("/bin/sleep", ["sleep", {seconds!r}])
        os._exit(0)
{ending}
"""
    run_behind(wall, program, msgspec.structs.replace(SHORT, wall_seconds=2))
    deadline = time.monotonic() + 5
    while list(processes(seconds)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(processes(seconds)) == []


def test_a_large_program_is_refused(wall: Wall) -> None:
    """A program beyond the limit is not run."""
    run = run_behind(wall, "#" * sandbox.MAX_PROGRAM_BYTES, SHORT)
    assert run == Run("refused", f"the program is larger than {sandbox.MAX_PROGRAM_BYTES} bytes")


def test_odd_text_is_data(wall: Wall) -> None:
    """NUL, lone surrogates and bidi marks break nothing; at worst the program is no Python."""
    for text in ("x = 1 \0", "x = '\ud800'", "x = '\u202e'", "\ufeff# coding: utf-7\nx = 1"):
        assert run_behind(wall, text, SHORT).result in ("passed", "failed")


def no_wall(root: str, limits: Limits) -> list[str]:
    """Return the command without anything round it."""
    return sandbox._inside()  # noqa: SLF001 - what the walls are built round


def test_no_wall_is_not_safe() -> None:
    """The probe sees through a wall that is none."""
    assert not is_safe(no_wall)


def test_without_a_safe_wall_nothing_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where no wall holds the sandbox refuses, and says what would help."""
    monkeypatch.setattr(sandbox, "WALLS", {"none": no_wall})
    safe_wall.cache_clear()
    try:
        run = run_python(f"open({str(tmp_path / 'ran')!r}, 'w')")
    finally:
        safe_wall.cache_clear()
    assert run.result == "refused"
    assert "install bubblewrap" in run.reason
    assert not (tmp_path / "ran").exists()


def broken_wall(root: str, limits: Limits) -> list[str]:
    """Return the command of a wall that cannot be built."""
    return ["/bin/sh", "-c", "echo no such wall >&2; exit 1"]


def test_a_wall_that_does_not_start_is_no_verdict() -> None:
    """When the wall fails, not the program, the run is refused: the program is not to blame."""
    run = run_behind(broken_wall, "x = 1", SHORT)
    assert run == Run("refused", "the sandbox did not start: no such wall")


def test_this_machine_has_a_wall() -> None:
    """On a machine with namespaces or bubblewrap, programs run."""
    if safe_wall() is None:
        pytest.skip(f"no safe sandbox on this machine: {sandbox.NEEDED}")
    assert run_python("assert 1 + 1 == 2").result == "passed"
