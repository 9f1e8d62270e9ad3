"""The built-in teacher: derives the solution of a built-in problem and writes it in words of its own.

`builtin/solver` is always right. `builtin/noisy` is the same with faults planted at declared rates, so that a pipeline
can be tried, and its checks measured, without a key. The fault is named in the reply and ends in `origin.fault`, which
no check reads. Like a real model it stops at `max_tokens`, in the middle of a sentence.
"""

import random
from collections.abc import Mapping

from curate.errors import UsageError, WishError
from curate.families.numbered import puzzle_of
from curate.protocols import Answered, RequestFailedError
from curate.recipe.located import nearest
from curate.recipe.teacher import Teacher as TeacherShape
from curate.records import JSON, Reply, Request, Usage
from curate.seeds import rng
from curate.teachers.noise import FAULTS, TOKEN, Writing, count_tokens, soundly

MODELS = ("solver", "noisy")
NO_LIMIT_TOKENS = 4096
"""Where a looping or rambling reply ends when the request states no limit."""

_OF_NETWORKS = (
    "base_url",
    "api_key_env",
    "reasoning_effort",
    "stream",
    "requests_per_minute",
    "tokens_per_minute",
)
"""Keys of a recipe's teacher that mean nothing where nothing is sent anywhere."""


def make_builtin(model: str, asked: TeacherShape) -> "tuple[BuiltinTeacher, ...]":
    """Return the built-in teacher that a recipe asks.

    Raises:
        WishError: The recipe asks what only a teacher behind a network can do, or `extra_body` holds nonsense.
    """
    for key in _OF_NETWORKS:
        if getattr(asked, key) != TeacherShape.model_fields[key].default:
            raise WishError("the built-in teacher sends nothing anywhere, so it has no use for this key", key)
    try:
        return (BuiltinTeacher(model, asked.extra_body),)
    except UsageError as error:
        raise WishError(str(error), "extra_body") from None


class BuiltinTeacher:
    """The built-in teacher.

    Args:
        model: `solver` or `noisy`.
        extra_body: For `noisy`, `faults` may give the share of each fault by name; faults not named keep theirs.

    Raises:
        UsageError: The shares are none, or `extra_body` holds anything else.
    """

    def __init__(self, model: str, extra_body: JSON) -> None:
        self.shares = _shares(extra_body) if model == "noisy" else _no_shares(extra_body)

    async def reply(self, request: Request) -> Answered:
        """Return the solution of a built-in problem."""
        return Answered(self.write(request))

    async def close(self) -> None:
        """Hold nothing."""

    def write(self, request: Request) -> Reply:
        """Return the reply to a request; the same request always gets the same one."""
        found = puzzle_of(request.problem.source, request.problem.text)
        if found is None:
            raise RequestFailedError("the built-in teacher solves only problems of the built-in families")
        generator = rng(request.sampling.seed or 0, "reply", request.key)
        fault = self._drawn(generator)
        limit = request.sampling.max_tokens or NO_LIMIT_TOKENS
        write = FAULTS[fault][1] if fault else soundly
        thinking, response = write(Writing(*found, generator, limit))
        return _cut_to(limit, thinking, response, _prompt_tokens(request), fault)

    def _drawn(self, generator: random.Random) -> str | None:
        place = generator.random()
        for fault, share in self.shares.items():
            if place < share:
                return fault
            place -= share
        return None


def _prompt_tokens(request: Request) -> int:
    return sum(count_tokens(message.content) for message in request.messages)


def _cut_to(limit: int, thinking: str, response: str, prompt_tokens: int, fault: str | None) -> Reply:
    thought, reasoning_tokens = _head(thinking, limit)
    said, response_tokens = _head(response, limit - reasoning_tokens)
    complete = thought == thinking and said == response
    return Reply(
        reasoning=thought,
        content=said,
        finish_reason="stop" if complete else "length",
        usage=Usage(
            prompt_tokens=prompt_tokens,
            completion_tokens=reasoning_tokens + response_tokens,
            reasoning_tokens=reasoning_tokens,
        ),
        model="builtin",
        fault=fault,
    )


def _head(text: str, tokens: int) -> tuple[str, int]:
    """Return the first `tokens` tokens of a text, and how many there are of them."""
    count = end = 0
    for match in TOKEN.finditer(text):
        if count == tokens:
            return text[:end], count
        count, end = count + 1, match.end()
    return text, count


def _shares(extra_body: JSON) -> Mapping[str, float]:
    faults = extra_body.get("faults", {})
    if set(extra_body) - {"faults"} or not isinstance(faults, dict):
        raise UsageError("builtin/noisy takes nothing but `faults: {name: share}`")
    unknown = set(faults) - set(FAULTS)
    if unknown:
        name = str(min(unknown, key=str))
        raise UsageError(f"unknown fault {name!r}; there are {', '.join(FAULTS)}{nearest(name, FAULTS)}")
    shares = {name: faults.get(name, share) for name, (share, _) in FAULTS.items()}
    if (
        not all(isinstance(share, int | float) and 0 <= share <= 1 for share in shares.values())
        or sum(shares.values()) > 1
    ):
        raise UsageError("the shares of the faults must be numbers from 0 to 1, and at most 1 in all")
    return shares


def _no_shares(extra_body: JSON) -> Mapping[str, float]:
    if extra_body:
        raise UsageError("builtin/solver takes no `extra_body`")
    return {}
