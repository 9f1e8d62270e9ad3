"""YAML with the line of every key, and errors that point at it.

ruamel.yaml reads YAML 1.2 (`no` stays a string), refuses duplicate keys, and remembers where each key stands.
"""

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

from curate.errors import RecipeError

Place = tuple[str | int, ...]
"""Where something stands in a document: keys and list positions from the top."""


class Located:
    """A YAML document whose values know their lines.

    Args:
        text: The document.
        name: How errors call it: a path, or the name of a shipped recipe.

    Raises:
        RecipeError: The text is no YAML mapping, or a key stands twice.
    """

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.document = _parsed(text, name)
        self.overridden: dict[Place, str] = {}
        """Places that `--set` gave, and what was typed."""

    def error(self, place: Place, message: str) -> RecipeError:
        """Return an error that names file, line and key."""
        typed = next((text for given, text in self.overridden.items() if place[: len(given)] == given), None)
        where = f"--set {typed}" if typed else f"{self.name}:{self.line(place)}"
        key = ".".join(str(part) for part in place)
        return RecipeError(f"{where}: {key}: {message}" if key else f"{where}: {message}")

    def line(self, place: Place) -> int:
        """Return the line, from 1, of the deepest part of `place` that stands in the document."""
        node: Any = self.document
        line = 1
        for part in place:
            try:
                line = node.lc.item(part)[0] + 1 if isinstance(node, CommentedSeq) else node.lc.key(part)[0] + 1
                node = node[part]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return line

    def plain(self) -> dict[str, Any]:
        """Return the document as plain dicts, lists and scalars."""
        return _plain(self.document)  # type: ignore[no-any-return]


def _parsed(text: str, name: str) -> CommentedMap:
    yaml = YAML(typ="rt", pure=True)
    try:
        document = yaml.load(text)
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = str(error.problem).split(" with value")[0].replace("found duplicate key", "the key stands twice:")
        raise RecipeError(f"{name}:{line}: {what}") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RecipeError(f"{name}:{mark.line + 1 if mark else 1}: no valid YAML: {error.problem}") from None
    if not isinstance(document, CommentedMap):
        raise RecipeError(f"{name}:1: a recipe is a mapping of keys, such as `name: my-run`")
    return document


def parse_scalar(text: str) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value of one `--set key=value`, read as YAML."""
    try:
        return _plain(YAML(typ="rt", pure=True).load(text))
    except MarkedYAMLError as error:
        raise RecipeError(f"--set: {text!r} is no valid YAML value: {error.problem}") from None


def _plain(node: Any) -> Any:  # noqa: ANN401 - any YAML value
    if isinstance(node, dict):
        return {_plain(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    for scalar in (bool, int, float, str):
        if isinstance(node, scalar):
            return scalar(node)
    return node


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the known name that is nearest to `name`, or nothing."""
    match = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {match[0]!r}?" if match else ""


def read_text(path: Path) -> str:
    """Return the text of a recipe file.

    Raises:
        RecipeError: The file is missing or no UTF-8 text.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise RecipeError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise RecipeError(f"{path}: not UTF-8 text") from None
