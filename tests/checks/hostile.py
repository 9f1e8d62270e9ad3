"""Texts made to be slow: each shape is a function from a length to a text of about that many characters."""

from collections.abc import Callable

Shape = Callable[[int], str]


def repeated(piece: str, *, end: str = "") -> Shape:
    """Return the shape of one piece again and again."""
    return lambda length: piece * (length // len(piece)) + end


def counted(pattern: str) -> Shape:
    """Return the shape of a piece with a number in it, so that no two are the same."""
    return lambda length: "".join(pattern.format(number) for number in range(length // (len(pattern) + 4)))


SHAPES: dict[str, Shape] = {
    "a regex bomb": repeated("a", end="!"),
    "nested quantifiers": repeated("((a+)+)+$ "),
    "all braces": repeated("{"),
    "all brackets": repeated("[("),
    "braces that close": repeated("{}"),
    "all newlines": repeated("\n"),
    "all blanks": repeated(" ", end="x"),
    "blanks and newlines": repeated(" \n\t\n"),
    "all <think>": repeated("<think>"),
    "all <think> lines": repeated("<think>\n"),
    "thoughts closed": repeated("<think>a</think>\n"),
    "all backticks": repeated("`"),
    "all fences": repeated("```\n"),
    "one giant line": repeated("the sum is again the same sum as before and so on, "),
    "one giant word": repeated("ab"),
    "one giant number": repeated("18"),
    "all different": counted("Step {}: we add, and the answer is {}.\n".replace("{}", "{0}")),
    "all dollars": repeated("$"),
    "dollars far apart": repeated("$" + "x" * 250),
    "all quotes": repeated('"'),
    "escaped quotes": repeated('\\"'),
    "an object that never closes": lambda length: '{"answer": ' + "[" * length,
    "a text in an object that never closes": lambda length: '{"answer": "' + '\\"a' * (length // 3),
    "formulas that never close": repeated("\\(a "),
    "display formulas that never close": repeated("\\[a "),
    "boxes that never close": repeated("\\boxed{"),
    "all <<": repeated("<<1=1"),
    "all special tokens, broken": repeated("<|im_end"),
    "brackets that open": repeated("[INST "),
    "all answers": repeated("the answer is "),
    "all keys": repeated("the answer key "),
    "all hashes": repeated("#### "),
    "all bold": repeated("** "),
    "all equations": repeated("1+1=2,"),
    "all operators": repeated("1 + "),
    "sorry": repeated("I'm sorry, but I "),
    "all table": repeated("| a "),
    "quotations that never close": repeated("\u201ca\u4f60"),
    "all Han": repeated("\u6211\u4eec"),
    "Han and formulas": repeated("\u6211\\(a\\("),
    "Han and letters": repeated("a\u6211"),
    "Han, then one giant word": lambda length: "\u6211\u4eec\u7684" + "a" * length,
    "mojibake that is none": repeated("\u00e9\u00a0"),
    "accents": repeated("\u00e9"),
    "emoji": repeated("\U0001f95a"),
    "lone surrogates": repeated("\ud83d"),
    "second thoughts": repeated("Wait, no. "),
    "dots": repeated(". "),
    "words of one letter": repeated("a b "),
}
