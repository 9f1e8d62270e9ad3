"""Yes, no, and that it cannot be known: `Yes.`, `true`, `No, because ...`, `Uncertain`, `cannot be determined`."""

import re

from curate.answers.types import Asked
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 400

_WORDS = {
    **dict.fromkeys(("yes", "true", "correct", "yep", "yeah"), "yes"),
    **dict.fromkeys(("no", "false", "incorrect", "nope"), "no"),
    **dict.fromkeys(
        ("uncertain", "unknown", "undetermined", "indeterminate", "cannot be determined", "cannot be known"), "unknown"
    ),
    **dict.fromkeys(("not enough information", "insufficient information", "can't be determined"), "unknown"),
}
_LETTERS = {"t": "yes", "f": "no", "y": "yes", "n": "no"}
_LEADING = re.compile(r"(yes|no|true|false|uncertain|unknown)\s*(?:[,.;:!-]|\s+because\b)", re.IGNORECASE)
_VALID = {"valid": "valid", "invalid": "invalid"}


def read_truth(text: str, asked: Asked) -> str | None:
    """Return `yes`, `no` or `unknown`, or `valid` or `invalid`, or None when the text says none of these."""
    if len(text) > MAX_CHARACTERS:
        return None
    folded = text.casefold().rstrip(".!").removeprefix("it ").removeprefix("is ")
    found = _WORDS.get(folded) or _VALID.get(folded)
    if found is None and asked.type == "truth":
        found = _LETTERS.get(folded)
    if found is None and (match := _LEADING.match(text)):
        found = _WORDS[match[1].casefold()]
    return found


def compare_truths(left: str, right: str, _asked: Asked) -> Decision | None:
    """Compare two truth values; whether `yes` means `valid` depends on the question."""
    if (left in _VALID) != (right in _VALID):
        return "undecided", "truth"
    return ("same" if left == right else "different"), "truth"
