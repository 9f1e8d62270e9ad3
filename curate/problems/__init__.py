"""Where problems come from.

builtin.py   the families, numbered from 0 for each seed;  examples.py  some of one family, with solutions
gym.py       datasets of reasoning-gym;  different.py  as many different problems as are asked for
mixed.py     several families or datasets in turn
files.py     rows of a file;  chosen.py  some of them, by hash
authorship.py  what an author of problems is asked;  proposals.py  its replies, read;  novelty.py  is one new?
found.py     what becomes of all that a source holds
"""

from curate.problems.builtin import builtin_problem, builtin_problems
from curate.problems.chosen import Choice, chosen
from curate.problems.files import file_problems
from curate.problems.found import DroppedProblem, Found, NotTaken, UnreadableRow
from curate.problems.gym import gym_problems
from curate.problems.mixed import mixed

__all__ = [
    "Choice",
    "DroppedProblem",
    "Found",
    "NotTaken",
    "UnreadableRow",
    "builtin_problem",
    "builtin_problems",
    "chosen",
    "file_problems",
    "gym_problems",
    "mixed",
]
