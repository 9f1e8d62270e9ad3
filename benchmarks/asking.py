"""One way of asking a server N times, measured from inside its process: `python -m benchmarks.asking WAY URL N C`.

Prints one line of JSON: CPU seconds and wall seconds from the first request to the last reply, and the peak of memory.
"""

import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import aiohttp
from openai import AsyncOpenAI

from curate.engine import Asking, dispatch
from curate.ledger import Ledger
from curate.protocols import Silent
from curate.recipe.teacher import Teacher
from curate.records import Message, Problem, Request, Sampling
from curate.teachers import make_teachers

WORDS = "Sam has 12 apples and buys 3 bags of 8 apples each. How many apples does Sam have now? " * 3
MODEL = "tiny"
MAX_TOKENS = 512


def requests(count: int) -> Iterator[Request]:
    """Yield so many requests."""
    for number in range(count):
        yield Request(
            key=f"{number:032x}",
            problem=Problem(id=str(number), text=WORDS),
            messages=(Message(role="user", content=f"{WORDS} ({number})"),),
            sampling=Sampling(model=MODEL, provider="custom", max_tokens=MAX_TOKENS, seed=number),
            sample=0,
        )


def body_of(request: Request) -> dict[str, object]:
    """Return the body that every way sends."""
    return {
        "model": MODEL,
        "messages": [{"role": "user", "content": request.messages[0].content}],
        "max_tokens": MAX_TOKENS,
        "seed": request.sampling.seed,
    }


async def raw(url: str, count: int, concurrency: int) -> None:
    """A bare aiohttp loop: post, read, decode."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        left = requests(count)

        async def place() -> None:
            for request in left:
                data = json.dumps(body_of(request)).encode()
                async with session.post(
                    f"{url}/chat/completions", data=data, headers={"Content-Type": "application/json"}
                ) as response:
                    json.loads(await response.read())["choices"][0]["message"]["content"]

        await asyncio.gather(*(place() for _ in range(concurrency)))


async def sdk(url: str, count: int, concurrency: int) -> None:
    """A plain script: `AsyncOpenAI` and a semaphore."""
    client = AsyncOpenAI(base_url=url, api_key="none", max_retries=0, timeout=600)
    gate = asyncio.Semaphore(concurrency)

    async def one(request: Request) -> None:
        async with gate:
            completion = await client.chat.completions.create(**body_of(request))  # type: ignore[call-overload]
            assert completion.choices[0].message.content

    await asyncio.gather(*(one(request) for request in requests(count)))
    await client.close()


async def curate(url: str, count: int, concurrency: int, provider: str) -> None:
    """Ours, with a ledger."""
    teachers = make_teachers(Teacher(model=f"{provider}/{MODEL}", base_url=(url,), api_key_env="BENCH_KEY"))
    with tempfile.TemporaryDirectory(prefix="curate-bench-") as scratch, Ledger(Path(scratch, "l.sqlite")) as ledger:
        asking = Asking(endpoints=teachers, requests=requests(count), max_concurrency=concurrency)
        account = await dispatch([asking], ledger, Silent())
        assert account.replies == ledger.tally().replies == count


WAYS: dict[str, Callable[[str, int, int], Awaitable[None]]] = {
    "raw": raw,
    "sdk": sdk,
    **{
        provider: lambda url, count, concurrency, provider=provider: curate(url, count, concurrency, provider)  # type: ignore[misc]
        for provider in ("custom", "vllm", "openai")
    },
}


def main(way: str, url: str, count: str, concurrency: str) -> None:
    """Warm up, ask, and print what it took."""
    asyncio.run(_measured(WAYS[way], url, int(count), int(concurrency)))


async def _measured(ask: Callable[[str, int, int], Awaitable[None]], url: str, count: int, concurrency: int) -> None:
    await ask(url, 4, 4)
    began, used = time.perf_counter(), time.process_time()
    await ask(url, count, concurrency)
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps({"cpu": cpu, "wall": seconds, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
