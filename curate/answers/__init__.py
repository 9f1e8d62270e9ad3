r"""Text to answer, and are two answers the same?

extract.py   find the final answer in a response, where it stands, and by which rule it was found
numeric.py   read a number as it is written: 1,000.50  $3  3/4  1 1/2  -7  12%  5e3  \frac{3}{4}
choices.py   choice letters, and the options that a problem lists
verdicts.py  same, different or undecided, the rule and verifier that decided, and both readings
compare.py   same, different or undecided, with the rule that decided
"""

from curate.answers.compare import canonical, compare
from curate.answers.extract import Found, find_answer
from curate.answers.verdicts import Verdict

__all__ = ["Found", "Verdict", "canonical", "compare", "find_answer"]
