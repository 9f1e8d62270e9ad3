"""What a user is told of a check that drops much."""

from pathlib import Path

import pytest

from curate.checks import CHECKS
from curate.report.causes import likely_cause
from curate.report.funnel import funnel, warnings
from tests.filtering.results import filtered, jsonl, sound

BARE = [{"question": f"q{number}", "output": str(number)} for number in range(3)]


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_a_likely_cause(name: str) -> None:
    """Of every check of ours, also of one that stands twice, it is said why it most likely drops much."""
    assert likely_cause(name)
    assert likely_cause(f"{name}#2") == likely_cause(name)


def test_more_than_a_fifth() -> None:
    """A check that drops more than a fifth of its rows is named with its share, likely cause, and how to look."""
    manifest = filtered(jsonl(*map(sound, range(11)), *BARE), {"checks": ["final_answer_only"]}).manifest
    (warning,) = warnings(manifest, Path("out"))
    assert warning.startswith(
        "final_answer_only dropped 21.4% of its rows; most likely the thinking stands in a column"
    )
    assert warning.endswith("look: curate view out --dropped-by final_answer_only")


def test_a_fifth_is_no_matter() -> None:
    """A check that drops a fifth is not named."""
    manifest = filtered(jsonl(*map(sound, range(12)), *BARE), {"checks": ["final_answer_only"]}).manifest
    assert warnings(manifest, Path("out")) == []


def test_a_marked_result() -> None:
    """Where nothing is dropped, the funnel shows how many rows each check fails, and the warning says would."""
    manifest = filtered(jsonl(*map(sound, range(7)), *BARE), {"checks": ["final_answer_only"]}, mark=True).manifest
    (warning,) = warnings(manifest, Path("out"))
    assert warning.startswith("final_answer_only would drop 30.0% of its rows; most likely ")
    assert "final_answer_only          3   30.0%" in funnel(manifest)
    assert "kept                      10  100.0%" in funnel(manifest)
