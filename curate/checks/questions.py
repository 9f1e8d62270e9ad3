"""Faults of the problem itself: they are there before any teacher is asked, so sources of problems may name them."""

import re
from collections.abc import Callable

from curate.checks.words import count_words, shown
from curate.escaping import clipped
from curate.records import Finding, Trace

MAX_CHARACTERS = 20_000
"""Of a longer problem only the beginning and the end are looked at."""
_SEEN = 60

_IMAGE = re.compile(
    r"!\[[^\]\n]{0,200}\]\(|<img\b|\[/?(?:image|img|figure|picture|diagram)s?(?: ?\d{1,3})?\]|<image(?:\d{0,3})>"
    r"|\\includegraphics\b|data:image/|\b[\w-]{1,80}\.(?:png|jpe?g|gif|svg|bmp|webp)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\b(?:(?:in|see|from|on|use|using|consider|study|examine|label(?:l?ed)? in|refer(?:ring)? to|according to) "
    r"(?:the|this|these) (?:\w+ )?(?:figures?|diagrams?)\b(?! of speech)"
    r"|(?:figures?|diagrams?|images?|pictures?|photos?|drawings?|sketch(?:es)?|illustrations?|maps?|graphs?|charts?)"
    r" (?:(?:that |which )?(?:is|are) )?(?:below|above|at (?:the )?(?:right|left)|(?:on|to) the (?:right|left)"
    r"|(?:shown|given|provided|pictured|depicted|attached)(?: here)?(?= (?:below|above|at|to|on the)|[,.;:?]))"
    r"|(?:attached|accompanying|adjacent|adjoining) (?:figure|diagram|image|picture|graph|chart|table|drawing)s?"
    r"|(?:figure|diagram) (?:shows|depicts|illustrates)|as (?:shown|seen|illustrated|depicted|pictured) in the \w+"
    r"|(?:pictured|depicted|drawn|illustrated|graphed) (?:below|above|here|at (?:the )?right|to the right))\b",
    re.IGNORECASE,
)
_TABLE = re.compile(
    r"\b(?:tables?|graphs?|charts?|data|schedules?|lists?)"
    r" (?:(?:is|are) )?(?:shown |given |provided )?(?:below|above|at (?:the )?right|to the right)\b"
    r"|\b(?:is|are|as) shown (?:below|above|here|at (?:the )?right|to the right)\b",
    re.IGNORECASE,
)
_DRAWN = ("[asy]", "\\begin{tikz", "<svg", "<path", "\\begin{asy", "```", "\\draw")
"""Figures in words: whoever reads the text can see them."""
_TABULAR = ("\\begin{", "|", "\t", "\n")
"""What a table, or anything else that is shown below, is written with."""

_LINK = re.compile(r"(?<![\"'`\u201c=(])\b(?:https?://|www\.[a-z])\S", re.IGNORECASE)
_ANSWER = re.compile(
    r"(?<![\"'`\u201c\u2018*<])(?<!form )(?<!format )(?<!with )(?<!say )(?<!write )(?<!as )"
    r"\b(?:(?:final|correct|the) )?(?:answer|solution) ?: {0,3}\n?(?P<said>[^\s_.<\[({?][^\n]{0,80})",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:^|(?<=[.?!:;\n]))[ \t]*[(\[]?(?P<mark>[a-f]|[ivx]{1,4}|[1-9])[).\]][)\]]?[ \t]+(?P<task>\w+)"
    r"[^\n]{0,300}?(?P<end>[?.\n]|\Z)",
    re.MULTILINE,
)
_TASK_WORDS = (
    "find determine show prove calculate compute evaluate explain what how which who when where why is are does do can"
    " state solve give sketch draw describe estimate list write derive verify simplify express deduce hence"
)
_TASKS = frozenset(_TASK_WORDS.split())
_QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e")
_ASKS = re.compile(
    r"\b(?:find|determine|calculate|compute|evaluate|solve|simplif\w+|express|factor\w*|expand|prove|show|give|list|name"
    r"|state|write|what|which|who|whom|whose|when|where|why|how|decide|choose|select|pick|sort|order|arrange|count|convert"
    r"|complete|fill|round|estimate|identify|explain|describe|sketch|draw|derive|verify|translate|classify|compare|rank"
    r"|predict|answer|output|print|return|reverse|decode|encode|decipher|spell|combine|add|subtract|multiply|divide"
    r"|reduce|rewrite|let us know|tell|say|check|guess|design|construct|implement|create|generate|provide|minimi[sz]e"
    r"|maximi[sz]e|differentiate|integrate|approximate|rationali[sz]e|enter|balance|label|match|deduce|infer"
    r"|is it|true or false|integral|sum of|options?)\b",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"(?:[=:_\u2026.]{2,}|[=:_]|\b(?:is|are|was|equals?|be|has|have|the|a|an)) *\Z", re.IGNORECASE)
