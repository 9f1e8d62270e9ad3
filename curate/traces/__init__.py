"""From what a teacher said, or a file holds, to a trace.

thinking.py   split thinking from response, wherever the tags are
reading.py    thinking, steps, response and answer of a reply
steps.py      cut a chain of thought into its steps
build.py      a reply of ours -> trace
own.py        a line of ours -> trace, in one step
foreign.py    a row of somebody's file -> traces, by the columns it has
"""
