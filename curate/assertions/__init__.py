"""What a step asserts, recomputed where that can be done with certainty; silence everywhere else.

tokens.py        a line cut into numbers, signs and words
chains.py        what is set equal to what
expressions.py   the exact value of an expression
pairs.py         neighbours in a chain, with their values
excuses.py       why two sides that differ may yet be no mistake
rounding.py      numbers that were rounded when they were written
sums.py          the value of a plain sum
sides.py         what stands right before and after each equals sign
letters.py       letters that stand for numbers
plainly.py       the equals signs that plainly assert nothing untrue, so that the rest is seldom read
equalities.py    which equalities of a step are untrue
equations.py     the unknowns that the problem's own equations fix
readings.py      other ways to read two sides: percent, units, fractions, sums that go on
facts.py         unit conversions, calendar facts, sizes of sets
units.py         units with a fixed relation to one another
words.py         words that decide whether what stands beside a sum belongs to it
mistake.py       what is found
reading.py       the steps of a trace, one after the other
"""

from curate.assertions.mistake import Mistake
from curate.assertions.reading import first_mistake

__all__ = ["Mistake", "first_mistake"]
