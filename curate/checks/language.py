"""Another language in the middle of the reasoning."""

import re

from curate.records import Finding, Trace

_SCRIPTS = {
    "Latin": "A-Za-z\u00c0-\u024f",
    "Cyrillic": "\u0400-\u04ff",
    "Arabic": "\u0600-\u06ff",
    "Hebrew": "\u0590-\u05ff",
    "Devanagari": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Hangul": "\uac00-\ud7af",
    "Kana": "\u3040-\u30ff",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff",
}
"""Script to the characters that its words are made of. Greek is left out: in reasoning it is mathematics."""
_RUNS = {name: re.compile(f"[{characters}]+") for name, characters in _SCRIPTS.items()}
_WITHOUT_SPACES = {"Han", "Kana", "Thai"}
"""Scripts that do not put spaces between words: a character counts as much as a word elsewhere."""
_TOGETHER = {"Kana": "Han"}
"""Japanese is written in both, so they are counted as one."""
_CODE = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|\$[^$]{0,200}\$|\\\(.{0,200}?\\\)|\\\[.{0,200}?\\\]|\\[A-Za-z]+|https?://\S+",
    re.DOTALL,
)
_OPENING, _CLOSING = "\"'\u2018\u201c\u300c\u300e(\uff08", "\"'\u2019\u201d\u300d\u300f)\uff09"
_QUOTED = re.compile(f"[{_OPENING}][^{_CLOSING}\n]{{1,60}}[{_CLOSING}]")


def mixed_language(trace: Trace, *, max_words: int = 2) -> Finding | None:
    """The reasoning slips into another script.

    Words are counted by script, code, formulas and short quotations left out; the script with the most words is the
    language of the text. Where the question itself is written in several scripts nothing is claimed.

    Args:
        trace: The trace to judge.
        max_words: Most words (or characters, in scripts without spaces) in any other script; the measure is how many
            there are.
    """
    text = trace.chain
    if text.isascii() or not _foreign_letters(text):
        return None
    counts = words_by_script(text)
    if not counts:
        return None
    main = max(counts, key=lambda name: counts[name])
    asked = words_by_script(trace.problem.text)
    others = {name: count for name, count in counts.items() if name != main and name not in asked}
    if not others:
        return Finding(outcome="pass", value=0)
    other = max(others, key=lambda name: others[name])
    if others[other] <= max_words:
        return Finding(outcome="pass", value=others[other])
    example = _example(text, other)
    return Finding(outcome="fail", reason=f"{others[other]} words in {other} script: {example!r}", value=others[other])


_FOREIGN = re.compile("[\u0400-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _foreign_letters(text: str) -> bool:
    return _FOREIGN.search(text) is not None


def words_by_script(text: str) -> dict[str, int]:
    """Return script to words in it, most text that is no language left out."""
    plain = _QUOTED.sub(" ", _CODE.sub(" ", text))
    counts: dict[str, int] = {}
    for name, runs in _RUNS.items():
        found = runs.findall(plain)
        count = sum(map(len, found)) if name in _WITHOUT_SPACES else sum(len(word) > 1 for word in found)
        if count:
            together = _TOGETHER.get(name, name)
            counts[together] = counts.get(together, 0) + count
    return counts


def _example(text: str, script: str) -> str:
    plain = _QUOTED.sub(" ", _CODE.sub(" ", text))
    return max(map(str, _RUNS[script].findall(plain)), key=len, default="")[:30]
