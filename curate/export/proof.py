"""The rows of one format, proven to come through a student's chat template, or what of them does not."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from curate.export.replies import CARRIERS, replies_of
from curate.export.survival import FAULTS, Fault, Student, Survival
from curate.records import JSON

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TRIED = 100
"""Replies that did not come through, of which it is tried whether another format would keep them."""


class Proof(msgspec.Struct, kw_only=True):
    """What became of the replies of one format."""

    format: str
    """The format's name."""
    rows: int = 0
    """Rows that were looked at."""
    replies: int = 0
    """Replies in them, two in a row of preferences; none where a format hands no turns to a chat template."""
    whole: int = 0
    """Replies that come through with reasoning, response and the end of the turn, all of it learnt."""
    faults: dict[Fault, int] = {}
    """What was lost to the number of replies that lost it; one reply may lose several things."""
    seen: dict[Fault, str] = {}
    """Fault to what was seen where it was found first."""
    kept_by: tuple[str, ...] = ()
    """Formats in which all replies that were tried again come through whole."""
    marked: bool = False
    """Whether the loss is taken between the template's own generation marks, and not over what follows the prompt."""
    tokens: int | None = None
    """Tokens of all replies with their prompts; null without a tokenizer."""
    tokens_learnt: int | None = None
    """Tokens of them that the loss is taken over; null without a tokenizer."""


def prove(form: str, rows: Iterable[JSON], student: Student, tokenizer: "Tokenizer | None" = None) -> Proof:
    """Look at every reply of the rows of a format.

    Args:
        form: The format's name.
        rows: Its rows.
        student: Who is going to read them.
        tokenizer: What counts their tokens.
    """
    proof = Proof(format=form)
    keeping = set(CARRIERS) - {form}
    tried = 0
    for row in rows:
        proof.rows += 1
        for reply in replies_of(row):
            found = student.survival(reply)
            _add(proof, found)
            if tokenizer is not None:
                _count(proof, found, tokenizer)
            if found.faults and tried < TRIED:
                tried += 1
                keeping.intersection_update(student.kept_by(reply))
    proof.kept_by = tuple(name for name in CARRIERS if tried and name in keeping)
    proof.faults = {fault: proof.faults[fault] for fault in FAULTS if fault in proof.faults}
    return proof


def _add(proof: Proof, found: Survival) -> None:
    proof.replies += 1
    proof.whole += not found.faults
    proof.marked = proof.marked or found.marked
    for fault in found.faults:
        proof.faults[fault] = proof.faults.get(fault, 0) + 1
    if found.faults and found.faults[0] not in proof.seen:
        proof.seen[found.faults[0]] = found.detail


def _count(proof: Proof, found: Survival, tokenizer: "Tokenizer") -> None:
    """Add the tokens of a text: one is learnt if it touches what the loss is taken over, as trainers have it."""
    text = found.text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is no text for a tokenizer
    places = tokenizer.encode(text, add_special_tokens=False).offsets
    learnt = sum(any(start < last and first < stop for first, last in found.learnt) for start, stop in places)
    proof.tokens = (proof.tokens or 0) + len(places)
    proof.tokens_learnt = (proof.tokens_learnt or 0) + learnt
