"""Checks: named faults that a trace may have. Adding one is a function in a theme's file and its name in this list.

structure.py     invalid_structure, empty_response, missing_answer
truncation.py    truncated; endings.py and last_lines.py tell from the text alone
thinking.py      unclosed_thinking, duplicate_thinking
reasoning.py     final_answer_only, too_few_steps
mismatch.py      answer_mismatch
length.py        too_long
correctness.py   wrong_answer
difficulty.py    too_easy, too_hard; pass_rates.py has the rule
votes.py         unverified_answer, minority_answer
steps.py         wrong_step
repetition.py    looping
language.py      mixed_language
conduct.py       refusal, leaked_reference; refusals.py has how refusals are worded
text.py          broken_text, special_tokens
questions.py     invalid_problem, needs_proof, too_long_problem, too_short_problem: faults of the problem itself
languages.py     other_language
duplicates.py    exact_duplicate
near_duplicates.py  near_duplicate; nearness.py does the work
caps.py          too_many_samples, over_represented
leaks.py         benchmark_leak; leakage.py does the work
corpus.py        what a check that compares rows is given and gives back
parameters.py    kinds of parameters that mean more than their value
words.py         words and texts, as several checks count and quote them
registry.py      what a registered check is, and its parameters
plugins.py       checks of a user's own: marked, found, loaded
guard.py         how they are called
"""

from curate.checks.caps import (
    over_represented,
    over_represented_signature,
    too_many_samples,
    too_many_samples_signature,
)
from curate.checks.conduct import leaked_reference, refusal
from curate.checks.correctness import wrong_answer
from curate.checks.difficulty import too_easy, too_easy_signature, too_hard, too_hard_signature
from curate.checks.duplicates import exact_duplicate, exact_duplicate_signature
from curate.checks.language import mixed_language
from curate.checks.languages import other_language
from curate.checks.leaks import benchmark_leak, benchmark_leak_signature
from curate.checks.length import too_long
from curate.checks.mismatch import answer_mismatch
from curate.checks.near_duplicates import near_duplicate, near_duplicate_signature
from curate.checks.questions import invalid_problem, needs_proof, too_long_problem, too_short_problem
from curate.checks.reasoning import final_answer_only, too_few_steps
from curate.checks.registry import Case, Check, CorpusCheck, Registry, RowCheck, StoredCheck
from curate.checks.repetition import looping
from curate.checks.steps import wrong_step
from curate.checks.structure import empty_response, invalid_structure, missing_answer
from curate.checks.text import broken_text, special_tokens
from curate.checks.thinking import duplicate_thinking, unclosed_thinking
from curate.checks.truncation import truncated
from curate.checks.votes import minority_answer, minority_answer_signature, unverified_answer

CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        RowCheck(invalid_structure),
        RowCheck(truncated),
        RowCheck(unclosed_thinking),
        RowCheck(duplicate_thinking, threshold="max_share"),
        RowCheck(empty_response),
        RowCheck(missing_answer),
        RowCheck(final_answer_only, threshold="min_words"),
        RowCheck(wrong_answer, judges_correctness=True),
        RowCheck(unverified_answer),
        CorpusCheck(minority_answer, minority_answer_signature, over="all", judges_correctness=True),
        RowCheck(wrong_step),
        RowCheck(answer_mismatch),
        RowCheck(too_few_steps, threshold="min_steps"),
        RowCheck(looping, threshold="max_repeats"),
        RowCheck(mixed_language, threshold="max_words"),
        RowCheck(refusal),
        RowCheck(leaked_reference),
        RowCheck(special_tokens),
        RowCheck(broken_text),
        CorpusCheck(
            too_easy,
            too_easy_signature,
            over="all",
            by="problem_id",
            threshold="max_pass_rate",
            judges_correctness=True,
        ),
        CorpusCheck(
            too_hard,
            too_hard_signature,
            over="all",
            by="problem_id",
            threshold="min_pass_rate",
            judges_correctness=True,
        ),
        RowCheck(too_long, threshold="max_tokens"),
        RowCheck(invalid_problem, about="problem"),
        RowCheck(needs_proof, about="problem"),
        RowCheck(too_long_problem, threshold="max_words", about="problem"),
        RowCheck(too_short_problem, threshold="min_words", about="problem"),
        RowCheck(other_language, about="problem"),
        StoredCheck(exact_duplicate, exact_duplicate_signature),
        StoredCheck(near_duplicate, near_duplicate_signature, threshold="min_similarity"),
        StoredCheck(benchmark_leak, benchmark_leak_signature),
        CorpusCheck(too_many_samples, too_many_samples_signature, by="problem_id"),
        CorpusCheck(over_represented, over_represented_signature),
    )
}

DEFAULT_CHECKS = (
    "invalid_structure",
    "truncated",
    "unclosed_thinking",
    "duplicate_thinking",
    "empty_response",
    "missing_answer",
    "final_answer_only",
)
"""What a recipe without `checks` gets: faults of structure alone, nothing that needs a reference."""

__all__ = ["CHECKS", "DEFAULT_CHECKS", "Case", "Check", "CorpusCheck", "Registry", "RowCheck", "StoredCheck"]
