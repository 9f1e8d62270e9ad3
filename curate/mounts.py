"""Which file system does a folder lie on? SQLite's write-ahead log needs one of this machine."""

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "lustre", "beegfs", "gpfs"}) | {
    "glusterfs",
    "ocfs2",
    "virtiofs",
    "fuse.sshfs",
    "fuse.s3fs",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.rclone",
}
"""Kinds of file system on which several machines, or none that locks, stand behind one file."""

_OCTAL = re.compile(r"\\([0-7]{3})")


def network_kind(path: Path, mounts: str | None = None) -> str | None:
    """Return the kind of network file system that a path lies on; None for one of this machine, or where nobody knows.

    Args:
        path: A path; what of it exists decides.
        mounts: The table of mounts, as in `/proc/self/mountinfo`; read from there when None.
    """
    text = _mounts() if mounts is None else mounts
    target = path.resolve()
    best, found = -1, ""
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if not dash or len(fields) < 5:  # noqa: PLR2004 - the mount point is the fifth
            continue
        point = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[4]))
        if target.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), kinds[0]
    return found if found in NETWORK else None


def _mounts() -> str:
    try:
        return MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:  # no Linux, or a closed one
        return ""
