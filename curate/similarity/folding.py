"""Text as exact copies are compared: compatibility forms, case, spacing and LaTeX spacing made one."""

import re

from curate.digests import normalised_words

LATEX_SPACING = re.compile(
    r"\\(?:[,;:! ]|(?:quad|qquad|left|right|displaystyle|limits|bigg?)(?![A-Za-z]))", re.IGNORECASE
)
"""What LaTeX writes for spacing and size."""
_AROUND_SYMBOLS = re.compile(r" (?=[^\w ])|(?<=[^\w ]) ")


def folded(text: str) -> str:
    """Return a text in NFKC and lower case, with single spaces; where it holds LaTeX, with none around symbols."""
    if not text.isascii():
        text = normalised_words("NFKC", text)
    is_latex = "\\" in text or "$" in text
    if is_latex:
        text = LATEX_SPACING.sub(" ", text).replace("~", " ")
    text = " ".join(text.casefold().split())
    return _AROUND_SYMBOLS.sub("", text) if is_latex else text
