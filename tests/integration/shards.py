"""Exports for trainers to read: of a run with planted faults, and of rows made to break the loading of JSONL."""

import json
from pathlib import Path

from curate.records import JSON
from tests.generating.running import curate

RUN = """\
name: sums
seed: 3
problems: {from: builtin, families: {arithmetic_chain: 12, linear_equation: 12}}
teacher: {model: builtin/noisy, samples: 3, max_tokens: 600}
checks: [invalid_structure, truncated, wrong_answer]
"""

BARE = 14
"""Rows of `awkward` that have nothing but a question and a short answer."""
RICH: JSON = {
    "messages": [
        {"role": "system", "content": "Answer in one line.\u2028Be \u00fcber-brief."},
        {"role": "user", "content": "What is 3 * 4?"},
        {"role": "assistant", "content": "It is **12**."},
        {"role": "user", "content": 'And then 3 * 5? \U0001f600 "quoted" \\frac{1}{2}'},
        {"role": "assistant", "content": f"<think>\n{'Five and five and five. ' * 400}\n</think>\n\nIt is **15**."},
    ],
    "reference": "15",
    "score": 0.5,
    "tags": ["long", "two turns"],
}


def awkward(folder: Path) -> Path:
    """Filter rows of which most are bare and some have everything, so that types guessed by the first are wrong."""
    bare = [
        {"messages": [{"role": "user", "content": f"What is {n} + 1?"}, {"role": "assistant", "content": str(n + 1)}]}
        for n in range(BARE)
    ]
    rich = [{**RICH, "messages": [{"role": "system", "content": f"Row {n}."}, *RICH["messages"][1:]]} for n in range(2)]
    return filtered(folder, [*bare, RICH, *rich])


def uniform(folder: Path) -> Path:
    """Filter rows that all have the same columns of the same types, some of them empty."""
    texts = ["", "Be \u00fcber-brief.\u2028", '\U0001f600 "quoted" \\frac{1}{2}']
    said = ({"question": f"What is {n} + 1?", "response": f"It is {n + 1}.", "note": texts[n % 3]} for n in range(7))
    return filtered(folder, [{**row, "tags": ["sums"], "score": 0.5} for row in said])


def filtered(folder: Path, rows: list[JSON]) -> Path:
    """Filter rows without a check; returns the result."""
    (folder / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    ended = curate("filter", "rows.jsonl", "--set", "checks=[]", "-o", "curated", cwd=folder)
    assert ended.returncode == 0, ended.stderr
    return folder / "curated"


def exported(source: Path, out: Path, formats: list[str], **output: int | str | JSON) -> Path:
    """Export a result in formats, under keys of `output`; returns the folder with one folder for each."""
    words = [word for form in formats for word in ("--format", form)]
    words += [word for key, value in output.items() for word in ("--set", f"output.{key}={json.dumps(value)}")]
    ended = curate("export", source, "-o", out, *words, cwd=source.parent)
    assert ended.returncode == 0, ended.stderr
    return out


def made(folder: Path) -> Path:
    """Run a recipe whose teacher makes mistakes; returns the run."""
    (folder / "sums.yaml").write_text(RUN)
    ended = curate("run", "sums.yaml", "-o", "run", cwd=folder)
    assert ended.returncode == 0, ended.stderr
    return folder / "run"


def rows_of(folder: Path) -> list[JSON]:
    """Return the rows of the shards in a folder."""
    return [json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_bytes().splitlines()]
