"""What the tests of endpoints share: a teacher at an address, a request, and one answer or failure."""

import asyncio
from collections.abc import Sequence
from typing import Any

from curate.errors import TeacherError
from curate.protocols import Answered, RequestFailedError
from curate.recipe.teacher import Teacher as Asked
from curate.records import JSON, Message, Problem, Request, Sampling
from curate.teachers import Endpoint, make_teachers

KEY = "sk-test-0123456789abcdef"
KEY_ENV = "CURATE_TEST_KEY"


def teacher_at(url: str, model: str = "custom/tiny", **keys: Any) -> Endpoint:  # noqa: ANN401 - any key of a teacher
    """Return the teacher that a recipe with these keys asks."""
    (teacher,) = make_teachers(Asked(model=model, base_url=(url,), **keys))
    assert isinstance(teacher, Endpoint)
    return teacher


def request_for(
    text: str = "What is 3 * 4?", *, max_tokens: int | None = 100, extra_body: JSON | None = None
) -> Request:
    """Return a request for one reply."""
    return Request(
        key="k",
        problem=Problem(id="p", text=text),
        messages=(Message(role="user", content=text),),
        sampling=Sampling(model="tiny", provider="custom", max_tokens=max_tokens),
        sample=0,
        extra_body=extra_body or {},
    )


Outcome = Answered | RequestFailedError | TeacherError


def ask(teacher: Endpoint, *requests: Request) -> Sequence[Outcome]:
    """Ask for all at once; what is raised is returned."""

    async def asked() -> Sequence[Outcome]:
        try:
            return await asyncio.gather(*(_outcome(teacher, request) for request in requests or (request_for(),)))
        finally:
            await teacher.close()

    return asyncio.run(asked())


async def _outcome(teacher: Endpoint, request: Request) -> Outcome:
    try:
        return await teacher.reply(request)
    except (RequestFailedError, TeacherError) as error:
        return error


def answered(teacher: Endpoint, request: Request | None = None) -> Answered:
    """Return the answer to one request."""
    (outcome,) = ask(teacher, request or request_for())
    assert isinstance(outcome, Answered), outcome
    return outcome


def failed(teacher: Endpoint, request: Request | None = None) -> RequestFailedError | TeacherError:
    """Return why one request got no reply."""
    (outcome,) = ask(teacher, request or request_for())
    assert not isinstance(outcome, Answered), outcome
    return outcome
