"""Where problems come from.

builtin.py   the families, numbered from 0 for each seed
files.py     rows of a JSONL file
"""

from curate.problems.builtin import builtin_problem, builtin_problems
from curate.problems.files import UnreadableRow, file_problems

__all__ = ["UnreadableRow", "builtin_problem", "builtin_problems", "file_problems"]
