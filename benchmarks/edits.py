"""Edits planted in real texts, so that it is known which are near-duplicates."""

import random
import re
from collections.abc import Callable, Sequence

MIN_NAME = 3
"""Letters of a word that may be a name."""

Edit = Callable[[list[str], random.Random, float], list[str]]
"""Changes about a share of the words of a text."""

SYNONYMS = {
    "then": "next",
    "so": "thus",
    "total": "sum",
    "gets": "receives",
    "each": "every",
    "has": "owns",
    "find": "determine",
    "answer": "result",
    "because": "since",
    "also": "too",
    "many": "numerous",
    "buys": "purchases",
    "need": "require",
    "first": "initially",
    "therefore": "hence",
    "gives": "yields",
    "left": "remaining",
    "big": "large",
    "start": "begin",
    "the": "this",
    "and": "plus",
    "is": "equals",
    "we": "one",
    "that": "which",
}
ADDED = (
    "Let me say that in other words.",
    "This is an easy thing to see for anybody.",
    "I write it down so that it is not lost.",
    "It was a warm day and nobody was in a hurry.",
    "There is nothing special about that step.",
)


def _places(words: Sequence[str], rng: random.Random, share: float) -> list[int]:
    """Return the places of so many words without digits, at least one, in order."""
    plain = [place for place, word in enumerate(words) if word.isalpha() and len(word) > 1]
    return sorted(rng.sample(plain, min(len(plain), max(1, round(share * len(words))))))


def typos(words: list[str], rng: random.Random, share: float) -> list[str]:
    """Exchange two letters that stand side by side."""
    for place in _places(words, rng, share):
        word = words[place]
        at = rng.randrange(len(word) - 1)
        words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return words


def synonyms(words: list[str], rng: random.Random, share: float) -> list[str]:
    """Write other words of the same meaning, or another form where none is known."""
    for place in _places(words, rng, share):
        words[place] = SYNONYMS.get(words[place].lower(), f"{words[place]}ish")
    return words


def names(words: list[str], rng: random.Random, share: float) -> list[str]:
    """Give some of the words that are written like names another name, everywhere."""
    known = sorted({word for word in words if word.isalpha() and word.istitle() and len(word) >= MIN_NAME})
    budget = max(1, round(share * len(words)))
    for name in rng.sample(known, len(known)):
        times = words.count(name)
        if times <= budget:
            budget -= times
            words = [f"{name[:1]}elwyn" if word == name else word for word in words]
    return words


def clauses(words: list[str], rng: random.Random, share: float) -> list[str]:
    """Move some clauses, which end with a comma, to the end of their text; numbers stay in order."""
    text = " ".join(words)
    parts = re.split(r"(?<=[,;]) ", text)
    movable = [place for place, part in enumerate(parts) if not re.search(r"\d", part)]
    left = max(1, round(share * len(words)))
    for place in rng.sample(movable, len(movable)):
        left -= len(parts[place].split())
        if left < 0:
            break
        parts.append(parts[place])
        parts[place] = ""
    return " ".join(part for part in parts if part).split()


def sentences(words: list[str], rng: random.Random, share: float) -> list[str]:
    """Put sentences in at random places."""
    left = max(1, round(share * len(words)))
    while left > 0:
        sentence = rng.choice(ADDED).split()[: max(left, 1)]
        at = rng.randrange(len(words) + 1)
        words = [*words[:at], *sentence, *words[at:]]
        left -= len(sentence)
    return words


def deletions(words: list[str], rng: random.Random, share: float) -> list[str]:
    """Take out a stretch of words without a number."""
    length = max(1, round(share * len(words)))
    starts = [at for at in range(len(words) - length) if not re.search(r"\d", " ".join(words[at : at + length]))]
    at = rng.choice(starts) if starts else len(words)
    return [*words[:at], *words[at + length :]]


EDITS: dict[str, Edit] = {
    "typing errors": typos,
    "synonyms": synonyms,
    "names": names,
    "clauses moved": clauses,
    "sentences in": sentences,
    "words out": deletions,
}
RATES = (0.002, 0.01, 0.02, 0.03, 0.05, 0.10)


def edited(text: str, kind: str, rate: float, rng: random.Random) -> str:
    """Return a text with about a share of `rate` of its words changed."""
    return " ".join(EDITS[kind](text.split(), rng, rate))
