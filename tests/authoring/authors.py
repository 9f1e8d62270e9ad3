"""What the tests of authors share: a server whose model writes problems and solves them, and a recipe that asks it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from curate import jsonlines
from curate.manifests import RunManifest
from curate.records import JSON
from curate.seeds import rng
from curate.testing.completions import Answer, Completion
from curate.testing.server import FakeServer
from tests.generating.running import run_here

THINGS = ("apples", "bottles", "candles", "doors", "eggs", "feathers", "gloves", "hats", "jars", "kites", "lamps")
PLACES = ("barn", "shop", "school", "market", "garden", "library", "kitchen", "harbour", "station", "museum")
WANTED = re.compile(r"Write (\d+) new problems")
SOLVED = re.compile(r"has (\d+) (\w+) and buys (\d+) more")

RECIPE = """\
name: authored
seed: 5
problems:
  - from: authored
    count: 12
    strategy: self_instruct
    seeds: seeds.jsonl
    batch: 4
    confirm: {samples: 4, min_share: 0.75}
    author: {model: vllm/writer, base_url: URL, price: {input: 1, output: 1}}
teacher: {model: vllm/solver, base_url: URL, temperature: 0.7, samples: 2, price: {input: 1, output: 1}}
"""
SEEDS = [
    "A boy has 3 marbles and finds 4 more on his way home. How many marbles has he now?",
    "A train leaves at 9:15 and arrives 50 minutes later. At what time does it arrive?",
]


Author = Callable[[str, int], str | Completion]
"""What an author replies to a prompt with a seed."""


def problem(*about: object) -> JSON:
    """Return a problem that depends on these alone, as an author would write it, with its right answer."""
    luck = rng(1, *map(str, about))
    have, more = luck.randrange(2, 99), luck.randrange(2, 99)
    thing, place = luck.choice(THINGS), luck.choice(PLACES)
    text = (
        f"The {place} on street {luck.randrange(999)} has {have} {thing} and buys {more} more. How many are there then?"
    )
    return {"problem": text, "answer": str(have + more)}


def listed(problems: list[JSON]) -> str:
    """Return a reply with these problems."""
    return json.dumps({"problems": problems})


def writes(prompt: str, seed: int) -> str:
    """Return as many new problems as a prompt asks for; the same ones to the same request."""
    wanted = WANTED.search(prompt)
    assert wanted is not None
    return listed([problem(prompt, seed, number) for number in range(int(wanted[1]))])


def solves(prompt: str) -> str:
    """Return the solution of a problem as `problem` writes them."""
    found = SOLVED.search(prompt)
    if found is None:
        return "I cannot say. The answer is 0."
    total = int(found[1]) + int(found[3])
    return f"There are {found[1]} at first. {found[1]} + {found[3]} = {total}. The answer is {total}."


def answering(author: Author = writes) -> Answer:
    """Return what the model says: the author writes, all others solve."""

    def answer(body: JSON) -> str | Completion:
        prompt = str(body["messages"][-1]["content"])
        return author(prompt, body["seed"]) if body["model"] == "writer" else solves(prompt)

    return answer


def write_seeds(base: Path) -> None:
    """Write the file of seeds."""
    rows = [{"question": text} for text in SEEDS]
    (base / "seeds.jsonl").write_bytes(b"".join(jsonlines.encode(row) + b"\n" for row in rows))


def author_here(
    base: Path, server: FakeServer, overrides: list[str] | None = None, *, folder: str = "run"
) -> RunManifest:
    """Run the recipe against a server."""
    write_seeds(base)
    return run_here(base / folder, RECIPE.replace("URL", server.url), overrides or [], base=base)


def asked_of(server: FakeServer, model: str) -> int:
    """Return how many requests a model got."""
    return sum(jsonlines.decode(request.body)["model"] == model for request in server.received)
