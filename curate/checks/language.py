"""Another language in the middle of the reasoning."""

import re
from collections.abc import Iterator

from curate.checks.words import CHARACTERS_A_WORD
from curate.records import Finding, Trace

_SCRIPTS = {
    "Latin": "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Cyrillic": "\u0400-\u052f",
    "Hebrew": "\u0590-\u05ff",
    "Arabic": "\u0600-\u06ff\u0750-\u077f",
    "Devanagari": "\u0900-\u097f",
    "Bengali": "\u0980-\u09ff",
    "Tamil": "\u0b80-\u0bff",
    "Thai": "\u0e00-\u0e7f",
    "Hangul": "\uac00-\ud7af",
    "Kana": "\u3041-\u30ff",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff",
}
"""Script to the characters that its words are made of. Greek is left out: in reasoning it is mathematics."""
_WORD = re.compile("|".join(f"(?P<{name}>[{characters}]+)" for name, characters in _SCRIPTS.items()))
_LETTERS = re.compile(f"[{''.join(_SCRIPTS.values())}]+")
_WITHOUT_SPACES = frozenset({"Han", "Kana", "Thai"})
"""Scripts that do not put spaces between words: a character counts as much as a word elsewhere."""
_TOGETHER = {"Kana": "Han"}
"""Japanese is written in both, so they are counted as one."""

_MARKS = (
    ('"', '"'),
    ("(?<!\\w)'", "'"),
    ("\u201c", "\u201d"),
    ("\u2018", "\u2019"),
    ("\u300c", "\u300d"),
    ("\u300a", "\u300b"),
    ("\\(", ")"),
    ("\uff08", "\uff09"),
)
"""What opens and what closes a quotation, a title or a remark in brackets."""
_QUOTED = "|".join(
    f"{opens}(?:[^{shuts}\\nA-Za-z\\d=+*/]{{1,60}}|[\\x20-\\x7e]{{1,60}}?){re.escape(shuts)}" for opens, shuts in _MARKS
)
"""One in a single script; a sentence that slips into another inside of one has slipped."""
_CJK = "[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_ASIDE = re.compile(
    rf"(?=[`$\\h\"'\u201c\u2018\u300c\u300a(\uff08,\uff0c]|{_CJK})(?:"
    r"```.*?(?:```|\Z)|`[^`\n]*`|\$[^$\n]{1,200}\$|\\\((?:[^\\]|\\[^()]){0,200}\\\)|\\\[(?:[^\\]|\\[^][]){0,400}\\\]"
    r"|\\(?:text|mathrm|textbf)\{[^{}]{0,80}\}|\\[A-Za-z]+|https?://\S+"
    rf"|{_QUOTED}|[,(\uff0c\uff08]\s?{_CJK}{{1,12}}(?=[)\uff09])|(?<!{_CJK}){_CJK}{{1,10}}(?=\s?[(\uff08]))",
    re.DOTALL,
)
"""Code, formulas, addresses, quotations, remarks in brackets, and names with a remark in brackets: no language.

What they begin with is looked for first, so that at most characters nothing else is tried."""
_PHRASE = re.compile(r"(?<![A-Za-z])[A-Za-z]++(?:[ ,]{1,3}[A-Za-z]++){2,}")
_FUNCTION_WORDS = frozenset(
    {"the", "is", "are", "of", "to", "and", "so", "we", "that", "this", "it", "for", "then", "be", "have", "let", "if"}
)
_HEADS = frozenset(range(0xD0, 0xE2)) | frozenset(range(0xE3, 0xEE))
_NOT_HEADS = bytes(set(range(256)) - _HEADS)
"""Every byte that no character of another script than Latin and Greek begins with in UTF-8."""
MAX_CHARACTERS = 200_000
"""Of a longer text only the end is looked at, which is where a model loses its way."""
MIN_SHARE = 0.2
"""The language of the question is that of the reasoning too where it makes up at least so much of it."""

_NONE = Finding(outcome="pass", value=0)


