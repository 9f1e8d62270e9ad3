"""Formats: from a trace to the row of one trainer, one file per format.

base.py       what a format is
messages.py   conversations with thinking inline, the widest common ground
card.py       the dataset card
"""

from curate.export.base import Format, RefusedError
from curate.export.messages import MESSAGES

FORMATS: dict[str, Format] = {format_.name: format_ for format_ in (MESSAGES,)}

__all__ = ["FORMATS", "Format", "RefusedError"]
