"""Which file system a folder lies on, read from the table of mounts."""

from pathlib import Path

import pytest

from curate.mounts import network_kind

MOUNTS = r"""
22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /home rw shared:2 - nfs4 server:/home rw,vers=4.2
31 30 8:1 / /home/me/local rw shared:3 - xfs /dev/sdb rw
32 22 0:40 / /mnt/my\040share rw - cifs //server/share rw
33 22 0:41 / /mnt/dev rw - tmpfs tmpfs rw
34 22 0:42 / /mnt/dev rw - lustre pool rw
35 22 0:43 / /data rw master:7 shared:9 - fuse.sshfs me@host: rw
broken line
36 22
"""

PLACES = {
    "/": None,
    "/usr/lib": None,
    "/home/me/runs": "nfs4",
    "/homes": None,
    "/home/me/local/runs": None,
    "/mnt/my share/run": "cifs",
    "/mnt/dev/x": "lustre",
    "/data": "fuse.sshfs",
}


@pytest.mark.parametrize("place,kind", PLACES.items(), ids=PLACES)
def test_kind(place: str, kind: str | None) -> None:
    """The innermost mount decides, the later one of two at the same place; broken lines are passed over."""
    assert network_kind(Path(place), MOUNTS) == kind


def test_this_machine(tmp_path: Path) -> None:
    """The table of this machine can be read, and where there is none nobody knows."""
    assert network_kind(tmp_path) is None
    assert network_kind(tmp_path, "") is None
