"""What we ship for tests; nothing in the package imports it.

teachers.py      teachers that answer by a script
corpora.py       rows in memory, as a stored check is given them
server.py        an OpenAI-compatible server with faults, on a real socket
faults.py        what can go wrong at it, each a row
completions.py   what it says
exchanges.py     how it says it
"""
