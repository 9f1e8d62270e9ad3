"""The stages in order; every loop that needs several of the layers below is driven from here.

From a recipe to traces:

run.py           generate, filter, and what the recipe expects (expectations.py)
plan.py          names resolved against the registries, or a located error; planned.py: what workers load of it
teaching.py      who is asked; prompting.py: with which prompt
requests.py      problems x teachers x samples, in plan order
planning.py      the plan of a run, counted and kept beside it
generate.py      plan -> ledger -> traces/
ask.py           what no reply serves yet is asked; meter.py: what that costs, while it goes on
ledgers.py       where the ledger is; remember.py: whether the folder is that of this run
truncation.py    was a reply cut off by its limit?
project.py       traces/ as a pure function of plan and ledger
status.py        how a run stands;  preview.py, ping.py: what it would send first, and whether that is answered

From rows to kept and dropped ones:

filter.py        any JSONL -> kept, dropped, unreadable, formats, verdicts
job.py           what is to be done, as plain data; workers.py: units over processes
shapes.py        how each file is read, said once
movements.py     the movements of all units, stretch by stretch; units.py: one of one unit, in a worker
reading.py       lines to rows
judge.py         rows to findings; state.py: what is known of them between two movements
corpus.py        the checks that compare rows: spill.py, stored.py hold signatures, against.py what they are held to
clusters.py      which rows were dropped for being like which
occurrences.py   identical rows told apart
write.py         rows to files: unit_files.py, tally.py
gather.py        the rows of all units put together, and counted
verdicts.py      what every check said of every row, as Parquet
rejudge.py       verdicts of an earlier result that still stand; recall.py: what it says of a row

What is read and held against promises:

inspect.py       one row's life, and rows to read by eye
comparing.py     references and answers compared
validate.py      files against schemas, folders against their manifests
contract.py      what every check promises
"""
