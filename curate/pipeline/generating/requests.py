"""The plan, spelled out: problems x teachers x samples, in the order that traces keep.

All samples of a problem stand together, so whoever needs a problem's group of replies reads on until it changes.
"""

import json
from collections.abc import Iterator, Sequence

import msgspec

from curate.digests import digest
from curate.pipeline.generating.prompting import PlannedPrompt
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.recipe import LoadedRecipe
from curate.records import Problem, Request, Sampling
from curate.seeds import derived, share

SEED_BITS = 31


def first_requests(
    problem: Problem, prompts: Sequence[PlannedPrompt], loaded: LoadedRecipe, teachers: tuple[PlannedTeacher, ...]
) -> Iterator[tuple[Request, int]]:
    """Yield the first sample of what each teacher is asked of a problem, with the position of the teacher."""
    for prompt in prompts:
        messages = prompt.messages(problem)
        for position in _asked(problem, teachers):
            planned, shape = teachers[position], teachers[position].shape
            sampling = Sampling(
                model=planned.model,
                provider=planned.provider,
                style=prompt.name,
                temperature=shape.temperature,
                top_p=shape.top_p,
                max_tokens=shape.max_tokens,
                reasoning_effort=shape.reasoning_effort,
            )
            request = Request(
                key="",
                problem=problem,
                messages=messages,
                sampling=sampling,
                sample=0,
                extra_body=prompt.extra_body(planned.provider, shape.extra_body),
            )
            yield with_sample(request, 0, planned.seed(loaded.recipe.seed)), position


def with_sample(request: Request, sample: int, seed: int) -> Request:
    """Return the request for another sample of the same problem from the same teacher.

    Args:
        request: The request for any sample.
        sample: Which one is wanted.
        seed: The seed that the seeds on the wire are derived from.
    """
    sampling = msgspec.structs.replace(request.sampling, seed=derived(seed, "sample", sample, bits=SEED_BITS))
    wanted = msgspec.structs.replace(request, sampling=sampling, sample=sample)
    return msgspec.structs.replace(wanted, key=request_key(wanted))


def _asked(problem: Problem, teachers: tuple[PlannedTeacher, ...]) -> list[int]:
    """Return the positions of the teachers that get a problem: those without a weight, and one of those with one.

    Which one depends on the problem alone, so that it stays the same when problems or samples come and go.
    """
    weights = [teacher.shape.weight for teacher in teachers]
    point = share(problem.id, "teacher") * sum(weight or 0.0 for weight in weights)
    asked = []
    for position, weight in enumerate(weights):
        if weight is None or 0 <= point < weight:
            asked.append(position)
        point -= weight or 0.0
    return asked


def most_samples(teachers: Sequence[PlannedTeacher], prompts: int) -> int:
    """Return how many samples a problem can get at most, with so many prompts."""
    counts = [(teacher.shape.weight, teacher.most_samples) for teacher in teachers]
    shared = max((count for weight, count in counts if weight is not None), default=0)
    return prompts * (shared + sum(count for weight, count in counts if weight is None))


def request_key(request: Request) -> str:
    """Return a request's identity: all that shapes its reply but `max_tokens`.

    Raising the limit keeps the key, so that only replies that were cut off are asked for again. Addresses, keys and
    time limits are no part of it.
    """
    sampling = request.sampling
    plain = [
        request.problem.id,
        sampling.provider,
        sampling.model,
        [[message.role, message.content] for message in request.messages],
        [sampling.temperature, sampling.top_p, sampling.seed],
        request.extra_body,
        request.sample,
    ]
    if sampling.reasoning_effort is not None:  # appended, so that keys made before it existed stay what they are
        plain.append(sampling.reasoning_effort)
    return digest(json.dumps(plain, sort_keys=True))
