r"""JSON Lines as they are found in the wild: decode a line or say exactly why not, encode what decoding can yield.

A real line, with a lone surrogate and an integer beyond 64 bits, both of which travel unharmed:

    {"text": "caf\u00e9 \ud83d", "seed": 123456789012345678901234567890}

msgspec does the work; what it refuses goes to the standard library, which is slower and accepts a superset. NaN and
infinities are no JSON and are refused by both.
"""

import json
import math
import re
from typing import Any, NoReturn, TypeVar

import msgspec

from curate.records import JSON

BOM = b"\xef\xbb\xbf"

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_encode_lines = msgspec.json.Encoder().encode_lines
_KINDS = {list: "an array", str: "a string", bool: "a boolean", int: "a number", float: "a number", type(None): "null"}

T = TypeVar("T")


class UnreadableLineError(ValueError):
    """A line that is no JSON object; the message says why."""


def decode(line: bytes) -> JSON:
    """Return the object on a line.

    Raises:
        UnreadableLineError: The line is broken JSON, holds NaN, is no object, or is not UTF-8.
    """
    value = decode_value(line)
    if type(value) is not dict:
        raise UnreadableLineError(f"{_KINDS[type(value)]}, not an object")
    return value


def decode_value(line: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value on a line; raises as `decode`."""
    try:
        return _decode(line)
    except (ValueError, RecursionError):  # DecodeError and UnicodeDecodeError are ValueErrors too
        return _decode_carefully(line)


def _decode_carefully(line: bytes) -> Any:  # noqa: ANN401 - any JSON value
    try:
        text = line.decode("utf-8")
        return json.loads(text, parse_constant=_refuse_constant, parse_float=_finite, parse_int=_bounded)
    except UnicodeDecodeError as error:
        raise UnreadableLineError(f"invalid UTF-8 at byte {error.start} of the line") from None
    except json.JSONDecodeError as error:
        raise UnreadableLineError(_explained(error)) from None
    except RecursionError:
        raise UnreadableLineError("nested too deeply") from None


def _explained(error: json.JSONDecodeError) -> str:
    if error.msg == "Extra data":
        return f"more than one value on the line, the second at character {error.pos}"
    if error.pos >= len(error.doc.rstrip()):
        return f"broken JSON: the line ends too early, at character {error.pos}"
    return f"broken JSON at character {error.pos}: {error.msg}"


def _refuse_constant(name: str) -> NoReturn:
    raise UnreadableLineError(f"{name} is no JSON")


def _finite(literal: str) -> float:
    value = float(literal)
    if math.isinf(value):
        raise UnreadableLineError(f"the number {literal[:40]} is out of range")
    return value


def _bounded(literal: str) -> int:
    try:
        return int(literal)
    except ValueError:  # Python reads integers of 4,300 digits, because more take quadratic time
        raise UnreadableLineError(f"the number {literal[:40]}... has {len(literal):,} digits") from None


def decode_as(data: bytes, type_: type[T]) -> T:
    """Return `data` as a record of `type_`.

    Raises:
        UnreadableLineError: Not JSON.
        msgspec.ValidationError: JSON of another shape.
    """
    return msgspec.convert(decode_value(data), type_)


def encode(value: object) -> bytes:
    """Return `value`, a JSON value or a record, as one line of JSON without its newline.

    Strings with lone surrogates and integers beyond 64 bits, which msgspec refuses, are written by the standard
    library, all in ASCII.
    """
    try:
        return _encode(value)
    except (UnicodeEncodeError, OverflowError):
        plain = msgspec.to_builtins(value, builtin_types=(int,))
        return json.dumps(plain, ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def encode_line(value: object) -> bytes:
    """Return the same with its newline; a value of some hundred megabytes is not copied for it."""
    try:
        return _encode_lines((value,))
    except (UnicodeEncodeError, OverflowError):
        return encode(value) + b"\n"


_NESTING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


def nested_beyond(line: bytes, depth: int) -> bool:
    """Say whether arrays and objects on a line are nested more than `depth` levels deep."""
    if line.count(b"[") + line.count(b"{") <= depth:
        return False
    level = 0
    for token in _NESTING.finditer(line):
        first = line[token.start()]
        level += (first in b"[{") - (first in b"]}")
        if level > depth:
            return True
    return False


def valid_text(text: str) -> str:
    """Return text that UTF-8, Parquet and MessagePack can hold: lone surrogates as backslash escapes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def has_lone_surrogate(text: str) -> bool:
    """Say whether `text` cannot be encoded as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
