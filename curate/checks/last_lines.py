r"""What the last line of a text tells: whether it ends something, breaks off, or ends as its author ends all lines.

"So the total is 42 and"       -> breaks off: a comma, an operator or a word such as `and` leaves any line hanging
"So she has 42 apples."        -> ends: by a full stop, a bracket, an emoji
"Answer: 42 apples"            -> says enough: a result, a value or an answer needs no full stop
"- seven apples"               -> ends bare, and so do the lines before it: that is how some authors write
"""

import re
import unicodedata

from curate.answers import find_answer
from curate.answers.tongues import NOUNS
from curate.checks.words import count_words

EVIDENCE_CHARACTERS = 20_000
LINE_CHARACTERS = 300

STATED = frozenset({"answer_tag", "boxed", "hashes", "json", "phrase", "other_language", "letter_a"})
"""Rules of `find_answer` by which an answer is said to be one."""


def ends(text: str, last: str, min_words: int) -> bool:
    """Say whether a text may well have ended by itself, as far as its last line tells.

    Args:
        text: The text, not empty.
        last: Its last line, or the end of it.
        min_words: Fewest words of a text that is called cut off for its last line alone.
    """
    if text[-1] in _ENDERS:
        return True
    if not _hangs(last) and (_ends_well(last) or _says_enough(last) or _lines_end_bare(text)):
        return True
    return count_words(text[:LINE_CHARACTERS]) < min_words and not _BEGINS_SENTENCE.match(text)


_ENDERS = ".!?;\u2026\u220e\u3002\uff01\uff1f\uff1b\uff0e\uff61\u0964\u0965\u061f\u06d4\u0589\u1362\u17d4\u104b"
_CLOSERS = "\"'*_`)]}>$|\u201d\u2019\u00bb\uff09\uff3d\uff5d\u3011\u300d\u300f\u300b\u3009\u203a"
_SYMBOLS = frozenset({"So", "Sk", "Mn", "Me", "Cf", "Co", "Pe", "Pf"})
"""Unicode categories of emoji, boxes and ticks, of what modifies them, and of what closes a bracket or a quotation."""
_NO_FULL_STOPS = re.compile("[\u0e00-\u0eff]")
"""Thai and Lao end sentences with a space."""


def _ends_well(line: str) -> bool:
    """Say whether the last character ends something: a sentence, a quotation, a bracket, a formula, a remark."""
    if not line or line[-1] in _ENDERS or line[-1] in _CLOSERS:
        return True
    if line[-1].isascii():
        return False
    return unicodedata.category(line[-1]) in _SYMBOLS or _NO_FULL_STOPS.match(line[-1]) is not None


_HANGS = re.compile(
    r"""(?:
    \b(?:and|are|as|at|be|because|but|by|can|could|for|from|had|has|have|he|how|if|in|into|is|it|its|of|on|or|she|should
      |so|than|that|the|their|then|there|they|this|to|was|we|were|when|where|which|while|who|will|with|would|your
      |although|among|became|becomes|between|does|every|gives|implies|into|my|nor|our|per|since|these|unless|until|upon|via
      |whereas|whether|whose|yields)
    |[a-z]\ an?
    |[,:(\[{\\=\u00d7\u00f7\uff0c\u3001\uff1a\uff08\u300c\u201c]
    |(?:^|[\s\d)}])[-+*/<>^~\u00b7\u2212\u2248\u2264\u2265]
    |<(?!br>|hr>)(?:[A-Za-z][\w-]{0,30}>?|/[\w-]{0,30})
    )\Z""",
    re.VERBOSE,
)
"""A line that ends so was left hanging in any style of writing."""


_HANGING_CHARACTERS = 36


def _hangs(line: str) -> bool:
    """Say whether a line breaks off in the middle of something that must go on."""
    opens_quote = line[-2:] in {' "', " $", " `"} and line.count(line[-1]) % 2 == 1
    halves_word = line.endswith("'") and line[-2:-1].isalpha() and " '" not in line
    in_brackets = line.count("(") > line.count(")")
    return in_brackets or opens_quote or halves_word or _HANGS.search(line[-_HANGING_CHARACTERS:]) is not None


