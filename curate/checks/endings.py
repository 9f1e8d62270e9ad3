r"""How a text ends: by itself, or in the middle of something.

    "So she has 3 + 4 = 7 apples in"        -> ends inside a sentence
    "```python\nprint(3"                    -> ends inside a code fence
    '{"answer": 42, "steps": ["First'       -> ends inside an object
    "... a) 12\nb) 15\nc) 20"               -> None: the author ends lines without a full stop
    "The correct option is B"               -> None: an answer needs no full stop
    "3. **Add them up:**"                   -> ends at a label with nothing after it

What is open tells most: a fence, a formula, an object, a table row. Then how the last line ends: a comma, an operator
or a word such as `the` leaves any line hanging; a full stop, a bracket, an emoji, a result or an answer ends it. What
is left ends bare, and that is how some authors end all their lines; so the lines before it are asked.
"""

import re
import unicodedata

from curate.answers import find_answer
from curate.checks.repetition import ending_loop
from curate.checks.words import count_words, shown

TAIL_CHARACTERS = 1_200
EVIDENCE_CHARACTERS = 20_000
LINE_CHARACTERS = 300
MAX_REPEATS = 5
"""A text that goes round more often than this at its end did not end by itself."""

STATED = frozenset({"answer_tag", "boxed", "hashes", "json", "phrase", "letter_a"})
"""Rules of `find_answer` by which an answer is said to be one."""


def cut_ending(text: str, min_words: int) -> str | None:
    """Return how a text betrays that it was cut off, or None when it seems to have ended by itself.

    Args:
        text: The text, not empty.
        min_words: Fewest words of a text that is called cut off for its last line alone.
    """
    text = _as_written(text)
    for is_open, sentence in _OPEN:
        if is_open(text):
            return sentence
    loop = ending_loop(text)
    if loop.times > MAX_REPEATS:
        return f"ends in a loop that never ended: {shown(loop.text, 40)}"
    last = text[text.rfind("\n") + 1 :][-LINE_CHARACTERS:]
    if text != last and _LABEL.search(last):
        return f"ends at a label with nothing after it: {shown(last, 40)}"
    return None if _ends(text, last, min_words) else f"ends inside a sentence: ... {text[-40:]}"


def _ends(text: str, last: str, min_words: int) -> bool:
    """Say whether a text may well have ended by itself, as far as its last line tells."""
    if text[-1] in _ENDERS:
        return True
    if not _hangs(last) and (_ends_well(last) or _says_enough(last) or _lines_end_bare(text)):
        return True
    return count_words(text[:LINE_CHARACTERS]) < min_words and not _BEGINS_SENTENCE.match(text)


def _as_written(text: str) -> str:
    """Return a text without what may follow its end: white space, tokens that end a turn, rules between sections."""
    text = text.rstrip()
    for _ in range(MAX_TRAILERS):
        trailer = _TRAILER.search(text, max(0, len(text) - TRAILER_CHARACTERS))
        if trailer is None or trailer.start() == 0:
            break
        text = text[: trailer.start()].rstrip()
    return text


TRAILER_CHARACTERS = 80
MAX_TRAILERS = 8
_TRAILER = re.compile(
    r"(?:\n[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,}|\u2500{3,})"
    r"|<\|[\w ]{1,40}\|>|<\uff5c[^<>\uff5c]{1,40}\uff5c>|<(?:eos|pad|end_of_turn)>|</s>)\Z"
)


def _open_fence(text: str) -> bool:
    return "```" in text and text.count("```") % 2 == 1 and len(_FENCE.findall(text)) % 2 == 1


def _open_formula(text: str) -> bool:
    tail = text[-TAIL_CHARACTERS:]
    if any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in _FORMULAS):
        return True
    if "$$" in tail and text.count("$$") % 2 == 1 and not tail.endswith("$$"):
        return True
    box = tail.rfind("\\boxed{")
    return box >= 0 and tail.count("{", box) > tail.count("}", box)


def _open_object(text: str) -> bool:
    """Say whether the text, or its last lines from a `{` on, is JSON that is not closed."""
    start = 0 if text.startswith(("{", "[")) else text.rfind("\n{") + 1
    if not _OBJECT.match(text, start):
        return False
    if len(text) - start > MAX_OBJECT_CHARACTERS:
        return not text.endswith(("}", "]"))
    depth = 0
    for mark in _MARKS.finditer(text, start):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(mark[0], 0)
        if depth == 0:
            return False
    return True


def _open_row(text: str) -> bool:
    """Say whether the text ends inside a row of a table whose other rows end with a bar."""
    start = text.rfind("\n") + 1
    if not text.startswith("|", start) or text.endswith("|"):
        return False
    return text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].rstrip().endswith("|")


def _open_bold(text: str) -> bool:
    last = text[text.rfind("\n") + 1 :]
    return last.count("**") % 2 == 1 and text.count("**") % 2 == 1


_FENCE = re.compile(r"^[ \t]{0,12}(?:[-*>] )?```", re.MULTILINE)
_FORMULAS = (("\\[", "\\]"), ("\\(", "\\)"), ("\\begin{", "\\end{"))
_OBJECT = re.compile(r"\{\s*[\"}]|\[\s*[{\"]")
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[][{}]', re.DOTALL)
MAX_OBJECT_CHARACTERS = 100_000
_OPEN = (
    (_open_fence, "ends inside a code fence"),
    (_open_formula, "ends inside a formula"),
    (_open_object, "ends inside an object"),
    (_open_row, "ends inside a row of a table"),
    (_open_bold, "ends inside bold text"),
)

