"""Which checks find a fault of the reply itself, so that it is one to avoid; others look at the problem or the set."""

from curate.checks import CHECKS, CorpusCheck, RowCheck

_OF_NO_REPLY = frozenset({"invalid_structure", "unverified_answer", "too_easy", "too_hard", "too_long"})
"""Checks that say nothing against the reply: they look at its row, its reference, its problem, or the student's
limit."""


def is_fault_of_reply(check: str) -> bool:
    """Say whether what a check finds speaks against the reply; one of the user's own does."""
    known = CHECKS.get(check)
    if check in _OF_NO_REPLY:
        return False
    if isinstance(known, CorpusCheck):
        return known.over == "all"
    return not isinstance(known, RowCheck) or known.about == "trace"
