"""From rendered rows to what a trainer reads: ordered, split, cut into shards, described.

planning.py   the outputs of a recipe, resolved
spool.py      a rendered row on its way to its shard
sides.py      which split each problem falls into
ordered.py    the rows of all units in one order, within bounded memory
shards.py     the shards of one format
"""
