"""Filter some bytes and hold everything that came out in memory."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from curate import jsonlines
from curate.manifests import CuratedManifest
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.recipe import load_text
from tests.folders.results import MEMORY
from tests.reading.strategies import Json

NAME = "in.jsonl"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Result:
    """A result folder, read."""

    manifest: CuratedManifest
    files: dict[str, bytes]
    """Relative path to bytes, the manifest included."""
    notices: list[str]

    def lines(self, folder: str) -> list[bytes]:
        """Return the lines of the shards of a folder, in order, without their newlines."""
        return self.whole(folder).split(b"\n")[:-1]

    def whole(self, folder: str) -> bytes:
        """Return the bytes of all shards of a folder, or of those whose path begins so, in order."""
        return b"".join(self.files[name] for name in sorted(self.files) if name.startswith(folder))

    def rows(self, folder: str) -> list[Json]:
        """Return the objects in the shards of a folder."""
        return [jsonlines.decode(line) for line in self.lines(folder)]

    @property
    def verdicts(self) -> list[Json]:
        """The rows of `verdicts.parquet`."""
        return pl.read_parquet(io.BytesIO(self.files["verdicts.parquet"])).to_dicts()

    def column(self, name: str) -> list[Any]:
        """Return one column of the verdicts."""
        return [row[name] for row in self.verdicts]


def filtered(data: bytes | Mapping[str, bytes], recipe: Json | None = None, **options: Any) -> Result:  # noqa: ANN401 - the fields of FilterOptions
    """Filter files, given by name and bytes, in this process unless `workers` says otherwise."""
    notices: list[str] = []
    with TemporaryDirectory(dir=MEMORY) as scratch:
        folder, out = Path(scratch, "in"), Path(scratch, "out")
        for name, content in (data if isinstance(data, Mapping) else {NAME: data}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        manifest = filter_into(
            [str(path) for path in sorted(folder.iterdir())],
            out,
            load_text(json.dumps(recipe or {}), name="recipe.yaml", base=Path(scratch), overrides=()),
            FilterOptions(**{"workers": 1, **options}),
            notice=notices.append,
        )
        files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    return Result(manifest, files, notices)


def jsonl(*rows: Json) -> bytes:
    """Return rows as a file."""
    return b"".join(jsonlines.encode(row) + b"\n" for row in rows)


def sound(number: int = 0, **more: Any) -> Json:  # noqa: ANN401 - any JSON value
    """Return a row that passes every check of the default list, one of many."""
    reply = f"Adding {number} and two step by step gives {number} + 2 = {number + 2}. The answer is {number + 2}."
    return {"question": f"What is {number} + 2?", "output": reply, **more}
