"""An answer said in a sentence: `John collects **360 peaches**`, `The whole game lasted 53 minutes`."""

import re
from itertools import groupby

from curate.answers.number_words import PARTS, read_number_words

MAX_CHARACTERS = 600
FEWEST_WORDS = 3

_BOLD = re.compile(r"\*\*([^*\n]{1,100})\*\*")
_NUMBER = re.compile(
    r"(?<![\w.,/^_\\{(-])(?:US)?[$€£]?\s?[-+]?[0-9](?:[0-9,.' ]*[0-9])?(?:/[0-9]+)?(?![\w^/])(?:\s?%)?"
    r"(?:\s(?:°[CF]?|[a-z]+(?=$|[\s.,;!?])))?"
)
_PRONOUNS = frozenset({"one", "a", "half", "quarter", "third", "second"})


def _is_word(part: str) -> bool:
    word = part.strip(".,;:!?*'\"()")
    return len(word) > 1 and word.isalpha()


def said_in(text: str) -> str | None:
    """Return the one value that a sentence states, as text, or None when it is no sentence or states several."""
    if len(text) > MAX_CHARACTERS or sum(map(_is_word, text.split())) < FEWEST_WORDS:
        return None
    bold = _BOLD.findall(text)
    if len(bold) == 1 and any(sign.isdigit() for sign in bold[0]):
        return str(bold[0])
    text = text.replace("\\$", "$").replace("**", "")
    if "\\" in text:  # a formula, whose commands are no words
        return None
    numbers = _NUMBER.findall(text)
    if len(numbers) == 1 and sum(sign.isdigit() for sign in text) == sum(sign.isdigit() for sign in numbers[0]):
        return str(numbers[0]).strip()
    return None if numbers or any(sign.isdigit() for sign in text) else _said_in_words(text)


def _said_in_words(text: str) -> str | None:
    words = [word.strip(".,;:!?") for word in text.lower().split()]
    runs = [list(run) for is_said, run in groupby(words, key=_is_part) if is_said]
    numbers = [" ".join(run) for run in runs if not _PRONOUNS.issuperset(run)]
    return numbers[0] if len(numbers) == 1 and read_number_words(numbers[0]) is not None else None


def _is_part(word: str) -> bool:
    return word in PARTS or read_number_words(word) is not None
