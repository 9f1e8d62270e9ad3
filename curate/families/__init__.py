"""Built-in problem families, one file each: make a puzzle, ask it, solve it step by step.

base.py               what a family is
numbered.py           the problem behind a number, and the `source` that names it
arithmetic_chain.py   expressions with parentheses
linear_equation.py    equations in one unknown
word_problem.py       money, rates, ages, mixtures
tasks.py              families that are made of kinds of tasks:
  gcd_lcm.py              greatest common divisors, least common multiples
  modular_arithmetic.py   remainders of sums and powers, last digits
  fraction_arithmetic.py  expressions and stories of shares
  percentage.py           parts, changes, discounts and taxes
  counting.py             orders, choices, ways on a grid
  probability.py          draws, independent events, dice
  geometry.py             areas, volumes, right triangles (plane_figures.py, solid_figures.py)
  set_operations.py       sets by rules, overlapping groups
  calendar.py             dates, days of the week, times of day
syllogism.py          does the conclusion follow? (categorical.py)
knights_knaves.py     who tells the truth? (knight_worlds.py)
sorting.py            bubble, insertion and selection sort by hand
binary_search.py      binary search in a sorted list
shortest_path.py      Dijkstra's method on a small map
automaton.py          a finite automaton on a word
string_operations.py  a word reversed, rotated, shifted, with letters replaced
table_reading.py      sums, counts and extremes of a small table
code_reading.py       what does this Python program print?
ordering.py           who is where in a row? (elimination.py)
zebra.py              who has what in a row of houses? (elimination.py)
propositional.py      does it follow from if, or and not?

Families that solve by a fixed procedure share procedure.py, which tells where a solution goes astray. The logic
families share logic_words.py; syllogism and knights_knaves have their sentences apart (knight_sentences.py,
syllogism_sentences.py), read them back (knight_reading.py, syllogism_reading.py, both by wordings.py), and tell where
a solution stops following (knight_audit.py, syllogism_audit.py).
"""

from typing import Any

from curate.families.arithmetic_chain import FAMILY as ARITHMETIC_CHAIN
from curate.families.automaton import FAMILY as AUTOMATON
from curate.families.base import Family, Hand, Solution
from curate.families.binary_search import FAMILY as BINARY_SEARCH
from curate.families.calendar import FAMILY as CALENDAR
from curate.families.code_reading import FAMILY as CODE_READING
from curate.families.counting import FAMILY as COUNTING
from curate.families.fraction_arithmetic import FAMILY as FRACTION_ARITHMETIC
from curate.families.gcd_lcm import FAMILY as GCD_LCM
from curate.families.geometry import FAMILY as GEOMETRY
from curate.families.knights_knaves import FAMILY as KNIGHTS_KNAVES
from curate.families.linear_equation import FAMILY as LINEAR_EQUATION
from curate.families.modular_arithmetic import FAMILY as MODULAR_ARITHMETIC
from curate.families.ordering import FAMILY as ORDERING
from curate.families.percentage import FAMILY as PERCENTAGE
from curate.families.probability import FAMILY as PROBABILITY
from curate.families.propositional import FAMILY as PROPOSITIONAL
from curate.families.set_operations import FAMILY as SET_OPERATIONS
from curate.families.shortest_path import FAMILY as SHORTEST_PATH
from curate.families.sorting import FAMILY as SORTING
from curate.families.string_operations import FAMILY as STRING_OPERATIONS
from curate.families.syllogism import FAMILY as SYLLOGISM
from curate.families.table_reading import FAMILY as TABLE_READING
from curate.families.word_problem import FAMILY as WORD_PROBLEM
from curate.families.zebra import FAMILY as ZEBRA

FAMILIES: dict[str, Family[Any]] = {
    family.name: family
    for family in (
        ARITHMETIC_CHAIN,
        LINEAR_EQUATION,
        WORD_PROBLEM,
        GCD_LCM,
        MODULAR_ARITHMETIC,
        FRACTION_ARITHMETIC,
        PERCENTAGE,
        COUNTING,
        PROBABILITY,
        GEOMETRY,
        SET_OPERATIONS,
        CALENDAR,
        SYLLOGISM,
        KNIGHTS_KNAVES,
        SORTING,
        BINARY_SEARCH,
        SHORTEST_PATH,
        AUTOMATON,
        STRING_OPERATIONS,
        TABLE_READING,
        CODE_READING,
        ORDERING,
        ZEBRA,
        PROPOSITIONAL,
    )
}

__all__ = ["FAMILIES", "Family", "Hand", "Solution"]
