"""How refusals are worded, in the languages that models refuse in: those that refuse by themselves, and mere lack.

A pattern is tried where one of its signs stands, on the beginning of a response in lower case, without quotations.
"""
# ruff: noqa: RUF001 - letters of other alphabets are what this file is about

import re

import msgspec

_CANNOT = r"(?:can(?:no|')t|can not|am unable to|am not able to|won't|will not|must decline to|have to decline to)"
_DETAIL = (
    r"(?! (?:out|down)\b"
    r"|[^.\n]{0,20}\b(?:all|every|full|complete|entire|whole)\b[^.\n]{0,20}\b(?:steps?|proof|derivation|calculations?)\b)"
)
"""Follows what is not done where that is no more than going into detail."""
# What is not done: help, or the making of what was asked for.
_DO = (
    r"(?:be able to )?"
    r"(?:assist|help(?! but\b)|comply|fulfil+|continue|do that|answer (?:that|this|your)|engage|participate|support"
    rf"|(?:provide|give|offer|share|create|generate|produce|write|discuss)\b{_DETAIL}(?:(?! but\b)[^.\n]){{0,60}}"
    r"\b(?:request|content|information|instructions|advice|guidance|that|this|answer|solution|assistance|help))"
)
_NOT_ABLE = r"(?:can(?:no|')t|can not|unable|not able|won't)\b"
_I_AM_NOT = (
    rf"(?:(?:i|we)(?:'m| am|'re| are)? (?:\w{{1,10}}ly |just )?{_NOT_ABLE}"
    rf"|(?:this|that|your|the) (?:request|question|content|topic)\b[^.\n]{{0,20}}\b{_NOT_ABLE}|{_NOT_ABLE})"
)
"""Whoever is sorry says of itself, or of what it was asked, that it cannot; not of a number."""
_HELPING = r"(?:help|assist|comply|answer|provide|solve|continue|discuss)"
# First persons that refuse at the beginning of a sentence or clause, and requests that are refused.
_ENGLISH = (
    r"(?:\A|[.!?\n,;]\s{0,3}|(?<!said)(?<!says):\s{0,3}|\b(?:but|and|so|that|as|unfortunately|however) )"
    rf"(?:i {_CANNOT} {_DO}\b"
    rf"|i(?:'m| am) (?:sorry|afraid),? (?:but )?{_I_AM_NOT}(?! help but)"
    rf"|i(?:'m| am) (?:sorry|afraid)\b[^.\n]{{0,60}}\b(?:i|we)(?:'m| am|'re| are)? {_NOT_ABLE}(?! help but)"
    r"|i(?:'m| am) (?:unable|not able) to (?:assist|help|comply|provide|fulfil+|continue|answer|view|see|access)\b"
    r"|i (?:must|have to|need to) (?:respectfully )?(?:decline|refuse)"
    r"(?= to\b|,? (?:this|that|your)\b|\s*(?:[.!,\n]|\Z))"
    r"|i(?:'d| would) (?:prefer|rather) not(?: to)? "
    rf"{_HELPING}\b"
    r"|i (?:don't|do not) feel comfortable\b|i(?:'m| am) not comfortable\b"
    rf"|(?:sorry|i apologi[sz]e),? (?:but )?{_I_AM_NOT}"
    rf"|(?:sorry|i apologi[sz]e),? (?:but )?(?:this|that)\b[^.\n]{{0,30}}\b(?:i|we) {_NOT_ABLE}"
    r"|as an? (?:[\w-]{1,20} )?(?:ai|artificial intelligence|language model|assistant)\b[^.\n]{0,40}"
    r"\bi(?:'m| am)? (?:can(?:no|')t|can not|don't|do not|not able|unable)"
    r"|i(?:'m| am) (?:just|only) an? (?:ai|(?:large )?language model)\b"
    r"|(?:your|this) (?:request|content|question) (?:(?:may|might|appears to|seems to) )?"
    r"(?:goes? against|violates?|cannot be (?:answered|fulfil+ed|processed)|is against|is not something))"
)
_LACKING = (
    r"\bi (?:don't|do not) (?:have|see)\b[^.\n]{0,40}"
    r"\b(?:information|context|access|ability|image|figure|diagram|attachment)\b"
    r"|\b(?:not enough|insufficient) information\b"
    r"|\b(?:problem|question|statement|image|figure)\b[^.\n]{0,30}\b(?:missing|incomplete|cut off|not provided)\b"
    r"|\b(?:please|could you|can you) (?:please )?(?:provide|share|upload|send|clarify)\b"
    rf"|\bi {_CANNOT} (?:\w+ )?(?:solve|answer|determine|see|view|access)\b[^.\n]{{0,60}}"
    r"\b(?:without|image|figure|diagram|attachment|picture)\b"
)

