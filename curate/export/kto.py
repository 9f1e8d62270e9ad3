r"""`kto`: replies that are wanted and replies that are not, for TRL's `KTOTrainer`; no two need be of one problem.

{"id": "9f1c...", "prompt": [{"role": "user", "content": "Solve 3x + 7 = 22."}],
"completion": [{"role": "assistant", "content": "The answer is 7."}], "label": false,
"metadata": "{\"dropped_by\": \"wrong_answer\", \"reason\": \"'7' instead of '5' ...\"}"}
"""

import msgspec

from curate import jsonlines
from curate.export.base import Facts, Format, Judged, Wishes
from curate.export.pastes import trl
from curate.export.preferences import avoided
from curate.export.turns import context_of, learned
from curate.records import Message


class KTORow(msgspec.Struct, frozen=True, kw_only=True):
    """One reply, and whether it is wanted."""

    id: str
    """The trace's id."""
    prompt: tuple[Message, ...]
    """The turns before the reply."""
    completion: tuple[Message, ...]
    """The reply, one turn of the assistant, its thinking between `<think>` and `</think>`."""
    label: bool
    """Whether it is wanted: it was kept. The others were dropped for a fault of the reply itself."""
    metadata: str
    """The check that dropped it and what that saw, as JSON; both are empty for a reply that was kept."""


def kto(judged: Judged, wishes: Wishes) -> tuple[KTORow]:
    """Render a reply with what became of it."""
    is_kept = judged.dropped_by is None
    about = {"dropped_by": judged.dropped_by or "", "reason": judged.reason}
    return (
        KTORow(
            id=judged.trace.id,
            prompt=context_of(judged.trace, wishes),
            completion=((learned if is_kept else avoided)(judged.trace),),
            label=is_kept,
            metadata=jsonlines.encode(about).decode(),
        ),
    )


def paste(facts: Facts) -> str:
    """Return the lines of a TRL script."""
    note = "where labels are uneven, weigh them: desirable_weight, undesirable_weight"
    return trl(facts, config="KTOConfig", note=note)


KTO = Format(
    name="kto",
    doc="Replies `{id, prompt, completion, label, metadata}`: kept ones are wanted, those with a fault are not.",
    kind="judged",
    render=kto,
    row=KTORow,
    paste=paste,
)
