"""Checks: named faults that a trace may have. Adding one is a function in a theme's file and its name in this list.

structure.py     invalid_structure, missing_answer
truncation.py    truncated
reasoning.py     final_answer_only
correctness.py   wrong_answer
repetition.py    looping
language.py      mixed_language
conduct.py       refusal, leaked_reference
text.py          broken_text, special_tokens
duplicates.py    exact_duplicate
registry.py      what a registered check is, and its parameters
plugins.py       checks of a user's own: marked, found, loaded
guard.py         how they are called
"""

from curate.checks.conduct import leaked_reference, refusal
from curate.checks.correctness import wrong_answer
from curate.checks.duplicates import exact_duplicate, exact_duplicate_signature
from curate.checks.language import mixed_language
from curate.checks.reasoning import final_answer_only
from curate.checks.registry import Case, Check, CorpusCheck, Registry, RowCheck
from curate.checks.repetition import looping
from curate.checks.structure import invalid_structure, missing_answer
from curate.checks.text import broken_text, special_tokens
from curate.checks.truncation import truncated

CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        RowCheck(invalid_structure),
        RowCheck(truncated),
        RowCheck(missing_answer),
        RowCheck(final_answer_only, threshold="min_words"),
        RowCheck(wrong_answer),
        RowCheck(looping, threshold="max_repeats"),
        RowCheck(mixed_language, threshold="max_words"),
        RowCheck(refusal),
        RowCheck(leaked_reference),
        RowCheck(special_tokens),
        RowCheck(broken_text),
        CorpusCheck(exact_duplicate, exact_duplicate_signature),
    )
}

DEFAULT_CHECKS = ("invalid_structure", "truncated", "missing_answer", "final_answer_only")
"""What a recipe without `checks` gets: faults of structure alone, nothing that needs a reference."""

__all__ = ["CHECKS", "DEFAULT_CHECKS", "Case", "Check", "CorpusCheck", "Registry", "RowCheck"]
