"""The fake server does what it says, over a real socket: sound answers, faults drawn from a seed, an account."""

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from curate.testing.completions import Completion
from curate.testing.faults import FAULTS
from curate.testing.server import FakeServer

Body = dict[str, Any]


def asking(text: str, **keys: object) -> Body:
    """Return the body of a request."""
    return {"model": "tiny", "messages": [{"role": "user", "content": text}], **keys}


def ask(port: int, body: Body, *, key: str = "k", timeout: float = 5.0) -> tuple[int, bytes, dict[str, str]]:
    """Ask over a connection of its own; returns status, body and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("POST", "/v1/chat/completions", json.dumps(body), {"Authorization": f"Bearer {key}"})
        answer = connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def test_a_sound_answer() -> None:
    """Without faults a request gets a completion with usage, and is served and billed once."""
    with FakeServer() as server:
        status, data, _ = ask(server.port, asking("one two three", max_tokens=50))
    said = json.loads(data)
    assert status == 200
    assert said["choices"][0]["message"]["content"].endswith("The answer is 13.")
    assert said["choices"][0]["finish_reason"] == "stop"
    assert said["usage"]["prompt_tokens"] == 3
    assert 10 < said["usage"]["completion_tokens"] < 50
    (served,) = server.account.served
    assert (served.billed, served.heard, served.fault, served.max_tokens) == (True, True, None, 50)
    assert json.loads(server.received[0].body)["messages"][0]["content"] == "one two three"


def test_a_limit_cuts_off() -> None:
    """A limit below the length of the answer cuts it off there."""
    with FakeServer(answer=lambda _: "a b c d e f g h i j") as server:
        said = json.loads(ask(server.port, asking("?", max_tokens=4))[1])
    assert said["choices"][0]["message"]["content"] == "a b c d"
    assert said["choices"][0]["finish_reason"] == "length"
    assert said["usage"]["completion_tokens"] == 4


def test_a_stream() -> None:
    """A stream brings thinking and text in pieces, then the reason why it ended, then the usage where asked."""
    with FakeServer(answer=lambda _: Completion(content="It is four.", reasoning="Two and two.")) as server:
        data = ask(server.port, asking("?", stream=True, stream_options={"include_usage": True}))[1]
    *events, done = [line.removeprefix(b"data: ") for line in data.split(b"\n\n") if line]
    chunks = [json.loads(event) for event in events]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks[:-1]]
    assert done == b"[DONE]"
    assert "".join(delta.get("reasoning_content", "") for delta in deltas) == "Two and two."
    assert "".join(delta.get("content", "") for delta in deltas) == "It is four."
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["usage"]["completion_tokens"] == 6


def test_one_connection_serves_many() -> None:
    """A connection stays open from one request to the next."""
    with FakeServer() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        for number in range(5):
            connection.request("POST", "/v1/chat/completions", json.dumps(asking(f"{number}")))
            assert connection.getresponse().read()
        connection.close()
    assert len(server.account.served) == 5


def content(data: bytes) -> str:
    """Return the text of a completion."""
    text: str = json.loads(data)["choices"][0]["message"]["content"]
    return text


SEEN: dict[str, Callable[[int, bytes, dict[str, str]], bool]] = {
    "rate_limited": lambda status, _, headers: status == 429 and float(headers["retry-after"]) > 0,
    "overloaded": lambda status, _, __: status == 500,
    "broken_json": lambda status, data, __: status == 200 and data.startswith(b"{") and not data.endswith(b"}"),
    "html": lambda status, data, headers: (
        status == 200 and headers["content-type"] == "text/html" and b"<html>" in data
    ),
    "error_with_200": lambda status, data, __: status == 200 and "error" in json.loads(data),
    "no_choices": lambda _, data, __: "choices" not in json.loads(data),
    "empty_choices": lambda _, data, __: json.loads(data)["choices"] == [],
    "null_content": lambda _, data, __: json.loads(data)["choices"][0]["message"]["content"] is None,
    "truncated": lambda _, data, __: json.loads(data)["choices"][0]["finish_reason"] == "length",
    "huge": lambda _, data, __: len(content(data)) > 4_900_000,
    "odd_text": lambda _, data, __: "\x00" in content(data) and "\ud83d" in content(data),
    "no_usage": lambda _, data, __: json.loads(data)["usage"] is None,
    "odd_usage": lambda _, data, __: json.loads(data)["usage"] == {"prompt_tokens": -5, "completion_tokens": 2**63},
    "duplicate_keys": lambda _, data, __: data.count(b'"choices"') == 2,
}


@pytest.mark.parametrize("fault", SEEN)
def test_faults_that_answer(fault: str) -> None:
    """Each fault is seen by the client as what it is called, and is billed as its row says."""
    with FakeServer(faults={fault: 1.0}) as server:
        assert SEEN[fault](*ask(server.port, asking("?", max_tokens=64)))
    (served,) = server.account.served
    assert (served.fault, served.billed) == (fault, FAULTS[fault].billed)


BROKEN_OFF: dict[str, type[Exception]] = {
    "cut_before_headers": http.client.RemoteDisconnected,
    "cut_after_headers": http.client.IncompleteRead,
    "cut_stream": http.client.IncompleteRead,
    "silent_stream": TimeoutError,
    "hang": TimeoutError,
}


@pytest.mark.parametrize("fault", BROKEN_OFF)
def test_faults_that_break_off(fault: str) -> None:
    """Connections that are cut or hang are noticed as that, and are billed as their row says."""
    error = BROKEN_OFF[fault]
    with FakeServer(faults={fault: 1.0}, hang=0.6) as server:
        with pytest.raises((error, ConnectionResetError) if error is not TimeoutError else error):
            ask(server.port, asking("?", stream=fault != "hang"), timeout=0.25)
        until(lambda: len(server.account.served) == 1)
    (served,) = server.account.served
    assert (served.fault, served.billed) == (fault, FAULTS[fault].billed)


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true."""
    for _ in range(500):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it never came true")


