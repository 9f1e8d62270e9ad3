"""What an author is shown: seeds from a file of problems, cells of a grid of topics, passages of a text."""

import re
from collections.abc import Iterator

from curate.errors import DataError
from curate.problems import file_problems
from curate.problems.authorship import Material, grid
from curate.recipe import LoadedRecipe
from curate.recipe.problems import AuthoredProblems
from curate.records import Problem

MIN_PASSAGE, MAX_PASSAGE = 200, 4_000
"""Characters; shorter paragraphs are joined to the next, longer ones are cut."""
MAX_TEXT_BYTES = 64 * 2**20
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def material_of(loaded: LoadedRecipe, position: int, source: AuthoredProblems) -> Material:
    """Return what a source of authored problems has to show.

    Raises:
        RecipeError: A file is missing, or holds nothing of the kind.
    """
    at = loaded.located.item("problems", position)
    try:
        return Material(
            seeds=tuple(_seeds(loaded, source)),
            operations=source.operations,
            cells=grid(source.topics),
            passages=tuple(_passages(loaded, source)),
        )
    except DataError as error:
        raise loaded.located.error(at, str(error)) from None


def _seeds(loaded: LoadedRecipe, source: AuthoredProblems) -> Iterator[str]:
    if source.seeds is not None:
        for row in file_problems(loaded.base / source.seeds, source.map):
            if isinstance(row, Problem):
                yield row.text


def _passages(loaded: LoadedRecipe, source: AuthoredProblems) -> Iterator[str]:
    if source.passages is None:
        return
    path = loaded.base / source.passages
    try:
        with path.open("rb") as file:
            text = file.read(MAX_TEXT_BYTES).decode("utf-8", "replace")
    except OSError as error:
        raise DataError(f"{source.passages} cannot be read: {error.strerror}") from None
    passages = list(passages_of(text))
    if not passages:
        raise DataError(f"{source.passages} holds no text")
    yield from passages


def passages_of(text: str) -> Iterator[str]:
    """Yield the passages of a text: its paragraphs, short ones joined and long ones cut."""
    joined = ""
    for paragraph in map(str.strip, _PARAGRAPHS.split(text)):
        joined = f"{joined}\n\n{paragraph}".strip()
        while len(joined) > MAX_PASSAGE:
            yield joined[:MAX_PASSAGE]
            joined = joined[MAX_PASSAGE:].strip()
        if len(joined) >= MIN_PASSAGE:
            yield joined
            joined = ""
    if joined:
        yield joined
