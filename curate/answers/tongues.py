"""Statements of an answer in other languages than English: `答案：15`, `Ответ: 13`, `La respuesta es 24`."""
# ruff: noqa: RUF001, RUF002 - letters of other alphabets are what this file is about

import re
from collections.abc import Iterator

from curate.answers.statements import Hit, in_lower_case, line_after, places

_LATIN = (
    "antwort", "lösung", "ergebnis", "respuesta", "réponse", "risposta", "resposta", "odpowiedź", "jawaban", "cevap",
    "yanıt", "đáp án", "đáp số", "antwoord", "svaret",
)  # fmt: skip
_OTHER = ("ответ", "الجواب", "الإجابة", "उत्तर", "答案", "答え", "答", "정답", "답")
_ENGLISH = " the "
"""Where this stands, the words of other languages in Latin script are not looked for."""
NOUNS = _LATIN + _OTHER
"""What an answer is called, in lower case."""
_STATES = re.compile(
    rf"(?:{'|'.join(map(re.escape, NOUNS))})"
    r"(?: (?:final|finale|النهائية|النهائي|correcta?|correcte))?(?:\*\*|__)?[ \u00a0]?"
    r"(?:[:：=]|(?:ist|lautet|es|est|è|é|er|is|adalah|là)(?: donc| also)?\b|هو|هي|[是为為はが은는])"
    r"(?:\*\*|__)?[ ]{0,3}[:：]?"
)
_STOP = re.compile(r"[.!?](?=\s|\Z|\*\*|</)|[。！？।]|(?:입니다|です|である)")


def stated_abroad(text: str) -> Iterator[Hit]:
    """Yield what the word for an answer in another language is followed by, up to the end of the sentence."""
    lowered = in_lower_case(text)
    if len(lowered) != len(text):
        return
    nouns = (() if _ENGLISH in lowered else _LATIN) + (() if text.isascii() else _OTHER)
    for place in sorted({place for noun in nouns for place in places(lowered, noun)}, reverse=True):
        states = _STATES.match(lowered, place)
        if states is None or _inside_a_word(text, place):
            continue
        rest = line_after(text, states.end())
        stop = _STOP.search(rest)
        stated = rest[: stop.start()] if stop else rest
        is_heading = len(stated) > MAX_HEADING and text[states.end() + len(rest) :].strip()
        if stated.strip() and not is_heading:
            yield place, states.end() + len(stated), stated


MAX_HEADING = 40
"""Characters after which a statement with more lines below it heads a worked solution."""


def _inside_a_word(text: str, place: int) -> bool:
    """Say whether a noun only ends a longer word: `解答：` heads a solution, `最终答案：` states an answer."""
    before = text[place - 1 : place]
    return before.isalpha() and (before < _HAN or text[place : place + 2] not in {"答案", "答え"})


_HAN = "\u3040"
