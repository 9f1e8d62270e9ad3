"""From rows to kept and dropped ones, in movements over all units, with the checks that compare rows between them.

filter.py        any JSONL -> kept, dropped, unreadable, formats, verdicts
planned.py       checks and outputs as workers load them; against.py: what they are held against
job.py           what is to be done, as plain data; workers.py: units over processes
shapes.py        how each file is read, said once
movements.py     the movements of all units, stretch by stretch; units.py: one of one unit, in a worker
reading.py       lines to rows
judge.py         rows to findings; state.py: what is known of them between two movements
corpus.py        the checks that compare rows: spill.py, stored.py hold signatures
clusters.py      which rows were dropped for being like which
occurrences.py   identical rows told apart
tries.py         which replies are right, counted in the workers; rates.py: pass rates over all of them
write.py         rows to files: unit_files.py, tally.py; origins.py: where kept rows come from
gather.py        the rows of all units put together, and counted
verdicts.py      what every check said of every row, as Parquet
rejudge.py       verdicts of an earlier result that still stand; recall.py: what it says of a row
"""
