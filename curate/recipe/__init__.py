"""The recipe: what a user writes to say which problems, which teacher, which checks and which output.

shape.py    the models: strict, frozen, every key documented
problems.py, teacher.py, checks.py  those of its parts;  bases.py  what they are made of
pairs.py    what is wished of preference pairs
located.py  YAML with the line of every key, and errors that point at it
dump.py     a recipe written out, every default filled in
load.py     a file (or a shipped name) and `--set` overrides in, a `Recipe` out
"""

from curate.recipe.load import LoadedRecipe, Typed, load, load_text, shipped_recipes
from curate.recipe.shape import Recipe

__all__ = ["LoadedRecipe", "Recipe", "Typed", "load", "load_text", "shipped_recipes"]
