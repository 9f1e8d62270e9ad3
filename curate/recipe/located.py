"""YAML with the line of every key, and errors that point at it.

ruamel.yaml reads YAML 1.2 (`no` stays a string), refuses duplicate keys, and remembers where each key stands.
"""

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import ConstructorError, DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarbool import ScalarBoolean

from curate.errors import RecipeError
from curate.jsonlines import has_lone_surrogate

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
        """Places that `--set` or another option gave, and what was typed."""

    def error(self, place: Place, message: str) -> RecipeError:
        """Return an error that names file, line and key."""
        gave = [given for given in self.overridden if self._gave(given, place)]
        typed = self.overridden[max(gave, key=len)] if gave else None
        where = typed or f"{self.name}:{self.line(place)}"
        key = ".".join(str(part) for part in place)
        return RecipeError(f"{where}: {key}: {message}" if key else f"{where}: {message}")

    def item(self, key: str, position: int) -> Place:
        """Return the place of one item of a key that may hold a list, or one item without a list around it."""
        listed = isinstance(self.document.get(key), list) or any(
            given[:2] == (key, position) for given in self.overridden
        )
        return (key, position) if listed else (key,)

    def written(self, place: Place, name: str) -> str:
        """Return the name of the check at `place` as the document spells it, hyphens included."""
        item = self._at(place)
        if isinstance(item, dict):
            return str(next(iter(item), name))
        return item if isinstance(item, str) else name

    def _gave(self, given: Place, place: Place) -> bool:
        """Say whether the override of `given` put there what stands at `place`: as a part of it, or on the way."""
        return place[: len(given)] == given or (given[: len(place)] == place and self._at(place) is None)

    def _at(self, place: Place) -> Any:  # noqa: ANN401 - any YAML value
        """Return what the document has at `place`; None for nothing."""
        node: Any = self.document
        for part in place:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                return None
        return node

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
        """Return the document as plain dicts, lists and scalars.

        Raises:
            RecipeError: Aliases make it larger than any recipe.
        """
        if _is_larger_than(self.document, MAX_NODES):
            raise RecipeError(
                f"{self.name}:1: with its aliases written out the recipe has more than {MAX_NODES:,} values"
            )
        return _plain(self.document)  # type: ignore[no-any-return]


class _Constructor(RoundTripConstructor):
    """Constructs what YAML 1.2 knows: a date is text, so `name: 2026-01-31` is a name; half a character is none."""

    def construct_scalar(self, node: ScalarNode) -> Any:  # noqa: ANN401 - any scalar
        value = super().construct_scalar(node)
        if isinstance(value, str) and has_lone_surrogate(value):
            raise ConstructorError(None, None, "a surrogate escape; write the character itself", node.start_mark)
        return value


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _Constructor
    return yaml


_BROKEN = (MarkedYAMLError, ReaderError, ValueError, LookupError, RecursionError)
"""What ruamel raises for text that is no YAML, or for values that contradict their tag."""


def _what(error: Exception) -> str:
    """Return what is wrong with a text, in one line."""
    match error:
        case MarkedYAMLError():
            return str(error.problem)
        case ReaderError():
            return f"the character U+{error.character:04X} is not allowed"
        case RecursionError():
            return "nested too deeply"
        case _:
            return str(error)


def _parsed(text: str, name: str) -> CommentedMap:
    try:
        document = _yaml().load(text)
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = str(error.problem).split(" with value")[0].replace("found duplicate key", "the key stands twice:")
        raise RecipeError(f"{name}:{line}: {what}") from None
    except _BROKEN as error:
        raise RecipeError(f"{name}:{_line_of(error, text)}: no valid YAML: {_what(error)}") from None
    if not isinstance(document, CommentedMap):
        raise RecipeError(f"{name}:1: a recipe is a mapping of keys, such as `name: my-run`")
    return document


def _line_of(error: Exception, text: str) -> int:
    if isinstance(error, ReaderError):
        return text.count("\n", 0, error.position) + 1
    mark = (error.problem_mark or error.context_mark) if isinstance(error, MarkedYAMLError) else None
    return mark.line + 1 if mark else 1


MAX_NODES = 100_000


def _is_larger_than(document: Any, nodes: int) -> bool:  # noqa: ANN401 - any YAML value
    """Say whether a document holds more values than so many, counting what an alias stands for each time."""
    waiting = [document]
    while waiting and nodes >= 0:
        node = waiting.pop()
        nodes -= 1
        if isinstance(node, dict | list):
            waiting.extend(node.values() if isinstance(node, dict) else node)
    return nodes < 0


def parse_scalar(text: str) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value of one `--set key=value`, read as YAML."""
    try:
        return _plain(_yaml().load(text))
    except _BROKEN as error:
        raise RecipeError(f"{text!r} is no valid YAML value: {_what(error)}") from None


def _plain(node: Any) -> Any:  # noqa: ANN401 - any YAML value
    if isinstance(node, dict):
        return {_plain(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, ScalarBoolean):  # a boolean with an anchor, which ruamel makes an int
        return bool(node)
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
