"""One tiny request to each endpoint of a recipe: does it answer, who answers, where does thinking arrive, how fast."""

import asyncio
import time

import msgspec

from curate.errors import TeacherError
from curate.pipeline.generating.prompting import PlannedPrompt, plan_prompts
from curate.pipeline.generating.requests import first_requests
from curate.pipeline.generating.sending import finish
from curate.pipeline.generating.teaching import PlannedTeacher, plan_teachers
from curate.problems import builtin_problems
from curate.protocols import Notice, RequestFailedError
from curate.protocols import Teacher as Asked
from curate.recipe import LoadedRecipe
from curate.records import JSON, Reply, Request
from curate.teachers import Endpoint, key_notices
from curate.traces.thinking import split_thinking

QUESTION = ("arithmetic_chain", 0, 1, (1,))
"""Family, seed, count and difficulty: a short question that the built-in teacher, too, can answer."""
MAX_TOKENS = 64
"""Of the reply: enough to see where thinking arrives, and next to nothing to pay."""
CONTEXT_KEYS = ("max_model_len", "context_length", "context_window", "max_context_length", "max_input_tokens", "n_ctx")
"""What servers call the length of the context in their list of models."""


class Pinged(msgspec.Struct, frozen=True, kw_only=True):
    """What one endpoint said."""

    teacher: str
    """Provider and model, as the recipe names them."""
    host: str | None = None
    """Its host; null for one that is asked in this process."""
    model: str | None = None
    """The model that the server says answered."""
    context_length: int | None = None
    """Tokens of prompt and reply together, where the server says so."""
    thinking: str | None = None
    """Where thinking arrived: a field of the message, `text` for tags inside it; null where none was seen."""
    finish_reason: str | None = None
    """Why the reply ended."""
    seconds: float | None = None
    """Until the whole reply was there."""
    tokens_per_second: float | None = None
    """Of the reply, where the server counts tokens."""
    failure: str | None = None
    """Why it cannot be used; null when it can."""


def ping(loaded: LoadedRecipe, *, allow_insecure: bool, notice: Notice) -> list[Pinged]:
    """Ask every endpoint of a recipe once, with the recipe's own prompt and parameters but a low limit.

    Raises:
        RecipeError: The recipe asks for what does not exist.
        TeacherError: A key is missing.
    """
    teachers, prompt = plan_teachers(loaded, allow_insecure=allow_insecure), plan_prompts(loaded)[0]
    for where in key_notices(endpoint for teacher in teachers for endpoint in teacher.endpoints):
        notice(where)
    return finish(_all(loaded, prompt, teachers))


async def _all(loaded: LoadedRecipe, prompt: PlannedPrompt, teachers: tuple[PlannedTeacher, ...]) -> list[Pinged]:
    asked = []
    for teacher in teachers:
        request = _tiny(loaded, prompt, teacher)
        asked += [_pinged(teacher.shape.model, endpoint, request) for endpoint in teacher.endpoints]
    return await asyncio.gather(*asked)


def _tiny(loaded: LoadedRecipe, prompt: PlannedPrompt, teacher: PlannedTeacher) -> Request:
    """Return a request as the recipe would make it, of a question that costs next to nothing."""
    problem = next(iter(builtin_problems(*QUESTION)))
    request, _ = next(first_requests(problem, (prompt,), loaded, (teacher,)))
    limit = min(request.sampling.max_tokens or MAX_TOKENS, MAX_TOKENS)
    sampling = msgspec.structs.replace(request.sampling, max_tokens=limit)
    return msgspec.structs.replace(request, sampling=sampling)


async def _pinged(teacher: str, endpoint: Asked, request: Request) -> Pinged:
    host = endpoint.address.host if isinstance(endpoint, Endpoint) else None
    try:
        # Asked first: loading the client and connecting take longer than many a reply, and are not the model's time.
        context_length = await _context_length(endpoint, request)
        began = time.perf_counter()
        reply = (await endpoint.reply(request)).reply
        seconds = time.perf_counter() - began
    except (RequestFailedError, TeacherError) as error:
        return Pinged(teacher=teacher, host=host, failure=str(error))
    finally:
        await endpoint.close()
    tokens = reply.usage.completion_tokens
    return Pinged(
        teacher=teacher,
        host=host,
        model=reply.model,
        context_length=context_length,
        thinking=_carrier(reply),
        finish_reason=reply.finish_reason,
        seconds=round(seconds, 3),
        tokens_per_second=round(tokens / seconds, 1) if tokens else None,
    )


def _carrier(reply: Reply) -> str | None:
    if reply.carrier is not None:
        return reply.carrier
    return "text" if split_thinking(reply.content).state != "none" else None


async def _context_length(endpoint: Asked, request: Request) -> int | None:
    """Return what the endpoint's list of models says of the context; many say nothing, and some have no list."""
    if not isinstance(endpoint, Endpoint):
        return None
    try:
        listed = await endpoint.models()
    except (RequestFailedError, TeacherError):
        return None
    return context_length_of(listed, request.sampling.model)


def context_length_of(listed: JSON, model: str | None) -> int | None:
    """Return the context length of a model in a list of models, or None when it does not say."""
    rows = listed.get("data")
    found = [row for row in rows if isinstance(row, dict) and row.get("id") == model] if isinstance(rows, list) else []
    for row in found:
        meta = row.get("meta")
        for place in (row, meta if isinstance(meta, dict) else {}):
            lengths = [place[key] for key in CONTEXT_KEYS if isinstance(place.get(key), int) and place[key] > 0]
            if lengths:
                return int(lengths[0])
    return None
