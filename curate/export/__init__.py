"""Formats: from a trace, a problem or a pair to the rows of one trainer, one file per format.

base.py       what a format is
turns.py      what the student reads and what it learns to say, held against what no trainer could take
messages.py   conversations with thinking inline, the widest common ground
card.py       the dataset card

chat_template.py      a tokenizer's own chat template, rendered as trainers render it
tokenizer_folder.py   the folder of a tokenizer, read as data
replies.py            replies, taken out of the rows of any format
survival.py           what of a reply survives a chat template
"""

from curate.export.base import Facts, Format, Kind, Pair, RefusedError, Wishes
from curate.export.messages import MESSAGES

FORMATS: dict[str, Format] = {format_.name: format_ for format_ in (MESSAGES,)}

__all__ = ["FORMATS", "Facts", "Format", "Kind", "Pair", "RefusedError", "Wishes"]
