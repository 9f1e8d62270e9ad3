"""From a recipe to traces: plan, ask what no reply serves yet, project.

generate.py      plan -> ledger -> traces/
planning.py      the plan of a run;  requests.py, prompting.py, teaching.py: problems, prompts and teachers behind it
sources.py       the problems of a recipe, those with a fault of their own set aside;  aside.py: counted and listed
quoting.py       what the plan comes to, counted and in words
resampling.py    which problems get further samples;  rating.py: which replies are right
ask.py           asking it;  sending.py: out of one budget;  meter.py: what that uses and costs
truncation.py    what was cut off
project.py       traces/ from plan and ledger
remember.py      what the folder remembers;  ledgers.py: where its ledger is
status.py        how a run stands;  preview.py, ping.py: what it would send first, and whether that is answered
"""
