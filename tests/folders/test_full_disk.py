"""A disk without room is one clear error, and harms nothing that was there."""

from pathlib import Path

import pytest

from curate.errors import OutputError
from curate.folders import OutputFolder, writing_to
from tests.folders.results import is_whole, no_file_above, publish, results

OLD = {"kept/part-00000.jsonl": b"1\n", "a/b.jsonl": b"2\n"}
NEW = {f"kept/part-{number:05d}.jsonl": b"3" * number + b"\n" for number in range(10)}


@pytest.mark.parametrize("old", [{}, OLD], ids=["empty", "finished"])
def test_no_room_while_publishing(tmp_path: Path, old: dict[str, bytes]) -> None:
    """Wherever room runs out there is one clear error, and what was there before is there still."""
    if old:
        publish(tmp_path, old)
    for size in range(0, 1800, 100):
        with pytest.raises(OutputError, match=r"^cannot write to .*: File too large$"):
            _publish_in(size, tmp_path)
        assert results(tmp_path) == old
        assert is_whole(tmp_path) is bool(old)
    _publish_in(10_000, tmp_path)
    assert results(tmp_path) == NEW


def _publish_in(size: int, path: Path) -> None:
    with no_file_above(size):
        publish(path, NEW, replace=True)


def test_a_full_disk_has_a_name(tmp_path: Path) -> None:
    """A full disk is called so, with the folder that it holds."""
    with pytest.raises(OutputError, match=r"^cannot write to .*: the disk is full$"):
        _fill(tmp_path / "out")


def _fill(path: Path) -> None:
    with OutputFolder(path, kind="curated"), Path("/dev/full").open("wb", 0) as full:
        full.write(b"x")


def test_other_errors_of_the_operating_system(tmp_path: Path) -> None:
    """What else the operating system says while we write is told in its words."""
    with pytest.raises(OutputError, match=r"cannot write to .*: No such file or directory"), writing_to(tmp_path):
        (tmp_path / "none" / "x").touch()
