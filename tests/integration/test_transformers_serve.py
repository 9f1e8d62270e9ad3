"""The commands that a user would type, against `transformers serve`."""

import json
from pathlib import Path

import pytest

from curate.records import JSON
from tests.generating.running import curate
from tests.integration.conftest import Served

pytestmark = pytest.mark.integration


def recipe_for(served: Served, folder: Path, *, stream: bool = False, max_tokens: int = 24) -> Path:
    """Write a recipe that asks the server."""
    recipe = folder / "tiny.yaml"
    recipe.write_text(
        "name: tiny\n"
        "problems: {from: builtin, families: {arithmetic_chain: 3}}\n"
        "teacher:\n"
        f"  model: custom/{served.model}\n"
        f"  base_url: {served.base_url}\n"
        "  temperature: 0.9\n"
        "  samples: 2\n"
        f"  max_tokens: {max_tokens}\n"
        f"  stream: {str(stream).lower()}\n"
    )
    return recipe


def rows_of(folder: Path) -> list[JSON]:
    """Return the traces of a run."""
    files = sorted((folder / "traces").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]


def test_ping(served: Served, tmp_path: Path) -> None:
    """`curate ping` says who answers."""
    ended = curate("ping", recipe_for(served, tmp_path), "--json", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    (endpoint,) = json.loads(ended.stdout)["endpoints"]
    assert endpoint["model"].startswith(served.model)
    assert endpoint["tokens_per_second"] > 0
    assert endpoint["failure"] is None


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_run(served: Served, tmp_path: Path, *, stream: bool) -> None:
    """`curate run` keeps every reply with its usage and why it ended, filters them, and asks for nothing twice."""
    recipe = recipe_for(served, tmp_path, stream=stream)
    ended = curate("run", recipe, "-o", "out", "--json", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    summary = json.loads(ended.stdout)
    assert summary["generated"]["samples"] == {"planned": 6, "traces": 6, "failed": 0, "pending": 0}
    assert summary["generated"]["truncated"] == 6
    assert summary["curated"]["rows"]["in"] == 6
    traces = rows_of(tmp_path / "out")
    assert len({trace["id"] for trace in traces}) == 6
    assert {trace["finish_reason"] for trace in traces} == {"length"}
    assert {trace["usage"]["completion_tokens"] for trace in traces} == {24}
    assert min(trace["usage"]["prompt_tokens"] for trace in traces) > 50
    again = curate("run", recipe, "-o", "out", "--json", cwd=tmp_path)
    assert "reusing 6 replies, sending 0" in again.stderr
    assert json.loads(again.stdout)["generated"]["files"] == summary["generated"]["files"]


def test_a_higher_limit_asks_again_for_what_was_cut_off(served: Served, tmp_path: Path) -> None:
    """Raising `max_tokens` sends again what was truncated, under the same ids."""
    first = curate("generate", recipe_for(served, tmp_path), "-o", "out", cwd=tmp_path)
    ids = [row["id"] for row in rows_of(tmp_path / "out")]
    second = curate("generate", recipe_for(served, tmp_path, max_tokens=32), "-o", "out", cwd=tmp_path)
    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert "reusing 0 replies, sending 6" in second.stderr
    rows = rows_of(tmp_path / "out")
    assert [row["id"] for row in rows] == ids
    assert {row["usage"]["completion_tokens"] for row in rows} == {32}


def test_a_model_that_is_not_there(served: Served, tmp_path: Path) -> None:
    """A model that the server has not ends the run at once, with exit code 3 and the server's own words."""
    recipe = recipe_for(Served(served.base_url, f"{served.model}-other"), tmp_path)
    ended = curate("generate", recipe, "-o", "out", cwd=tmp_path)
    assert ended.returncode == 3, ended.stderr
    assert "HTTP 4" in ended.stderr


def test_a_parameter_that_it_does_not_take(served: Served, tmp_path: Path) -> None:
    """A field that the server refuses ends the run, and is named."""
    recipe = recipe_for(served, tmp_path)
    recipe.write_text(f"{recipe.read_text()}  extra_body: {{top_k: 5}}\n")
    ended = curate("generate", recipe, "-o", "out", cwd=tmp_path)
    assert ended.returncode == 3, ended.stderr
    assert "top_k" in ended.stderr
