"""The Python side: `curate.load`, `curate.run`, `curate.filter`, and what they hand back.

running.py  recipes loaded, runs and filterings done
given.py    rows and checks as a caller gives them, made what the pipeline takes
result.py   what came of it: iterators and frames over the folder of a result
"""
