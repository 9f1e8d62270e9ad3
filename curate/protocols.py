"""The shapes that layers hand to one another."""

from collections.abc import Callable
from typing import Protocol

from curate.records import Reply, Request


class RequestFailedError(Exception):
    """Raised by a teacher for one request that got no reply; the run goes on, and the reason is recorded."""


class Teacher(Protocol):
    """Whatever solves problems."""

    async def reply(self, request: Request) -> Reply:
        """Return the answer to one request.

        Raises:
            RequestFailedError: No reply to this request; others may succeed.
            TeacherError: No request can succeed.
        """
        ...


class Progress(Protocol):
    """Told how far a long piece of work has come."""

    def start(self, what: str, total: int | None, unit: str) -> None:
        """Begin a piece of work of `total` units; None when that is not known."""
        ...

    def advance(self, amount: int = 1) -> None:
        """Some units are done."""
        ...

    def finish(self) -> None:
        """The piece of work is over."""
        ...


class Silent:
    """Progress that nobody watches."""

    def start(self, what: str, total: int | None, unit: str) -> None:
        """Begin."""

    def advance(self, amount: int = 1) -> None:
        """Go on."""

    def finish(self) -> None:
        """End."""


Notice = Callable[[str], None]
"""Takes one line that a user should read; the command line prints it on stderr."""