"""A text that is to be completed: `not True and False is`, `7 * 8 =`."""
_SMALL_WORDS = "the a an of and is are to in it has have his her was that with for he she they there"
_ENGLISH = frozenset(_SMALL_WORDS.split())
_CUT = re.compile(
    r"(?:[,;(\[{]|\b(?:and|or|of|with|than|that|if|by|from|for|into|which|where|whose|its|their|his|her|and the|of the"
    r"|in the|to the|such that|so that|because|when|each|per)) *\Z",
    re.IGNORECASE,
)
_ODD_CONTROL = re.compile("[\b\f\v]|\t(?:imes|ext|heta|frac)|\r(?:ight|ho)")
"""What JSON makes of LaTeX whose backslashes were not doubled: `\\frac` is a form feed and `rac`."""


def invalid_problem(trace: Trace) -> Finding | None:
    r"""The problem cannot be answered as it stands, or not with one answer.

    It speaks of a figure, image or table that is not in the text (`[asy]`, TikZ and SVG are), holds a link, has several
    parts that each ask something, gives its own answer (`Answer: 12`), breaks off, asks nothing at all, is empty, or
    lost the backslashes of its LaTeX. What is said in words is looked for in English.

    Args:
        trace: The trace whose problem is judged.
    """
    text = _bounded(trace.problem.text)
    for fault in _FAULTS:
        seen = fault(text)
        if seen:
            return Finding(outcome="fail", reason=seen)
    return None


def _bounded(text: str) -> str:
    bare = text.strip()
    half = MAX_CHARACTERS // 2
    return bare if len(bare) <= MAX_CHARACTERS else f"{bare[:half]} {bare[-half:]}"


def _nothing(text: str) -> str | None:
    return None if any(map(str.isalnum, text)) else "the problem is empty"


def _missing_figure(text: str) -> str | None:
    image = _IMAGE.search(text)
    if image is not None:
        return f"an image that is not there: {shown(image[0], _SEEN)}"
    if any(mark in text for mark in _DRAWN):
        return None
    figure = _FIGURE.search(text)
    if figure is not None and not _follows(text, figure):
        return f"a figure that is not there: {shown(figure[0], _SEEN)}"
    table = _TABLE.search(text)
    if table is not None and not any(mark in text for mark in _TABULAR) and ":" not in text[table.end() :][:3]:
        return f"something shown that is not there: {shown(table[0], _SEEN)}"
    return None


def _follows(text: str, reference: re.Match[str]) -> bool:
    """Say whether lines follow that may be what is spoken of: a table, a drawing in characters, a list."""
    rest = text[reference.end() :]
    return "\\begin{" in rest or rest.count("|") > 1 or any(len(line.split()) > 1 for line in rest.split("\n")[1:])


def _link(text: str) -> str | None:
    found = _LINK.search(text)
    return None if found is None else f"a link: {shown(text[found.start() :].split(maxsplit=1)[0], _SEEN)}"


