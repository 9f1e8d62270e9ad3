"""`curate ping`: one tiny request to each endpoint, and what it tells."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from curate import jsonlines
from curate.cli import cli
from curate.errors import Exit, exit_code_of
from curate.pipeline.generating.ping import context_length_of
from curate.records import JSON
from curate.testing.completions import Completion
from curate.testing.server import FakeServer

THOUGHTFUL = Completion(content="It is 12.", reasoning="3 * 4 = 12.", completion_tokens=20)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A server whose model thinks apart."""
    with FakeServer(answer=lambda _: THOUGHTFUL, models=("tiny",)) as running:
        yield running


def pinged(folder: Path, teachers: str, *words: str) -> Result:
    """Return what `curate ping` says of a recipe with these teachers."""
    recipe = folder / "r.yaml"
    recipe.write_text(
        f"name: small\nproblems: {{from: builtin, families: {{arithmetic_chain: 2}}}}\nteacher: {teachers}\n"
    )
    return CliRunner().invoke(cli, ["ping", str(recipe), *words])


def test_an_endpoint_that_answers(server: FakeServer, tmp_path: Path) -> None:
    """It is asked once, with the recipe's own parameters and a low limit; the line says who, where and how fast."""
    ended = pinged(tmp_path, f"{{model: vllm/tiny, base_url: {server.url}, temperature: 0.3}}")
    assert ended.exit_code == 0
    assert ended.stdout == ""
    line = ended.stderr.strip()
    assert line.startswith(f"vllm/tiny at 127.0.0.1:{server.port}: answers in ")
    assert "as tiny" in line
    assert "thinking in reasoning_content" in line
    (served,) = server.account.served
    assert served.max_tokens == 64
    body = jsonlines.decode(next(request.body for request in server.received if request.method == "POST"))
    assert body["temperature"] == 0.3


def test_the_speed_is_the_models(server: FakeServer, tmp_path: Path) -> None:
    """The time is that of the reply: the client was loaded before, for the list of models, on its own connection."""
    assert pinged(tmp_path, f"{{model: vllm/tiny, base_url: {server.url}}}").exit_code == 0
    assert [request.method for request in server.received] == ["GET", "POST"]
    assert [request.headers.get("connection") for request in server.received] == ["close", "keep-alive"]


def test_every_endpoint_of_every_teacher(server: FakeServer, tmp_path: Path) -> None:
    """Each is told of, also those in this process; one that cannot be used makes it exit code 3, and says why."""
    nowhere = "http://127.0.0.1:9/v1"
    teachers = f"[{{model: vllm/tiny, base_url: [{server.url}, {nowhere}]}}, {{model: builtin/solver}}]"
    ended = pinged(tmp_path, teachers, "--json")
    assert ended.exception is not None
    assert exit_code_of(ended.exception) == Exit.TEACHER
    assert str(ended.exception) == "1 of 3 endpoints cannot be used"
    first, second, third = json.loads(ended.stdout)["endpoints"]
    assert (first["model"], first["thinking"], first["failure"]) == ("tiny", "reasoning_content", None)
    assert first["tokens_per_second"] > 0
    assert second["failure"].startswith("127.0.0.1:9: no connection")
    assert (third["host"], third["failure"]) == (None, None)


def test_thinking_in_the_text(tmp_path: Path) -> None:
    """Thinking between tags in the text is seen, too, also when the low limit cuts it off."""
    with FakeServer(answer=lambda _: f"<think>{'so ' * 200}</think>It is 12.") as server:
        ended = pinged(tmp_path, f"{{model: vllm/tiny, base_url: {server.url}}}", "--json")
    (one,) = json.loads(ended.stdout)["endpoints"]
    assert (one["thinking"], one["finish_reason"]) == ("text", "length")


def test_an_unknown_model(server: FakeServer, tmp_path: Path) -> None:
    """A model that the server has not is told as the server tells it."""
    ended = pinged(tmp_path, f"{{model: vllm/tyni, base_url: {server.url}}}")
    assert ended.exception is not None
    assert exit_code_of(ended.exception) == Exit.TEACHER
    assert "there is no such model or address: The model does not exist" in ended.stderr


LISTS: dict[str, tuple[JSON, int | None]] = {
    "vLLM": ({"data": [{"id": "m", "max_model_len": 4096}]}, 4096),
    "OpenRouter": ({"data": [{"id": "x", "context_length": 1}, {"id": "m", "context_length": 131072}]}, 131072),
    "Groq": ({"data": [{"id": "m", "context_window": 8192}]}, 8192),
    "llama.cpp": ({"data": [{"id": "m", "meta": {"n_ctx": 2048}}]}, 2048),
    "OpenAI": ({"data": [{"id": "m"}]}, None),
    "another model": ({"data": [{"id": "x", "max_model_len": 4096}]}, None),
    "nothing": ({}, None),
    "nonsense": ({"data": [7, {"id": "m", "max_model_len": "many", "meta": []}]}, None),
    "negative": ({"data": [{"id": "m", "max_model_len": -1}]}, None),
}


@pytest.mark.parametrize("listed,length", LISTS.values(), ids=list(LISTS))
def test_context_length(listed: JSON, length: int | None) -> None:
    """The context length is read from the lists of models that servers have, where they say it."""
    assert context_length_of(listed, "m") == length
