"""What the tests of generating share: the command, in a process of its own or in this one, and what a run left."""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from curate import jsonlines
from curate.folders import read_manifest
from curate.manifests import RunManifest
from curate.pipeline.generating.generate import GenerateOptions, generate
from curate.protocols import Silent
from curate.recipe import load_text
from curate.records import JSON, Trace

RECIPE = """\
name: small
problems: {from: builtin, families: {arithmetic_chain: 4, linear_equation: 4}}
teacher: {model: builtin/noisy, samples: 2, max_tokens: 4096}
"""

LARGE = """\
name: large
problems: {from: builtin, families: {arithmetic_chain: 200, linear_equation: 200}}
teacher: {model: builtin/noisy, samples: 2, max_tokens: 300}
"""
"""A recipe that takes long enough to be interrupted: 800 replies."""


def command(*words: object) -> list[str]:
    """Return the command line of `curate` with these words."""
    return [sys.executable, "-m", "curate", *map(str, words)]


def curate(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run `curate` to its end."""
    return subprocess.run(command(*words), cwd=cwd, capture_output=True, encoding="utf-8", timeout=60, check=False)


def run_here(
    folder: Path, text: str = RECIPE, overrides: Sequence[str] = (), *, base: Path = Path(), limit: int | None = None
) -> RunManifest:
    """Generate in this process."""
    loaded = load_text(text, name="r.yaml", base=base, overrides=overrides)
    options = GenerateOptions(limit=limit)
    return generate(loaded, folder, options, progress=Silent(), notice=lambda _: None).manifest


def attempts(folder: Path) -> int:
    """Return how many requests were ever sent for a run."""
    return sum(_per_request(folder, "count(*)").values()) if (folder / "ledger.sqlite").exists() else 0


def history(folder: Path) -> list[JSON]:
    """Return what each invocation said of itself."""
    return [jsonlines.decode(line) for line in (folder / "history.jsonl").read_bytes().splitlines()]


def shards(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of the result that its manifest lists, and of the manifest."""
    manifest = read_manifest(folder)
    assert manifest is not None
    names = [file.path for file in manifest.files]
    return {name: (folder / name).read_bytes() for name in [*names, "manifest.json"]}


def traces(folder: Path) -> list[Trace]:
    """Return the traces of a run, in order."""
    paths = sorted((folder / "traces").glob("*.jsonl"))
    return [jsonlines.decode_as(line, Trace) for path in paths for line in path.read_bytes().splitlines()]


def answered(folder: Path) -> dict[tuple[str, int | None], int]:
    """Return how many replies the ledger holds for each request and limit."""
    return _per_request(folder, "count(reply)")


def _per_request(folder: Path, what: Literal["count(*)", "count(reply)"]) -> dict[tuple[str, int | None], int]:
    database = sqlite3.connect(folder / "ledger.sqlite")
    try:
        rows = database.execute(f"SELECT key, max_tokens, {what} FROM attempts GROUP BY key, max_tokens")  # noqa: S608
        return {(key, limit): count for key, limit, count in rows}
    finally:
        database.close()
