"""Hostile answers are undecided within the limit, and nothing of them is ever run."""

import time

import pytest

from curate.answers import canonical, compare, find_answer, reading
from curate.answers.compare import compare_cheaply
from curate.answers.symbolic import is_open

MEGABYTE = 1_000_000
DEEP = 10_000
SECONDS = 5.0
"""Far beyond what any of these takes, and far below what quadratic time would."""

HOSTILE = {
    "long": "1" * MEGABYTE,
    "long words": "the answer " * (MEGABYTE // 11),
    "spaces": " " * MEGABYTE + "x",
    "parentheses": "(" * DEEP + "1" + ")" * DEEP,
    "braces": "{" * DEEP + "1" + "}" * DEEP,
    "open brackets": "[" * DEEP,
    "fractions": r"\frac{1}{" * DEEP + "1" + "}" * DEEP,
    "boxes": r"\boxed{" * 280 + "1" + "}" * 280,
    "minus signs": "-" * 1_900 + "1",
    "powers": "9^" * 900 + "9",
    "factorials": "9" + "!" * 1_900,
    "NUL": "4\x002",
    "right to left": "\u202e42",
    "right-to-left mark": "4\u200f2",
    "zero width": "4\u200b2",
    "another script's digits": "\u0664\u0662",
    "letters for digits": "4\u01bb",
    "import": "__import__('os').system('touch executed')",
    "lambda": "(lambda: 42)()",
    "attribute": "().__class__.__bases__[0].__subclasses__()",
    "format": "{0.__class__}",
    "macro": r"\def\x{\x\x}\x",
    "new command": r"\newcommand{\a}{\a\a}\a",
    "input": r"\input{/etc/passwd}",
    "write": r"\immediate\write18{touch executed}",
    "huge power": "9^9^9^9^9",
    "huge factorial": "999999999!",
    "literal bomb": "[" * 900 + "]" * 900,
    "surrogate": "\ud83d42",
    "combining": "x" + "\u0301" * 100_000,
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_hostile_answer_is_undecided(
    answer: str, tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against a reference it is undecided, in either direction and quickly; reading it is safe as well."""
    monkeypatch.chdir(str(tmp_path))
    start = time.process_time()
    for gold in ("42", "x + 1", r"\frac{1}{2}", "Paris"):
        assert compare_cheaply(gold, answer).sameness != "same"
        assert compare_cheaply(answer, gold).sameness != "same"
    find_answer(answer)
    canonical(answer)
    reading(answer)
    assert time.process_time() - start < SECONDS
    assert list(__import__("pathlib").Path.cwd().iterdir()) == []


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in {"long", "minus signs", "boxes"}])
def test_hostile_answer_is_not_called_wrong(name: str) -> None:
    """What cannot be read is no wrong answer."""
    assert compare("42", HOSTILE[name]).sameness == "undecided"


@pytest.mark.parametrize("name", ["import", "lambda", "attribute", "format", "macro", "new command", "input", "write"])
def test_library_sees_no_code(name: str) -> None:
    """What is no formula in known words never reaches the library, in whatever process."""
    for gold in ("42", r"\int_0^1 x dx"):
        assert not is_open(compare_cheaply(gold, HOSTILE[name]))


@pytest.mark.parametrize("answer_type", ["literal", "expression", "interval", "set", "words", "time", "matrix"])
@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_type_opens_no_door(answer: str, answer_type: str) -> None:
    """No stated type makes a reader take what it must not."""
    start = time.process_time()
    assert compare_cheaply("(1, 2)", answer, answer_type).sameness != "same"
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("size", [20_000, 40_000])
def test_long_text_equals_itself_only(size: int) -> None:
    """Long texts that begin alike are not taken for one."""
    text = "1, " * size
    assert compare(text, text).sameness == "same"
    assert compare(text + "2", text + "3").sameness == "undecided"
