"""Compressed files as streams of their plain bytes; a damaged one gives what is sound of it, and says what is wrong.

Python's own readers lose what they had at hand when they meet damage, and zstandard's takes a file that is torn off
for one that ends there. Little is decompressed at a time, because a few bytes may stand for a great many.
"""

import io
import zlib
from pathlib import Path
from typing import Any, Literal

import zstandard

Compression = Literal["gzip", "zstd"]

PLAIN_BYTES = 2**17
"""Most plain bytes of a gzip file that are at hand."""
GZIP_FEED_BYTES = 2**14
ZSTD_FEED_BYTES = 512
"""Four bytes of it may stand for 128 KB, and all of them come at once."""
_MAGIC = b"\x1f\x8b"
_TORN = "it ends in the middle"


class Decompressed(io.RawIOBase):
    """The plain bytes of a compressed file.

    Args:
        path: The file.
        compression: How it is compressed.
    """

    def __init__(self, path: str, compression: Compression) -> None:
        super().__init__()
        self.damage: str | None = None
        """What is wrong with the file behind the bytes that could be read; None as long as nothing is."""
        self._file = Path(path).open("rb")  # noqa: SIM115 - closed with this one
        self._stream = _Gzip(self._file) if compression == "gzip" else _Zstd(self._file)
        self._plain = memoryview(b"")

    def readable(self) -> bool:
        """Whether it can be read; what a buffer asks."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - anything writable, as the base class has it
        """Fill `buffer`, less at the end of the file alone, or before what is damaged."""
        filled = 0
        while filled < len(buffer) and (self._plain or self._read_more()):
            piece = self._plain[: len(buffer) - filled]
            buffer[filled : filled + len(piece)] = piece
            self._plain = self._plain[len(piece) :]
            filled += len(piece)
        return filled

    def _read_more(self) -> bool:
        """Have some more plain bytes at hand; returns whether the file goes on."""
        if self.damage is not None:
            return False
        plain, self.damage = self._stream.read()
        self._plain = memoryview(plain or b"")
        return plain is not None

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


class _Gzip:
    """Members of a gzip file, one after the other; zeros may stand behind each, as Python's own reader has it."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self._member: Any = None
        self._ahead = b""
        self._is_first = True

    def read(self) -> tuple[bytes | None, str | None]:
        """Return some plain bytes, None at the end; and what is wrong behind them."""
        data = self._ahead or self._file.read(GZIP_FEED_BYTES)
        if self._member is None:
            data = data if self._is_first else self._without_padding(data)
            if data and not (data + self._file.peek(1)[:1]).startswith(_MAGIC):
                return b"", f"Not a gzipped file ({data[:2]!r})"
            self._member = zlib.decompressobj(wbits=31) if data else None
        if not data:
            return (None, None) if self._member is None else (b"", _TORN)
        return self._decompressed(data)

    def _without_padding(self, data: bytes) -> bytes:
        while data and not (bare := data.lstrip(b"\0")):
            data = self._file.read(GZIP_FEED_BYTES)
        return bare if data else b""

    def _decompressed(self, data: bytes) -> tuple[bytes, str | None]:
        before = self._member.copy()
        try:
            plain = self._member.decompress(data, PLAIN_BYTES)
        except zlib.error as error:
            return _up_to_the_damage(before, data), str(error)
        if self._member.eof:
            self._ahead, self._member, self._is_first = self._member.unused_data, None, False
        else:
            self._ahead = self._member.unconsumed_tail
        return plain, None


def _up_to_the_damage(member: Any, data: bytes) -> bytes:  # noqa: ANN401 - zlib does not name the type
    """Return what bytes stand for up to the one at which they are damaged: it goes with all that comes at once."""
    plain = b""
    try:
        for place in range(len(data)):
            plain += member.decompress(data[place : place + 1])
    except zlib.error:
        return plain
    return plain


class _Zstd:
    """Frames of a zstd file, one after the other."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._ahead = b""

    def read(self) -> tuple[bytes | None, str | None]:
        """Return some plain bytes, None at the end; and what is wrong behind them."""
        data = self._ahead or self._file.read(ZSTD_FEED_BYTES)
        if not data:
            return (None, None) if self._frame is None else (b"", _TORN)
        frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
        try:
            plain = frame.decompress(data)
        except zstandard.ZstdError as error:
            return b"", str(error)
        self._ahead = frame.unused_data if frame.eof else b""
        self._frame = None if frame.eof else frame
        return plain, None
