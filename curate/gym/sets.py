"""Which datasets of reasoning-gym are sound: as `python -m benchmarks.gym --write` measured one version of it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

MEASURED = Path(__file__).with_name("sets.json")


class Sets(msgspec.Struct, frozen=True, kw_only=True):
    """The datasets of one version of reasoning-gym."""

    version: str
    """The version that was measured, the only one whose problems are made and judged."""
    sound: tuple[str, ...]
    """Datasets whose own answers score 1.0, and no others that were tried."""
    refused: Mapping[str, str]
    """Dataset to what is wrong with it."""


@cache
def measured_sets() -> Sets:
    """Return what was measured."""
    return msgspec.json.decode(MEASURED.read_bytes(), type=Sets)
