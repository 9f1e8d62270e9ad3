"""Files of every packing, cut into units or not, give the same lines, and their damage is told."""

import datetime as dt
import gzip
import hashlib
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines
from curate.errors import DataError
from curate.reading.lines import BLOCK_BYTES, Line, Unit, decode_line, read_lines
from curate.reading.sources import find_sources, plan_input
from tests.folders.results import MANIFEST, MEMORY, RUN_MANIFEST
from tests.reading.strategies import any_files

BOM = b"\xef\xbb\xbf"
NO_LIMIT = 2**30

unit_sizes = st.integers(1, 80)


def _two_zstd_frames(data: bytes) -> bytes:
    """Return what `cat a.zst b.zst` makes: two frames, with a skippable one between them."""
    compress = zstandard.ZstdCompressor().compress
    skippable = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc"
    return compress(data[:2]) + skippable + compress(data[2:])


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=1)


COMPRESSIONS = [
    pytest.param("a.jsonl.gz", _gzip, id="gzip"),
    pytest.param("a.jsonl.gz", lambda data: _gzip(data[:2]) + _gzip(data[2:]), id="gzip-of-two-members"),
    pytest.param("a.jsonl.zst", zstandard.ZstdCompressor().compress, id="zstd"),
    pytest.param("a.jsonl.zst", _two_zstd_frames, id="zstd-of-several-frames"),
]
Compress = Callable[[bytes], bytes]


def _lines_of(data: bytes) -> list[Line]:
    """Return the lines of a file by their definition: the bytes between newlines, a BOM at the head belongs to none."""
    offset = len(BOM) if data.startswith(BOM) else 0
    lines = []
    for number, piece in enumerate(data[offset:].split(b"\n"), 1):
        body = data[offset : offset + len(piece) + 1]
        if body:
            lines.append(Line(number, offset, body, len(body)))
        offset += len(body)
    return lines


def _read(path: Path, *, unit_bytes: int = NO_LIMIT, limit: int | None = None, longest: int = NO_LIMIT) -> list[Line]:
    units = plan_input([str(path)], unit_bytes=unit_bytes, limit=limit).units
    assert [unit.index for unit in units] == list(range(len(units)))
    return [line for unit in units for line in read_lines(unit, max_line_bytes=longest)]


def _read_bytes(data: bytes, name: str = "a.jsonl", *, unit_bytes: int = NO_LIMIT, limit: int | None = None) -> object:
    """Return the lines of a file with these bytes; of an empty one the error."""
    with TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            return _read(path, unit_bytes=unit_bytes, limit=limit)
        except DataError as error:
            return str(error)


@given(any_files, unit_sizes)
def test_units_read_as_the_whole_file(data: bytes, unit_bytes: int) -> None:
    """A file cut into units of any size has the same lines, numbers and offsets as one that is read whole."""
    expected = _lines_of(data) or "a.jsonl: empty, there is nothing to read"
    assert _read_bytes(data, unit_bytes=unit_bytes) == _read_bytes(data) == expected


@given(any_files, unit_sizes, st.integers(1, 15))
def test_limit(data: bytes, unit_bytes: int, limit: int) -> None:
    """A limit takes the first lines, blank ones included, however the file is cut."""
    if lines := _lines_of(data):
        assert _read_bytes(data, unit_bytes=unit_bytes, limit=limit) == lines[:limit]


@pytest.mark.parametrize("name,compress", COMPRESSIONS)
@given(data=any_files)
def test_compressed(name: str, compress: Compress, data: bytes) -> None:
    """A compressed file has the lines of the plain one, with offsets in the uncompressed bytes."""
    expected = _lines_of(data) or f"{name}: empty, there is nothing to read"
    assert _read_bytes(compress(data), name) == expected


@given(any_files, unit_sizes, st.integers(1, 20))
def test_a_line_over_the_limit_is_known_by_place_size_and_digest(data: bytes, unit_bytes: int, longest: int) -> None:
    """Lines that are too long are skipped with their place, size and digest; those around them are read."""
    if not _lines_of(data):
        return
    with TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder, "a.jsonl")
        path.write_bytes(data)
        found = _read(path, unit_bytes=unit_bytes, longest=longest)
    for line, whole in zip(found, _lines_of(data), strict=True):
        assert (line.number, line.offset, line.size) == (whole.number, whole.offset, whole.size)
        if len(whole.data.removesuffix(b"\n")) <= longest:
            assert line == whole
        else:
            assert line.sha256 == hashlib.sha256(whole.data).hexdigest()
            assert whole.data.startswith(line.data)
            assert not line.is_blank