_NUMBER = r"\d+(?:[.,/:]\d+)*"
_SCIENTIFIC = rf"{_NUMBER}(?:\s?\u00d7\s?10[\u2070-\u2079\u207b\u00b9\u00b2\u00b3]{{1,4}})?"
_UNITS = r"[%\u00b0\u00b2\u00b3]?(?:\s?[^\W\d_]{1,20}){0,3}"
# A number with its unit after a sign of equality or a label, and nothing after it: `... = 42 apples`.
_RESULT = re.compile(
    rf"(?:[=\u2248]|\A[^:.]{{1,40}}:)[^=\w]{{0,6}}(?:<<[^<>]*>>)?[-(]?[$\u20ac\u00a3]?"
    rf"{_NUMBER}(?:, {_NUMBER})*\)?{_UNITS}\Z"
)
# A line that is a value and nothing else.
_VALUE = re.compile(
    rf"[-*#>\s]*(?:[-+(]?[$\u20ac\u00a3]?{_NUMBER}\)?{_UNITS}|\(?[A-J]\)?|yes|no|true|false)", re.IGNORECASE
)
_MEASURE = re.compile(r"\d\s?(?:[%$\u20ac\u00a3\u20b9]|\u00b0\w?|\w{1,3}[\u00b2\u00b3])\Z")
_SYMBOL = (
    r"(?:[kcm\u00b5]?m|k?g|mg|[mc]?[lL]|km/h|k?m/s|mph|km/hr|k?[NJWV]|m?A|\u03a9|\u2126|k?Pa|[kM]?Hz|k?cal|mol|[ap]\.?m)"
    r"[\u00b2\u00b3]?"
)
_TOLD = re.compile(
    r"(?:\b(?:is|are|be|was|equals?|gives?|get|at|to|by|about|only)|[=\u2248:\u2192])\s?"
    rf"(?:[-\u2212]?{_SCIENTIFIC}\s?{_SYMBOL}|\d+:\d+|[-\u2212]?[\d./]*(?:[\u03c0\u221e\u221a\u00b9\u00b2\u00b3\u2070-\u2079])[\d\u03c0\u221a\u2070-\u2079]*)\Z"
)
"""A value that a verb or a sign has led to and that its unit or symbol closes: `gives 120 J`, `is \u221a3`."""
_LABELLED = rf"(?:[^\W\d_]{{3,20}}\s)?[^\W\d_]{{3,20}}:\s?[$\u20ac\u00a3]?{_NUMBER}{_UNITS}"
_VERDICT = re.compile(
    rf"(?:\A|[.!?]\s)(?:[Yy]es|[Nn]o|[Tt]rue|[Ff]alse|(?:[Oo]ption|[Cc]hoice)\s\(?[A-J\d]\)?|{_LABELLED})\Z"
)
"""A sentence of its own that is a whole answer."""
_ANSWER_WORDS = "|".join(("answer", "ans", *NOUNS))
_ANSWERED = re.compile(
    rf"(?:\A|[\s*.\u3002])(?:{_ANSWER_WORDS})(?:\*\*)?\s?[:\uff1a]\s?\S{{1,30}}(?:\s\S{{1,30}}){{0,5}}\Z", re.IGNORECASE
)
"""`Answer: 42`, in the languages that models answer in."""
_CONCLUDED = re.compile(
    rf"\A(?:So|Thus|Therefore|Hence|Altogether|In total)\b[^.!?:]{{10,120}}\s[$\u20ac\u00a3]?{_NUMBER}"
    r"(?:\s[a-z]{2,15}){1,2}\Z"
)
"""A conclusion on a line of its own that ends with a number and what it counts."""
_PROVEN = re.compile(
    r"\b(?:Q\.?\s?E\.?\s?D|quod erat demonstrandum|as (?:desired|required|claimed|was to be (?:shown|proved|proven)))\Z"
    "|(?:\u8bc1\u6bd5|\u5f97\u8bc1|\u8b49\u7562|\u8b49\u660e\u7d42\u308f\u308a|\u0447\\.\\s?\u0442\\.\\s?\u0434)\\Z",
    re.IGNORECASE,
)
# A sentence with its full stop stands before: whoever writes it would have ended the last one, too.
_SENTENCE_BEFORE = re.compile(r"[^\W\d_]{2}[.!?]\s+[A-Z]|\d[.!?]\s+[A-Z]")
_PROSE_WORD = re.compile(r"(?<!\\)\b(?!sin|cos|tan|log|exp|lim|sqrt|mod|gcd|lcm|max|min)[^\W\d_\u2070-\u209c]{3,}")
# How a line of formulas may end: by a number, by a letter after an operator, or by the right side of a relation.
_FORMULA_END = re.compile(r"\d\w?\Z|[-+*/^=][^=]*\b\w\Z")
_RELATION = re.compile(r"[=<>\u2190-\u21ff\u2248\u2260-\u2265\u2208\u27f6\u27f9].*\w\S{0,2}\Z")
_BEGINS_SENTENCE = re.compile(r"(?:Let's|To|We|Given|Since|If|Here|Therefore,?) [a-z]")
"""A few words that begin so are no short answer, but a sentence that went no further."""
# An address would be spoilt by a full stop; who takes leave is done.
_ADDRESS = re.compile(r"(?:https?://\S+|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{1,60})\Z")
_FAREWELL = re.compile(
    r"\b(?:hope (?:this|that|it) helps|let me know\b[^.]{0,60}|feel free to\b[^.]{0,60}|good luck|thank you|thanks"
    r"|(?:best|kind) regards)\b[^.]{0,30}\Z|\A(?:cheers|enjoy|all the best)\Z|\s~\s?[\w-]{2,30}\Z",
    re.IGNORECASE,
)
MAX_STATED_WORDS = 6
"""An answer of more words that ends without a full stop may have been cut off itself."""


