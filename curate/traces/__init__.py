"""From what a teacher said, or a file holds, to a trace.

thinking.py   split thinking from response, wherever the tags are
steps.py      cut a chain of thought into its steps
build.py      a reply of ours -> trace
foreign.py    a row of somebody's file -> traces, by the columns it has
"""
