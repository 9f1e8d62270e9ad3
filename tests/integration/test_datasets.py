"""Shards as `datasets` loads them."""

import json
from pathlib import Path
from typing import Any

import pytest

from curate.export import FORMATS
from curate.records import JSON
from tests.export.rows import CHATML
from tests.integration import shards
from tests.integration.conftest import run_with_others

pytestmark = pytest.mark.integration

BY_TRACE = sorted(name for name, form in FORMATS.items() if form.kind == "trace")
"""Formats that are made of any traces."""
RANKED = sorted(name for name, form in FORMATS.items() if form.kind not in {"trace", "line"})
"""Formats of preferences, of labelled replies and of problems."""
OWN = sorted(name for name, form in FORMATS.items() if form.kind == "line")
"""Formats that have the input's own rows."""
WAYS = ("folder", "data_files", "card")


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export in shards of two rows, of which the first hold bare rows alone."""
    folder = tmp_path_factory.mktemp("awkward")
    (folder / "chatml.jinja").write_text(CHATML)
    keys = {"system": "{{ messages[0].content }}", "thoughts": "{{ reasoning }}"}
    needs: JSON = {"chat_template": "chatml.jinja", "render": keys}
    return shards.exported(shards.awkward(folder), folder / "export", BY_TRACE, shard_rows=2, **needs)


@pytest.fixture(scope="module")
def loaded(export: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[Any]]]:
    """Return format to the way of loading to rows."""
    found: dict[str, dict[str, list[Any]]] = json.loads(
        run_with_others("load_rows.py", export, tmp_path_factory.mktemp("cache"))
    )
    return found


def test_the_first_shard_is_bare(export: Path) -> None:
    """Nothing in the first shard tells a loader what later ones hold: there is no thinking, no system message."""
    first = (export / "messages_reasoning" / "train-00000-of-00009.jsonl").read_text()
    later = "".join(file.read_text() for file in (export / "messages_reasoning").glob("*.jsonl"))
    assert "system" not in first
    assert len(first) < 600
    assert "system" in later
    assert "Five and five" in later


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export of preferences and problems in small shards."""
    folder = tmp_path_factory.mktemp("ranked")
    return shards.exported(shards.made(folder), folder / "export", RANKED, shard_rows=2)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", BY_TRACE)
def test_rows_come_back(export: Path, loaded: dict[str, dict[str, list[Any]]], form: str, way: str) -> None:
    """Every format loads in every way, and the rows are the very ones that stand in the shards."""
    rows = shards.rows_of(export / form)
    assert loaded[form][way] == rows
    assert rows


def test_ranked_rows_come_back(ranked: Path, tmp_path: Path) -> None:
    """So do preferences, labelled replies and problems."""
    require_all_back(ranked, tmp_path, RANKED)


def test_own_rows_come_back(tmp_path: Path) -> None:
    """So do the input's own rows, where those are of one shape: `same` keeps nulls and missing columns as they are."""
    export = shards.exported(shards.uniform(tmp_path), tmp_path / "export", OWN, shard_rows=2)
    require_all_back(export, tmp_path / "cache", OWN)


def require_all_back(export: Path, cache: Path, forms: list[str]) -> None:
    """Load formats in every way, and check that the rows are the very ones that stand in the shards."""
    found = json.loads(run_with_others("load_rows.py", export, cache))
    assert sorted(found) == forms
    for form in forms:
        rows = shards.rows_of(export / form)
        assert rows
        assert [found[form][way] for way in WAYS] == [rows] * len(WAYS)
