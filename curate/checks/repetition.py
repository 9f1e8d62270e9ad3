"""Text that goes round in circles."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

import msgspec

from curate.checks.words import count_words, said_texts, shown
from curate.records import Finding, Trace

TAIL = 48
"""Characters of the end that are looked for before it; a shorter period is found as several of itself."""
MAX_PERIOD = 4_000
MIN_MARKS = 3_000
"""Characters of a loop without a single letter: grids of numbers, rules of dashes and tables are shorter."""
MIN_DIGITS = 200
"""Characters of a loop inside one number, or of one mark such as `!`; a googol written out is shorter."""
MIN_NUMBERS = 1_000
"""Characters of a loop of numbers on one line; a row of a wide grid is shorter."""
COUNTED_CHARACTERS = 8_000
MIN_COUNTED_TIMES = 12
MIN_COUNTED_SENTENCES = 24
MIN_COUNTED_WORDS = 12
"""Of a loop that counts, as in "Attempt 31: ...": shorter and fewer ones may be cases that were looked at in turn."""
_COUNTED_PERIOD = COUNTED_CHARACTERS // MIN_COUNTED_TIMES + 4 * TAIL
"""Characters from the end within which such a loop has its last sentence twice, or the end of it."""


class Loop(msgspec.Struct, frozen=True):
    """What a text says again and again."""

    text: str
    """What is repeated."""
    times: int
    """How often it comes."""


NO_LOOP = Loop("", 1)


def looping(trace: Trace, *, max_repeats: int = 5, max_share: float = 0.5) -> Finding | None:
    """The text says the same again and again.

    Either it ends in a loop (the same run of characters more than `max_repeats` times in a row, or two dozen sentences
    that differ by a counter alone, each at least a dozen times), or lines, sentences or runs of words that each come
    more than `max_repeats` times make up more than `max_share` of the text or of its end. The reason quotes the loop.
    Numbers, rules and tables without words are no loop unless they fill pages.

    Args:
        trace: The trace to judge.
        max_repeats: How often the same may be said; the measure is how often it is.
        max_share: Greatest share of the text, or of its last 4,000 characters, that repetitions may make up.
    """
    repeats = 1
    for text in said_texts(trace):
        if len(text) < 2 * TAIL:
            continue
        loop = ending_loop(text)
        if loop.times > max_repeats:
            reason = f"ends in a loop of {loop.times} times {shown(loop.text, _SHOWN)}"
            return Finding(outcome="fail", reason=reason, value=loop.times)
        often = _recurrences(text)
        if often > max_repeats:
            said, share = _most_said(text, max_repeats)
            if share > max_share:
                reason = f"says {said.times} times {shown(said.text, _SHOWN)}; such repetitions make up {share:.0%}"
                return Finding(outcome="fail", reason=reason, value=said.times)
        repeats = max(repeats, loop.times, often)
    return _ONCE if repeats == 1 else Finding(outcome="pass", value=repeats)


_ONCE = Finding(outcome="pass", value=1)
_SHOWN = 80


def ending_loop(text: str) -> Loop:
    """Return the loop that a text ends in.

    The last characters are looked for before themselves; if they are found, the distance is the only candidate for a
    period, and how far back it holds is found by comparing slices.
    """
    text = text.rstrip()
    if len(text) < 2 * TAIL or _ends_in_new_words(text):
        return NO_LOOP
    loop = _exact_loop(text)
    return _counting_loop(text) if loop.times == 1 else loop


def _ends_in_new_words(text: str) -> bool:
    """Say whether words of the end, without a number, stand nowhere before it: then no loop of any kind ends there."""
    words = _WORDS.search(text, len(text) - TAIL)
    return words is not None and text.find(words[0], max(0, len(text) - TAIL - MAX_PERIOD)) == words.start()


_WORDS = re.compile(r"\D{16,}")


def _exact_loop(text: str) -> Loop:
    tail, start = text[-TAIL:], max(0, len(text) - TAIL - MAX_PERIOD)
    if text.find(tail, start) == len(text) - TAIL:  # from the front it is found sooner that there is none
        return NO_LOOP
    before = text.rfind(tail, start, len(text) - 1)
    period = len(text) - TAIL - before
    times = _times_at_end(text, period)
    if times * period < _least(text[-period:]):
        return NO_LOOP
    return Loop(text[-period:], times)


def _counting_loop(text: str) -> Loop:
    """Return the loop of sentences that a text ends in where they differ by one number alone."""
    last = text[-_COUNTED_PERIOD:].encode("utf-8", "surrogatepass").translate(None, b"0123456789")
    if last.find(last[-TAIL:]) == len(last) - TAIL:
        return NO_LOOP
    counted = _NUMBER.sub("0", text[-COUNTED_CHARACTERS:])
    period = _end_period(counted)
    said = counted[-period:]
    if period == 0 or said.count("0") != 1 or count_words(said) < MIN_COUNTED_WORDS:
        return NO_LOOP
    times = _times_at_end(counted, period)
    sentences = times * sum(map(_has_letters, _pieces(said)))
    return Loop(said, times) if times >= MIN_COUNTED_TIMES and sentences >= MIN_COUNTED_SENTENCES else NO_LOOP


def _end_period(text: str) -> int:
    """Return the distance at which the last characters of a text stand before themselves, or 0."""
    before = text.rfind(text[-TAIL:], 0, len(text) - 1)
    return 0 if before < 0 else len(text) - TAIL - before


_NUMBER = re.compile(r"\d+")


def _times_at_end(text: str, period: int) -> int:
    """Return how often the last `period` characters come in a row at the end of a text."""

    def breaks(times: int) -> bool:
        return text[-times * period : -period] != text[-(times - 1) * period :]

    return 1 + bisect_left(range(2, len(text) // period + 1), x=True, key=breaks)


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _least(said: str) -> int:
    """Return how many characters at least a loop fills: texts without words may be grids, tables, rules or numbers."""
    if _has_letters(said) or _HASHES.search(said):
        return 0
    if _DRAWN.search(said):
        return MIN_MARKS
    return MIN_NUMBERS if _SPACED.search(said) else MIN_DIGITS


_HASHES = re.compile(r"^#{2,} ?\d", re.MULTILINE)
"""An answer as `#### 12` states it: nobody draws with it."""
_DRAWN = re.compile(r"[^\d!?,;:%&$@'\" ]")
"""A mark, or the end of a line, that grids, tables and rules are made of."""
_SPACED = re.compile(r"[, ]")
"""What stands between numbers of a list."""


PROBES = 4
PROBE = 30
"""Characters of a probe, and the shortest line or sentence whose repetition counts."""
_NEAR = 400


def _recurrences(text: str) -> int:
    """Return how often the most frequent of a few places of a text, the beginnings of lines or sentences, comes.

    What makes up half of a text is hit by one of them, so that sound text is told by a few searches.
    """
    often = 1
    for number in range(1, PROBES + 1):
        start = _beginning(text, len(text) * number // PROBES - PROBE)
        probe = text[start : start + PROBE]
        if text.rfind(probe, 0, start + PROBE - 1) >= 0:
            often = max(often, text.count(probe))
    return often


def _beginning(text: str, place: int) -> int:
    """Return where the line or sentence that holds a place begins, or the place itself where that is far."""
    found = text.rfind("\n", max(0, place - _NEAR), place)
    if found < 0:
        found = text.rfind(". ", max(0, place - _NEAR), place) + 1
    return found + 1 if found > 0 else place


END_CHARACTERS = 4_000
MAX_CHARACTERS = 200_000
"""Of a longer text only the end is looked at for what is said most often."""


def _most_said(text: str, max_repeats: int) -> tuple[Loop, float]:
    """Return what comes most often, and the share of the text, or of its end, that such repetitions make up."""
    end, whole = text[-END_CHARACTERS:], text[-MAX_CHARACTERS:]
    return max((_repeated(part, max_repeats) for part in (end, whole)), key=lambda found: found[1])


def _repeated(text: str, max_repeats: int) -> tuple[Loop, float]:
    pieces = _pieces(text)
    said = Counter(piece for piece in pieces if PROBE <= len(piece) < RUN_ON and _has_letters(piece))
    run_ons = [piece for piece in pieces if len(piece) >= RUN_ON]
    runs = Counter(run for piece in run_ons for run in _runs(piece) if _has_letters(run))
    covered = sum(len(piece) * times for piece, times in said.items() if times > max_repeats)
    if runs:
        looping = sum(times for times in runs.values() if times > max_repeats)
        covered += sum(map(len, run_ons)) * looping // runs.total()
    most = (said | runs).most_common(1)
    return Loop(*most[0]) if most else NO_LOOP, covered / len(text)


def _pieces(text: str) -> list[str]:
    """Return the lines of a text cut into sentences, without white space around them."""
    return [piece.strip() for line in text.split("\n") for piece in line.split(". ")]


RUN_ON = 600
"""Characters of a piece that is no sentence; it is looked at as runs of words instead."""
RUN_WORDS = 8


def _runs(piece: str) -> Iterator[str]:
    """Yield every run of so many words."""
    words = piece.split()
    return map(" ".join, zip(*(words[first:] for first in range(RUN_WORDS)), strict=False))
