"""Traces for the benchmarks: built-in solutions strung together to the length of real reasoning, some with a fault."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from benchmarks.planted import solver_traces
from curate import jsonlines
from curate.digests import digest
from curate.records import Sampling, Trace, Usage
from curate.seeds import rng
from curate.traces.steps import cut_steps

FAULTY_SHARE = 0.05
CHAIN_CHARACTERS = 1_300
"""Length of a chain of thought; a trace holds it twice, as reasoning and as steps, and is about 4.5 KB in all."""
PROBLEMS_EACH = 60
MODEL = "bench-32b"


def traces(count: int, seed: int = 0) -> Iterator[Trace]:
    """Yield traces that are sound but for a share of `FAULTY_SHARE`; a third has typographic characters."""
    generator = rng(seed, "traces")
    known = list(solver_traces(PROBLEMS_EACH, seed=5))
    for number in range(count):
        trace = _sound(known, generator, number)
        if generator.random() < FAULTY_SHARE:
            trace = generator.choice(FAULTS)(trace)
        yield trace


def _sound(known: list[Trace], generator: random.Random, number: int) -> Trace:
    main = generator.choice(known)
    pieces = [f"Case {number}.", main.reasoning]
    while sum(map(len, pieces)) < CHAIN_CHARACTERS:
        other = generator.choice(known)
        pieces += [generator.choice(JOINTS), other.reasoning]
    chain = "\n\n".join([*pieces[2:], *pieces[:2]])
    if generator.random() < 1 / 3:
        chain = chain.replace(" * ", " \u00d7 ").replace("'", "\u2019").replace(" - ", " \u2212 ")
    return Trace(
        id=digest("bench", str(number)),
        problem=main.problem,
        reasoning=chain,
        steps=cut_steps(chain),
        response=f"The answer is {main.problem.reference}.",
        answer=main.problem.reference,
        finish_reason="stop",
        usage=Usage(prompt_tokens=80, completion_tokens=len(chain) // 4),
        teacher=Sampling(model=MODEL, provider="vllm", style="zero_shot_cot", temperature=0.7, max_tokens=4096),
        sample=number % 4,
    )


JOINTS = (
    "Let me check this with a problem of the same kind that I know.",
    "Wait, before I go on, let me look at a case that is easier.",
    "Now I want to be sure that the method holds, so I try it elsewhere.",
    "That seems right. Here is another one to compare it with.",
)


def _changed(**changes: object) -> Callable[[Trace], Trace]:
    return lambda trace: msgspec.structs.replace(trace, **changes)


def _looping(trace: Trace) -> Trace:
    return msgspec.structs.replace(trace, reasoning=trace.reasoning[:900] + "Wait, let me count again. " * 40)


def _foreign(trace: Trace) -> Trace:
    foreign = "\u56e0\u6b64\u6211\u4eec\u9700\u8981\u91cd\u65b0\u8ba1\u7b97\u8fd9\u4e2a\u7ed3\u679c\u3002"
    return msgspec.structs.replace(trace, reasoning=trace.reasoning[:900] + foreign + trace.reasoning[900:])


FAULTS: tuple[Callable[[Trace], Trace], ...] = (
    _changed(finish_reason="length", response=""),
    _changed(reasoning="", steps=()),
    _changed(response="I have thought about it for long enough now.", answer=None),
    _changed(response="I'm sorry, but I can't help with that request.", answer=None, reasoning="", steps=()),
    _changed(response="The answer is 5.<|im_end|>"),
    _changed(response="The answer is 5\ufffd\ufffd kg."),
    _looping,
    _foreign,
)


def write_traces(path: Path, count: int) -> None:
    """Write traces as JSON Lines."""
    with path.open("wb") as file:
        file.writelines(jsonlines.encode(trace) + b"\n" for trace in traces(count))
