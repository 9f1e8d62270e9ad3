"""An OpenAI-compatible server with faults, on a real socket of this machine: for tests of whatever asks an endpoint.

    with FakeServer(faults={"rate_limited": 0.1, "cut_after_headers": 0.03}, seed=7) as server:
        ...  # ask `server.url`, model `tiny`
    assert server.account.billed == 1000 + server.account.billed_faults

Which fault strikes depends on the seed, the request and how often it was tried before, so a test does not depend on the
order in which requests come. `python -m curate.testing.server --help` runs one in a process of its own.
"""

import argparse
import asyncio
import sys
import threading
import weakref
from collections import Counter
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import msgspec

from curate import jsonlines
from curate.digests import digest
from curate.records import JSON
from curate.seeds import share
from curate.testing.completions import Answer, completion_of, default_answer, limit_of
from curate.testing.exchanges import Connection, Received
from curate.testing.faults import FAULTS, Exchange, Fault

HOST = "127.0.0.1"
_SOUND = Fault(billed=True)
_NOT_IDENTITY = ("max_tokens", "max_completion_tokens", "stream", "stream_options")


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """One request as the server remembers it."""

    request: str
    """Digest of its body without limit and streaming: the same for every try."""
    attempt: int
    """Which try at it, from 1."""
    fault: str | None
    """What went wrong with it, or None."""
    status: int
    """200, or that of the refusal."""
    billed: bool
    """Whether it was paid for."""
    heard: bool
    """Whether the client was still there at the end."""
    max_tokens: int | None
    """The limit that it stated."""
    prompt_tokens: int
    completion_tokens: int
    """As they were billed, whatever the answer said of them."""


class Account:
    """What a server served and billed."""

    def __init__(self) -> None:
        self.served: list[Served] = []
        """Every chat request that is over, in the order they ended."""
        self.under_way = 0
        """Requests being served now, refused ones apart."""
        self.most_under_way = 0
        """The most of them at once."""

    @property
    def billed(self) -> int:
        """Requests that were paid for."""
        return sum(served.billed for served in self.served)

    @property
    def billed_faults(self) -> int:
        """Requests that were paid for though a fault spoilt them."""
        return sum(served.billed and served.fault is not None for served in self.served)

    @property
    def unheard(self) -> int:
        """Sound answers that were paid for and that no client was there to hear."""
        return sum(served.billed and served.fault is None and not served.heard for served in self.served)

    @property
    def faults(self) -> Counter[str]:
        """Fault to how often it struck."""
        return Counter(served.fault for served in self.served if served.fault is not None)

    @property
    def sound(self) -> Counter[str]:
        """Request to how often a client got a sound answer."""
        return Counter(
            served.request for served in self.served if served.billed and served.fault is None and served.heard
        )


