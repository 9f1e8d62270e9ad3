r"""An answer's text made regular: what is put around it taken away, and each sign spelled in one way.

**$\boxed{\dfrac{3}{4}}$.** -> \frac{3}{4}        \text{(A)}      -> (A)
12,\!000\,\text{km}           -> 12,000 km          x \leqslant 2   -> x ≤ 2
2½                            -> 2 1/2              90^\circ        -> 90°
"""

import re
import unicodedata

from curate.digests import normalised_words

MAX_ANSWER_CHARACTERS = 2_000
MAX_NESTING = 50
"""Levels of brackets and braces; deeper text is not read, so that no reader runs out of stack."""

_WRAPPERS = (
    ("**", "**"),
    ("__", "__"),
    ("`", "`"),
    ("$$", "$$"),
    ("$", "$"),
    (r"\(", r"\)"),
    (r"\[", r"\]"),
    ('"', '"'),
)
_STOPS = ("。", ".")


def bare(text: str) -> str:
    r"""Return an answer without what is put around it: white space, bold, `$...$`, a box, a closing full stop."""
    if text.isalnum() and len(text) <= MAX_ANSWER_CHARACTERS:
        return text
    previous = None
    text = text[:MAX_ANSWER_CHARACTERS].strip()
    while text != previous:
        previous = text
        if text.endswith(_STOPS) and not text.endswith(".."):
            text = text[:-1].rstrip()
        for before, after in _WRAPPERS:
            if len(text) > len(before) + len(after) and text.startswith(before) and text.endswith(after):
                inside = text[len(before) : -len(after)]
                if before not in inside:  # else two formulas stand side by side
                    text = inside.strip()
        for mark in ("**", "__"):
            if text.count(mark) == 1:  # the other half was left with the words before the answer
                text = text.removeprefix(mark).removesuffix(mark).strip()
        if text.startswith(r"\boxed{") and closing_brace(text, 7) == len(text) - 1:
            text = text[7:-1].strip()
    return text


_BRACE = re.compile("[{}]")


def closing_brace(text: str, start: int) -> int | None:
    """Return the position of the brace that closes the one before `start`, or None within the longest answer."""
    depth = 1
    for brace in _BRACE.finditer(text, start, start + MAX_ANSWER_CHARACTERS):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return None


_DRIVES = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_OPENING = re.compile(r"[(\[{]")
_BRACKET = re.compile(r"[(\[{]|[)\]}]")


def is_readable(text: str) -> bool:
    """Say whether a text can be read as an answer: of sane length and nesting, without invisible or control characters.

    What hides characters or turns their order round may look like another answer than it is.
    """
    return len(text) <= MAX_ANSWER_CHARACTERS and _DRIVES.search(text) is None and not _nested_beyond(text, MAX_NESTING)


def _nested_beyond(text: str, depth: int) -> bool:
    if sum(map(text.count, "([{")) <= depth:
        return False
    level = 0
    for bracket in _BRACKET.finditer(text):
        level += 1 if bracket[0] in "([{" else -1
        if level > depth:
            return True
    return False


def tidy(text: str) -> str:
    """Return an answer bare, with one spelling for each sign, no layout, and single spaces; case stays."""
    text = bare(text)
    if text.isalnum() and text.isascii():
        return text
    if not text.isascii():
        text = _in_one_script(text)
    if "$" in text or "\\(" in text or "\\[" in text:
        text = FORMULA.sub(_formula_alone, text)
    if "\\" in text:
        text = bare(_without_layout(text))
    if "{" in text:
        text = _GROUPING.sub(",", text)
    if "=" in text or "*" in text or "+/-" in text:
        text = _ASCII_SIGN.sub(lambda match: _SIGNS[match[0]], text).replace("**", "")
    return _ABOUT.sub("", " ".join(text.split()), 1)


_ABOUT = re.compile(
    r"\A(?:(?:approximately|approx\.?|about|around|roughly|nearly|circa|ca\.)\s+|[≈~=]\s*)+(?=[-+]?\s?[$€£¥₹]?\.?[0-9])",
    re.IGNORECASE,
)
"""That a number is rounded is seen from its digits."""
FORMULA = re.compile(
    r"(?<!\\)\$\$(?P<display>[^$]+)\$\$|(?<![\\$])\$(?P<tight>[^\s$](?:[^$]*[^\s$\\])?)\$(?![0-9$])"
    r"|(?<![\\$])\$(?P<loose>\s[^$]*\s)\$(?![0-9$])|(?<!\\)\\\((?P<round>.*?)\\\)|(?<!\\)\\\[(?P<square>.*?)\\\]",
    re.DOTALL,
)
r"""A formula within text; `$5 and $6` are sums of money, because a closing `$` has no space before it."""


def formula_in(match: re.Match[str]) -> str:
    """Return what stands between the marks of a formula."""
    return next(part for part in match.groups() if part is not None).strip()


def _formula_alone(match: re.Match[str]) -> str:
    return f" {formula_in(match)} "


_GROUPING = re.compile(r"(?<=[0-9])\s*\{\s*,\s*\}\s*(?=[0-9]{3})")
_SIGNS = {"<=": "≤", "=<": "≤", ">=": "≥", "=>": "≥", "!=": "≠", "==": "=", "+/-": "±", "**": "^"}
_ASCII_SIGN = re.compile(r"<=|=<|>=|=>|!=|==|\+/-|(?<=[\w)])\*\*(?=[\w(-])")  # else `**` is bold

