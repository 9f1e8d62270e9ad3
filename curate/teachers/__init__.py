"""Teachers: whatever solves problems.

builtin.py   the built-in solver, which needs no key, and its noisy twin
"""

from curate.errors import UsageError
from curate.protocols import Teacher
from curate.records import JSON
from curate.teachers.builtin import MODELS, BuiltinTeacher

PROVIDERS = {"builtin": MODELS}
"""Provider to its models."""


def make_teacher(provider: str, model: str, extra_body: JSON) -> Teacher:
    """Return the teacher behind `provider/model`.

    Raises:
        UsageError: There is no such provider or model, or it does not take what `extra_body` says.
    """
    if provider not in PROVIDERS:
        raise UsageError(f"unknown provider {provider!r}; there are {', '.join(PROVIDERS)}")
    if model not in PROVIDERS[provider]:
        raise UsageError(f"{provider} has no model {model!r}; it has {', '.join(PROVIDERS[provider])}")
    return BuiltinTeacher(model, extra_body)
