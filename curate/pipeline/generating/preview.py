"""What a recipe would send first, without sending it."""

import msgspec

from curate.errors import DataError
from curate.pipeline.authoring.asker import Asker
from curate.pipeline.authoring.writing import Writing
from curate.pipeline.generating.prompting import plan_prompts
from curate.pipeline.generating.requests import first_requests
from curate.pipeline.generating.sources import problems_of
from curate.pipeline.generating.teaching import plan_teachers
from curate.recipe import LoadedRecipe
from curate.records import JSON, Message, Problem
from curate.teachers import Endpoint


class Previewed(msgspec.Struct, frozen=True):
    """The first request to one teacher."""

    teacher: str
    """Its provider and model."""
    host: str | None
    """The host of its first endpoint; null for one that is asked in this process."""
    parameters: JSON
    """The body that would be sent, its messages apart."""


def preview_prompts(loaded: LoadedRecipe) -> tuple[list[tuple[Message, ...]], list[Previewed]]:
    """Return the messages of each prompt for the recipe's first problem, and the first request to each of its teachers.

    Raises:
        RecipeError: The recipe asks for what does not exist.
        DataError: It comes to no problems.
    """
    prompts, teachers = plan_prompts(loaded), plan_teachers(loaded, allow_insecure=True)
    writing = Writing(loaded, teachers, prompts, Asker(None), allow_insecure=True)
    problem = next((problem for problem in problems_of(loaded, writing.problems) if isinstance(problem, Problem)), None)
    if problem is None:
        what = "the recipe's problems are still to be written" if writing.counts else "the recipe comes to no problems"
        raise DataError(what)
    asked = [*first_requests(problem, prompts[:1], loaded, teachers)]
    first = {position: request for request, position in reversed(asked)}
    sent = []
    for position, request in sorted(first.items()):
        endpoint = teachers[position].endpoints[0]
        body = endpoint.body(request) if isinstance(endpoint, Endpoint) else {}
        host = endpoint.address.host if isinstance(endpoint, Endpoint) else None
        parameters = {key: value for key, value in body.items() if key != "messages"}
        sent.append(Previewed(teachers[position].shape.model, host, parameters))
    return [prompt.messages(problem) for prompt in prompts], sent
