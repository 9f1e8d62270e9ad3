"""Problems that a teacher writes: asked for in rounds, held against what there is, confirmed by samples of the solver.

writing.py      the authors of a run, one for each source
author.py       one of them, round by round
screening.py    is a problem new and sound?
asker.py        what the ledger holds is not asked again
reading.py      the replies of a round, read
confirming.py   is the author's answer the one that others find?
material.py     what an author is shown: seeds, topics, passages
"""