_ENDERS = ".!?;\u2026\u220e\u3002\uff01\uff1f\uff1b\uff0e\uff61\u0964\u0965\u061f\u06d4\u0589\u1362\u17d4\u104b"
_LABEL = re.compile(
    r":(?:\*\*|__)\Z|\A\s*(?:#{1,6}\s|\*\*)?\s*(?:step|case|part)\s\d{1,2}[:.]?(?:\*\*)?\Z|\A\s*\d{1,2}[.)]\Z",
    re.IGNORECASE,
)
"""What announces something: `**Total:**`, `### Step 3:`, `2.`."""
_CLOSERS = "\"'*_`)]}>$|\u201d\u2019\u00bb\uff09\uff3d\uff5d\u3011\u300d\u300f\u300b\u3009\u203a"
_SYMBOLS = frozenset({"So", "Sk", "Mn", "Me", "Cf", "Co"})
"""Unicode categories of emoji, boxes and ticks, and of what modifies them."""
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
_UNITS = r"[%\u00b0\u00b2\u00b3]?(?:\s?[^\W\d_]{1,20}){0,3}"
_RESULT = re.compile(
    rf"(?:[=\u2248]|\A[^:.]{{1,40}}:)[^=\w]{{0,6}}(?:<<[^<>]*>>)?[-(]?[$\u20ac\u00a3]?{_NUMBER}\)?{_UNITS}\Z"
)
_VALUE = re.compile(
    rf"[-*#>\s]*(?:[-+(]?[$\u20ac\u00a3]?{_NUMBER}\)?{_UNITS}|\(?[A-J]\)?|yes|no|true|false)", re.IGNORECASE
)
_MEASURE = re.compile(r"\d\s?(?:%|\u00b0\w?|\w{1,3}[\u00b2\u00b3])\Z")
_SYMBOL = (
    r"(?:[kcm\u00b5]?m|k?g|mg|[mc]?[lL]|km/h|k?m/s|mph|km/hr|k?[NJWV]|m?A|\u03a9|\u2126|k?Pa|[kM]?Hz|k?cal|mol|[ap]\.?m)"
    r"[\u00b2\u00b3]?"
)
_TOLD = re.compile(
    r"(?:\b(?:is|are|be|was|equals?|gives?|get|at|to|by|about|only)|[=\u2248:\u2192])\s?"
    rf"(?:[-\u2212]?{_NUMBER}\s?{_SYMBOL}|[-\u2212]?[\d./]*(?:[\u03c0\u221e\u221a\u00b9\u00b2\u00b3\u2070-\u2079])[\d\u03c0\u221a\u2070-\u2079]*)\Z"
)
"""A value that a verb or a sign has led to and that its unit or symbol closes: `gives 120 J`, `is \u221a3`."""
_VERDICT = re.compile(
    rf"(?:\A|[.!?]\s)(?:[Yy]es|[Nn]o|[Tt]rue|[Ff]alse|(?:[^\W\d_]{{3,20}}\s)?[^\W\d_]{{3,20}}:\s?[$\u20ac\u00a3]?{_NUMBER}{_UNITS})\Z"
)
_PROVEN = re.compile(
    r"\b(?:Q\.?\s?E\.?\s?D|quod erat demonstrandum|as (?:desired|required|claimed|was to be (?:shown|proved|proven)))\Z"
    "|(?:\u8bc1\u6bd5|\u5f97\u8bc1|\u8b49\u7562|\u8b49\u660e\u7d42\u308f\u308a|\u0447\\.\\s?\u0442\\.\\s?\u0434)\\Z",
    re.IGNORECASE,
)
_SENTENCE_BEFORE = re.compile(r"[^\W\d_]{2}[.!?]\s+[A-Z]|\d[.!?]\s+[A-Z]")
_PROSE_WORD = re.compile(r"(?<!\\)\b(?!sin|cos|tan|log|exp|lim|sqrt|mod|gcd|lcm|max|min)[^\W\d_\u2070-\u209c]{3,}")
_FORMULA_END = re.compile(r"\d\w?\Z|[-+*/^=][^=]*\b\w\Z")
_RELATION = re.compile(r"[=<>\u2190-\u21ff\u2248\u2260-\u2265\u2208\u27f6\u27f9].*\w\S{0,2}\Z")
_BEGINS_SENTENCE = re.compile(r"(?:Let's|To|We|Given|Since|If|Here|Therefore,?) [a-z]")
"""A few words that begin so are no short answer, but a sentence that went no further."""
_ADDRESS = re.compile(r"https?://\S+\Z")
_FAREWELL = re.compile(
    r"\b(?:hope (?:this|that|it) helps|let me know\b[^.]{0,60}|good luck|thank you|thanks|(?:best|kind) regards)\b"
    r"[^.]{0,30}\Z",
    re.IGNORECASE,
)
MAX_STATED_WORDS = 6
"""An answer of more words that ends without a full stop may have been cut off itself."""


_SAY_ENOUGH = (_MEASURE, _TOLD, _VERDICT, _PROVEN, _ADDRESS, _FAREWELL)


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
MIN_PROSE_WORDS = 3


def _kind(line: str) -> str | None:
    """Return what sort of line it is, an item of a list or prose, or None for what shows no habit of its author."""
    if not line.strip() or line.lstrip().startswith(("#", "|")) or "\\" in line:
        return None
    if _ITEM.match(line):
        return "item"
    return "prose" if count_words(line[:LINE_CHARACTERS]) >= MIN_PROSE_WORDS else None
