"""A server that serves fewer at once than we may ask: as fast as it can, and no faster."""

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from curate.engine import dispatch
from curate.ledger import Ledger
from curate.protocols import Silent
from curate.recipe.teacher import Teacher
from curate.teachers import make_teachers
from curate.testing.server import FakeServer
from tests.engine.asking import asking

LATENCY = 0.5
SETTLE, WATCH, RECOVER = 3.0, 6.0, 10.0
"""Seconds: until it has settled, to watch that, and to come back within."""


class Seen:
    """What was seen of a server."""

    busy = 0.0
    """How many of the places that it gives were taken, on average."""
    refused = 0
    served = 0
    recovered = 0.0
    """Seconds until most of the places that it gave later were taken."""


def watch(server: FakeServer, seen: Seen) -> None:
    """Watch how a server is asked, before and after it allows more."""
    while not server.account.billed:
        time.sleep(0.02)
    time.sleep(SETTLE)
    first, began, looks = len(server.account.served), time.monotonic(), []
    while time.monotonic() < began + WATCH:
        looks.append(server.account.under_way)
        time.sleep(0.005)
    seen.busy = sum(looks) / len(looks)
    seen.served = sum(served.billed for served in server.account.served[first:])
    seen.refused = len(server.account.served) - first - seen.served
    server.allowance, began = 64, time.monotonic()
    while server.account.under_way < 58 and time.monotonic() < began + 2 * RECOVER:
        time.sleep(0.02)
    seen.recovered = time.monotonic() - began


@pytest.mark.parametrize("retry_after", [None, 1.0], ids=["says nothing", "Retry-After"])
def test_storm(tmp_path: Path, retry_after: float | None) -> None:
    """Where 8 are served at once and 256 may be asked, it settles at 8; when 64 are allowed it is there in seconds."""
    seen = Seen()
    with FakeServer(allowance=8, latency=LATENCY, retry_after=retry_after, remember=False) as server:
        teachers = make_teachers(Teacher(model="custom/tiny", base_url=(server.url,)))
        watcher = threading.Thread(target=watch, args=(server, seen))
        watcher.start()

        def numbers() -> Iterator[int]:
            number = 0
            while watcher.is_alive():
                yield number
                number += 1

        with Ledger(tmp_path / "l.sqlite") as ledger:
            wanted = asking(*teachers, numbers=numbers(), concurrency=256)
            account = asyncio.run(dispatch([wanted], ledger, Silent()))
        watcher.join()
    assert seen.busy > 0.9 * 8
    assert seen.refused < seen.served
    assert seen.recovered < RECOVER
    assert account.failed == {}