@given(any_files, unit_sizes)
def test_units_are_ranges_that_end_with_lines(data: bytes, unit_bytes: int) -> None:
    """Units lie one behind the other, each but the last ends with a newline, and none holds a long one's worth more."""
    if not _lines_of(data):
        return
    with TemporaryDirectory(dir=MEMORY) as folder:
        Path(folder, "a.jsonl").write_bytes(data)
        units = plan_input([folder], unit_bytes=unit_bytes).units
    ends = [_end(unit, data) for unit in units]
    assert [unit.start for unit in units] == [0, *ends[:-1]]
    assert ends[-1] == len(data)
    assert all(data[end - 1 : end] == b"\n" for end in ends[:-1])


def _end(unit: Unit, data: bytes) -> int:
    return len(data) if unit.end is None else unit.end


def test_units_of_a_large_file_are_about_the_size_asked_for(tmp_path: Path) -> None:
    """Units of a file of short lines have the size that was asked for, to the next block."""
    (tmp_path / "a.jsonl").write_bytes(b'{"a": 1}\n' * 1_000_000)
    units = plan_input([str(tmp_path)], unit_bytes=2 * 2**20).units
    sizes = [(unit.end or 9_000_000) - unit.start for unit in units]
    assert len(sizes) > 3
    assert all(2 * 2**20 - 9 <= size <= 2 * 2**20 + BLOCK_BYTES for size in sizes[:-1])


def test_hashes_are_of_the_files_as_they_lie_on_disk(tmp_path: Path) -> None:
    """Each input is known by name, size and digest of its bytes on disk, compressed ones as they are."""
    data = gzip.compress(b'{"a": 1}\n')
    (tmp_path / "a.jsonl").write_bytes(BOM + b'{"a": 1}\n')
    (tmp_path / "b.jsonl.gz").write_bytes(data)
    assert plan_input([str(tmp_path)]).hashes == (
        ("a.jsonl", 12, hashlib.sha256(BOM + b'{"a": 1}\n').hexdigest()),
        ("b.jsonl.gz", len(data), hashlib.sha256(data).hexdigest()),
    )


@pytest.mark.parametrize("name,compress", [pytest.param("a.jsonl", bytes, id="plain"), *COMPRESSIONS])
def test_a_line_of_50_mb(tmp_path: Path, name: str, compress: Compress) -> None:
    """A line of 50 MB is read as any other."""
    row = {"text": "0123456789" * 5_000_000}
    data = b'{"a": 1}\n' + jsonlines.encode(row) + b'\n{"a": 2}\n'
    (tmp_path / name).write_bytes(compress(data))
    units = plan_input([str(tmp_path / name)]).units
    lines = [line for unit in units for line in read_lines(unit)]
    assert [line.size for line in lines] == [9, 50_000_012, 9]
    assert jsonlines.decode(lines[1].data) == row


@pytest.mark.parametrize("name,compress", [pytest.param("a.jsonl", bytes, id="plain"), *COMPRESSIONS])
def test_lines_over_the_limit_take_no_memory(tmp_path: Path, name: str, compress: Compress) -> None:
    """An endless line is skipped in a stream, also where a few compressed bytes stand for it."""
    size = 100 * 2**20
    (tmp_path / name).write_bytes(compress(b" " * size + b'\n{"a": 1}\n'))
    tracemalloc.start()
    try:
        lines = _read(tmp_path / name, longest=2**20)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [line.size for line in lines] == [size + 1, 9]
    assert peak < 60 * 2**20


def _random_lines(count: int) -> bytes:
    return b"".join(b'{"a": "%b"}\n' % os.urandom(50).hex().encode() for _ in range(count))


@pytest.mark.parametrize("name,compress", COMPRESSIONS)
@pytest.mark.parametrize("left", [0.05, 0.4, 0.8, 0.999])
def test_a_compressed_file_that_is_torn_off(tmp_path: Path, name: str, compress: Compress, left: float) -> None:
    """Of a compressed file that is torn off what is there is read, and a last line says where it ends, and why."""
    data = _random_lines(30_000)
    whole = compress(data)
    (tmp_path / name).write_bytes(whole[: int(len(whole) * left)])
    *lines, end = _read(tmp_path / name)
    sound = b"".join(line.data for line in lines)
    assert all(line.damage is None and line.data.endswith(b"\n") for line in lines)
    assert end.damage == "it ends in the middle"
    assert data.startswith(sound + end.data)
    assert len(sound) > len(data) * left * 0.9 - 2**18
    with pytest.raises(jsonlines.UnreadableLineError, match="the file is damaged from here on: it ends in the middle"):
        decode_line(end)


