"""The dataset card: what `datasets` reads of it, and what people do."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from curate.api.running import run
from curate.export.card import Card, dataset_card
from curate.figures import Figure, shipped_figures
from curate.manifests import (
    CuratedManifest,
    FormatCounts,
    InputEntry,
    LineCounts,
    Origins,
    RowCounts,
)
from tests.filtering.results import filtered, jsonl, sound

texts = st.text(max_size=30) | st.sampled_from(
    ["a\n---\nb: [", "| x |", "# y", "```", "\u2028", "<script>", "\x1b[31m"]
)
FIGURES = shipped_figures()
names = st.dictionaries(texts, st.integers(1, 9), max_size=3)


def _card(origins: Origins, path: str, reasons: Mapping[str, int]) -> Card:
    curated = CuratedManifest(
        curate="0.1.0",
        recipe=None,
        fingerprint="0" * 16,
        rows=RowCounts(in_=2, kept=1, dropped=1, unreadable=0),
        lines=LineCounts(in_=2, with_rows=2, unreadable=0, blank=0),
        dropped_by={"truncated": 1},
        outcomes={"truncated": {"undecided": 1}},
        shapes={},
        formats={},
        origins=origins,
        checks=(),
        columns={},
        inputs=(InputEntry(path=path, bytes=1, sha256="0" * 64),),
    )
    counts = FormatCounts(rows={"train": 1}, refused=dict(reasons))
    return Card(curated=curated, formats={"messages": counts}, figures=FIGURES)


@given(names, names, texts, names)
@settings(max_examples=25)
def test_hostile_names_stay_words(
    sources: dict[str, int], models: dict[str, int], path: str, reasons: dict[str, int]
) -> None:
    """Whatever sources, models and files are called, the card has the same lines and tables as with plain names."""
    plain = dataset_card(
        _card(
            Origins(sources=_plain(sources), licenses=_plain(models), teachers=_plain(models)), "file", _plain(reasons)
        )
    )
    hostile = dataset_card(_card(Origins(sources=sources, licenses=models, teachers=models), path, reasons))
    assert len(hostile.splitlines()) == len(plain.splitlines())
    assert "\x1b" not in hostile
    assert [_columns(line) for line in hostile.splitlines()] == [_columns(line) for line in plain.splitlines()]


def _plain(counts: dict[str, int]) -> dict[str, int]:
    """Return plain names that are ranked as these are."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {f"name{place}": count for place, (_, count) in enumerate(ranked)}


def _columns(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line))


def test_the_splits_that_are_there() -> None:
    """The YAML in front names each format's splits and the files that hold them, the first format as the default."""
    splits = {"validation": 0.4}
    outputs = [{"format": name, "splits": splits} for name in ("prompt_completion", "messages")]
    result = filtered(jsonl(*map(sound, range(20))), {"output": outputs})
    front = YAML(typ="safe").load(result.files["README.md"].decode().split("---")[1])
    assert [one["config_name"] for one in front["configs"]] == ["prompt_completion", "messages"]
    assert [one.get("default") for one in front["configs"]] == [True, None]
    for config in front["configs"]:
        for one in config["data_files"]:
            found = [name for name in result.files if Path(name).match(one["path"])]
            assert found == [f"{config['config_name']}/{one['split']}-00000-of-00001.jsonl"]


def test_what_a_card_says() -> None:
    """The card says what was dropped, how sure the checks are, how long rows are, whose they are, how to train."""
    rows = [sound(number, source="book", license="CC-BY-4.0", model="m-1") for number in range(5)]
    card = filtered(jsonl(*rows, {**rows[0], "output": "5"})).files["README.md"].decode()
    assert "| `final_answer_only` | 1 |" in card
    assert re.search(r"\| `final_answer_only` \| .* \| .*%.*to.*\|", card)
    assert "| half | 90% | 99% | longest |" in card
    assert "estimated at four bytes" in card
    assert "| book | 5 |" in card
    assert "| CC-BY-4.0 | 5 |" in card
    assert "| m-1 | 5 |" in card
    assert "SFTConfig(max_length=512" in card
    assert "Whether questions of benchmarks are among the problems was not checked." in card


def test_how_traces_were_made(tmp_path: Path) -> None:
    """The card of a run says who was asked, how, for how much, and what came of it."""
    recipe = {
        "name": "small",
        "problems": {"from": "builtin", "families": {"linear_equation": 5}},
        "teacher": {"model": "builtin/noisy", "samples": 2},
    }
    run(recipe, tmp_path / "run")
    card = (tmp_path / "run" / "curated" / "README.md").read_text("utf-8")
    assert "- teacher: builtin/noisy, max\\_tokens 4096, samples 2" in card
    assert "- prompt style: `zero_shot_cot`" in card
    assert "- 5 problems, 10 replies, 0 samples without one" in card
    assert "USD at most" in card


@pytest.mark.parametrize("figure", shipped_figures(), ids=lambda one: f"{one.check}-{one.on}-{one.source}")
def test_figures_travel(figure: Figure) -> None:
    """The figures that a card cites come with the package, and are counts that can be."""
    assert 0 <= figure.found <= figure.faulty
    assert 0 <= figure.accused <= figure.sound
