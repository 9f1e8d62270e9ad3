"""A jail of Linux namespaces, for where there is no bubblewrap: a script that locks itself in and runs a command.

    python -I -S jail.py '{"command": [...], "root": "/an/empty/folder", "shown": ["/usr", ...], "work_bytes": 65536}'

The command sees a root of its own, built in the empty folder `root`, with the shown folders read-only and a `/tmp` of a
limited size; no network, no other processes, no environment. It dies when this script dies. Nothing of ours is imported
here, because a bare interpreter runs it.
"""

import ctypes
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, RECURSIVE, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
SET_PDEATHSIG, SET_NO_NEW_PRIVS = 1, 38
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
NOBODY = 65534
MAX_FILES = 4096
WORK = "/tmp"  # noqa: S108 - the jail's own, empty one

_libc = ctypes.CDLL(None, use_errno=True)


def call(name: str, *arguments: Any) -> None:  # noqa: ANN401 - what the C function takes
    """Call a function of the C library.

    Raises:
        OSError: It failed.
    """
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount a file system."""
    name = kind.encode() if kind else None
    call("mount", source.encode(), target.encode(), name, ctypes.c_ulong(flags), options.encode())


def main() -> None:
    """Lock this process in and run the command; exit as it did, with 128 + n for signal n."""
    order = json.loads(sys.argv[1])
    if os.geteuid() != 0:
        become_user_of_own_namespace()
    call("unshare", NEWNS | NEWPID | NEWNET | NEWIPC | NEWUTS)
    build_root(order["root"], order["shown"], order["work_bytes"])
    os.chroot(order["root"])
    os.chdir(WORK)
    is_first_inside = os.fork() == 0
    if is_first_inside:
        call("prctl", SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        call("prctl", SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if is_first_inside and os.fork() == 0:
        os.execve(order["command"][0], order["command"], {})  # noqa: S606 - the caller's own command
    wait()


def wait() -> None:
    """Wait for the one child, and exit as it did: the first process of the jail takes all others in it along."""
    for inherited in (0, 1, 2):
        os.close(inherited)
    _, status = os.wait()
    os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))


def become_user_of_own_namespace() -> None:
    """Enter a user namespace in which this user may set up the others; nobody there is anybody outside."""
    uid, gid = os.geteuid(), os.getegid()
    call("unshare", NEWUSER)
    for name, line in (("setgroups", "deny"), ("uid_map", f"{NOBODY} {uid} 1"), ("gid_map", f"{NOBODY} {gid} 1")):
        Path("/proc/self", name).write_text(line, "ascii")


def build_root(root: str, shown: list[str], work_bytes: int) -> None:
    """Build the root that the command sees."""
    mount("none", "/", None, RECURSIVE | PRIVATE)
    mount("tmpfs", root, "tmpfs", NOSUID | NODEV, "size=1m,mode=755")
    for path in shown:
        target = Path(root + path)
        if Path(path).is_symlink():
            target.symlink_to(Path(path).readlink())
        else:
            show(path, target)
    for device in DEVICES:
        bind(device, Path(root + device))
    work = Path(root + WORK)
    work.mkdir()
    mount("tmpfs", str(work), "tmpfs", NOSUID | NODEV, f"size={work_bytes},nr_inodes={MAX_FILES},mode=1777")
    mount("none", root, None, REMOUNT | BIND | RDONLY | NOSUID | NODEV)


def show(path: str, target: Path) -> None:
    """Show a file or folder read-only, with the restrictions that it already has."""
    bind(path, target)
    kept = os.statvfs(target).f_flag & (NOSUID | NODEV | NOEXEC)
    mount("none", str(target), None, REMOUNT | BIND | RDONLY | NOSUID | kept)


def bind(path: str, target: Path) -> None:
    """Make a file or folder appear at another place as well."""
    if Path(path).is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    mount(path, str(target), None, BIND | RECURSIVE)


if __name__ == "__main__":
    main()
