"""Cut a chain of thought into its steps.

Numbered steps and list items are steps; else paragraphs; else lines; else sentences. The first cut that gives at
least two pieces counts.
"""

import re

_MARKED = re.compile(
    r"^(?=[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*)?(?:step[ \t]*\d+|\d{1,2}[.)][ \t]))", re.IGNORECASE | re.MULTILINE
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_SENTENCE = re.compile(
    r"(?<=[.!?])\s+(?=[A-Z(\"'$\\\d-]|[^\x00-\x7f])|(?<=[\u3002\uff01\uff1f\u0964\u061f\u06d4])(?![\u201d\u2019\u300d\u300f\uff09])"
)
_CUTS = (_MARKED, _PARAGRAPH, re.compile(r"\n"), _SENTENCE)


def cut_steps(chain: str) -> tuple[str, ...]:
    """Return the steps of a chain of thought, in order, without white space around them; none for an empty text."""
    for cut in _CUTS:
        steps = tuple(piece.strip() for piece in cut.split(chain) if piece.strip())
        if len(steps) > 1:
            return steps
    return (chain.strip(),) if chain.strip() else ()
