"""A result appears whole or not at all, and touches nothing that is not ours."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines
from curate.errors import OutputError
from curate.folders import OutputFolder, read_manifest, write_whole
from curate.schemas import named
from tests.folders.results import MANIFEST, RUN_MANIFEST, build, is_whole, publish, results, tree

FIRST = {"kept/part-00000.jsonl": b"1\n2\n", "verdicts.parquet": b"\x00", "a/b/c.jsonl": b"3\n"}
SECOND = {"kept/part-00000.jsonl": b"4\n", "README.md": b"#\n"}
NOT_OURS = "is not empty and what is in it is not ours"


@pytest.mark.parametrize("name", ["here", "not/there/yet"])
def test_publishing(tmp_path: Path, name: str) -> None:
    """A result comes with a manifest that lists every file, and nothing of the work stays behind."""
    path = tmp_path / name
    publish(path, {**FIRST, ".scratch": b"x", "kept/.more/x": b"y", "unreadable/.z": b"z"})
    manifest = json.loads((path / "manifest.json").read_bytes())
    assert manifest["files"] == [
        {"path": "a/b/c.jsonl", "bytes": 2, "sha256": hashlib.sha256(b"3\n").hexdigest(), "rows": 1},
        {"path": "kept/part-00000.jsonl", "bytes": 4, "sha256": hashlib.sha256(b"1\n2\n").hexdigest(), "rows": 2},
        {"path": "verdicts.parquet", "bytes": 1, "sha256": hashlib.sha256(b"\x00").hexdigest()},
    ]
    assert results(path) == FIRST
    assert named("curated_manifest.v1").explain(manifest) is None


def test_nothing_is_under_a_final_name_before_the_end(tmp_path: Path) -> None:
    """While a result is being written nothing of it is under a final name."""
    with OutputFolder(tmp_path, kind="curated") as folder:
        build(folder, FIRST)
        assert {entry.name for entry in tmp_path.iterdir()} == {".curate-work", ".curate-lock"}
        folder.commit(MANIFEST)
        assert is_whole(tmp_path)


FOREIGN = [
    pytest.param({"thesis.txt": b"mine"}, id="a-file"),
    pytest.param({".env": b"KEY="}, id="a-hidden-file"),
    pytest.param({".lock": b"somebody", ".work/thesis.txt": b"mine"}, id="a-lock-and-work-of-others"),
    pytest.param({"kept/part-00000.jsonl": b"{}\n"}, id="shards"),
    pytest.param({"manifest.json": b'{"made_by": "npm", "kind": "curated", "files": []}'}, id="a-manifest-of-others"),
    pytest.param({"manifest.json": b'{"made_by": "curate"'}, id="a-broken-manifest"),
    pytest.param({"manifest.json": b"[]"}, id="a-manifest-that-is-no-object"),
    pytest.param({"manifest.json": jsonlines.encode(RUN_MANIFEST)}, id="another-kind-of-ours"),
]


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("files", FOREIGN)
def test_what_is_not_ours_is_refused(tmp_path: Path, files: dict[str, bytes], *, replace: bool) -> None:
    """A folder that holds anything but a result of ours is refused, also with `replace`, and left as it is."""
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    with pytest.raises(OutputError, match=NOT_OURS):
        publish(tmp_path, FIRST, replace=replace)
    assert tree(tmp_path) == files


def test_a_finished_result_is_refused(tmp_path: Path) -> None:
    """A finished result is not replaced unless that was asked for."""
    publish(tmp_path, FIRST)
    before = tree(tmp_path)
    with pytest.raises(OutputError, match="already holds a finished result; pass --replace"):
        publish(tmp_path, SECOND)
    assert tree(tmp_path) == before


def test_replacing(tmp_path: Path) -> None:
    """With `replace` the new result takes the place of the old one, whose other files and folders go."""
    publish(tmp_path, FIRST)
    publish(tmp_path, SECOND, replace=True)
    assert results(tmp_path) == SECOND
    assert is_whole(tmp_path)
    assert not (tmp_path / "a").exists()


def test_replacing_beside_files_of_the_user(tmp_path: Path) -> None:
    """What a user put beside a result is nobody else's to touch, whatever folder it lies in."""
    theirs = {"notes.txt": b"mine", "kept/notes.txt": b"mine too", "a/b/.hidden": b"", "mine/x.jsonl": b"1\n"}
    publish(tmp_path, FIRST)
    for name, data in theirs.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    publish(tmp_path, SECOND, replace=True)
    assert results(tmp_path) == {**SECOND, **theirs}


def test_residents_stay(tmp_path: Path) -> None:
    """Files that live beside a result are claimed with it, never moved, and theirs half-written names do not bar us."""
    for name in ("ledger.sqlite", ".recipe.yaml.part"):
        (tmp_path / name).write_bytes(b"paid for")
    residents = ("ledger.sqlite", "recipe.yaml")
    publish(tmp_path, FIRST, residents=residents)
    publish(tmp_path, SECOND, residents=residents, replace=True)
    assert (tmp_path / "ledger.sqlite").read_bytes() == b"paid for"
    with pytest.raises(OutputError, match="finished"):
        publish(tmp_path, SECOND, residents=residents)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, OSError])
@pytest.mark.parametrize("before", [{}, FIRST], ids=["empty", "finished"])
def test_leaving_early(tmp_path: Path, before: dict[str, bytes], error: type[BaseException]) -> None:
    """An error while the result is being built leaves the folder as it was and travels on."""
    if before:
        publish(tmp_path, before)
    manifest = tree(tmp_path)
    with pytest.raises(error):
        _fail_while_building(tmp_path, error)
    assert tree(tmp_path) == manifest


def _fail_while_building(path: Path, error: type[BaseException]) -> None:
    with OutputFolder(path, kind="curated", replace=True) as folder:
        build(folder, SECOND)
        raise error


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """A file where the folder should be is one clear error."""
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(OutputError, match=r"cannot write to .*out: File exists"):
        publish(tmp_path / "out", FIRST)


@given(data=st.binary(), before=st.none() | st.binary())
def test_write_whole(tmp_path_factory: pytest.TempPathFactory, data: bytes, before: bytes | None) -> None:
    """A file that is written whole has its bytes, whatever was there, and nothing lies beside it."""
    path = tmp_path_factory.mktemp("whole") / "a.json"
    if before is not None:
        path.write_bytes(before)
    write_whole(path, data)
    assert tree(path.parent) == {"a.json": data}


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"{", jsonlines.encode({"made_by": "x"})])
def test_a_manifest_that_is_not_ours(tmp_path: Path, data: bytes) -> None:
    """Only a manifest with our mark is one of ours."""
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "none") is None
    (tmp_path / "manifest.json").write_bytes(data)
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "manifest.json") is None