_TYPOGRAPHY = str.maketrans(
    {
        "\u2212": "-",
        "\u2013": "-",
        "\u2012": "-",
        "\u2011": "-",
        "\u2010": "-",
        "\u2044": "/",
        "\u2215": "/",
        "\u22c5": "*",
        "\u2219": "*",
        "\u2022": "*",
        "\u00d7": "*",
        "\u00b7": "*",
        "\u201c": '"',
        "\u201d": '"',
        "\u2018": "'",
        "\u2019": "'",
        "\u02da": "°",
        "\u00ba": "°",
        "\u2a7d": "≤",
        "\u2a7e": "≥",
        "\u221a": "\\sqrt ",
        "\u2236": ":",
        "\u223c": "~",
        "\u2205": "∅",
    }
)
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_RAISED = re.compile(f"[{_SUPERSCRIPTS}]+|[{_SUBSCRIPTS}]+")
_LOWERED = str.maketrans(_SUPERSCRIPTS + _SUBSCRIPTS, "0123456789-0123456789")
_GREEK_NAMES = {
    unicodedata.lookup(f"GREEK SMALL LETTER {name.upper()}"): name
    for name in ["alpha", "beta", "gamma", "delta", "epsilon", "theta", "phi", "rho", "sigma", "tau", "omega"]
} | {unicodedata.lookup("GREEK SMALL LETTER LAMDA"): "lambda"}
_GREEK = re.compile(rf"(?<![^\W\d_])[{''.join(_GREEK_NAMES)}](?![^\W\d_])")
"""Letters alone; in a word they are Greek."""
_VULGAR = re.compile("[¼-¾⅐-⅞]")


def _in_one_script(text: str) -> str:
    """Return text with compatibility forms replaced; a raised 2 stays a power, and 2½ is 2 1/2."""
    text = _RAISED.sub(_raised, text.translate(_TYPOGRAPHY))
    text = _GREEK.sub(lambda match: f"\\{_GREEK_NAMES[match[0]]} ", text)
    text = _VULGAR.sub(lambda match: f" {unicodedata.normalize('NFKC', match[0])}".translate(_TYPOGRAPHY), text)
    return normalised_words("NFKC", text)


def _raised(match: re.Match[str]) -> str:
    return f"{'^' if match[0][0] in _SUPERSCRIPTS else '_'}{{{match[0].translate(_LOWERED)}}}"


_COMMANDS: dict[str, str] = {
    "%": "%",
    "$": "$",
    "&": "&",
    "#": "#",
    "_": "_",
    "!": "",
    ",": " ",
    ";": " ",
    ":": " ",
    " ": " ",
    **dict.fromkeys(("left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "Bigg"), ""),
    **dict.fromkeys(("displaystyle", "textstyle", "limits", "quad", "qquad"), " "),
    **dict.fromkeys(("dfrac", "tfrac", "cfrac"), r"\frac"),
    **dict.fromkeys(("le", "leq", "leqslant"), "≤"),
    **dict.fromkeys(("ge", "geq", "geqslant"), "≥"),
    **dict.fromkeys(("ne", "neq"), "≠"),
    **dict.fromkeys(("approx", "simeq", "sim"), "≈"),
    **dict.fromkeys(("circ", "degree"), "°"),
    **dict.fromkeys(("emptyset", "varnothing"), "∅"),
    **dict.fromkeys(("mid", "vert", "lvert", "rvert"), "|"),
    **dict.fromkeys(("cdot", "bullet", "times", "ast"), "*"),
    **dict.fromkeys(("ldots", "dots", "cdots"), "..."),
    "lt": "<",
    "gt": ">",
    "div": "÷",
    "pm": "±",
    "infty": "∞",
    "cup": "∪",
    "in": "∈",
    "pi": "π",
    "lbrace": r"\{",
    "rbrace": r"\}",
    "langle": "(",
    "rangle": ")",
}
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|(\\|[%$&#_!,;: ]))")
_ESCAPED_TWICE = re.compile(r"(?<!\\)\\\\(?=(?:[dt]?frac|left|right|sqrt|boxed|text|pi)(?![A-Za-z]))")
_WORDS_IN_FORMULA = re.compile(
    r"\\(?:text|mbox|hbox|emph|underline|bm|boldsymbol|operatorname|text(?:bf|it|rm|up|tt|normal)|math(?:rm|bf|it|sf|bb))\s*"
    r"\{((?:[^{}]|\{[^{}]*\})*)\}"
)
_COLOUR = re.compile(r"\\(?:text)?color\s*\{\w*\}(?:\s*\{([^{}]*)\})?")
_MAX_WORDS_IN_WORDS = 5


def _without_layout(text: str) -> str:
    r"""Return LaTeX without what only arranges it: `\left`, `\,`, `\text{...}`, `\dfrac`."""
    text = _unboxed(_COLOUR.sub(r"\1", _ESCAPED_TWICE.sub(r"\\", text)))
    text = _COMMAND.sub(_plain_command, text)
    for _ in range(_MAX_WORDS_IN_WORDS):
        text, count = _WORDS_IN_FORMULA.subn(r" \1 ", text)
        if not count:
            break
    return text.replace("^{°}", "°").replace("^ {°}", "°").replace("^°", "°")


def _unboxed(text: str) -> str:
    r"""Return text with the contents of its boxes in their place: `\boxed{2}, \boxed{3}` is `2, 3`."""
    for _ in range(text.count("\\boxed{")):
        start = text.rfind("\\boxed{")
        end = closing_brace(text, start + len("\\boxed{"))
        inside = text[start + len("\\boxed{") : end]
        text = f"{text[:start]} {inside} {'' if end is None else text[end + 1 :]}"
    return text


def _plain_command(match: re.Match[str]) -> str:
    sign = _COMMANDS.get(match[1] or match[2])
    return match[0] if sign is None else sign
