"""The stages in order; every loop that needs several of the layers below is driven from here.

plan.py         names resolved against the registries, or a located error
requests.py     problems x teachers x samples, in plan order
planning.py     the plan of a run, counted and kept beside it
generate.py     plan -> ledger -> traces/
project.py      traces/ as a pure function of plan and ledger
filter.py       any JSONL -> kept, dropped, unreadable, formats, verdicts
judge.py        the first movement of a unit: read, judge, remember
occurrences.py  identical rows told apart
write.py        the second movement of a unit: copy the kept lines, set the others aside, render formats
gather.py       the rows of all units put together, and counted
verdicts.py     what every check said of every row, as Parquet
workers.py      units over processes
run.py          generate, filter, and what the recipe expects
validate.py     files against schemas, folders against their manifests
contract.py     what every check promises
inspect.py      one row's life, and rows to read by eye
"""
