r"""Formulas, LaTeX or plain, read into trees: `2x + 1`, `\frac{\sqrt{3}}{2}`, `3*(x-1)^2`, `\sin^2 x`, `|x|`, `5!`.

A tree is a tuple: `("number", Fraction)`, `("name", "x")`, `("call", "sqrt", tree)`, or an operator and its operands,
`("+", tree, tree)`. Reading is by recursive descent over a closed list of words; nothing is ever executed. What is not
understood, or may be meant in two ways (`1/2x`), is None.
"""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

from curate.answers.units import is_measure_word

MAX_CHARACTERS = 300
MAX_DEPTH = 40

Tree = tuple[Any, ...]
"""An operator and its operands."""

_FUNCTION_NAMES = "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln exp cis sqrt abs"
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_NO_PROSE = f"{_FUNCTION_NAMES} gcd lcm max min".replace(" ", "|")
_PROSE = re.compile(
    rf"(?:\A|(?<=[\s(]))(?!(?:{_NO_PROSE})\b)[A-Za-z]{{3,}}(?=\s)|(?<=\s)(?:in|of|is|or|to|at|by|on)(?=\s)|(?<=\s)(?!(?:{_NO_PROSE})\b)[A-Za-z]{{3,}}\Z"
)
_SAME_FUNCTION = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}
_GREEK_NAMES = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho sigma tau upsilon
phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell
"""
_GREEK = frozenset(_GREEK_NAMES.split())
_TOKEN = re.compile(
    r"\s*(?:([1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|\\([A-Za-z]+)|([A-Za-z]+)|([-+*/^_!|(){}\[\]π°÷]))"
)
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_ENGLISH = frozenset({"and", "or", "is", "are", "the", "of", "to", "in", "for", "if", "no", "yes", "not", "so", "all"})
_SHORT_WORD = 3
"""Letters in a row up to here are a product, beyond it they are a word."""
_APPLIED = frozenset("fghFGHP")
"""Letters that, before a bracket, name a function."""


class NotUnderstoodError(Exception):
    """The text is no formula, or none with one meaning."""


def is_prose(text: str) -> bool:
    """Say whether words stand in a text, as in `10 mod 12` or `A cat`, which are no products of their letters."""
    return " " in text and _PROSE.search(text) is not None


@lru_cache(maxsize=2048)
def read_expression(text: str) -> Tree | None:
    """Return the tree of a formula, or None when the text is none that has one meaning."""
    if len(text) > MAX_CHARACTERS:
        return None
    try:
        reader = _Reader(_tokens(text))
        tree = reader.sum(0)
    except NotUnderstoodError:
        return None
    return tree if reader.is_done else None


def _tokens(text: str) -> list[tuple[str, str]]:
    """Return (kind, text) of each token; kinds are number, command, name and sign."""
    found: list[tuple[str, str]] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            raise NotUnderstoodError
        number, command, letters, sign = match.groups()
        place = match.end()
        if letters:
            found += _of_letters(letters)
        else:
            found.append(("number", number) if number else ("command", command) if command else ("sign", sign))
    return found


def _of_letters(letters: str) -> list[tuple[str, str]]:
    """Return a run of letters as a function, a constant or a product of one-letter names."""
    name = _SAME_FUNCTION.get(letters, letters)
    if name in _FUNCTIONS:
        return [("command", name)]
    if letters.lower() == "pi":
        return [("sign", "π")]
    if letters in _GREEK:
        return [("name", letters)]
    if len(letters) > _SHORT_WORD or letters.lower() in _ENGLISH or is_measure_word(letters):
        raise NotUnderstoodError
    return [("name", letter) for letter in letters]


class _Reader:
    """Recursive descent: a sum of products of powers of atoms."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.place = 0
        self.bars = 0

    @property
    def is_done(self) -> bool:
        return self.place == len(self.tokens)

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")

    def take(self, sign: str) -> bool:
        if self.peek() == ("sign", sign):
            self.place += 1
            return True
        return False

    def need(self, sign: str) -> None:
        if not self.take(sign):
            raise NotUnderstoodError

    def sum(self, depth: int) -> Tree:
        if depth > MAX_DEPTH:
            raise NotUnderstoodError
        negative = self.take("-")
        if not negative:
            self.take("+")
        tree = self.product(depth)
        tree = ("neg", tree) if negative else tree
        while self.peek() in {("sign", "+"), ("sign", "-")}:
            sign = self.tokens[self.place][1]
            self.place += 1
            tree = (sign, tree, self.product(depth))
        return tree

    def product(self, depth: int) -> Tree:
        tree = self.factor(depth)
        divided = False
        while True:
            if self.take("*"):
                tree, divided = ("*", tree, self.signed_factor(depth)), False
            elif self.take("/") or self.take("÷"):
                tree, divided = ("/", tree, self.signed_factor(depth)), True
            elif self.starts_factor():
                if divided or self.is_ambiguous():
                    raise NotUnderstoodError
                tree = ("*", tree, self.factor(depth))
            else:
                return tree

    def signed_factor(self, depth: int) -> Tree:
        return ("neg", self.factor(depth)) if self.take("-") else self.factor(depth)

    def starts_factor(self) -> bool:
        kind, text = self.peek()
        if kind == "command":
            return text in _FUNCTIONS or text in _GREEK or text in {"frac", "binom"}
        return kind in {"number", "name"} or text in {"(", "[", "{", "π"} or (text == "|" and not self.bars)

    def is_ambiguous(self) -> bool:
        r"""Say whether two numbers stand side by side: `2 \frac{1}{2}` is 2.5, and `2 3` is nothing."""
        kind, text = self.peek()
        last_is_number = self.place > 0 and self.tokens[self.place - 1][0] == "number"
        is_number = kind == "number" or (text == "frac" and self.tokens[self.place + 1 : self.place + 2] != [])
        return last_is_number and is_number and (kind == "number" or self.is_numeric_fraction())

    def is_numeric_fraction(self) -> bool:
        kinds = [token for token in self.tokens[self.place + 1 : self.place + 7] if token[0] != "sign"]
        return [kind for kind, _ in kinds[:2]] == ["number", "number"] or [kind for kind, _ in kinds[:1]] == ["number"]

    def factor(self, depth: int) -> Tree:
        tree = self.atom(depth)
        while True:
            if self.take("^"):
                tree = ("^", tree, self.exponent(depth))
            elif self.take("!"):
                tree = ("!", tree)
            elif self.take("°"):
                tree = ("*", tree, ("/", ("constant", "pi"), ("number", Fraction(180))))
            else:
                return tree

    def exponent(self, depth: int) -> Tree:
        if self.take("-"):
            return ("neg", self.exponent(depth))
        tree = self.atom(depth + 1)
        return ("^", tree, self.exponent(depth + 1)) if self.take("^") else tree

    def atom(self, depth: int) -> Tree:
        kind, text = self.peek()
        self.place += 1
        if kind == "number":
            return ("number", Fraction(text.replace(",", "")))
        if kind == "name":
            return self.name(text)
        if kind == "command":
            return self.command(text, depth)
        if text in _CLOSERS:
            tree = self.sum(depth + 1)
            self.need(_CLOSERS[text])
            return tree
        if text == "π":
            return ("constant", "pi")
        if text == "|":
            self.bars += 1
            tree = self.sum(depth + 1)
            self.need("|")
            self.bars -= 1
            return ("call", "abs", tree)
        raise NotUnderstoodError

    def name(self, text: str) -> Tree:
        if text in _APPLIED and self.peek() == ("sign", "("):
            raise NotUnderstoodError
        if self.take("_"):
            return ("name", f"{text}_{self.index()}")
        return ("constant", text) if text in {"e", "i"} else ("name", text)

    def index(self) -> str:
        """Return a subscript as text: a number or a few letters."""
        braced = self.take("{")
        kept: list[str] = []
        while self.peek()[0] in {"number", "name"} and (braced or not kept):
            kept.append(self.tokens[self.place][1])
            self.place += 1
        if braced:
            self.need("}")
        if not kept:
            raise NotUnderstoodError
        return "".join(kept)

    def command(self, text: str, depth: int) -> Tree:
        if text == "frac":
            return ("/", self.argument(depth), self.argument(depth))
        if text == "binom":
            return ("binom", self.argument(depth), self.argument(depth))
        if text == "sqrt":
            return self.root(depth)
        if text in _GREEK:
            return self.name(text)
        if text in _FUNCTIONS:
            return self.function(text, depth)
        raise NotUnderstoodError

    def argument(self, depth: int) -> Tree:
        """Return what stands in braces, or the single digit or sign that LaTeX takes instead."""
        kind, text = self.peek()
        if kind == "number" and not text.isdigit():
            raise NotUnderstoodError
        if kind == "number" and len(text) > 1:
            self.tokens[self.place : self.place + 1] = [("number", text[0]), ("number", text[1:])]
        return self.atom(depth + 1)

    def root(self, depth: int) -> Tree:
        if not self.take("["):
            return ("call", "sqrt", self.atom(depth + 1))
        degree = self.sum(depth + 1)
        self.need("]")
        return ("root", self.atom(depth + 1), degree)

    def function(self, name: str, depth: int) -> Tree:
        r"""Return `\sin x`, `\sin^2 x`, `\log_2 8`: the argument ends at the next operator or function."""
        base = self.atom(depth + 1) if self.take("_") else None
        power = self.exponent(depth) if self.take("^") else None
        if power == ("neg", ("number", Fraction(1))):
            name, power = f"arc{name}", None
        tree: Tree = ("call", name, self.operand(depth + 1))
        if base is not None:
            tree = ("/", ("call", "ln", tree[2]), ("call", "ln", base))
        return tree if power is None else ("^", tree, power)

    def operand(self, depth: int) -> Tree:
        if self.peek() in {("sign", "("), ("sign", "{"), ("sign", "[")}:
            return self.atom(depth)
        tree = self.factor(depth)
        while self.starts_factor() and self.peek()[1] not in _FUNCTIONS - {"sqrt"} and self.peek()[1] != "(":
            tree = ("*", tree, self.factor(depth))
        return tree
