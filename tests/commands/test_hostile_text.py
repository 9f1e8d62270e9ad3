"""Text of models on terminals: control and bidi characters never get there raw."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines
from curate.escaping import safe, safe_json
from tests.commands.running import HOSTILE, UNSAFE, curate, unsafe

SHOWING: dict[str, list[str]] = {
    "view": ["view", "out", "--kept"],
    "view dropped": ["view", "out"],
    "why": ["why", "out", "rows.jsonl:1"],
    "why of a dropped row": ["why", "out", "rows.jsonl:4"],
    "why as JSON": ["why", "out", "rows.jsonl:1", "--json"],
    "validate": ["validate", "rows.jsonl"],
    "filter": ["filter", "rows.jsonl", "-o", "OUT", "--json"],
    "filter of an unknown shape": ["filter", "rows.jsonl", "-o", "OUT", "--map", f"reply={HOSTILE[5:9]}"],
    "a recipe that says it": ["run", "hostile.yaml", "--dry-run"],
    "an override that says it": ["run", "quickstart", "--dry-run", "--set", "name=\u202e\u061c\x9b"],
}


@pytest.mark.parametrize("words", SHOWING.values(), ids=SHOWING)
def test_terminal(hostile: Path, tmp_path: Path, words: list[str]) -> None:
    """Whatever shows text of a model or a file, on stdout or stderr, shows what could drive a terminal as escapes."""
    (hostile / "hostile.yaml").write_text('name: "a\\e[2J\\u202e\\u061c"\n', "utf-8")
    done = curate(*(str(tmp_path / "new") if word == "OUT" else word for word in words), cwd=hostile)
    assert done.stdout + done.stderr
    assert unsafe(done.stdout + done.stderr) == set()


def test_json_still_says_the_same(hostile: Path) -> None:
    """What is escaped in JSON is another spelling of the same text."""
    told = json.loads(curate("why", "out", "rows.jsonl:1", "--json", cwd=hostile).stdout)
    assert HOSTILE in told["trace"]["response"]
    assert told["trace"]["problem"]["text"] == HOSTILE


TEXT = st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from(sorted(map(chr, UNSAFE))))


@given(TEXT)
def test_safe(text: str) -> None:
    """Whatever the text, nothing in it can drive a terminal, and what could not anyway stays as it is."""
    shown = safe(text)
    assert unsafe(shown) == set()
    if not unsafe(text):
        assert shown == text


@given(TEXT)
def test_safe_json(text: str) -> None:
    """A line of JSON can drive no terminal either, and holds the same value."""
    line = safe_json(jsonlines.encode({"text": text}).decode("utf-8"))
    assert unsafe(line) == set()
    assert json.loads(line) == jsonlines.decode(jsonlines.encode({"text": text}))