ROW = b'{"a": 1}\n'


@pytest.mark.parametrize(
    "name,data,rows,damage",
    [
        pytest.param("a.jsonl.gz", ROW, 0, "Not a gzipped file", id="not-gzip"),
        pytest.param("a.jsonl.zst", ROW, 0, "Unknown frame descriptor", id="not-zstd"),
        pytest.param("a.jsonl.gz", gzip.compress(ROW) + b"more", 1, "Not a gzipped file", id="gzip-and-more"),
        pytest.param("a.jsonl.gz", gzip.compress(ROW)[:-8] + b"\0" * 8, 1, "incorrect data check", id="wrong-checksum"),
        pytest.param("a.parquet", ROW, 0, "", id="not-parquet"),
    ],
)
def test_a_file_that_is_damaged(tmp_path: Path, name: str, data: bytes, rows: int, damage: str) -> None:
    """Of a damaged file the sound part is read, and a last line says what is wrong."""
    (tmp_path / name).write_bytes(data)
    *lines, end = _read(tmp_path / name)
    assert [line.data for line in lines] == [ROW] * rows
    assert damage in str(end.damage)
    assert end.damage
    assert not end.is_blank


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_a_gzip_file_with_a_flipped_byte(tmp_path: Path, place: float) -> None:
    """What stands before a flipped byte of a gzip file is read to the last byte that can be told."""
    data = _random_lines(30_000)
    whole = bytearray(gzip.compress(data))
    whole[int(len(whole) * place)] ^= 0xFF
    (tmp_path / "a.jsonl.gz").write_bytes(whole)
    lines = _read(tmp_path / "a.jsonl.gz")
    sound = [line for line in lines if line.data in data]
    assert len(sound) > 30_000 * (place - 0.05)
    assert lines[-1].damage


def test_zeros_behind_a_gzip_file(tmp_path: Path) -> None:
    """Zeros behind a member of a gzip file, as tapes leave them, are no damage."""
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(ROW) + b"\0" * 40_000 + gzip.compress(ROW) + b"\0" * 9)
    assert [line.data for line in _read(tmp_path / "a.jsonl.gz")] == [ROW, ROW]


def test_rows_of_a_parquet_file(tmp_path: Path) -> None:
    """The rows of a Parquet file are lines of JSON, numbered from 1; dates are text."""
    rows = [{"a": number, "b": [{"c": "x"}], "d": dt.date(2024, 1, 2), "e": None} for number in range(2_500)]
    pl.DataFrame(rows).write_parquet(tmp_path / "a.parquet", row_group_size=400)
    lines = _read(tmp_path / "a.parquet")
    assert [(line.number, line.offset) for line in lines] == [(number + 1, number) for number in range(2_500)]
    assert jsonlines.decode(lines[7].data) == {"a": 7, "b": [{"c": "x"}], "d": "2024-01-02", "e": None}
    assert _read(tmp_path / "a.parquet", limit=3) == lines[:3]


def _make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b'{"a": 1}\n')


