"""Tables in text files are read row by row."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.jsonlines import UnreadableLineError
from curate.reading.lines import decode_line, read_lines
from curate.reading.sources import plan_input
from curate.records import JSON


def read(path: Path, data: bytes, *, max_line_bytes: int = 1000) -> list[tuple[int, JSON | str]]:
    """Return line and row of each record of a file, or what is said of one that is none."""
    path.write_bytes(data)
    found: list[tuple[int, JSON | str]] = []
    for line in (
        line for unit in plan_input([str(path)]).units for line in read_lines(unit, max_line_bytes=max_line_bytes)
    ):
        try:
            found.append((line.number, decode_line(line)))
        except UnreadableLineError as error:
            found.append((line.number, str(error)))
    return found


TOO_FEW = "1 values where the header names 2 columns"
BEHIND = "broken CSV: ',' expected after '\"'"
values = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)

FILES: dict[str, tuple[bytes, list[tuple[int, JSON | str]]]] = {
    "rows": (b"a,b\n1,x\n2,y\n", [(2, {"a": "1", "b": "x"}), (3, {"a": "2", "b": "y"})]),
    "CRLF, BOM and no newline at the end": (b"\xef\xbb\xbfa,b\r\n1,x", [(2, {"a": "1", "b": "x"})]),
    "semicolons": (b"a;b\n1,5;x\n", [(2, {"a": "1,5", "b": "x"})]),
    "tabs": (b"a\tb\n1, 2\tx\n", [(2, {"a": "1, 2", "b": "x"})]),
    "quotes": (b'a,b\n"x, ""y""",1\n', [(2, {"a": 'x, "y"', "b": "1"})]),
    "a quote inside": (b'a,b\n5" pipe,1\n', [(2, {"a": '5" pipe', "b": "1"})]),
    "line breaks in a value": (b'a,b\n"x\ny",1\n2,z\n', [(2, {"a": "x\ny", "b": "1"}), (4, {"a": "2", "b": "z"})]),
    "nothing is null": (b"a,b\n,x\n", [(2, {"a": None, "b": "x"})]),
    "blank lines": (b"a,b\n\n1,x\n\n", [(3, {"a": "1", "b": "x"})]),
    "a value too few": (
        b"a,b\n1\n2,y\n",
        [(2, TOO_FEW), (3, {"a": "2", "b": "y"})],
    ),
    "a value too many": (b"a,b\n1,x,!\n", [(2, "3 values where the header names 2 columns")]),
    "text behind a quote": (
        b'a,b\n"1"x,y\n2,y\n',
        [(2, BEHIND), (3, {"a": "2", "b": "y"})],
    ),
    "a quote that is never closed": (b'a,b\n1,"x\n2,y\n', [(2, "broken CSV: unexpected end of data")]),
    "no UTF-8": (b"a,b\n1,\xff\n2,y\n", [(2, "invalid UTF-8"), (3, {"a": "2", "b": "y"})]),
    "a line that is too long": (
        b"a,b\n1," + b"x" * 3000 + b"\n2,y\n",
        [(2, "broken CSV: the row is too long: more than 1,000 bytes"), (3, {"a": "2", "b": "y"})],
    ),
    "a column twice": (b"a,a\n1,2\n", [(1, "the header names the column 'a' twice; nothing below it is read")]),
    "a header alone": (b"a,b\n", []),
}


@pytest.mark.parametrize("data,rows", FILES.values(), ids=FILES)
def test_records(tmp_path: Path, data: bytes, rows: list[tuple[int, JSON | str]]) -> None:
    """Each record of a CSV file is a row known by its first line; one that is none says why, and the rest goes on."""
    assert read(tmp_path / "a.csv", data) == rows


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=2, max_size=2),
        max_size=6,
    )
)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    """Whatever Python writes as CSV is read back, value by value."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *rows])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    found = [row for _, row in read(path, text.getvalue().encode())]
    assert found == [{"a": a or None, "b": b or None} for a, b in rows]


def test_limit_and_sample(tmp_path: Path) -> None:
    """A limit takes the first records, and a sample the same ones wherever they stand."""
    path = tmp_path / "a.csv"
    rows = [f'{n},"x\n{n}"\n' for n in range(20)]

    def taken(limit: int | None = None, sample: int | None = None) -> set[str]:
        units = plan_input([str(path)], limit=limit, sample=sample).units
        return {decode_line(line)["a"] for unit in units for line in read_lines(unit)}

    path.write_text("a,b\n" + "".join(rows), "utf-8")
    assert taken(limit=3) == {"0", "1", "2"}
    sample = taken(sample=5)
    path.write_text("a,b\n" + "".join(reversed(rows)), "utf-8")
    assert taken(sample=5) == sample
    assert len(sample) == 5