_SAY_ENOUGH = (_MEASURE, _TOLD, _VERDICT, _ANSWERED, _CONCLUDED, _PROVEN, _ADDRESS, _FAREWELL)


def _says_enough(line: str) -> bool:
    """Say whether a line needs no full stop: a result (`... = 42 apples`), a value, a formula, a stated answer."""
    found = find_answer(line)
    if found and found.rule in STATED and found.end >= len(line) and count_words(found.text) <= MAX_STATED_WORDS:
        return True
    if _VALUE.fullmatch(line) or any(says.search(line) for says in _SAY_ENOUGH):
        return True
    if _RESULT.search(line):
        return _SENTENCE_BEFORE.search(line) is None
    return _PROSE_WORD.search(line) is None and any(end.search(line) for end in (_FORMULA_END, _RELATION))


def _lines_end_bare(text: str) -> bool:
    """Say whether the author ends lines such as the last one without a full stop, so that it tells nothing."""
    *before, last = text[-EVIDENCE_CHARACTERS:].split("\n")
    kind = _kind(last)
    alike = [line.rstrip() for line in before if kind is not None and _kind(line) == kind]
    ended = [line for line in alike if not _hangs(line)]
    bare = [len(line) for line in ended if not _ends_well(line)]
    return 2 * len(bare) >= len(ended) > 0 and len(last) <= max(2 * max(bare), SHORT_LINE)


SHORT_LINE = 80
"""Characters of a line that need not be compared with the lines that its author leaves bare."""
_ITEM = re.compile(r"\s*(?:[-*+>\u2022]|\(?\w{1,2}[.)])\s")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+ *)\S")
MIN_PROSE_WORDS = 3


def _kind(line: str) -> str | None:
    """Return what sort of line it is: an item of a list, a row or prose; None for what shows no habit of its author."""
    if _COLUMNS.search(line):
        return "row"
    if not line.strip() or line.lstrip().startswith(("#", "|")) or "\\" in line:
        return None
    if _ITEM.match(line):
        return "item"
    return "prose" if count_words(line[:LINE_CHARACTERS]) >= MIN_PROSE_WORDS else None