SHARDS = ["a.jsonl", "b.jsonl", "c.jsonl.gz", "d.jsonl.zst"]
NAMED = [
    pytest.param(["d/b.jsonl"], ["b.jsonl"], id="a-file-by-its-own-name"),
    pytest.param(["d/b.jsonl", "d/a.jsonl"], ["b.jsonl", "a.jsonl"], id="files-as-given"),
    pytest.param(["d/a.jsonl", "e/a.jsonl"], ["d/a.jsonl", "e/a.jsonl"], id="of-several-folders"),
    pytest.param(["d/a.jsonl", "./e/../d/a.jsonl", "link.jsonl"], ["a.jsonl"], id="twice"),
    pytest.param(["d/a.jsonl", "odd[1].jsonl"], ["a.jsonl", "odd[1].jsonl"], id="by-what-tells-them-apart"),
    pytest.param(["d", "d/a.jsonl"], SHARDS, id="folder-and-its-file"),
    pytest.param(["d"], SHARDS, id="folder-of-shards"),
    pytest.param(["d/*.jsonl"], ["a.jsonl", "b.jsonl"], id="glob"),
    pytest.param(["[de]"], [*(f"d/{name}" for name in SHARDS), "e/a.jsonl"], id="glob-of-folders"),
    pytest.param(["odd[1].jsonl"], ["odd[1].jsonl"], id="a-name-like-a-glob"),
    pytest.param(["run"], ["part-00000.jsonl"], id="of-a-run-its-traces"),
    pytest.param(["curated"], ["part-00001.jsonl"], id="of-a-result-its-kept-rows"),
    pytest.param(["theirs"], ["own.jsonl"], id="a-manifest-of-somebody-else"),
]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all that one may name, as the working directory."""
    _make(tmp_path / "d", *SHARDS, "e.txt", ".f.jsonl")
    _make(tmp_path, "e/a.jsonl", "odd[1].jsonl")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "d" / "a.jsonl")
    _make(tmp_path, "run/traces/part-00000.jsonl", "run/failed.jsonl", "run/curated/kept/part-00000.jsonl")
    _make(tmp_path, "curated/kept/part-00001.jsonl", "curated/dropped/part-00000.jsonl", "theirs/own.jsonl")
    _make(tmp_path, "theirs/kept/part-00000.jsonl")
    (tmp_path / "run" / "manifest.json").write_bytes(jsonlines.encode(RUN_MANIFEST))
    (tmp_path / "curated" / "manifest.json").write_bytes(jsonlines.encode(MANIFEST))
    (tmp_path / "theirs" / "manifest.json").write_bytes(b'{"made_by": "npm", "kind": "curated"}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("given_,names", NAMED)
def test_what_a_user_names(shelf: Path, given_: list[str], names: list[str]) -> None:
    """Files, folders, runs, results and globs stand for files, named by what tells them apart and no more."""
    sources = find_sources(given_)
    assert [source.name for source in sources] == names
    assert all(Path(source.path).is_file() for source in sources)


REFUSED = [
    pytest.param("nowhere.jsonl", "nowhere.jsonl does not exist", id="missing"),
    pytest.param("x*.jsonl", r"nothing matches x\*.jsonl", id="glob-without-a-match"),
    pytest.param("empty", r"empty holds no shards \(.jsonl, .jsonl.gz, .jsonl.zst, .parquet\)", id="empty-folder"),
    pytest.param("deep", "deep holds no shards; there are some in one/two", id="shards-further-below"),
    pytest.param("pipe.jsonl", "pipe.jsonl is no regular file; .* -", id="pipe"),
    pytest.param("p*.jsonl", "pipe.jsonl is no regular file; .* -", id="pipe-by-glob"),
    pytest.param("nothing.jsonl", "nothing.jsonl: empty, there is nothing to read", id="empty-file"),
]


@pytest.mark.parametrize("given_,message", REFUSED)
def test_what_cannot_be_read(shelf: Path, given_: str, message: str) -> None:
    """What is not there, holds nothing, or could be read but once is one clear error that names it."""
    (shelf / "empty").mkdir()
    (shelf / "nothing.jsonl").touch()
    _make(shelf, "deep/one/two/a.jsonl")
    os.mkfifo(shelf / "pipe.jsonl")
    with pytest.raises(DataError, match=message):
        plan_input([given_])


def test_an_empty_file_among_others(shelf: Path) -> None:
    """An empty file among others gives no unit and is still among the inputs."""
    (shelf / "nothing.jsonl").touch()
    planned = plan_input(["nothing.jsonl", "d/a.jsonl"])
    assert [unit.source.name for unit in planned.units] == ["a.jsonl"]
    assert [name for name, _, _ in planned.hashes] == ["nothing.jsonl", "a.jsonl"]


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    """A file whose name is no UTF-8 is read, under a name that every result can hold."""
    path = tmp_path / os.fsdecode(b"a\xff.jsonl")
    path.write_bytes(b'{"a": 1}\n')
    (source,) = find_sources([str(path)])
    assert source.name == "a\\udcff.jsonl"
    assert Path(source.path).read_bytes() == b'{"a": 1}\n'


def test_a_file_that_changes_on_the_way(tmp_path: Path) -> None:
    """A file that changes after the input was planned is refused: what is written must be what was judged."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n' * 9)
    (unit,) = plan_input([str(path)]).units
    assert len(list(read_lines(unit))) == 9
    path.write_bytes(b'{"a": 1}\n' * 10)
    with pytest.raises(DataError, match=r"^a.jsonl has changed while it was worked on"):
        list(read_lines(unit))
    path.unlink()
    with pytest.raises(DataError, match=r"^a.jsonl cannot be read: No such file"):
        list(read_lines(unit))
