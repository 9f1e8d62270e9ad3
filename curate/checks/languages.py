"""Which language a problem is written in: by its script, and where many share one by the small words of each."""

import re
from typing import Literal

from curate.checks.language import words_by_script
from curate.records import Finding, Trace

Language = Literal[
    "english",
    "german",
    "french",
    "spanish",
    "italian",
    "portuguese",
    "dutch",
    "chinese",
    "japanese",
    "korean",
    "russian",
    "arabic",
    "hebrew",
    "hindi",
    "thai",
]

_SMALL_WORDS = {
    "english": "the of and is are was with for that how many what which have each if find",
    "german": "der das und ist sind mit f\u00fcr dass wie viele welche hat haben jeder wenn eine von",
    "french": "le les des et est sont avec pour combien quel quelle elle ont chaque une dans",
    "spanish": "el los las y es son para que cu\u00e1ntos cu\u00e1l qu\u00e9 tiene tienen cada una del",
    "italian": "il gli di sono per che quanti quale cosa hanno ogni una della nel con",
    "portuguese": "os \u00e9 s\u00e3o para que quantos qual tem t\u00eam cada uma dos das com n\u00e3o",
    "dutch": "het een zijn met voor dat hoe veel wat welke heeft hebben elke van op",
}
"""Of each language that is written in Latin script and that we know: words that no text of some length does without."""
_LATIN = {name: frozenset(words.split()) for name, words in _SMALL_WORDS.items()}
_SCRIPTS: dict[str, str] = {
    "chinese": "Han",
    "japanese": "Han",
    "korean": "Hangul",
    "russian": "Cyrillic",
    "arabic": "Arabic",
    "hebrew": "Hebrew",
    "hindi": "Devanagari",
    "thai": "Thai",
}
_KANA = re.compile("[\u3041-\u30ff]")
_LETTERS = re.compile(r"[^\W\d_]+")
_FORMULA = re.compile(r"\$[^$]{1,400}\$|\\begin\{[a-z*]{1,20}\}|\\[A-Za-z]+|\b\w_\w+")
MAX_CHARACTERS = 20_000
MIN_HITS = 3
"""Different small words that must speak for a language before it is taken for the one of the text."""


def other_language(trace: Trace, *, language: Language = "english") -> Finding | None:
    """The problem is written in another language than it should be.

    A script says it where it belongs to the language; among those in Latin script small words do (`the`, `und`, `les`).
    Formulas are no language. A text with too few words to tell is undecided, one without any words passes.

    Args:
        trace: The trace whose problem is judged.
        language: The language that the problems should be in.
    """
    text = _FORMULA.sub(" ", trace.problem.text[:MAX_CHARACTERS])
    counts = words_by_script(text)
    if not counts:
        return None
    script = max(counts, key=lambda name: counts[name])
    wanted = _SCRIPTS.get(language, "Latin")
    if script != wanted:
        return Finding(outcome="fail", reason=f"it is written in {script} script, not in {language}")
    if script == "Han" and bool(_KANA.search(text)) != (language == "japanese"):
        return Finding(outcome="fail", reason=f"it is not written in {language}")
    return _by_small_words(text, language) if script == "Latin" else None


def _by_small_words(text: str, language: str) -> Finding | None:
    words = {word.lower() for word in _LETTERS.findall(text)}
    hits = {name: len(words & small) for name, small in _LATIN.items()}
    best = max(hits, key=lambda name: (hits[name], name == language))
    if best == language and hits[best]:
        return None
    if hits[best] < MIN_HITS or hits[best] < 2 * hits[language]:
        return Finding(outcome="undecided", reason=f"too few words to tell whether it is in {language}")
    return Finding(outcome="fail", reason=f"it reads as {best}, not as {language}")
