"""How many tokens a trainer will see in a row: those of its texts, and some for what a chat template puts around each.

Counted with a tokenizer file where there is one; else estimated at four bytes a token, which is what English text comes
to with the vocabularies of today's models: convention, not measured.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from curate import jsonlines
from curate.checks.length import BYTES_A_TOKEN, load_tokenizer
from curate.errors import UsageError
from curate.export import Row
from curate.export.tokenizer_folder import TOKENIZER

AROUND = 8
"""Tokens for what stands around a text: the markers of a turn, the name of its role, line breaks."""
_NOT_READ = ("id", "role", "from", "label", "metadata")
"""Keys whose texts no model reads, or that are counted as what stands around."""
_ONE_OF = ("chosen", "rejected", "preferred_output", "non_preferred_output")
"""Keys of which a row is read with one at a time."""


def tokens_of(row: Row, encoded: bytes, tokenizer: str | None) -> int:
    """Return the tokens of a row; of a pair, those of the longer side with what both have in common.

    Args:
        row: The row.
        encoded: The same as JSON; an estimate takes its punctuation and keys for what stands around the texts.
        tokenizer: A tokenizer file, or None for an estimate.
    """
    if tokenizer is None and not any(hasattr(row, key) for key in _ONE_OF):
        return -(-len(encoded) // BYTES_A_TOKEN)
    plain = jsonlines.decode(bytes(row)) if isinstance(row, msgspec.Raw) else msgspec.to_builtins(row)
    sides = [plain.pop(key) for key in _ONE_OF if key in plain]
    shared = sum(_tokens(text, tokenizer) for text in _texts(plain))
    return shared + max((sum(_tokens(text, tokenizer) for text in _texts(side)) for side in sides), default=0)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_READ:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _tokens(text: str, tokenizer: str | None) -> int:
    if not text:
        return 0
    if tokenizer is None:
        size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        return AROUND + -(-size // BYTES_A_TOKEN)
    return AROUND + len(load_tokenizer(tokenizer).encode(jsonlines.valid_text(text), add_special_tokens=False).ids)


def tokenizer_file(path: Path) -> Path:
    """Return the tokenizer file that a user means, itself or by its folder, read once to see that it is one.

    Raises:
        UsageError: There is none, or `tokenizers` is not installed.
    """
    file = path / TOKENIZER if path.is_dir() else path
    if not file.is_file():
        raise UsageError(f"there is no {file}; give a {TOKENIZER}, or a folder with one")
    load_tokenizer(str(file))
    return file
