r"""How a text ends: by itself, or in the middle of something.

    "So she has 3 + 4 = 7 apples in"        -> ends inside a sentence
    "```python\nprint(3"                    -> ends inside a code fence
    '{"answer": 42, "steps": ["First'       -> ends inside an object
    "... a) 12\nb) 15\nc) 20"               -> None: the author ends lines without a full stop
    "The correct option is B"               -> None: an answer needs no full stop
    "3. **Add them up:**"                   -> ends at a label with nothing after it

What is open tells most: a fence, a formula, an object, a table row; then a loop, or a label that announces something.
What is left is told by the last line (`last_lines.py`).
"""

import re

from curate.chat import TURN_MARK
from curate.checks.last_lines import LINE_CHARACTERS, ends
from curate.checks.repetition import ending_loop
from curate.checks.words import shown

TAIL_CHARACTERS = 1_200
MAX_REPEATS = 5
"""A text that goes round more often than this at its end did not end by itself."""


def cut_ending(text: str, min_words: int) -> str | None:
    """Return how a text betrays that it was cut off, or None when it seems to have ended by itself.

    Args:
        text: The text, not empty.
        min_words: Fewest words of a text that is called cut off for its last line alone.
    """
    text = _as_written(text)
    for is_open, sentence in _OPEN:
        if is_open(text):
            return sentence
    loop = ending_loop(text)
    if loop.times > MAX_REPEATS:
        return f"ends in a loop that never ended: {shown(loop.text, 40)}"
    last = text[text.rfind("\n") + 1 :][-LINE_CHARACTERS:]
    if text != last and _LABEL.search(last):
        return f"ends at a label with nothing after it: {shown(last, 40)}"
    return None if ends(text, last, min_words) else f"ends inside a sentence: ... {text[-40:]}"


def _as_written(text: str) -> str:
    """Return a text without what may follow its end: white space, tokens that end a turn, rules between sections."""
    text = text.rstrip()
    for _ in range(MAX_TRAILERS):
        trailer = _TRAILER.search(text, max(0, len(text) - TRAILER_CHARACTERS))
        if trailer is None or trailer.start() == 0:
            break
        text = text[: trailer.start()].rstrip()
    return text


TRAILER_CHARACTERS = 80
MAX_TRAILERS = 8
_TRAILER = re.compile(
    r"(?:\n[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,}|\u2500{3,})|(?:<\|im_start\|>|<start_of_turn>)\w{0,12}"
    rf"|{TURN_MARK}|</s>)\Z"
)


def _open_fence(text: str) -> bool:
    return "```" in text and text.count("```") % 2 == 1 and len(_FENCE.findall(text)) % 2 == 1


def _open_formula(text: str) -> bool:
    tail = text[-TAIL_CHARACTERS:]
    if any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in _FORMULAS):
        return True
    if "$$" in tail and text.count("$$") % 2 == 1 and not tail.endswith("$$"):
        return True
    box = tail.rfind("\\boxed{")
    return box >= 0 and tail.count("{", box) > tail.count("}", box)


def _open_object(text: str) -> bool:
    """Say whether the text, or its last lines from a `{` on, is JSON that is not closed."""
    start = 0 if text.startswith(("{", "[")) else text.rfind("\n{") + 1
    if not _OBJECT.match(text, start):
        return False
    if len(text) - start > MAX_OBJECT_CHARACTERS:
        return not text.endswith(("}", "]"))
    depth = 0
    for mark in _MARKS.finditer(text, start):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(mark[0], 0)
        if depth == 0:
            return False
    return True


def _open_row(text: str) -> bool:
    """Say whether the text ends inside a row of a table: one with fewer bars than the row above it."""
    start = text.rfind("\n") + 1
    if not text.startswith("|", start):
        return False
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].strip()
    return above.startswith("|") and above.endswith("|") and text.count("|", start) < above.count("|")


def _open_bold(text: str) -> bool:
    last = text[text.rfind("\n") + 1 :]
    return last.count("**") % 2 == 1 and text.count("**") % 2 == 1


# A fence of code, perhaps in a list or a quotation, begins its line.
_FENCE = re.compile(r"^[ \t]{0,12}(?:[-*>] )?```", re.MULTILINE)
_FORMULAS = (("\\[", "\\]"), ("\\(", "\\)"), ("\\begin{", "\\end{"))
_OBJECT = re.compile(r"\{\s*[\"}]|\[\s*[{\"]")
"""JSON begins, and no set or formula."""
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[][{}]', re.DOTALL)
MAX_OBJECT_CHARACTERS = 100_000
_OPEN = (
    (_open_fence, "ends inside a code fence"),
    (_open_formula, "ends inside a formula"),
    (_open_object, "ends inside an object"),
    (_open_row, "ends inside a row of a table"),
    (_open_bold, "ends inside bold text"),
)
_LABEL = re.compile(
    r":(?:\*\*|__)\Z|\A\s*(?:#{1,6}\s|\*\*)?\s*(?:step|case|part)\s\d{1,2}[:.]?(?:\*\*)?\Z|\A\s*\d{1,2}[.)]\Z",
    re.IGNORECASE,
)
"""What announces something: `**Total:**`, `### Step 3:`, `2.`."""
