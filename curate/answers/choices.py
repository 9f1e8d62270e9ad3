r"""Choice letters, with or without their text: `(B)`, `B) Paris`, `Option B`, and `Paris` where the problem lists it.

A problem states its options as `(A) Rome (B) Paris`, `A. Rome`, `A) Rome`, one a line or in a row.
"""

import re
from functools import lru_cache

import msgspec

from curate.answers.verdicts import Decision

MAX_PROBLEM_CHARACTERS = 20_000
MAX_TEXT_CHARACTERS = 300
FEWEST_OPTIONS = 2

_LETTER = r"[A-Ja-j]"
_CHOICE = re.compile(
    rf"(?:(?:option|choice|answer)\s+)?(?:\(({_LETTER})\)|\[({_LETTER})\]|({_LETTER})(?=[).:]|\s*$))[).:]?(?:\s+(.+))?",
    re.IGNORECASE | re.DOTALL,
)
_OPTION = re.compile(
    r"(?:^|(?<=\s))(?:\(([A-J])\)|([A-J])[).:](?=\s))\s*(.+?)(?=\s+\(?[A-J][).:]|\s*\n|\s*\Z)", re.MULTILINE
)


class Choice(msgspec.Struct, frozen=True):
    """One of the options of a problem."""

    letter: str
    """Its letter, as a capital."""
    text: str = ""
    """What it says, in lower case, or empty when the letter stands alone."""


def read_choice(text: str, _asked: object = None) -> Choice | None:
    """Return the choice that `text` is: a letter, alone or with what it stands for; `a` before words is an article."""
    match = _CHOICE.fullmatch(text) if len(text) <= MAX_TEXT_CHARACTERS else None
    if match is None:
        return None
    return Choice((match[1] or match[2] or match[3]).upper(), _folded(match[4] or ""))


@lru_cache(maxsize=64)
def options_in(problem_text: str) -> dict[str, str]:
    """Return the options that a problem lists, letter to text in lower case; empty when it lists none."""
    options: dict[str, str] = {}
    for match in _OPTION.finditer(problem_text[-MAX_PROBLEM_CHARACTERS:]):
        options[match[1] or match[2]] = _folded(match[3])
    listed = "".join(options)
    return options if len(options) >= FEWEST_OPTIONS and "ABCDEFGHIJ".startswith(listed) else {}


def compare_choices(left: Choice, right: Choice, _asked: object = None) -> Decision | None:
    """Compare two choices; a letter with the text of another contradicts itself, and nothing is decided."""
    if left.text and right.text and (left.letter == right.letter) != (left.text == right.text):
        return "undecided", "choice"
    return ("same" if left.letter == right.letter else "different"), "choice"


def chosen(text: str, options: dict[str, str]) -> Choice | None:
    """Return the option that `text` names, by its letter or by what it says."""
    choice = read_choice(text)
    if choice is not None:
        return choice if choice.letter in options else None
    letters = [letter for letter, said in options.items() if said == _folded(text)]
    return Choice(letters[0], _folded(text)) if len(letters) == 1 else None


def _folded(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()
