"""What a format is: of what it makes rows, what they look like, and what a trainer must be told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from curate.records import JSON, PreferencePair, Trace

Kind = Literal["trace", "problem", "pair", "judged", "line"]
"""What a format makes rows of: a trace (to imitate), its problem (to solve and be graded), a pair (to prefer), a trace
with what became of it (to imitate or to avoid), or the line of the input itself."""

OVER_ALL: tuple[Kind, ...] = ("pair", "judged")
"""Kinds that are made of all replies, also of those that were dropped, when it is known what became of each."""

Row = msgspec.Struct | dict[str, str] | msgspec.Raw
"""A record of the format's own, keys and texts of the user's own, or a line as it was read."""


class StudentTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """The chat template that the student is trained through; plain data, so that it travels to worker processes."""

    source: str
    """The template."""
    special_tokens: dict[str, str] = {}
    """`bos_token`, `eos_token` ... to their text, where they are known."""


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What a recipe's `output` says about rows, whatever the format."""

    system: str | None = None
    """A system message for conversations that have none."""
    user: str = "problem"
    """`problem`: the student reads the bare problem; `prompt`: what the teacher was sent."""
    chat_template: StudentTemplate | None = None
    """Where rows are text: what writes it."""
    render: dict[str, str] = {}
    """Where rows are the user's own: key to template."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two replies to one problem, of which one is preferred."""

    chosen: Trace
    """The better one."""
    rejected: Trace
    """The worse one."""
    about: PreferencePair
    """Why."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A reply, and what became of it."""

    trace: Trace
    """The reply."""
    dropped_by: str | None
    """The check that dropped it for a fault of its own; None for one that was kept."""
    reason: str
    """What that check saw, or nothing."""


class RefusedError(ValueError):
    """Raised by a format for what it cannot carry; the row is counted and named, never written half."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the shards of one format when its sidecars are written; paths are relative to the export."""

    name: str
    """What the export is called, for trainers that name their datasets: `[a-z0-9][a-z0-9._-]*`."""
    folder: str
    """The folder of the shards, which is the format's name."""
    shards: Mapping[str, tuple[str, ...]]
    """Split to its JSONL shards, `train` first."""
    rows: Mapping[str, int]
    """Split to its rows."""
    counted: str
    """How tokens were counted, in words."""
    max_tokens: int
    """No row has more tokens. Trainers must be told, because what is longer than their default they cut or drop."""


Sidecars = Mapping[str, str | JSON]
"""File name, relative to the export, to its text, or to a JSON object: objects of several formats become one file."""


def no_sidecars(_facts: Facts) -> Sidecars:
    """Return nothing, for formats whose trainers need no file beside the shards."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: every row has the same keys and types, no nulls and no empty lists."""

    name: str
    doc: str
    """What a row holds, for the docs."""
    kind: Kind
    """What it makes rows of."""
    render: Callable[[Any, Wishes], tuple[Row, ...]]
    """Returns the rows of a `Trace`, `Problem`, `Pair`, `Judged` or line, as `kind` says, or raises `RefusedError`."""
    row: type[msgspec.Struct] | None
    """The shape of a row, of which its JSON Schema is generated; None where the user says what a row holds."""
    sidecars: Callable[[Facts], Sidecars] = no_sidecars
    """Returns the files that its trainer wants beside the shards."""
    paste: Callable[[Facts], str]
    """Returns what to paste into the trainer's own config or script, run from the export's folder."""
    needs: tuple[Literal["chat_template", "render"], ...] = ()
    """Keys of `output` that it cannot do without."""
    plain_only: bool = False
    """Whether its trainer reads no compressed files."""
