"""A real server of somebody else's: `transformers serve`, with a tiny random model made on the spot."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OTHERS = Path(os.environ.get("OTHERS_VENV", ROOT / ".venv-others")) / "bin"
START_SECONDS = 180.0
ALONE = {
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "AXOLOTL_DO_NOT_TRACK": "1",
    "DISABLE_VERSION_CHECK": "1",
}
"""Nothing is asked of a hub, nothing is told to anyone; and LLaMA-Factory runs with newer libraries than it pins."""


def others_environment() -> dict[str, str]:
    """Return the variables with which other people's software is run."""
    return {**os.environ, **ALONE, "PYTHONPATH": str(ROOT)}


def run_with_others(script: str, *arguments: str | Path, given: str = "", seconds: float = 600.0) -> str:
    """Run a script of this folder in the environment that has other people's software; returns what it printed.

    Args:
        script: The script's name.
        arguments: Its arguments.
        given: What it reads from standard input.
        seconds: How long it may take.
    """
    if not (OTHERS / "python").exists():
        pytest.fail("there is no environment with trainers; run `make test-integration`")
    ended = subprocess.run(
        [OTHERS / "python", Path(__file__).with_name(script), *arguments],
        input=given,
        capture_output=True,
        text=True,
        env=others_environment(),
        timeout=seconds,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-4000:]
    return ended.stdout


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    base_url: str
    model: str
    """Its model, by the folder that it was made in."""


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server, until the last test is over."""
    if not (OTHERS / "transformers").exists():
        pytest.fail("there is no environment with transformers; run `make test-integration`")
    model = tmp_path_factory.mktemp("model")
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    subprocess.run([OTHERS / "python", Path(__file__).with_name("make_model.py"), model], check=True, env=environment)
    port = free_port()
    command = [str(OTHERS / "transformers"), "serve", str(model), "--device", "cpu", "--port", str(port)]
    log = tmp_path_factory.mktemp("log") / "serve.log"
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file, env=environment) as process:
        try:
            wait_for(port, process, log)
            yield Served(f"http://127.0.0.1:{port}/v1", str(model))
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server listens."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the server does not answer:\n{log.read_text('utf-8', 'replace')[-2000:]}")
