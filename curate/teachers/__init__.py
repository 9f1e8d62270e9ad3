"""Teachers: whatever solves problems.

builtin.py     the built-in solver, which needs no key, and its noisy twin (noise.py plants the faults)
providers.py   every provider, a row of data
prices.py      what models cost
addresses.py   which key goes where
endpoint.py    a model at an address, asked through a wire (wire.py)
lean.py        the wire of bytes;  openai.py: what the SDK would send, and its own call as a wire
body.py        a request as a body;  replies.py, streams.py: a body as a reply
failures.py    what went wrong;  pace.py: how fast an endpoint wants to be asked
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from curate.errors import WishError
from curate.protocols import Teacher
from curate.recipe.located import nearest
from curate.recipe.teacher import Teacher as TeacherShape
from curate.teachers.addresses import address_of, is_loopback
from curate.teachers.body import check_asked
from curate.teachers.builtin import make_builtin
from curate.teachers.endpoint import Endpoint
from curate.teachers.providers import PROVIDERS, Provider

__all__ = ["PROVIDERS", "Endpoint", "Provider", "elsewhere", "key_notices", "make_teachers"]


def make_teachers(asked: TeacherShape, *, allow_insecure: bool = False) -> tuple[Teacher, ...]:
    """Return the teacher that a recipe asks, once for each of its endpoints.

    Args:
        asked: The recipe's teacher.
        allow_insecure: Whether plain http may go to other hosts than this one.

    Raises:
        WishError: There is no such provider or model, or it does not take what is asked.
    """
    provider, model = asked.model.split("/", 1)
    row = PROVIDERS.get(provider)
    if row is None:
        raise WishError(
            f"unknown provider {provider!r}; there are {', '.join(PROVIDERS)}{nearest(provider, PROVIDERS)}"
        )
    if row.models and model not in row.models:
        raise WishError(f"unknown model {model!r}; there are {', '.join(row.models)}{nearest(model, row.models)}")
    if provider == "builtin":
        return make_builtin(model, asked)
    check_asked(provider, asked)
    addresses = [
        address_of(provider, base_url, asked.api_key_env, allow_insecure=allow_insecure)
        for base_url in asked.base_url or (None,)
    ]
    return tuple(Endpoint(address, timeout=asked.timeout, stream=asked.stream) for address in addresses)


def elsewhere(teachers: Iterable[Teacher]) -> bool:
    """Say whether any of these is asked on another machine than this."""
    hosts = (urlsplit(teacher.address.base_url).hostname for teacher in teachers if isinstance(teacher, Endpoint))
    return any(not is_loopback(host or "") for host in hosts)


def key_notices(teachers: Iterable[Teacher]) -> list[str]:
    """Return, for each variable and host, the sentence that says which key goes where.

    Raises:
        TeacherError: A variable is not set, or holds no key.
    """
    notices = (teacher.address.notice() for teacher in teachers if isinstance(teacher, Endpoint))
    return list(dict.fromkeys(notice for notice in notices if notice is not None))