def test_every_fault_is_tried() -> None:
    """No fault is left out of the two tables above."""
    assert {*SEEN, *BROKEN_OFF} == set(FAULTS)


def drawn(order: list[int], seed: int) -> dict[str, list[str | None]]:
    """Ask every question of a list twice, in its order; returns what went wrong with each try at each."""
    faults = {"overloaded": 0.3, "null_content": 0.2}
    with FakeServer(faults=faults, seed=seed) as server:
        for number in [*order, *order]:
            ask(server.port, asking(str(number)))
    found: dict[str, list[str | None]] = {}
    for served in server.account.served:
        found.setdefault(served.request, []).append(served.fault)
    return found


def test_faults_depend_on_the_seed_alone() -> None:
    """The same seed gives the same faults to the same tries, in whatever order they come; another seed gives others."""
    order = list(range(30))
    first = drawn(order, seed=1)
    assert drawn(order[::-1], seed=1) == first
    assert drawn(order, seed=2) != first
    struck = [fault for tries in first.values() for fault in tries]
    assert 8 < struck.count("overloaded") < 30
    assert 4 < struck.count("null_content") < 24


def test_more_than_the_allowance_is_refused() -> None:
    """Requests beyond the allowance get 429 at once, with the wait that was stated, and are not billed."""
    with FakeServer(allowance=2, retry_after=1.5, latency=0.5) as server:
        statuses: list[int] = []
        waits: list[str | None] = []

        def one(number: int) -> None:
            status, _, headers = ask(server.port, asking(str(number)))
            statuses.append(status)
            waits.append(headers.get("retry-after"))

        threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(statuses) == [200, 200, 429, 429, 429, 429]
    assert waits.count("1.5") == 4
    assert (server.account.billed, server.account.most_under_way) == (2, 2)


@pytest.mark.parametrize(
    "key,model,status", [("right", "tiny", 200), ("wrong", "tiny", 401), ("right", "big", 404)], ids=str
)
def test_key_and_model(key: str, model: str, status: int) -> None:
    """A wrong key and an unknown model are refused and not billed."""
    with FakeServer(key="right", models=("tiny",)) as server:
        assert ask(server.port, {**asking("?"), "model": model}, key=key)[0] == status
    assert server.account.billed == (status == 200)


def test_models_are_listed() -> None:
    """The models can be asked for."""
    with FakeServer(models=("a", "b")) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", "/v1/models")
        listed = json.loads(connection.getresponse().read())
        connection.close()
    assert [model["id"] for model in listed["data"]] == ["a", "b"]


def test_a_fault_that_does_not_exist() -> None:
    """A misspelt fault is an error that lists those there are."""
    with pytest.raises(ValueError, match=r"there are no faults \['hangs'\]; there are rate_limited"):
        FakeServer(faults={"hangs": 1.0})


def test_in_a_process_of_its_own() -> None:
    """`python -m curate.testing.server` serves, and says where."""
    command = [sys.executable, "-m", "curate.testing.server", "--fault", "null_content=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert url.startswith("http://127.0.0.1:")
            port = int(url.removesuffix("/v1").rpartition(":")[2])
            assert SEEN["null_content"](*ask(port, asking("?")))
        finally:
            process.kill()
