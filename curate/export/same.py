"""`same`: the input's own rows, byte for byte, cut into splits and shards.

Where one input row is several traces (`generations`) or no line of JSON (Parquet), each trace is a row, as in `kept/`.
"""

import msgspec

from curate.export.base import Format, Wishes
from curate.export.pastes import any_trainer


def same(row: bytes, _wishes: Wishes) -> tuple[msgspec.Raw]:
    """Return the row as it is."""
    return (msgspec.Raw(row),)


SAME = Format(
    name="same",
    doc="The input's own rows, byte for byte, whatever their columns are; nulls and missing columns stay as they are.",
    kind="line",
    render=same,
    row=None,
    paste=any_trainer,
)
