"""What of an export survives the student's chat template, in words."""

from collections.abc import Iterable

from curate.escaping import clipped, one_line
from curate.export.proof import Proof
from curate.export.survival import FAULTS


def told(proof: Proof) -> str:
    """Return what was found of the replies of one format."""
    if not proof.replies:
        return f"{proof.format}: no chat template takes part in its {proof.rows:,} rows"
    lines = [f"{proof.format}: {proof.whole:,} of {proof.replies:,} replies come through whole{_learnt(proof)}"]
    width = max(map(len, proof.faults), default=0)
    for fault, count in proof.faults.items():
        seen = clipped(one_line(proof.seen.get(fault, "")), 200)
        lines.append(f"  {fault:<{width}}  {count:>9,}  {FAULTS[fault]}{f': {seen}' if seen else ''}")
    if proof.faults:
        lines.append(f"  {_remedy(proof)}")
    return "\n".join(lines)


def losses(proofs: Iterable[Proof]) -> list[str]:
    """Return what wants attention: formats of which not every reply comes through whole."""
    return [
        f"{proof.format}: {proof.replies - proof.whole:,} of {proof.replies:,} replies do not survive the chat template"
        for proof in proofs
        if proof.whole < proof.replies
    ]


def _learnt(proof: Proof) -> str:
    over = "between the template's generation marks" if proof.marked else "on what follows the prompt"
    if proof.tokens is None:
        return f", the loss {over}"
    return f", the loss {over}: {proof.tokens_learnt:,} of {proof.tokens:,} tokens"


def _remedy(proof: Proof) -> str:
    if proof.kept_by:
        return f"with this template they come through whole as {' or '.join(proof.kept_by)}"
    return "no format keeps them whole with this template; give the student a template that was made for training"
