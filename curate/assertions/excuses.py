"""Why two sides that differ as numbers may yet be no mistake.

A false accusation is worse than a mistake that is passed over, so every doubt counts: words that belong to the sum,
units, rounding, percent, a running total (`5 + 3 = 8 * 2 = 16`), a supposition, a question, a correction that follows.
"""

import re
from collections.abc import Callable

from curate.assertions.pairs import Pair, Side
from curate.assertions.readings import exclaimed, other_percent, other_units, running_total, tight_fractions
from curate.assertions.rounding import may_be_rounded, nearly
from curate.assertions.tokens import CUT, Token
from curate.assertions.units import unit_of
from curate.assertions.words import AFTER, BEFORE_A_SIGN, MULTIPLIERS, OF_A_SUM

UNTRUSTED = frozenset("0123456789+-*/") | {CUT}
"""First characters of a lexeme that may belong to the sum after it: a time of day, a date, `+=`, a line's cut end."""
_QUIET = frozenset(".,;:!)\"'\u201d\u2019|") | {"..."}
"""Marks that may stand right after a result."""
_OPENING = frozenset("\"'\u201c\u2018(:,;|>")
"""Marks that may stand right before a sum."""
_HEDGE = re.compile(
    r"\b(?:if|suppose|supposing|assume|assuming|imagine|not|n't|never|instead|wrong\w*|incorrect\w*|mistake\w*|"
    r"mistaken\w*|error|erroneous\w*|false|falsely|would|could|might|should|guess|try|trying|say|pretend|unless|"
    r"whether|contradict\w*|impossible|about|approximately|roughly|around|nearly|almost|estimate\w*|rounded|rounding|"
    r"mod|modulo|modulus|congruent|base|binary|hex\w*|octal|vector|matrix|clock|o'clock|pm|am|p\.m|a\.m)\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\s*[.,;:!)]*\s*(?:\?|(?:wait|no\b|nope|hmm|oops|hold on|actually|but (?:wait|that|this)|that(?:'s| is| was|"
    r"n't| isn't)? (?:not|wrong|incorrect|impossible|can't)|which (?:is|was|can) ?(?:not|n't|wrong|incorrect|"
    r"impossible)|is (?:not|wrong|incorrect|false)|isn't|sorry|let me (?:re|double|check)|i made))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?:;](?:\s|$)")
SENTENCE_CHARACTERS = 200


def excused(pair: Pair) -> bool:
    """Say whether there is any reason not to call the pair a mistake."""
    return any(excuse(pair) for excuse in EXCUSES)


_ADDING = re.compile(r"\badd(?:s|ed|ing)?\b", re.IGNORECASE)


def words_before(pair: Pair) -> bool:
    """Say whether what stands before the first side may belong to it."""
    if not pair.is_first:
        return False
    before, first = pair.before, pair.left[0]
    if before is None:
        return _signed_apart(pair.left)
    touching = before.end == first.start
    if before.kind == "word":
        word = before.text.lower()
        added = word == "to" and _ADDING.search(pair.text, max(0, before.start - SENTENCE_CHARACTERS), before.start)
        return touching or bool(added) or word in OF_A_SUM or (first.text == "-" and word not in BEFORE_A_SIGN)
    if before.kind == "close":
        return touching
    if before.kind == "other":
        return before.text[0] in UNTRUSTED or (touching and before.text not in _OPENING) or _signed_apart(pair.left)
    return before.kind != "open"


def _signed_apart(side: Side) -> bool:
    """Say whether a side begins with a minus sign that stands apart: a bullet, or something is taken from."""
    return side[0].text == "-" and len(side) > 1 and side[0].end != side[1].start


def words_after(pair: Pair) -> bool:
    """Say whether what stands after the last side may belong to it."""
    after = pair.after
    if after is None or after.kind == "close":
        return False
    touching = after.start == pair.right[-1].end
    if after.kind == "word":
        word = after.text.lower()
        return word in AFTER or word in MULTIPLIERS or (touching and len(word) == 1) or _goes_on(pair, after)
    if after.kind != "other" or after.text in ("?", CUT):
        return True
    is_decimal = after.text == "," and pair.text[after.end : after.end + 1].isdigit()
    return touching and (after.text not in _QUIET or is_decimal)


_MORE = re.compile(r"[ ,]*(?:and )?\d+(?:\.\d+)? ?([^\W\d_]+)")


def _goes_on(pair: Pair, after: Token) -> bool:
    """Say whether an amount goes on in a smaller unit: `1 hour and 30 minutes`."""
    more = _MORE.match(pair.text, after.end)
    return more is not None and unit_of(after.text) is not None and unit_of(more[1]) is not None


def hedged(pair: Pair) -> bool:
    """Say whether the sentence supposes, denies, asks or estimates, or takes back what it says."""
    start, end = pair.left[0].start, pair.right[-1].end
    head = _SENTENCE_END.split(pair.text[max(0, start - SENTENCE_CHARACTERS) : start])[-1]
    tail = pair.text[end : end + SENTENCE_CHARACTERS]
    taken_back = _TAKEN_BACK.match(tail) or _HEDGE.search(_SENTENCE_END.split(tail)[0])
    return bool(_HEDGE.search(head) or taken_back)


def rounded(pair: Pair) -> bool:
    """Say whether rounding accounts for the difference."""
    return may_be_rounded(pair) or (pair.approximate and nearly(pair))


EXCUSES: tuple[Callable[[Pair], bool], ...] = (
    words_before,
    words_after,
    other_percent,
    rounded,
    running_total,
    exclaimed,
    tight_fractions,
    other_units,
    hedged,
)
