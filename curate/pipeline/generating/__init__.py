"""From a recipe to traces: plan, ask what no reply serves yet, project.

generate.py      plan -> ledger -> traces/
teaching.py      who is asked; prompting.py: with which prompt
requests.py      problems x teachers x samples, in plan order
planning.py      the plan of a run, counted and kept beside it
ask.py           what no reply serves yet is asked; meter.py: what that costs, while it goes on
ledgers.py       where the ledger is; remember.py: whether the folder is that of this run
truncation.py    was a reply cut off by its limit?
project.py       traces/ as a pure function of plan and ledger
status.py        how a run stands;  preview.py, ping.py: what it would send first, and whether that is answered
"""
