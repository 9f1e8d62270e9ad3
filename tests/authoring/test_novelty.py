"""When a problem that a teacher wrote is a new one."""

import pytest

from curate.problems.novelty import Novelty, share_of

KNOWN = "A farmer has 12 cows and sells 5 of them at the market on Monday. How many cows are left on his farm?"
CASES: dict[str, tuple[str, bool]] = {
    "the same": (KNOWN, False),
    "other spaces": (KNOWN.replace(" ", "  "), False),
    "other case and punctuation": (KNOWN.upper().replace("?", " ?"), False),
    "a word changed": (KNOWN.replace("market", "fair"), False),
    "other numbers": (KNOWN.replace("12", "17"), True),
    "the numbers exchanged": (KNOWN.replace("12", "x").replace("5", "12").replace("x", "5"), True),
    "something else": ("A train of 12 cars leaves 5 behind. How many does it pull from there on?", True),
    "nothing": ("", True),
}


@pytest.mark.parametrize("text,is_new", CASES.values(), ids=CASES)
def test_new_problems(text: str, *, is_new: bool) -> None:
    """A problem with nearly the same words and the same numbers is known; one with other numbers is another one."""
    known = Novelty(0.7)
    for number in range(20):
        known.add(f"How many legs have {number} spiders and {number + 3} ants?")
    known.add(KNOWN)
    assert (known.same(text) or known.nearest(text)) is None or not is_new
    assert bool(known.same(text) or known.nearest(text)) is not is_new


def test_share_of_another_text() -> None:
    """All words of a text stand in one that holds it, and none in one of other words."""
    assert share_of("one two three four", "zero one two three four five") == 1
    assert share_of("one two three four", "five six seven eight") == 0
    assert share_of("", "a") == 0
