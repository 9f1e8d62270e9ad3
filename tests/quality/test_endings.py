"""What `truncated` says from the text alone, on the labelled files or the committed sample of them."""

import pytest

from benchmarks.endings import Result, measure


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    """Return every measurement by its name."""
    return {result.what: result for result in measure()}


@pytest.mark.parametrize(
    "what,least,most",
    [
        ("truncated_llama3b_aime24, cut off", 0.98, 1),
        ("truncated_llama3b_aime24, complete", 0, 0.02),
        ("gsm8k_sample without its #### line", 0, 0.02),
        ("direct_vs_cot_bbh cot without its answer", 0, 0.025),
        ("long_reasoning_gsm8k, complete", 0, 0.005),
        ("long_reasoning_gsm8k cut inside a sentence", 0.9, 1),
    ],
)
def test_endings(results: dict[str, Result], what: str, least: float, most: float) -> None:
    """Cut-off outputs are called truncated, complete ones are not, whatever mark their answer lacks."""
    assert least <= results[what].share <= most, results[what]
