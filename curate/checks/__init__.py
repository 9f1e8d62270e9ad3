"""Checks: named faults that a trace may have. Adding one is a function in a theme's file and its name in this list.

structure.py     invalid_structure, missing_answer
truncation.py    truncated
reasoning.py     final_answer_only
correctness.py   wrong_answer
duplicates.py    exact_duplicate
registry.py      what a registered check is, and its parameters
"""

from curate.checks.correctness import wrong_answer
from curate.checks.duplicates import exact_duplicate, exact_duplicate_signature
from curate.checks.reasoning import final_answer_only
from curate.checks.registry import Check, CorpusCheck, RowCheck
from curate.checks.structure import invalid_structure, missing_answer
from curate.checks.truncation import truncated

CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        RowCheck(invalid_structure),
        RowCheck(truncated),
        RowCheck(missing_answer),
        RowCheck(final_answer_only),
        RowCheck(wrong_answer),
        CorpusCheck(exact_duplicate, exact_duplicate_signature),
    )
}

DEFAULT_CHECKS = ("invalid_structure", "truncated", "missing_answer", "final_answer_only")
"""What a recipe without `checks` gets: faults of structure alone, nothing that needs a reference."""

__all__ = ["CHECKS", "DEFAULT_CHECKS", "Check", "CorpusCheck", "RowCheck"]