def mixed_language(trace: Trace, *, max_words: int = 2) -> Finding | None:
    """The reasoning slips into another script.

    Words are counted by script; code, formulas, names, quotations and remarks in brackets are no language. The language
    is that of the question where the reasoning is written in it at least in part, else the one with the most words.
    Scripts that the question uses too are sound, and so are those of a language that it names.

    Args:
        trace: The trace to judge.
        max_words: Most words (or characters, in scripts without spaces) in any other script; the measure is how many
            there are.
    """
    text = trace.chain[-MAX_CHARACTERS:]
    if text.isascii() or not text.encode("utf-8", "surrogatepass").translate(None, _NOT_HEADS):
        return _NONE
    plain = _ASIDE.sub(" ", text)
    counts = words_by_script(plain)
    if not counts:
        return _NONE
    asked = words_by_script(trace.problem.text)
    main = _language(counts, asked)
    others = {name: count for name, count in counts.items() if name != main and name not in asked}
    if "Latin" in others:
        others["Latin"] = _english_words(plain)
    others = {name: count for name, count in others.items() if not _asks_for(trace.problem.text, name)}
    other = max(others, key=lambda name: others[name], default=None)
    if other is None or others[other] <= max_words:
        return Finding(outcome="pass", value=others[other] if other else 0)
    reason = f"{others[other]} words in {other} script: {_example(plain, other)!r}"
    return Finding(outcome="fail", reason=reason, value=others[other])


_LANGUAGES = {
    "Latin": "english|latin|french|german|spanish|italian|portuguese|pinyin",
    "Cyrillic": "russian|ukrainian|bulgarian|serbian|cyrillic",
    "Hebrew": "hebrew|yiddish",
    "Arabic": "arabic|persian|farsi|urdu",
    "Devanagari": "hindi|sanskrit|marathi|nepali|devanagari",
    "Bengali": "bengali|bangla",
    "Tamil": "tamil",
    "Thai": "thai",
    "Hangul": "korean|hangul",
    "Han": "chinese|mandarin|cantonese|japanese|kanji|hiragana|katakana|hanzi",
}


def _asks_for(question: str, script: str) -> bool:
    """Say whether a question names a language that is written in a script, as one does that asks for a translation."""
    return re.search(rf"\b(?:{_LANGUAGES[script]})\b", question, re.IGNORECASE) is not None


def words_by_script(text: str) -> dict[str, int]:
    """Return script to the number of its words; single letters of scripts with spaces are no words."""
    counts: dict[str, int] = {}
    for script, word in _words(text):
        count = len(word) if script in _WITHOUT_SPACES else int(len(word) > 1)
        if count:
            name = _TOGETHER.get(script, script)
            counts[name] = counts.get(name, 0) + count
    return counts


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the script of each word, and the word; only letters beyond ASCII need a look at their scripts."""
    for letters in _LETTERS.findall(text):
        if letters.isascii():
            yield "Latin", letters
        else:
            yield from ((str(word.lastgroup), word[0]) for word in _WORD.finditer(letters))


def _language(counts: dict[str, int], asked: dict[str, int]) -> str:
    """Return the script that the reasoning is written in."""
    weights = {name: count / (CHARACTERS_A_WORD if name in _WITHOUT_SPACES else 1) for name, count in counts.items()}
    wanted = max(asked, key=lambda name: asked[name], default=None)
    if wanted is not None and weights.get(wanted, 0) >= MIN_SHARE * sum(weights.values()):
        return wanted
    return max(weights, key=lambda name: weights[name])


def _english_words(text: str) -> int:
    """Return the number of words in phrases of English; names, units and terms in another language are none."""
    phrases = (phrase[0].replace(",", " ").split() for phrase in _PHRASE.finditer(text))
    return sum(len(words) for words in phrases if not _FUNCTION_WORDS.isdisjoint(map(str.lower, words)))


def _example(text: str, script: str) -> str:
    if script == "Latin":
        return next((phrase[0] for phrase in _PHRASE.finditer(text)), "")[:30]
    words = (word for found, word in _words(text) if _TOGETHER.get(found, found) == script)
    return max(words, key=len, default="")[:30]
