"""Sound rows of the built-in teacher are left alone by every check."""

from benchmarks.planted import noisy_traces, unlabelled
from curate.checks import CHECKS, RowCheck


def test_sound_traces_are_kept() -> None:
    """Not one trace without a planted fault fails any check."""
    sound = [unlabelled(trace) for trace in noisy_traces(problems_each=120, seed=2) if trace.origin.fault is None]
    for check in CHECKS.values():
        if isinstance(check, RowCheck):
            findings = [(trace.id, check.judge(trace)) for trace in sound]
            assert [(id_, found) for id_, found in findings if found and found.outcome == "fail"] == [], check.name
