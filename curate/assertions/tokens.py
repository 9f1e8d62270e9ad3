r"""Cut a line of prose into what a sum is made of, and the words between.

so 2 crates \times $1,200 = 2400 dollars    ->    so | 2 | crates | * | $ | 1,200 | = | 2400 | dollars
"""

import re
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

Exact: TypeAlias = int | Fraction
Kind = Literal[
    "number", "name", "unit", "percent", "money", "operator", "open", "close", "equals", "approx", "word", "other"
]
"""What a lexeme is; that a word is the unit of a number, or the name of an unknown, is seen by what stands round it."""

MAX_DIGITS = 40
CUT = "\0"
"""Stands where a line was cut: what it cuts off may belong to what is left."""


class Token(NamedTuple):
    """A lexeme: its kind, its text in one spelling, and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int


BETWEEN = r"(?:(?<=\s[xX])(?=\s+[$\u20ac\u00a3(]*[\d.])|(?<=[\d)%][xX])(?<!\b0[xX])(?=[$\u20ac\u00a3]?\d))"
"""What follows the letter x in the pattern of one that stands between factors."""
_LEXEME = re.compile(
    rf"(?P<times>[xX]{BETWEEN})|"
    r"""(?P<skip>\s+|__|&)
      | (?P<percent>%|per[ ]?cent\b)
      | (?P<word>[^\W\d_\u00b2\u00b3]+(?:['\u2019-][^\W\d_]+)*)
      | (?P<other>\d+(?::\d+)+|\d+-\d+-\d+|\d+\u2013\d+|(?:\d+\.){2,}\d+|[<>!:+*/-]=|=[/?>]|[-=]+>|={3,}|\.\.+)
      | (?P<number>(?:\d{1,3}(?:,\d{3})+(?!,?\d)|\d+)(?:\.\d+)?|(?<!\d)\.\d+)
      | (?P<equals>==?)
      | (?P<operator>(?<=[\d)])\*\*(?=[\d(-])|(?<=[\d)][ ])\*\*(?=[ ][\d(-])
                    |\*(?!\*)|[-+/^\u2212\u2013\u00d7\u00f7\u00b7\u22c5\u2217!\u00b2\u00b3])
      | (?P<open>[(\[{]) | (?P<close>[)\]}])
      | (?P<money>[$\u20ac\u00a3])
      | (?P<approx>[\u2248\u2245\u2243])
      | (?P<star>\*\*)
      | (?P<rest>.)""",
    re.VERBOSE | re.DOTALL,
)
_SPELLING = {
    "\N{MINUS SIGN}": "-",
    "\N{EN DASH}": "-",
    "\N{MULTIPLICATION SIGN}": "*",
    "\N{MIDDLE DOT}": "*",
    "\N{DOT OPERATOR}": "*",
    "\N{ASTERISK OPERATOR}": "*",
    "\N{DIVISION SIGN}": "/",
    "x": "*",
    "X": "*",
    "**": "^",
    "==": "=",
}


_KINDS = {"rest": "other", "times": "operator"}


def lexemes(text: str) -> list[Token]:
    """Return the lexemes of a line; white space, bold marks and alignment marks are none."""
    found = []
    for match in _LEXEME.finditer(text):
        kind = match.lastgroup or "rest"
        if kind in ("skip", "star"):
            continue
        kind = _KINDS.get(kind, kind)
        lexeme = match[0]
        if kind in ("operator", "equals"):
            lexeme = _SPELLING.get(lexeme, lexeme)
        found.append(Token(kind, lexeme, *match.span()))  # type: ignore[arg-type] # the pattern's groups are kinds
    return found


def number(text: str) -> Exact | None:
    """Return the value of a numeral such as `1,200.50`; None when it has more digits than anybody computes with."""
    if len(text) > MAX_DIGITS:
        return None
    whole, _, decimals = text.replace(",", "").partition(".")
    if not decimals:
        return int(whole)
    return exact(Fraction(int(whole + decimals), 10 ** len(decimals)))


def exact(value: Exact) -> Exact:
    """Return an integer where a value is one: integers are many times faster than fractions."""
    return value.numerator if value.denominator == 1 else value


_FRACTION = re.compile(r"\\[dt]?frac *\{([^{}\n]*)\} *\{([^{}\n]*)\}")
_COMMANDS = {
    "times": " \N{MULTIPLICATION SIGN} ",
    "cdot": " \N{DOT OPERATOR} ",
    "div": " \N{DIVISION SIGN} ",
    "approx": " \N{ALMOST EQUAL TO} ",
    "left": "",
    "right": "",
    "big": "",
    "Big": "",
    "text": "",
    "mathrm": "",
    "textbf": "",
    "mathbf": "",
    "boxed": "",
    "quad": " ",
    "qquad": " ",
}
_COMMAND = re.compile(r"\\(?:([a-zA-Z]+)|([,;:! ])|([$%])|(\\|[()\[\]]))")
_TEXT = re.compile(r"\\(?:text|mathrm|textbf) *\{([^{}$\n]*)\}")


def plain_latex(text: str) -> str:
    r"""Return a text with the LaTeX that sums are written in spelt as plain text; other commands stay as they are.

    Its lines stay apart.

    `\frac{3}{4} \times \text{ 12 eggs}` becomes `((3)/(4)) times sign 12 eggs`.
    """
    text = text.replace(",\\!", ",")
    if "frac" in text:
        text = _FRACTION.sub(r"((\1)/(\2))", text)
    text = _TEXT.sub(r" \1 ", text)
    return _COMMAND.sub(_plain_command, text).replace("{,}", ",")


def _plain_command(match: re.Match[str]) -> str:
    name, space, sign, border = match.groups()
    if name is not None:
        return _COMMANDS.get(name, match[0])
    if space is not None:
        return " "
    return sign if sign is not None else " | " if border == "\\" else " "
