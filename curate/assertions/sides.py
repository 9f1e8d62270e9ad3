"""What stands right before and right after each equals sign of a text: found by two patterns, in one pass each.

    Bill gets 1/3 of it: 12 * (1/3) = 4. Then B + 7 = 37.

What stands before is read in the text turned round, so that both patterns begin with the sign: one character is found
many times faster than sums are. A side is a plain sum; or it has no value that could be untrue, as where there are but
words, or an unknown; or else it is unclear. What words, signs and marks beside a sum make of it is as in `chains.py`
and `pairs.py`; where `excuses.py` excuses whatever it comes to, it counts as having no value.
"""

import re
from typing import Final, NamedTuple

from curate.assertions.sums import MINUS, NUMERAL, SIGN, SIGNS
from curate.assertions.words import NOT_UNITS

NEARLY: Final = "=~"
"""Stands for a sign of near equality in the texts that are read here."""


class Before(NamedTuple):
    """What stands before a sign, each text turned round; all are empty where it has no value."""

    letter: str
    """A capital letter that is all there is of the side."""
    second: str
    """The second of two numbers with a sign between them: so most sums are written."""
    sign: str
    first: str
    sum: str
    """Any other sum, perhaps with units, or with parentheses that are not closed in it."""
    middle: str
    """The sign before, where a sum takes up all between the two."""
    unclear: str
    """The last character of what is none of these."""


class After(NamedTuple):
    """What stands after a sign; all but `nearly` are empty where it has no value."""

    nearly: str
    """Whether the sides are only said to be nearly equal."""
    number: str
    """A number: so most sums come out."""
    sum: str
    """Any other sum, perhaps with parentheses that were opened before the sign."""
    middle: str
    """The next sign, where a sum takes up all between the two."""
    unclear: str
    """The first character of what is none of these."""


_LETTER = r"[^\W\d_\u00b2\u00b3]"
_WORD = rf"{_LETTER}++(?:['\u2019-]{_LETTER}++)*+"
_ALONE = rf"(?!{_LETTER}|['\u2019-]{_LETTER})"
"""Follows a letter that does not go on as a word."""
_MINUS = re.escape(MINUS)
_BINARY = re.escape("".join(SIGNS) + "^")
"""Signs that something has to follow."""
_ANY = rf"{_BINARY}\u00b2\u00b3"
_TIGHT = re.escape("".join(sign for sign in SIGNS if sign not in MINUS) + "^") + r"\u00b2\u00b3"
"""Signs that make no sum with what follows alone, as a minus sign does."""

# After a sign.
_NUMBER = rf"[($€£{_MINUS}]*+(?:{NUMERAL}|\.\d++%?)[)$€£]*+"
_SUM = rf"{_NUMBER}(?:\ *+{SIGN}\ *+{_NUMBER})*+"
_GOES_ON = rf"(?:{_WORD}[\ /]*+){{1,4}}+[^\w\s.,;:?\"'|()\\$<>]"
"""Words with a sign after them may be the unit of a number, and the sum goes on."""
_SUM_ENDS = rf"""(?=
    \ *+(?:[\n)\]}}\u2248] | \Z | [.,;:?!|"'\u2019\u201d\u2014\u2026<>\\](?!\d))
    | \ ++(?:[(\u201c] | (?!{_GOES_ON}){_LETTER} | (?i:{"|".join(sorted(NOT_UNITS))}){_ALONE})
)"""
_CLOSED = rf"\((?:[\d\ .,$%{_ANY}]*+(?:\([\d\ .,$%{_ANY}]*+\))?+)*+\)"
"""Something in parentheses, with others in it as in a fraction."""
_RUN = rf"(?:{_CLOSED} | [\d\ $%{_ANY}]++ | [.,](?=\d) | \()*+"
"""All that a sum may begin with, up to a letter."""
_NO_VALUE_AFTER = rf"""(?=
    {_LETTER} | [\\<>?|:;,"'\u2019\u2026\u2014+*/^!)\]}}] | \.\. | _(?!_) | \n | \Z
    | {_RUN}(?:
        (?:(?<=[$({_BINARY}])|(?<=[({_BINARY}]\ ))(?:(?<![/\u00f7])(?<![/\u00f7]\ ){_LETTER} | {_LETTER}{_ALONE} | \\)
        | (?<=[\d)])(?:{_LETTER}{_ALONE} | \\)
    )
)"""
AFTER = re.compile(
    rf"""=(~?)\ *+(?:
        [$€£]?(?:({NUMERAL})|({_SUM}))\$?(?:(?=\ *+(=))|{_SUM_ENDS})
        | {_NO_VALUE_AFTER}
        | (?=([\s\S]))
    )""",
    re.VERBOSE,
)

