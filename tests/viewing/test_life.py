"""`curate why` tells all that is known of a row."""

import json
import re
import shutil
from pathlib import Path

import pytest

from curate.attempts import Attempt
from curate.ledger import Ledger
from curate.pipeline.inspect import Chosen
from curate.records import Reply, Usage
from tests.commands.running import curate


@pytest.fixture
def tried(finished: Path, tmp_path: Path) -> tuple[Path, str]:
    """A copy of a run in which one request was tried twice more, and the id of its trace."""
    shutil.copytree(finished, tmp_path / "run")
    row = Chosen(tmp_path / "run" / "curated").dropped(1, "wrong_answer")[0]
    usage = Usage(prompt_tokens=9, completion_tokens=16)
    cut = Reply(content="and then \x1b[2J", reasoning="<i>cut</i>", finish_reason="length", usage=usage)
    first = Attempt(key=row.id, max_tokens=16, started=1e9, seconds=1, reply=cut)
    second = Attempt(
        key=row.id, max_tokens=16, started=1e9 + 60, seconds=1, error="429: slow down", kind="rate_limited"
    )
    with Ledger(tmp_path / "run" / "ledger.sqlite") as ledger:
        ledger.record([first, second])
    return tmp_path / "run", row.id


def test_the_whole_life(tried: tuple[Path, str], tmp_path: Path) -> None:
    """`why` tells where a row is from, what was asked how, each try and its reply, each verdict with its measure."""
    run, id_ = tried
    said = curate("why", run, id_, cwd=tmp_path).stdout
    row = Chosen(run / "curated").named(id_)
    assert row.trace is not None
    lines = said.splitlines()
    assert lines[0] == f"{id_}  {row.file}:{row.line}"
    assert lines[1] == f"  made by recipe small, request {id_}, with the planted fault wrong_answer"
    assert lines[2] == f"  read from {row.file}, line {row.line}, byte {row.offset}"
    assert lines[3].startswith(f'  line: {{"id":"{id_}"')
    assert "  sent as user:" in lines
    assert f"sample {row.trace.sample}" in said
    assert re.search(r"^  asked builtin/noisy, style zero_shot_cot, max_tokens 4096, ", said, re.MULTILINE)
    assert "  sent 2001-09-09 01:46:40 UTC, max_tokens 16: length, 9 prompt and 16 completion tokens" in lines
    assert "  sent 2001-09-09 01:47:40 UTC, max_tokens 16: 429: slow down" in lines
    assert "  reply 2 of 3, verbatim:\n    <i>cut</i>and then \\x1b[2J" in said
    assert re.search(r"^  final_answer_only +pass  \(\d+, min_words 6\)$", said, re.MULTILINE)
    assert re.search(r"^  wrong_answer +fail$", said, re.MULTILINE)
    assert lines[-1] == f"dropped by wrong_answer: {row.reason}"


def test_as_json(tried: tuple[Path, str], tmp_path: Path) -> None:
    """`why --json` has every attempt with its reply verbatim, in the order they were made."""
    run, id_ = tried
    told = json.loads(curate("why", run, id_, "--json", cwd=tmp_path).stdout)
    assert [attempt["error"] for attempt in told["attempts"]] == [None, None, "429: slow down"]
    assert told["attempts"][1]["reply"]["content"] == "and then \x1b[2J"
    assert told["is_kept"] is False


def test_an_imported_row(hostile: Path, tmp_path: Path) -> None:
    """Of a row that nobody asked for there is its line, and what the checks said."""
    said = curate("why", hostile / "out", "rows.jsonl:1", cwd=tmp_path).stdout
    assert "made by" not in said
    assert "  read from rows.jsonl, line 1, byte 0\n  line: {" in said
    assert "\n  sent " not in said
    assert "\n  asked a model that is not named, sample 0\n" in said
