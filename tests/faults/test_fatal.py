"""Teachers that cannot be used: the run stops at once, with exit code 3, and has sent a handful."""

import time
from pathlib import Path
from typing import Any

import pytest

import curate.teachers.lean
import curate.teachers.openai  # noqa: F401 - loading it is no part of the seconds
from curate.errors import TeacherError
from curate.pipeline.generating.generate import generate as generate_here
from curate.protocols import Silent
from curate.recipe import load
from curate.testing.server import FakeServer
from tests.faults.running import generate, write_recipe

HANDFUL = 8
SECONDS = 5

SERVERS: dict[str, tuple[dict[str, Any], str]] = {
    "wrong key": ({"key": "another"}, "HTTP 401"),
    "unknown model": ({"models": ("big",)}, "HTTP 404"),
}


@pytest.mark.parametrize("server,said", SERVERS.values(), ids=SERVERS)
def test_stops_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: dict[str, Any], said: str) -> None:
    """A wrong key or an unknown model ends the run within seconds, after a handful of requests."""
    monkeypatch.setenv("FAKE_KEY", "wrong-but-long")
    with FakeServer(**server) as fake:
        loaded = load(str(write_recipe(tmp_path, fake, 200, max_concurrency=256, api_key_env="FAKE_KEY")))
        began = time.monotonic()
        with pytest.raises(TeacherError, match=said) as caught:
            generate_here(loaded, tmp_path / "run", progress=Silent(), notice=lambda _: None)
        took = time.monotonic() - began
    assert "wrong-but-long" not in str(caught.value)
    assert 1 <= len(fake.received) <= HANDFUL
    assert took < SECONDS


def test_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command ends with 3, says why, and does not show the key."""
    monkeypatch.setenv("FAKE_KEY", "wrong-but-long")
    with FakeServer(key="another") as fake:
        write_recipe(tmp_path, fake, 20, api_key_env="FAKE_KEY")
        done = generate(tmp_path)
    assert done.returncode == 3, done.stderr
    assert "HTTP 401" in done.stderr
    assert "wrong-but-long" not in done.stderr
