"""Teachers: whatever solves problems.

builtin.py   the built-in solver, which needs no key, and its noisy twin
"""

from collections.abc import Callable
from dataclasses import dataclass

from curate.errors import UsageError
from curate.protocols import Teacher
from curate.records import JSON
from curate.teachers.builtin import MODELS, BuiltinTeacher


@dataclass(frozen=True)
class Provider:
    """Where models are asked."""

    models: tuple[str, ...]
    """The models it has."""
    make: Callable[[str, JSON], Teacher]
    """Takes a model and the extra body of its requests; returns the teacher, or raises `UsageError`."""


PROVIDERS: dict[str, Provider] = {"builtin": Provider(MODELS, BuiltinTeacher)}


def make_teacher(provider: str, model: str, extra_body: JSON) -> Teacher:
    """Return the teacher behind `provider/model`.

    Raises:
        UsageError: There is no such provider or model, or it does not take what `extra_body` says.
    """
    if provider not in PROVIDERS:
        raise UsageError(f"unknown provider {provider!r}; there are {', '.join(PROVIDERS)}")
    known = PROVIDERS[provider]
    if model not in known.models:
        raise UsageError(f"{provider} has no model {model!r}; it has {', '.join(known.models)}")
    return known.make(model, extra_body)