_BY_LANGUAGE = (
    (
        "leid tut",
        (r"tut mir leid\b[^.\n]{0,40}\b"
         r"(?:(?:kann|können|darf|dürfen|möchte|werde)\b[^.\n]{0,60}\b(?:nicht|kein\w*)|(?:ich bin|wir sind) nicht)\b"),
    ),
    (
        "leider entschuldig",
        r"(?:leider|entschuldig\w+)\b[^.\n]{0,20}\bich\b[^.\n]{0,60}\bnicht (?:\w+ )?(?:helfen|(?:be)?antworten)",
    ),
    (
        "siento disculpa lamento",
        r"(?:lo siento|disculpa|lamento)\b[^.\n]{0,40}\bno (?:puedo|podemos|podr(?:é|ía|emos)|me es)\b",
    ),
    (
        "désolé regrette excuse",
        r"(?:désolée?|regrette|m'excuse)\b[^.\n]{0,40}\b(?:(?:je|nous) ne (?:peux|suis|pouvons|sommes)|je n'ai pas)\b",
    ),
    ("dispiace scus", r"(?:mi dispiace|mi scuso|scusa)\b[^.\n]{0,40}\bnon (?:posso|sono in grado)\b"),
    (
        "desculp muito lamento",
        (r"(?:desculp\w+|sinto muito|lamento)\b[^.\n]{0,40}\b"
         r"não (?:posso|consigo|é possível (?:ajud|respond|atend|fornec))"),
    ),
    ("peux puedo posso", r"\b(?:je ne peux pas (?:vous|t') ?aider|no puedo ayud|non posso aiut|não posso ajud)"),
    ("spijt", r"het spijt (?:me|mij)\b[^.\n]{0,40}\b(?:kan|kunnen|mag|mogen)\b[^.\n]{0,60}\b(?:niet|geen)\b"),
    ("przykro przepraszam", r"(?:przykro mi|przepraszam)\b[^.\n]{0,40}\bnie (?:mogę|jestem w stanie)\b"),
    ("üzgünüm dilerim", r"(?:üzgünüm|özür dilerim)\b[^.\n]{0,60}(?:amam|emem|amıyorum|emiyorum)\b"),
    (
        "xin tiếc",
        (r"(?:xin lỗi|rất tiếc)\b[^.\n]{0,40}\bkhông thể (?:\w+ ){0,2}"
         r"(?:giúp|trả lời|hỗ trợ|cung cấp|thực hiện|đáp ứng|thảo luận|tiếp tục)"),
    ),
    (
        "извин прост сожалению",
        r"(?:извин|прост|сожалению)\w*[^.\n]{0,30}\bне с?могу (?:\w+ )?(?:помочь|ответить|выполнить|обсуждать)",
    ),
    (
        "抱歉 对不起 對不起 遗憾 遺憾",
        (r"(?:抱歉|对不起|對不起|遗憾|遺憾)[^。\n]{0,20}"
         r"(?:我(?:无法|無法|不能)|(?:无法|無法|不能)(?:直接|继续|繼續|给|給|[为為][您你])?"
         r"(?:[回解]答|提供|[协協]助|[满滿]足|帮|幫|[处處]理|完成|[执執]行|生成|[讨討][论論]|[参參][与與]|支持))"),
    ),
    ("无法 無法", r"(?:我|暂时|暫時)[^。，\n]{0,6}(?:无法|無法)(?:回答|提供|协助|協助|满足|帮助)"),
    (
        "申し訳 すみません 恐れ入",
        r"(?:申し訳|すみません|恐れ入)[^。\n]{0,40}(?:できません|応じられません|できかね|いたしかね)(?!でした)",
    ),
    (
        "죄송 미안",
        r"(?:죄송|미안)[^\n]{0,50}(?:도와|도움|답변|대답|응답|응할|제공|수행|처리|지원)[^.\n]{0,10}(?:수 없|어렵|못)",
    ),
    ("عذر آسف أسف أعتذر", r"(?:عذر|آسف|أسف|أعتذر)[^.\n]{0,40}(?:لا أستطيع|لا يمكنني|لن أتمكن|غير قادر)"),
    ("क्षमा माफ खेद", r"(?:क्षमा|माफ|खेद)[^।\n]{0,60}(?:नहीं [^।\n]{0,8}सक|सक[^।\n]{0,8} नहीं|असमर्थ)"),
)  # fmt: skip
"""Signs, one of which stands in every such refusal, and the refusal."""