def _own_answer(text: str) -> str | None:
    if ":" not in text:
        return None
    found = _ANSWER.search(text)
    return None if found is None else f"it gives an answer itself: {shown(found[0], _SEEN)}"


def _several_parts(text: str) -> str | None:
    marks = [part["mark"] for part in _PART.finditer(text) if part["end"] == "?" or part["task"].lower() in _TASKS]
    return f"several parts: {', '.join(marks[:5])}" if len(set(marks)) > 1 else None


def _lost_backslashes(text: str) -> str | None:
    found = _ODD_CONTROL.search(text)
    return None if found is None else f"a control character where LaTeX was: {shown(text[found.start() :], _SEEN)}"


def _cut_off(text: str) -> str | None:
    end = _CUT.search(text[-40:])
    if end is not None and not any(mark in text for mark in _QUESTION_MARKS):
        return f"it breaks off: {clipped(text[-_SEEN:].lstrip(), _SEEN)!r}"
    for opens, shuts in (("\\(", "\\)"), ("\\[", "\\]"), ("\\begin{", "\\end{"), ("[asy]", "[/asy]")):
        if text.count(opens) > text.count(shuts):
            return f"it breaks off: {opens} is never closed"
    return None


def _asks_nothing(text: str) -> str | None:
    if any(mark in text for mark in _QUESTION_MARKS) or _ASKS.search(text) or _OPEN_END.search(text[-20:]):
        return None
    words = text.lower().split()
    if sum(word in _ENGLISH for word in words[:400]) < 2:  # noqa: PLR2004 - formulas, or another language
        return None
    return "it asks nothing"


_FAULTS: tuple[Callable[[str], str | None], ...] = (
    _nothing,
    _lost_backslashes,
    _missing_figure,
    _link,
    _own_answer,
    _several_parts,
    _cut_off,
    _asks_nothing,
)

_PROOF = re.compile(
    r"\b(?:(?:prove|disprove|show|verify|demonstrate|establish|justify) (?:that|the (?:following|identity|inequality"
    r"|theorem|statement|claim)|whether|why|or disprove)|prove,"
    r"|(?:give|find|write|provide) an? (?:\w{1,12} )?proof)\b"
    r"|(?:^|[.;:] )prove\b",
    re.IGNORECASE | re.MULTILINE,
)
_ASKS_VALUE = re.compile(
    r"\b(?:find|determine|calculate|compute|evaluate|solve|how (?:many|much|long|far|old|fast)|what (?:is|are|was|will)"
    r"|which of)\b",
    re.IGNORECASE,
)


def needs_proof(trace: Trace) -> Finding | None:
    """The problem asks for a proof, and for no answer that could be compared.

    Looked for in English. One that also asks for a value, and so has an answer, passes.

    Args:
        trace: The trace whose problem is judged.
    """
    text = _bounded(trace.problem.text)
    proof = _PROOF.search(text)
    if proof is None or _ASKS_VALUE.search(text):
        return None
    return Finding(outcome="fail", reason=f"it asks for a proof: {shown(text[proof.start() :], _SEEN)}")


def too_long_problem(trace: Trace, *, max_words: int = 500) -> Finding | None:
    """The problem has more words than it should have.

    Args:
        trace: The trace whose problem is judged.
        max_words: Most words, numbers counted; the measure is how many there are.
    """
    words = count_words(trace.problem.text)
    if words <= max_words:
        return Finding(outcome="pass", value=words)
    return Finding(outcome="fail", reason=f"a problem of {words:,} words, {max_words:,} at most", value=words)


def too_short_problem(trace: Trace, *, min_words: int = 2) -> Finding | None:
    """The problem has fewer words than it should have.

    Args:
        trace: The trace whose problem is judged.
        min_words: Least words, numbers counted; the measure is how many there are.
    """
    words = count_words(trace.problem.text)
    if words >= min_words:
        return Finding(outcome="pass", value=words)
    return Finding(outcome="fail", reason=f"a problem of {words} words, {min_words} at least", value=words)
