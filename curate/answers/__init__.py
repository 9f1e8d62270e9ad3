r"""Text to answer, and are two answers the same?

extract.py          find the final answer in a response, where it stands, and by which rule it was found
statements.py       ways in which a response states its answer in words; silence.py, short texts that state none
tongues.py          statements of an answer in other languages than English
plain.py            the text of an answer made regular: one spelling for each sign
types.py            what an answer is asked to be, by its stated type or by the text of the problem
compare.py          same, different or undecided: equal text, then kinds, then across kinds, then symbolic
kinds.py            the kinds of answers in order; each has a file that reads and compares it:
                    numeric.py, number_words.py, ordinals.py, units.py, quantities.py, ratios.py, times.py, numerals.py,
                    intervals.py, several.py, matrices.py, choices.py, truths.py, words.py, literals.py, sentences.py
expressions.py      formulas read into trees; evaluate.py finds their values, formulas.py compares them
batch.py            many pairs, in order, of which a hard one holds up no other
symbolic.py         formulas that no other rule decides, in worker processes (symbolic_worker.py)
code.py             Python functions: the code in a response, run with the problem's tests in the sandbox; code_tests.py
scored.py           problems with a scorer of their own, those of reasoning-gym
verdicts.py         what a comparison comes to
"""

from curate.answers.code import PYTHON_FUNCTION, find_code
from curate.answers.compare import canonical, compare, reading
from curate.answers.extract import Found, answer_in, find_answer
from curate.answers.verdicts import Verdict

__all__ = [
    "PYTHON_FUNCTION",
    "Found",
    "Verdict",
    "answer_in",
    "canonical",
    "compare",
    "find_answer",
    "find_code",
    "reading",
]
