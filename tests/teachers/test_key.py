"""The key appears nowhere: no file of a run, no log, no word on a terminal, whatever a server says back."""

import logging
from pathlib import Path

import pytest

from curate import jsonlines
from curate.ledger import Ledger
from curate.records import JSON
from curate.teachers.endpoint import OK
from curate.testing.server import FakeServer
from tests.generating.running import curate
from tests.teachers.asking import KEY, KEY_ENV, answered, ask, teacher_at
from tests.teachers.canned import Canned


def parrot(_: JSON) -> str:
    """Say the key back."""
    return f"Your key is {KEY}. The answer is 12."


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("model", ["custom/tiny", "azure/tiny"])
def test_no_log_and_no_reply_holds_it(
    model: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, *, stream: bool
) -> None:
    """With every logger at its most talkative, neither logs nor the reply hold the key."""
    monkeypatch.setenv(KEY_ENV, KEY)
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "aiohttp", "httpx2", "httpcore2", "asyncio"):
        caplog.set_level(logging.DEBUG, name)
    with FakeServer(answer=parrot, key=KEY) as server:
        reply = answered(teacher_at(server.url, model, api_key_env=KEY_ENV, stream=stream)).reply
    assert KEY not in caplog.text
    assert reply.content == "Your key is [key]. The answer is 12."


SPELLINGS = {
    "a hyphen": KEY.replace("-", "\\u002d"),
    "a hyphen, in capitals": KEY.replace("-", "\\u002D"),
    "every character": "".join(f"\\u{ord(character):04x}" for character in KEY),
    "beside other escapes": f"\\u00e9 \\/ {KEY}",
}


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("spelt", SPELLINGS.values(), ids=list(SPELLINGS))
def test_escapes_do_not_hide_it(monkeypatch: pytest.MonkeyPatch, spelt: str, status: int) -> None:
    """A server that says the key back with JSON's escapes in it gets it into no reply and no error."""
    monkeypatch.setenv(KEY_ENV, KEY)
    said = f'{{"error": {{"message": "{spelt}"}}, "choices": [{{"message": {{"content": "{spelt}"}}}}]}}'
    body = said if status == OK else said.partition(', "choices"')[0] + "}"
    with Canned(body.encode(), status=status) as server:
        (outcome,) = ask(teacher_at(server.url, api_key_env=KEY_ENV, stream=False))
    words = repr(outcome) if status == OK else str(outcome)
    assert "[key]" in words
    assert KEY not in words


def test_no_file_of_a_run_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a run against a server that says the key back, no file and no word of the command holds it."""
    monkeypatch.setenv(KEY_ENV, KEY)
    monkeypatch.setenv("OPENAI_LOG", "debug")
    with FakeServer(answer=parrot, key=KEY, faults={"overloaded": 0.2}) as server:
        recipe = tmp_path / "r.yaml"
        recipe.write_text(
            "name: parrot\nproblems: {from: builtin, families: {arithmetic_chain: 6}}\n"
            f"teacher: {{model: custom/tiny, base_url: {server.url}, api_key_env: {KEY_ENV}}}\n"
        )
        ended = curate("generate", recipe, "-o", tmp_path / "out", cwd=tmp_path)
    said = ended.stdout + ended.stderr
    assert ended.returncode == 0, said
    assert said.count(f"the key in {KEY_ENV} goes to 127.0.0.1:{server.port}") == 1
    assert KEY not in said
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(files) > 3
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []
    with Ledger(tmp_path / "out" / "ledger.sqlite", readonly=True) as ledger:
        rows = b"".join(path.read_bytes() for path in files if path.parent.name == "traces").splitlines()
        attempts = [attempt for row in rows for attempt in ledger.attempts(jsonlines.decode(row)["id"])]
    assert len(attempts) >= len(rows) > 0
    assert KEY not in repr(attempts)


def test_a_wrong_key_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that the server refuses ends the command with exit code 3, and is not repeated."""
    monkeypatch.setenv(KEY_ENV, KEY)
    with FakeServer(key="another") as server:
        recipe = tmp_path / "r.yaml"
        recipe.write_text(
            "name: wrong\nproblems: {from: builtin, families: {arithmetic_chain: 6}}\n"
            f"teacher: {{model: custom/tiny, base_url: {server.url}, api_key_env: {KEY_ENV}}}\n"
        )
        ended = curate("generate", recipe, "-o", tmp_path / "out", cwd=tmp_path)
    assert ended.returncode == 3
    assert "does not accept the key" in ended.stderr
    assert KEY not in ended.stdout + ended.stderr
