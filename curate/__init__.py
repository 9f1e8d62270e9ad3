"""Make and curate reasoning data: a recipe in, fine-tuning shards out.

What is named here is imported when it is first used, so that `import curate` loads nothing heavy.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.checks.plugins import check
    from curate.checks.registry import Case
    from curate.errors import CurateError
    from curate.records import Finding, Problem, Trace

__version__ = "0.1.0"

__all__ = ["Case", "CurateError", "Finding", "Problem", "Trace", "__version__", "check"]

_HOMES = {
    "Case": "curate.checks.registry",
    "CurateError": "curate.errors",
    "Finding": "curate.records",
    "Problem": "curate.records",
    "Trace": "curate.records",
    "check": "curate.checks.plugins",
}
"""Name to the module that it is imported from."""

if not TYPE_CHECKING:  # a type checker would take every name that does not exist for one that does

    def __getattr__(name: str) -> object:
        import importlib  # noqa: PLC0415 - only where something is asked for

        if name not in _HOMES:
            raise AttributeError(f"module 'curate' has no attribute {name!r}")
        return getattr(importlib.import_module(_HOMES[name]), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
