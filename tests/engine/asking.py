"""What the tests of the engine share: requests by number, and a dispatch of them to one teacher."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from curate.engine import Account, Asking, Terms, dispatch
from curate.ledger import Ledger
from curate.protocols import Silent, Teacher
from curate.records import Message, Problem, Request, Sampling


def request_of(number: int) -> Request:
    """Return a request whose key is its number."""
    problem = Problem(id=str(number), text=f"What is {number} + 0?", reference=str(number))
    sampling = Sampling(model="tiny", provider="custom", max_tokens=8, seed=number)
    messages = (Message(role="user", content=problem.text),)
    return Request(key=str(number), problem=problem, messages=messages, sampling=sampling, sample=0)


def number_of(request: Request) -> int:
    """Return the number of a request."""
    return int(request.key)


def asking(*teachers: Teacher, numbers: Iterable[int], concurrency: int | None = 4, **terms: Any) -> Asking:  # noqa: ANN401 - any field of it
    """Return the asking of some numbers."""
    return Asking(endpoints=teachers, requests=map(request_of, numbers), max_concurrency=concurrency, **terms)


async def ask(
    teacher: Teacher, numbers: Iterable[int], ledger: Ledger, *, concurrency: int = 4, terms: Terms | None = None
) -> Account:
    """Ask a teacher for the requests of some numbers."""
    return await dispatch([asking(teacher, numbers=numbers, concurrency=concurrency)], ledger, Silent(), terms)


def kept(path: Path) -> dict[str, list[str | None]]:
    """Return what a ledger holds: key to the text of each attempt's reply, None for one without."""
    with Ledger(path, readonly=True) as ledger:
        keys = [str(number) for number in range(1000)]
        found = {key: [a.reply.content if a.reply is not None else None for a in ledger.attempts(key)] for key in keys}
    return {key: replies for key, replies in found.items() if replies}
