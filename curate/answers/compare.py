"""Are two answers the same? Three results, each with the rule that decided it.

What cannot be decided here is undecided, never wrong: a different wording is no different answer until a rule says so.
"""

import re

from curate.answers.choices import chosen, options_in
from curate.answers.extract import bare
from curate.answers.numeric import Number, read_number
from curate.answers.verdicts import Sameness, Verdict
from curate.digests import normalised_words

Decision = tuple[Sameness, str]
"""What two readings come to, and by which rule."""

TRUTHS = {"yes": True, "true": True, "no": False, "false": False}
_NAMES = re.compile(r"[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?")


def compare(gold: str, answer: str, answer_type: str | None = None, *, problem_text: str | None = None) -> Verdict:
    """Compare an answer with the one known to be right; symmetric in the two.

    Args:
        gold: The reference.
        answer: The answer found in a response.
        answer_type: What the problem says its answer is; None when it does not say.
        problem_text: The question, which may list options or ask for a form; None when it is not at hand.
    """
    left, right = plain(gold), plain(answer)
    sameness, rule = _decide(left, right, answer_type, options_in(problem_text) if problem_text else {})
    return Verdict(sameness=sameness, rule=rule, gold=left, answer=right)


def canonical(answer: str, answer_type: str | None = None) -> str:
    """Return a normal form in which answers that cheap rules call the same are equal, for counting votes.

    Args:
        answer: An answer as it was found.
        answer_type: What the problem says its answer is; None when it does not say.
    """
    text = plain(answer)
    number = read_number(text)
    if number is not None:
        return f"{number.value}"
    if text in TRUTHS:
        return str(TRUTHS[text]).lower()
    if answer_type == "names" or _is_choice(text):
        return ", ".join(sorted(_names(text))) or text
    return text


def _decide(left: str, right: str, answer_type: str | None, options: dict[str, str]) -> Decision:
    if not left or not right:
        return "undecided", "empty"
    if left == right:
        return "same", "exact"
    one, other = (chosen(text, options) for text in (left, right)) if options else (None, None)
    if one and other:
        return "same" if one.letter == other.letter else "different", "option"
    return _decide_typed(left, right, answer_type)


def _decide_typed(left: str, right: str, answer_type: str | None) -> Decision:
    first, second = read_number(left), read_number(right)
    if first and second:
        return _numbers(first, second)
    if left in TRUTHS and right in TRUTHS:
        return "same" if TRUTHS[left] == TRUTHS[right] else "different", "truth"
    if answer_type == "names" or (_is_choice(left) and _is_choice(right)):
        return _words(left, right)
    return "undecided", "no_rule"


def plain(text: str) -> str:
    """Return an answer as it is compared: bare, NFKC, lower case, single spaces."""
    text = bare(text)
    return " ".join((text if text.isascii() else normalised_words("NFKC", text)).split()).casefold()


def _numbers(left: Number, right: Number) -> Decision:
    """A number equals a number; a percent sign or currency on one side alone leaves open what was meant."""
    if left.value == right.value:
        unclear = {left.unit, right.unit} == {"percent", "money"}
        return "undecided" if unclear else "same", "number"
    if (left.unit == "percent") != (right.unit == "percent") and _percent_of(left, right):
        return "undecided", "percent_or_share"
    if _may_be_rounded(left, right) or _may_be_rounded(right, left):
        return "undecided", "rounded"
    return "different", "number"


def _may_be_rounded(rounded: Number, exact: Number) -> bool:
    """Say whether the first, written as a decimal, is the second rounded to as many digits."""
    return rounded.quantum is not None and abs(rounded.value - exact.value) <= rounded.quantum / 2


def _percent_of(left: Number, right: Number) -> bool:
    percent, other = (left, right) if left.unit == "percent" else (right, left)
    return percent.value / 100 == other.value


def _is_choice(text: str) -> bool:
    return re.fullmatch(r"\(?[a-z]\)?", text) is not None


def _words(left: str, right: str) -> Decision:
    """Compare names as they are listed, whatever joins them; the order does not matter."""
    first, second = _names(left), _names(right)
    if not first or not second:
        return "undecided", "names"
    return "same" if first == second else "different", "names"


def _names(text: str) -> frozenset[str]:
    listed = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*", text.strip("()[]{}"))
    names = [name.strip() for name in listed if name.strip()]
    return frozenset(names) if all(_NAMES.fullmatch(name) for name in names) else frozenset()