# Before a sign, in a text that is turned round.
_NO_UNIT = "|".join(word[::-1] for word in sorted(NOT_UNITS, key=len, reverse=True))
_WORDS = rf"""(?:
    (?:{_WORD}\ ++){{3}}{_LETTER}
    | (?:{_WORD}\ ++){{0,2}}{_WORD}\ *+(?:[\n.,:;?!"|$€£>(\[{{\\=~+*^\u00d7\u22c5\u00b2\u00b3{_MINUS}] | _(?!_) | \Z)
    | (?:{_WORD}\ ++){{0,2}}(?i:{_NO_UNIT}){_ALONE}
)"""
"""Words that are no unit: too many, or one of them is none, or no number stands before them."""
_UNIT = rf"(?:{_LETTER}{{2,}}+(?:-{_LETTER}{{2,}}+)*+[\ /]++){{0,3}}+"
_NUMERAL_BEFORE = r"(?:\d++\.(?=\d))?+(?:(?:\d{3},)++\d{1,3}|\d++)"
_OPENED = rf"(?:[($€£] | [{_MINUS}](?:(?!\ *+[\d)%]|\ *+{_LETTER})|(?=\ ++{_WORDS})))*+"
_NUMBER_BEFORE = rf"{_UNIT}[)$€£]*+{_UNIT}%?{_NUMERAL_BEFORE}\.?+{_OPENED}"
_PAIR_BEFORE = rf"{_UNIT}({_NUMERAL_BEFORE})\$?\ *+({SIGN})\ *+{_UNIT}({_NUMERAL_BEFORE})\$?"
_SUM_BEFORE = rf"{_NUMBER_BEFORE}(?:\ *+{SIGN}\ *+{_NUMBER_BEFORE})*+"
_SUM_BEGINS = rf"""(?=
    \ *+(?:[\n(\[{{:;?"|>]|\Z)
    | (?<=[\d($€£.])\ ++(?:[.,!)\]]|{_LETTER})
    | (?<=[{_MINUS}])\ ++{_WORDS}
    | \ ++[-*\u2022]\ *+(?:\n|\Z)
)"""
_NAME = rf"(?={_LETTER}{_ALONE})(?:{_LETTER}(?!\ ++{_LETTER})|{_WORDS})"
"""A letter that stands for a number, and is not the last word of a unit."""
_CLOSED_BEFORE = rf"\)(?:[\d\ .$%{_ANY}]*+(?:\)[\d\ .$%{_ANY}]*+\()?+)*+\("
_RUN_BEFORE = rf"(?:{_CLOSED_BEFORE} | [\d\ $%{_ANY}]++ | (?<=\d)\.)*+"
_NO_VALUE_BEFORE = rf"""(?=
    [)}}][^(){{}}=\n]*[({{](?:{_LETTER}|\\|_(?!_))
    | {_RUN_BEFORE}(?:(?<=[{_ANY}])|(?<=[{_ANY}]\ )){_NAME}
    | \)*+\ *+(?:
        {_RUN_BEFORE}(?:
            (?:(?<=[{_ANY}])|(?<=[{_ANY}]\ )){_NAME}
            | (?<=\d){_LETTER}
            | (?:(?<=[{_TIGHT}])|(?<=[{_TIGHT}]\ )){_WORDS}
        )
        | {_WORDS}
        | \d++(?:[.,]\d++)*+\ *+[{_MINUS}]\ *+{_WORDS}
    )
    | \)++\ *+{_LETTER}{_ALONE}(?=\ ?[({_ANY}]|\d)
    | [.,:;?"|<>+*/] | \n | \Z
)"""
BEFORE = re.compile(
    rf"""=\ *+(?:
        ([A-Z])(?=\ *+(?:[\n.,:;?!>|]|\Z) | \ ++{_WORDS})
        | (?={_LETTER})(?={_NAME}|{_WORDS})
        | (?:{_PAIR_BEFORE}|({_SUM_BEFORE}))(?:(?=\ *+([=~]))|{_SUM_BEGINS})
        | {_NO_VALUE_BEFORE}
        | (?=([\s\S]))
    )""",
    re.VERBOSE,
)
