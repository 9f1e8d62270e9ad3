r"""Matrices and vectors: `\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, arrays in brackets, `[[1, 2], [3, 4]]`."""

import re

from curate.answers.several import split
from curate.answers.types import Asked

MAX_CHARACTERS = 2_000

Matrix = tuple[tuple[str, ...], ...]
"""Rows of elements, each as text."""

_LATEX = re.compile(
    r"[\[(]?\s*\\begin\{([pb]?matrix|smallmatrix|array)\}\s*(?:\{[clr| ]*\})?(.*)\\end\{\1\}\s*[\])]?", re.DOTALL
)


def read_matrix(text: str, _asked: Asked) -> Matrix | None:
    """Return the rows of a matrix, or None when the text is none, or ragged."""
    if len(text) > MAX_CHARACTERS:
        return None
    latex = _LATEX.fullmatch(text)
    rows = _latex_rows(latex[2]) if latex else _bracketed_rows(text)
    return rows if rows and len({len(row) for row in rows}) == 1 else None


def _latex_rows(text: str) -> Matrix:
    lines = (line.strip() for line in text.split(r"\\"))
    return tuple(tuple(cell.strip() for cell in line.split("&")) for line in lines if line)


def _bracketed_rows(text: str) -> Matrix | None:
    """Return the rows of `[[1, 2], [3, 4]]`."""
    compact = text.replace(" ", "")
    if not (compact.startswith("[[") and compact.endswith("]]")):
        return None
    rows = split(text.strip()[1:-1])
    cells = [split(row[1:-1]) if row.startswith("[") and row.endswith("]") else None for row in rows or ()]
    found = tuple(tuple(row) for row in cells if row is not None)
    return found if len(found) == len(cells) else None


def as_vector(matrix: Matrix) -> tuple[str, ...] | None:
    """Return the elements of a matrix of one row or one column, or None for any other."""
    if len(matrix) == 1:
        return matrix[0]
    return tuple(row[0] for row in matrix) if len(matrix[0]) == 1 else None
