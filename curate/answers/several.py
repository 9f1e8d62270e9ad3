r"""Several values: tuples and lists in order, sets and bare lists in none: `(1, 2)`, `\{3, 4\}`, `x = 1 or x = 2`.

`1, 2` may leave away the brackets of a pair or the braces of a set, so in the same order it is the same as either.
"""

import re
from collections.abc import Callable, Sequence

import msgspec

from curate.answers.formulas import read_labelled
from curate.answers.numeric import read_number
from curate.answers.types import Asked
from curate.answers.verdicts import Decision, Sameness

MAX_CHARACTERS = 2_000
MAX_ELEMENTS = 60

Decide = Callable[[str, str, Asked], Decision]
"""Compares two elements."""


class Several(msgspec.Struct, frozen=True):
    """Values, and what stood around them."""

    values: tuple[str, ...]
    """Each as text."""
    around: str
    """`(` or `[`, in order; `{`, in none; empty where nothing says."""

    @property
    def is_ordered(self) -> bool:
        """Whether the order counts."""
        return self.around in {"(", "["}

    def __str__(self) -> str:
        closer = {"(": ")", "[": "]", "{": "}", "": ""}[self.around]
        return f"{self.around}{', '.join(self.values)}{closer}"


_MEMBER = re.compile(r"[A-Za-z](?:_\w)?\s*∈\s*")
_OPENERS = {"(": ")", "[": "]", "{": "}"}
_SPLIT = re.compile(r"\\[{}]|[(\[{)\]}]|[,;]|\s+(?:and|or|&)\s+")


def read_several(text: str, asked: Asked) -> Several | None:
    """Return the values that a text lists, or None when it is a single value; `1,234` is a number."""
    if len(text) > MAX_CHARACTERS or read_number(text) is not None:
        return None
    if member := _MEMBER.match(text):
        text = text[member.end() :]
    around, inside = _opened(text)
    values = split(inside)
    if values is None or len(values) > MAX_ELEMENTS or (len(values) == 1 and around != "{" and "±" not in text):
        return None
    if around == "" and asked.type in {"tuple", "set"}:
        around = "(" if asked.type == "tuple" else "{"
    return Several(tuple(_both_signs(_without_common_label(values))), around)


def _opened(text: str) -> tuple[str, str]:
    r"""Return which bracket holds the whole text, and what is in it; `\{` counts as `{`."""
    if text.startswith(r"\{") and text.endswith(r"\}") and _closes_at_end(text.replace("\\", "")):
        return "{", text[2:-2]
    if text[:1] in _OPENERS and text.endswith(_OPENERS[text[0]]) and _closes_at_end(text):
        return text[0], text[1:-1]
    return "", text


def _closes_at_end(text: str) -> bool:
    level = 0
    for place, sign in enumerate(text):
        level += (sign in "([{") - (sign in ")]}")
        if level == 0:
            return place == len(text) - 1
    return False


def split(text: str) -> list[str] | None:
    """Return the parts between separators outside all brackets, or None when brackets or parts are missing."""
    parts, level, start, separators = [], 0, 0, ""
    for match in _SPLIT.finditer(text):
        sign = match[0].strip(" \\").replace("&", "and")
        if sign in _OPENERS:
            level += 1
        elif sign in {")", "]", "}"}:
            level -= 1
        elif level == 0:
            parts.append((separators, text[start : match.start()].strip()))
            start, separators = match.end(), sign
    parts.append((separators, text[start:].strip()))
    values = [part for separator, part in parts if part or separator not in {",", "and", "or"}]
    if level or not all(values):
        return None
    return _grouped(parts) if _has_groups(parts) else values


def _has_groups(parts: list[tuple[str, str]]) -> bool:
    return {";", ","} <= {separator for separator, _ in parts}


def _grouped(parts: list[tuple[str, str]]) -> list[str]:
    """Return `p=5, q=2; p=7, q=2` as `(5, 2)` and `(7, 2)`."""
    groups: list[list[str]] = [[]]
    for separator, part in parts:
        if separator == ";":
            groups.append([])
        labelled = read_labelled(part)
        groups[-1].append(part if labelled is None else labelled.value)
    return [f"({', '.join(group)})" if len(group) > 1 else group[0] for group in groups]


def _without_common_label(values: list[str]) -> list[str]:
    """Return `x = 1`, `x = 2` as `1`, `2`, and `n = 1`, `2`, `3` as `1`, `2`, `3`; other labels tell values apart."""
    labelled = [read_labelled(value) if "=" in value else None for value in values]
    labels = {found.label for found in labelled if found is not None}
    if len(labels) != 1 or not (all(labelled) or (labelled[0] and not any(labelled[1:]))):
        return values
    return [value if found is None else found.value for value, found in zip(values, labelled, strict=True)]


def _both_signs(values: list[str]) -> list[str]:
    """Return each value with `±` as two."""
    found = []
    for value in values:
        if "±" in value:
            found += [value.replace("±", "+").removeprefix("+").strip(), value.replace("±", "-")]
        else:
            found.append(value)
    return found


def compare_several(left: Several, right: Several, asked: Asked, decide: Decide) -> Decision:
    """Compare two collections, with `decide` for their elements."""
    labelled = labels_of(left.values), labels_of(right.values)
    if labelled[0] and labelled[1] and set(labelled[0]) == set(labelled[1]):
        first, second = ([values[label] for label in sorted(values)] for values in labelled)
        return in_order(first, second, asked, decide), "several"
    ordered = in_order(left.values, right.values, asked, decide)
    if left.is_ordered and right.is_ordered:
        doubtful = left.around != right.around and len(left.values) == 2  # noqa: PLR2004 - (1, 2) and [1, 2] may be intervals
        return ("undecided" if doubtful and ordered == "same" else ordered), "tuple"
    if ordered == "same":
        return "same", "several"
    unordered = in_any_order(left.values, right.values, asked, decide)
    if unordered == "same" and (left.is_ordered or right.is_ordered):
        return "undecided", "order"
    return unordered, "several"


def labels_of(values: Sequence[str]) -> dict[str, str]:
    """Return label to value where every value has a label of its own, else nothing."""
    labelled = [read_labelled(value) if "=" in value else None for value in values]
    found = {value.label: value.value for value in labelled if value is not None and value.label}
    return found if len(found) == len(values) else {}


def in_order(left: Sequence[str], right: Sequence[str], asked: Asked, decide: Decide) -> Sameness:
    """Compare element by element."""
    if len(left) != len(right):
        return "different"
    found = {decide(one, other, asked)[0] for one, other in zip(left, right, strict=True)}
    return "different" if "different" in found else "undecided" if "undecided" in found else "same"


def in_any_order(left: Sequence[str], right: Sequence[str], asked: Asked, decide: Decide) -> Sameness:
    """Compare as sets: every element must be the same as one of the others, and the other way round."""
    table = [[decide(one, other, asked)[0] for other in right] for one in left]
    lines = [*table, *zip(*table, strict=True)]
    if all("same" in line for line in lines):
        return "same"
    return "different" if any(set(line) == {"different"} for line in lines) else "undecided"
