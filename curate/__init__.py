"""Make and curate reasoning data: a recipe in, fine-tuning shards out.

    import curate

    result = curate.filter("rows.jsonl", checks=["truncated", "final_answer_only"])
    print(result)

What is named here is imported when it is first used, so that `import curate` loads nothing heavy.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.answers.compare import compare
    from curate.answers.verdicts import Verdict
    from curate.api.result import Result
    from curate.api.running import filter_rows as filter  # noqa: A004 - what it is called on the command line as well
    from curate.api.running import load, run
    from curate.checks.plugins import check
    from curate.checks.registry import Case
    from curate.errors import CurateError
    from curate.records import Finding, Problem, Trace

__version__ = "0.1.0"

__all__ = [
    "Case",
    "CurateError",
    "Finding",
    "Problem",
    "Result",
    "Trace",
    "Verdict",
    "__version__",
    "check",
    "compare",
    "filter",
    "load",
    "run",
]

_HOMES = {
    "Case": "curate.checks.registry:Case",
    "CurateError": "curate.errors:CurateError",
    "Finding": "curate.records:Finding",
    "Problem": "curate.records:Problem",
    "Result": "curate.api.result:Result",
    "Trace": "curate.records:Trace",
    "Verdict": "curate.answers.verdicts:Verdict",
    "check": "curate.checks.plugins:check",
    "compare": "curate.answers.compare:compare",
    "filter": "curate.api.running:filter_rows",
    "load": "curate.api.running:load",
    "run": "curate.api.running:run",
}
"""Name to the place that it is imported from."""

if not TYPE_CHECKING:  # a type checker would take every name that does not exist for one that does

    def __getattr__(name: str) -> object:
        import importlib  # noqa: PLC0415 - only where something is asked for

        if name not in _HOMES:
            raise AttributeError(f"module 'curate' has no attribute {name!r}")
        module, _, attribute = _HOMES[name].partition(":")
        return getattr(importlib.import_module(module), attribute)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
