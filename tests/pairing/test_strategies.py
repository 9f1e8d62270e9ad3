"""What each strategy takes a reply for."""

import pytest

from curate.pipeline.pairing.strategies import GROUNDS, STRATEGIES, Part, Sample

KEPT = Sample(id="a", length=9, text=1, passed=frozenset(GROUNDS))
UNDECIDED = Sample(id="b", length=9, text=2)
CASES: dict[str, list[tuple[str, Sample, Part | None]]] = {
    "right_over_wrong": [
        ("right", KEPT, "chosen"),
        ("undecided or not asked", UNDECIDED, None),
        ("wrong", Sample(id="c", length=9, text=3, dropped_by="wrong_answer"), "rejected"),
        ("cut off, and so perhaps right", Sample(id="d", length=9, text=4, dropped_by="truncated"), None),
        ("right, but dropped later", Sample(id="e", length=9, text=5, dropped_by="looping", passed=KEPT.passed), None),
    ],
    "complete_over_truncated": [
        ("complete", KEPT, "chosen"),
        ("not asked", UNDECIDED, None),
        ("cut off", Sample(id="c", length=9, text=3, dropped_by="truncated"), "rejected"),
        ("complete and wrong", Sample(id="d", length=9, text=4, dropped_by="wrong_answer", passed=KEPT.passed), None),
    ],
    "stepwise_over_answer_only": [
        ("with steps", KEPT, "chosen"),
        ("not asked", UNDECIDED, None),
        ("an answer alone", Sample(id="c", length=9, text=3, dropped_by="final_answer_only"), "rejected"),
        ("with steps and wrong", Sample(id="d", length=9, text=4, dropped_by="wrong_answer", passed=KEPT.passed), None),
    ],
    "short_over_long": [
        ("right", KEPT, "either"),
        ("undecided or not asked", UNDECIDED, None),
        ("wrong", Sample(id="c", length=9, text=3, dropped_by="wrong_answer"), None),
        ("a copy", Sample(id="d", length=9, text=4, dropped_by="exact_duplicate", passed=KEPT.passed), None),
    ],
}


def test_every_strategy_has_cases() -> None:
    """Every registered strategy has its case table."""
    assert list(CASES) == list(STRATEGIES)


@pytest.mark.parametrize(
    "name,sample,part",
    [
        pytest.param(name, sample, part, id=f"{name}-{what}")
        for name, cases in CASES.items()
        for what, sample, part in cases
    ],
)
def test_part(name: str, sample: Sample, part: Part | None) -> None:
    """A strategy takes a reply for one part by what its check said, or leaves it."""
    assert STRATEGIES[name].part(sample) == part
