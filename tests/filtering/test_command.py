"""`curate filter` as it is typed: standard input, dry runs, wrong usage, full disks."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest

from curate.errors import OutputError
from curate.pipeline.filtering.verdicts import write_verdicts
from tests.filtering.command import curate
from tests.filtering.results import jsonl, sound
from tests.folders.results import is_whole, no_file_above, publish, results, tree

ROWS = jsonl(*(sound(number, label="x" * 200) for number in range(500)))


def _said(done: "subprocess.CompletedProcess[bytes]") -> str:
    return done.stderr.decode()


def test_standard_input(tmp_path: Path) -> None:
    """`-` reads standard input, and what lies beside it keeps the name that it has without it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(jsonl(sound(1)))
    done = curate("filter", "-", tmp_path / "in" / "a.jsonl", "-o", tmp_path / "out", "--json", stdin=jsonl(sound(2)))
    manifest = json.loads(done.stdout)
    assert manifest.pop("attention") == []
    assert [entry["path"] for entry in manifest["inputs"]] == ["-", "a.jsonl"]
    assert manifest["rows"] == {"in": 2, "kept": 2, "dropped": 0, "unreadable": 0}
    assert manifest == json.loads((tmp_path / "out" / "manifest.json").read_bytes())


def test_standard_input_in_a_dry_run(tmp_path: Path) -> None:
    """A dry run tells how standard input would be read."""
    done = curate("filter", "-", "-o", tmp_path / "out", "--dry-run", stdin=jsonl(sound()))
    assert done.returncode == 0
    assert _said(done).startswith("-: read as reply (")
    assert not (tmp_path / "out").exists()


def test_parameters_of_named_checks(tmp_path: Path) -> None:
    """`--set checks.NAME.PARAMETER` tunes a check that `--checks` names, and needs no recipe for it."""
    (tmp_path / "in.jsonl").write_bytes(jsonl(sound()))
    named = ["--checks", "truncated,too-few-steps", "--set", "checks.too_few_steps.min_words=99"]
    done = curate("filter", tmp_path / "in.jsonl", *named, "-o", tmp_path / "out", "--json")
    assert done.returncode == 0, _said(done)
    assert json.loads(done.stdout)["dropped_by"] == {"truncated": 0, "too_few_steps": 1}


BAD = [
    pytest.param([], b"", "empty, there is nothing to read", 2, id="empty"),
    pytest.param([], b"\xef\xbb\xbf", "empty, there is nothing to read", 2, id="a-byte-order-mark"),
    pytest.param([], b'{"a": 1}\n', "no problem and reply found among the columns a; say", 2, id="unknown-columns"),
    pytest.param(["--map", "repyl=a"], b'{"a": 1}\n', "unknown field; there are problem, ", 2, id="unknown-field"),
    pytest.param(["--map", "reply"], b'{"a": 1}\n', "write it as FIELD=COLUMN", 2, id="no-pair"),
    pytest.param(["--checks", "trunctaed"], b'{"a": 1}\n', "unknown check 'trunctaed'", 2, id="unknown-check"),
    pytest.param(
        ["--checks", "looping", "--set", "checks.looping.max_shar=1"],
        b'{"a": 1}\n',
        "--set checks.looping.max_shar=1: checks.0.looping.max_shar: looping takes",
        2,
        id="unknown-parameter-of-a-named-check",
    ),
    pytest.param(
        ["--checks", "final_answer_only", "--set", "checks.final_answer_only.min_words=60"],
        b'{"a": 1}\n',
        "checks.0.final_answer_only.min_words: should be less than or equal to 40, not 60",
        2,
        id="more-words-than-are-counted",
    ),
    pytest.param(
        ["--checks", "looping", "--set", "checks=[looping]"], b'{"a": 1}\n', "exclude each other", 2, id="two-lists"
    ),
    pytest.param(["nowhere.jsonl"], b"", "nowhere.jsonl does not exist", 2, id="missing"),
]


@pytest.mark.parametrize("more,data,message,code", BAD)
def test_bad_input(tmp_path: Path, more: list[str], data: bytes, message: str, code: int) -> None:
    """What cannot be read is one clear error with its exit code, and nothing is written."""
    (tmp_path / "in.jsonl").write_bytes(data)
    done = curate("filter", tmp_path / "in.jsonl", *more, "-o", tmp_path / "out")
    assert done.returncode == code
    assert message in _said(done)
    assert len(_said(done).splitlines()) == 1
    assert tree(tmp_path / "out") == {}


def test_a_folder_that_is_not_ours(tmp_path: Path) -> None:
    """An output folder that is not empty and not ours is left alone, also with `--replace`."""
    (tmp_path / "in.jsonl").write_bytes(ROWS)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_bytes(b"mine")
    done = curate("filter", tmp_path / "in.jsonl", "-o", tmp_path / "out", "--replace")
    assert (done.returncode, "is not empty and what is in it is not ours" in _said(done)) == (2, True)
    assert tree(tmp_path / "out") == {"thesis.txt": b"mine"}


OLD = {"kept/part-00000.jsonl": b"{}\n"}


@pytest.mark.parametrize("blocks,workers", [(10, 1), (300, 2)])
def test_no_room(tmp_path: Path, blocks: int, workers: int) -> None:
    """Where a file can grow no more there is one clear error, and what was there before is there still."""
    for number in range(2):
        (tmp_path / f"{number}.jsonl").write_bytes(ROWS)
    publish(tmp_path / "out", OLD)
    options = ["--replace", "--workers", str(workers)]
    done = curate("filter", tmp_path / "*.jsonl", "-o", tmp_path / "out", *options, before=f"ulimit -f {blocks}")
    assert done.returncode == 4
    assert _said(done).splitlines()[-1] == f"curate: cannot write to {tmp_path / 'out'}: File too large"
    assert "Traceback" not in _said(done)
    assert results(tmp_path / "out") == OLD
    assert is_whole(tmp_path / "out")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for a part of a result."""
    path = tmp_path / "disk"
    path.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", path], check=False).returncode:
        pytest.skip("no right to mount a disk")
    yield path
    subprocess.run(["umount", path], check=True)


@pytest.mark.parametrize("taken", [0, 100_000, 250_000, 400_000])
def test_full_disk(tmp_path: Path, small_disk: Path, taken: int) -> None:
    """On a full disk there is one clear error, wherever it strikes, and no file under a final name."""
    (tmp_path / "in.jsonl").write_bytes(ROWS)
    with suppress(OSError):
        (small_disk / "ballast").write_bytes(b"x" * taken)
    done = curate("filter", tmp_path / "in.jsonl", "-o", small_disk / "out")
    assert done.returncode == 4
    assert _said(done).splitlines()[-1] == f"curate: cannot write to {small_disk / 'out'}: the disk is full"
    assert "Traceback" not in _said(done)
    assert tree(small_disk / "out") == {}


@pytest.mark.parametrize("size", [0, 500])
def test_no_room_for_verdicts(tmp_path: Path, size: int) -> None:
    """Where there is no room for what Polars writes, the error is ours as well."""
    parts = [pl.DataFrame({"id": list(map(str, range(500)))})] * 2
    with pytest.raises(OutputError, match=r"^cannot write verdicts.parquet: .*File too large"), no_file_above(size):
        write_verdicts(parts, tmp_path / "verdicts.parquet")
