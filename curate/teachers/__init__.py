"""Teachers: whatever solves problems.

builtin.py   the built-in solver, which needs no key, and its noisy twin
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from curate.errors import WishError
from curate.protocols import Teacher
from curate.recipe import shape
from curate.recipe.located import nearest
from curate.teachers.builtin import MODELS, make_builtin


class Maker(Protocol):
    """Makes the teacher that a recipe asks, once for each endpoint, or raises `WishError`."""

    def __call__(self, model: str, asked: shape.Teacher, *, allow_insecure: bool) -> tuple[Teacher, ...]:
        """Take a model of the provider, and how it is asked."""
        ...


@dataclass(frozen=True)
class Provider:
    """Where models are asked."""

    models: tuple[str, ...]
    """The models it has."""
    make: Maker
    """What makes its teachers."""


PROVIDERS: dict[str, Provider] = {"builtin": Provider(MODELS, make_builtin)}


def make_teachers(asked: shape.Teacher, *, allow_insecure: bool = False) -> tuple[Teacher, ...]:
    """Return the teacher that a recipe asks, once for each of its endpoints.

    Args:
        asked: The recipe's teacher.
        allow_insecure: Whether plain http may go to other hosts than this one.

    Raises:
        WishError: There is no such provider or model, or it does not take what is asked.
    """
    provider, model = asked.model.split("/", 1)
    known = PROVIDERS.get(provider)
    if known is None:
        raise WishError(f"unknown provider {provider!r}; there are {_named(provider, PROVIDERS)}")
    if model not in known.models:
        raise WishError(f"unknown model {model!r}; there are {_named(model, known.models)}")
    return known.make(model, asked, allow_insecure=allow_insecure)


def _named(wrong: str, names: Iterable[str]) -> str:
    listed = list(names)
    return f"{', '.join(listed)}{nearest(wrong, listed)}"
