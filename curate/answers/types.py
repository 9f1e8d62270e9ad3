"""What an answer is asked to be: types that a problem names, and what its text says of the form."""

import re
from functools import lru_cache

import msgspec

from curate.answers.choices import options_in

TYPES: dict[str, str] = {
    "integer": "a whole number",
    "number": "a number in any notation",
    "percent": "a number of percent, with or without its sign",
    "share": "a share or probability: 10% is 0.1",
    "money": "an amount of money",
    "quantity": "a number with its unit",
    "time": "a time of day",
    "date": "a day of the calendar",
    "ratio": "a ratio such as 3:2",
    "interval": "an interval, a union of them, or an inequality",
    "tuple": "values in order",
    "set": "values in no order",
    "equation": "an equation",
    "expression": "an expression in variables",
    "matrix": "a matrix or a vector",
    "choice": "the letter of an option, or its text",
    "truth": "yes, no, or that it cannot be known",
    "names": "one name or several in no order",
    "words": "a word or a short phrase, nothing else being right",
    "literal": "a Python literal",
    "numeral": "a numeral in a stated base",
}
"""Type to what it means."""

_OTHER_NAMES = {
    **dict.fromkeys(("int", "whole_number", "count"), "integer"),
    **dict.fromkeys(("float", "decimal", "fraction", "numeric", "numerical", "real"), "number"),
    **dict.fromkeys(("percentage",), "percent"),
    **dict.fromkeys(("probability", "proportion"), "share"),
    **dict.fromkeys(("currency",), "money"),
    **dict.fromkeys(("measure", "measurement", "number_with_unit"), "quantity"),
    **dict.fromkeys(("clock", "time_of_day"), "time"),
    **dict.fromkeys(("inequality", "range"), "interval"),
    **dict.fromkeys(("ordered", "ordered_pair", "point", "coordinates", "sequence"), "tuple"),
    **dict.fromkeys(("unordered", "several", "multiple_answer"), "set"),
    **dict.fromkeys(("formula", "algebraic", "symbolic"), "expression"),
    **dict.fromkeys(("vector",), "matrix"),
    **dict.fromkeys(("multiple_choice", "option", "mcq", "letter"), "choice"),
    **dict.fromkeys(("yes_no", "true_false", "bool", "boolean"), "truth"),
    **dict.fromkeys(("name",), "names"),
    **dict.fromkeys(("word", "label", "string"), "words"),
    **dict.fromkeys(("python", "python_literal", "list", "dict", "json"), "literal"),
    **dict.fromkeys(("base", "base_n", "binary", "hexadecimal"), "numeral"),
}


class Asked(msgspec.Struct, frozen=True):
    """What a problem asks its answer to be."""

    type: str | None = None
    """One of `TYPES`, or None when neither stated nor to be seen."""
    options: dict[str, str] = {}
    """Letter to text, where the problem lists options."""
    rounded: bool = False
    """Whether the problem asks for a rounded or approximate value."""
    text: str = ""
    """The problem's text, or empty."""

    @property
    def element(self) -> "Asked":
        """What is asked of one of several values."""
        return ROUNDED_ASKED if self.rounded else NOTHING_ASKED


NOTHING_ASKED = Asked()
ROUNDED_ASKED = Asked(rounded=True)


def type_named(name: str | None) -> str | None:
    """Return the type behind a name, or None for a name that is none of ours."""
    if name is None:
        return None
    folded = name.strip().lower().replace("-", "_").replace(" ", "_")
    return folded if folded in TYPES else _OTHER_NAMES.get(folded)


_ROUNDED = re.compile(r"\bround|\bnearest\b|\bdecimal place|\bsignificant (?:figure|digit)|\bapproximat", re.IGNORECASE)
_SAYS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:what|which|find the) percent(?:age)?\b|\bas a percent(?:age)?\b", re.IGNORECASE), "percent"),
    (re.compile(r"\bprobability\b|\bwhat (?:fraction|proportion)\b|\bas a common fraction\b", re.IGNORECASE), "share"),
    (re.compile(r"\b(?:at )?what time\b", re.IGNORECASE), "time"),
    (re.compile(r"\bMM/DD/YYYY\b|\bDD/MM/YYYY\b|\bwhat (?:is the |was the )?date\b", re.IGNORECASE), "date"),
    (re.compile(r"\bordered (?:pair|triple|list|tuple)\b", re.IGNORECASE), "tuple"),
    (re.compile(r"\binterval notation\b", re.IGNORECASE), "interval"),
    (re.compile(r"\bwhat is the ratio\b|\bfind the ratio\b|\bin what ratio\b", re.IGNORECASE), "ratio"),
)
MAX_PROBLEM_CHARACTERS = 20_000


@lru_cache(maxsize=256)
def asked_for(answer_type: str | None, problem_text: str | None) -> Asked:
    """Return what is asked for: the type that is stated, else what the problem's text says of its answer."""
    stated = type_named(answer_type)
    if not problem_text:
        return Asked(stated) if stated else NOTHING_ASKED
    text = problem_text[-MAX_PROBLEM_CHARACTERS:]
    options = options_in(text) if stated in {None, "choice", "words"} else {}
    said = stated or next((name for pattern, name in _SAYS if pattern.search(text)), None)
    return Asked(said, options, _ROUNDED.search(text) is not None, text)