class FakeServer:
    """The server; enter it to start it, in a thread of its own.

    Args:
        answer: What the model says to a body; a short chain of thought when none is given.
        faults: Fault, of `curate.testing.faults.FAULTS`, to its share of all tries.
        seed: What faults are drawn from.
        latency: Seconds until an answer comes, or, in a stream, until its end.
        key: The key that requests must carry; None lets everybody in.
        models: The models there are; empty for any.
        allowance: Requests that may be served at once; others are refused with 429. May be changed at any time.
        retry_after: Seconds that such a refusal tells to wait, or None to say nothing.
        headers: Sent with every answer.
        hang: Seconds that a hanging request hangs.
        remember: Whether to keep every request in `received`.
        port: Where it listens; 0 for any port that is free.
    """

    def __init__(  # noqa: PLR0913 - each is a knob that some test turns
        self,
        *,
        answer: Answer = default_answer,
        faults: Mapping[str, float] | None = None,
        seed: int = 0,
        latency: float = 0.0,
        key: str | None = None,
        models: tuple[str, ...] = (),
        allowance: int | None = None,
        retry_after: float | None = None,
        headers: Mapping[str, str] | None = None,
        hang: float = 20.0,
        remember: bool = True,
        port: int = 0,
    ) -> None:
        unknown = set(faults or {}) - set(FAULTS)
        if unknown:
            raise ValueError(f"there are no faults {sorted(unknown)}; there are {', '.join(FAULTS)}")
        self.answer = answer
        self.faults = dict(faults or {})
        self.seed = seed
        self.latency = latency
        self.key = key
        self.models = models
        self.allowance = allowance
        self.retry_after = retry_after
        self.headers = dict(headers or {})
        self.hang = hang
        self.remember = remember
        self.account = Account()
        self.received: list[Received] = []
        self.port = port
        self._tries: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._connections: weakref.WeakSet[Connection] = weakref.WeakSet()

    @property
    def url(self) -> str:
        """The base URL of its API."""
        return f"http://{HOST}:{self.port}/v1"

    def __enter__(self) -> Self:
        started = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self.serve(started)), name="fake server", daemon=True
        )
        self._thread.start()
        started.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def serve(self, started: threading.Event) -> None:
        """Serve until it is stopped; says so when it can be asked."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(self._connect, HOST, self.port, backlog=2048)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        try:
            await self._stop.wait()
        finally:
            server.close()
            for connection in list(self._connections):
                connection.cut()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connect(self) -> Connection:
        connection = Connection(self._take)
        self._connections.add(connection)
        return connection

    def _take(self, connection: Connection, request: Received) -> asyncio.Task[None]:
        task = self._loop.create_task(self._answer(connection, request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _answer(self, connection: Connection, request: Received) -> None:
        if self.remember:
            self.received.append(request)
        path = request.path.partition("?")[0]
        if path.endswith("/models"):
            listed = [{"id": model, "object": "model"} for model in self.models or ("tiny",)]
            connection.answer(200, jsonlines.encode({"object": "list", "data": listed}), self.headers)
        elif path.endswith("/chat/completions"):
            await self._chat(connection, request)
        else:
            connection.refuse(404, f"there is no {path}", self.headers)

    async def _chat(self, connection: Connection, request: Received) -> None:
        body = jsonlines.decode(request.body)
        name = digest(jsonlines.encode({k: v for k, v in body.items() if k not in _NOT_IDENTITY}).decode())
        self._tries[name] += 1
        status = self._refused(connection, request, body)
        if status is not None:
            self._write_down(name, body, connection, status=status)
            return
        self.account.under_way += 1
        self.account.most_under_way = max(self.account.most_under_way, self.account.under_way)
        try:
            await self._complete(connection, body, name)
        finally:
            self.account.under_way -= 1

    def _refused(self, connection: Connection, request: Received, body: JSON) -> int | None:
        """Refuse a request that may not be served; returns the status, or None if it may."""
        sent = request.headers.get("authorization", "").removeprefix("Bearer ") or request.headers.get("api-key")
        if self.key is not None and sent != self.key:
            connection.refuse(401, "Incorrect API key provided", self.headers, code="invalid_api_key")
            return 401
        if self.models and body.get("model") not in self.models:
            connection.refuse(404, "The model does not exist", self.headers, code="model_not_found")
            return 404
        if self.allowance is not None and self.account.under_way >= self.allowance:
            wait = {} if self.retry_after is None else {"Retry-After": f"{self.retry_after:g}"}
            connection.refuse(429, "too many at once", {**self.headers, **wait}, code="rate_limit_exceeded")
            return 429
        return None

    async def _complete(self, connection: Connection, body: JSON, name: str) -> None:
        drawn = self._drawn(name)
        fault = FAULTS[drawn] if drawn else _SOUND
        streams = bool(body.get("stream"))
        exchange = Exchange(
            connection=connection,
            body=body,
            said=fault.change(completion_of(body, self.answer), body),
            headers=self.headers,
            hang=self.hang,
            pause=self.latency / 8 if streams else 0.0,
        )
        if self.latency and not streams:
            await asyncio.sleep(self.latency)
        try:
            await fault.play(exchange)
        finally:
            self._write_down(name, body, connection, fault=drawn, exchange=exchange)

    def _drawn(self, name: str) -> str | None:
        place = share(f"{name} {self._tries[name]}", f"fault {self.seed}")
        for fault, portion in self.faults.items():
            if place < portion:
                return fault
            place -= portion
        return None

    def _write_down(
        self,
        name: str,
        body: JSON,
        connection: Connection,
        *,
        status: int = 200,
        fault: str | None = None,
        exchange: Exchange | None = None,
    ) -> None:
        billed = exchange is not None and (fault is None or FAULTS[fault].billed)
        self.account.served.append(
            Served(
                request=name,
                attempt=self._tries[name],
                fault=fault,
                status={"rate_limited": 429, "overloaded": 500}.get(fault or "", status),
                billed=billed,
                heard=not connection.is_gone,
                max_tokens=limit_of(body),
                prompt_tokens=exchange.said.prompt_tokens if exchange and billed else 0,
                completion_tokens=exchange.said.completion_tokens if exchange and billed else 0,
            )
        )


def main(arguments: list[str]) -> None:
    """Run a server until it is killed; its base URL is the first line of its output."""
    parser = argparse.ArgumentParser(prog="python -m curate.testing.server", description=__doc__.split("\n")[0])
    parser.add_argument("--port", type=int, default=0, help="0 for any that is free")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds until an answer comes")
    parser.add_argument("--allowance", type=int, help="requests served at once; others get 429")
    parser.add_argument("--seed", type=int, default=0, help="what faults are drawn from")
    parser.add_argument("--fault", action="append", default=[], metavar="NAME=SHARE", help=", ".join(FAULTS))
    options = parser.parse_args(arguments)
    faults = {name: float(portion) for name, _, portion in (fault.partition("=") for fault in options.fault)}
    server = FakeServer(
        faults=faults,
        seed=options.seed,
        latency=options.latency,
        allowance=options.allowance,
        remember=False,
        port=options.port,
    )
    started = threading.Event()
    threading.Thread(target=_announce, args=(server, started), daemon=True).start()
    asyncio.run(server.serve(started))


def _announce(server: FakeServer, started: threading.Event) -> None:
    started.wait()
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