_SPEAKS = ("i ", "i'", "sorry", "request", "violat", "against")
_DENIES = (
    "sorry", "afraid", "unable", "not able", "can't", "cannot", "can not", "won't", "will not", "decline", "refuse",
    "apolog", " ai", "artificial", "assistant", "language model", "request", "violat", "against", "comfortable",
    "rather not", "prefer not",
)  # fmt: skip
_LACKS = (
    "don't", "do not", "cannot", "can't", "unable", "not able", "information", "missing", "incomplete", "cut off",
    "not provided", "please", "could you", "can you",
)  # fmt: skip


class Wording(msgspec.Struct, frozen=True):
    """How something is said, and what tells soonest that it is not said."""

    signs: tuple[tuple[str, ...], ...]
    """Of each group one stands in every text that says it."""
    pattern: re.Pattern[str]
    """How it is said."""


ENGLISH = Wording((_SPEAKS, _DENIES), re.compile(_ENGLISH))
APOLOGIES = tuple(Wording((tuple(signs.split()),), re.compile(pattern)) for signs, pattern in _BY_LANGUAGE)
"""Refusals in other languages begin with an apology."""
LACKING = Wording((_LACKS,), re.compile(_LACKING))
"""What is asked for cannot be said for lack of something; where an answer follows, it was said after all."""
_SIGNS = tuple(sign for wording in APOLOGIES for sign in wording.signs[0])
_ASCII_SIGNS = tuple(filter(str.isascii, _SIGNS))
APOLOGY_CHARACTERS = 120
"""Of a response, that an apology in another language than English stands in."""
# What somebody else says, in the quotation marks of many languages.
_QUOTATION = re.compile(
    '"[^"\n]{1,300}"|\u201c[^\u201d\n]{1,300}\u201d|\u300c[^\u300d\n]{1,300}\u300d|\u00ab[^\u00bb\n]{1,300}\u00bb'
)
_LETTER = re.compile(r"^\W{0,4}(?:subject:|to whom it may concern|dear (?!user\b|friend\b)\w)", re.MULTILINE)
"""A letter begins, which somebody else writes."""


def refusal_in(opening: str, *, has_answer: bool) -> str | None:
    """Return the first refusal in the beginning of a response outside of quotations and letters, or None."""
    lowered = _before_a_letter(opening.replace("\u2019", "'").lower())
    begins = lowered[:APOLOGY_CHARACTERS]
    apologises = _holds(begins, _ASCII_SIGNS if begins.isascii() else _SIGNS)
    wordings = (ENGLISH, *(APOLOGIES if apologises else ()), *(() if has_answer else (LACKING,)))
    return next((found for wording in wordings if (found := _said(wording, lowered))), None)


def _before_a_letter(lowered: str) -> str:
    letter = _LETTER.search(lowered) if "dear " in lowered or "subject:" in lowered or "concern" in lowered else None
    return lowered[: letter.start()] if letter else lowered


def _holds(text: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 - half the time of `any`, for every row
        if sign in text:
            return True
    return False


def _said(wording: Wording, lowered: str) -> str | None:
    if not all(_holds(lowered, group) for group in wording.signs):
        return None
    found = wording.pattern.search(_QUOTATION.sub('""', lowered))
    return found[0] if found else None
