"""From rendered rows to what a trainer reads: ordered, split, cut into shards, described.

planning.py   the outputs of a recipe, resolved
counting.py   how many tokens a trainer will see in a row
metadata.py   what is known of a trace, as one text
rendering.py  what one trace, problem or pair comes to: rows, or why there is none
spool.py      a rendered row on its way to its shard
alike.py      problems that are nearly the same
sides.py      which split each problem falls into
ordered.py    the rows of all units in one order, within bounded memory
shards.py     the shards of one format
packed.py     one shard as a file, plain or compressed
columns.py    the shards once more as Parquet
lengths.py    what is to be said of the lengths of rows
export.py     `curate export`: the kept rows of a result in other formats
proving.py    what of an export survives a student's chat template
provenance.py how the traces of a result were made, for the card
output.py     one output of a recipe, from the spools of all units to shards and sidecars
"""
