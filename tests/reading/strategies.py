"""What may stand in a file: JSON of every kind, and the bytes of whole files."""

import json
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

_NASTY = [
    "",
    "\x00",
    "\N{LINE SEPARATOR}",
    "\x85",
    "\ud83d",
    "\udc00x",
    "\N{SLIGHTLY SMILING FACE}",
    "\N{ZERO WIDTH NO-BREAK SPACE}",
    'say "\\"',
    "</think>",
    "]}",
]


def _as_json_can_say_it(text: str) -> str:
    """Join neighbouring surrogates that make a pair: JSON has one way to write both."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


texts = (st.sampled_from(_NASTY) | st.text(st.characters(), max_size=20)).map(_as_json_can_say_it)
"""Any text that JSON can hold, lone surrogates included."""

integers = st.integers() | st.integers(min_value=-(10**400), max_value=10**400)
values = st.recursive(
    st.none() | st.booleans() | integers | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(texts, values, max_size=5)


@st.composite
def spelled(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> bytes:
    """Return a value in one of the spellings of JSON: any spacing, escaped or as UTF-8."""
    value = draw(values)
    separators = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : ")]))
    line = json.dumps(value, ensure_ascii=draw(st.booleans()), separators=separators)
    try:
        return draw(st.sampled_from([b"", b" ", b"\t"])) + line.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=separators).encode()


garbage = st.binary(max_size=30).map(lambda data: data.replace(b"\n", b""))
"""The bytes of a line that may be anything."""
blanks = st.sampled_from([b"", b" ", b"\t \r", b"\r"])
endings = st.sampled_from([b"\n", b"\r\n"])


@st.composite
def files(draw: st.DrawFn, lines: st.SearchStrategy[bytes]) -> bytes:
    """Return the bytes of a file: lines with any endings, a BOM or none, a last line that is torn off or not."""
    found = draw(st.lists(st.tuples(lines, endings), max_size=12))
    data = b"".join(line + ending for line, ending in found)
    bom = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return bom + data + draw(st.just(b"") | lines)


any_files = files(garbage | blanks | spelled(objects))
