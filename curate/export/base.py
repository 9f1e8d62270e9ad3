"""What a format is."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from curate.records import Trace


class Wishes(msgspec.Struct, frozen=True):
    """What a recipe's `output` says about rows, whatever the format."""

    system: str | None = None
    """A system message for conversations that have none."""
    user: str = "problem"
    """`problem`: the student reads the bare problem; `prompt`: what the teacher was sent."""


class RefusedError(ValueError):
    """Raised by a format for a trace that it cannot carry; the row is counted and named, never written half."""


@dataclass(frozen=True)
class Format:
    """A format: every row has the same keys and types, no nulls and no empty lists."""

    name: str
    doc: str
    """What a row holds, for the docs."""
    render: Callable[[Trace, Wishes], msgspec.Struct]
    """Returns the row of a trace, or raises `RefusedError`."""
    row: type[msgspec.Struct]
    """The shape of a row; its JSON Schema is generated from it."""
