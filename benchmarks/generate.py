"""What asking costs, beside the least that it could: ratios measured in one run, medians; part of `make bench`.

A bare aiohttp loop, a plain `AsyncOpenAI` script with a semaphore, and ours with its ledger ask the same lean server,
which has a process of its own. The bounds: 0.8 ms of CPU a request without latency (the aim is 0.5), 1.05 times the
span of the bare loop with 500 ms of latency, 40 MB more for 20,000 requests than for 2,000.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from benchmarks.measuring import say

REQUESTS = 2_000
MANY = 20_000
CONCURRENCY = 256
LATENCY = 0.5
ROUNDS = 3
OURS = ("custom", "vllm", "openai")
NAMES = {
    "raw": "a bare aiohttp loop",
    "sdk": "AsyncOpenAI with a semaphore",
    **{provider: f"curate, {provider}, with a ledger" for provider in OURS},
}


class Took(msgspec.Struct):
    """What one way of asking took, in its own process."""

    cpu: float
    """Seconds."""
    wall: float
    """Seconds from the first request to the last reply."""
    peak: int
    """Bytes."""


def main() -> None:
    """Print the measurements."""
    say(f"\n{REQUESTS:,} requests, {CONCURRENCY} at once, no latency; CPU in ms a request, median of {ROUNDS}")
    with server(0) as url:
        cpu = medians(("raw", "sdk", *OURS), url, lambda took: took.cpu / REQUESTS * 1000)
        for way, value in cpu.items():
            say(f"  {NAMES[way]:<34} {value:>7.3f}  {value / cpu['raw']:>6.2f} times the loop")
        few, many = (asked("custom", url, count).peak for count in (REQUESTS, MANY))
    say(f"peak memory of {REQUESTS:,} requests {few / 1e6:.0f} MB, of {MANY:,} {(many - few) / 1e6:+.1f} MB")
    say(f"{REQUESTS:,} requests, {CONCURRENCY} at once, {LATENCY * 1000:.0f} ms each; seconds, median of {ROUNDS}")
    with server(LATENCY) as url:
        spans = medians(("raw", "custom"), url, lambda took: took.wall)
        for way, value in spans.items():
            ideal = REQUESTS * LATENCY / CONCURRENCY
            ratios = f"{value / spans['raw']:>6.2f} times the loop, {value / ideal:.2f} times the ideal"
            say(f"  {NAMES[way]:<34} {value:>7.2f}  {ratios}")


@contextmanager
def server(latency: float) -> Iterator[str]:
    """Run a server, and give its base URL."""
    command = [sys.executable, "-m", "curate.testing.server", "--latency", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603 - our own
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def medians(ways: tuple[str, ...], url: str, of: Callable[[Took], float]) -> dict[str, float]:
    """Ask in each way in turn, several times; returns the median of a number for each."""
    rounds = [{way: of(asked(way, url, REQUESTS)) for way in ways} for _ in range(ROUNDS)]
    return {way: statistics.median(values[way] for values in rounds) for way in ways}


def asked(way: str, url: str, count: int) -> Took:
    """Ask in one way, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.asking", way, url, str(count), str(CONCURRENCY)]
    environment = {**os.environ, "BENCH_KEY": "nothing-secret"}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)  # noqa: S603 - our own
    return msgspec.convert(json.loads(done.stdout), Took)


if __name__ == "__main__":
    main()
