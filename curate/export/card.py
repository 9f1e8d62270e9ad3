"""The dataset card: `README.md` with the splits that `datasets.load_dataset(DIR)` honours, and where it comes from.

Names, files, licences and models are the input's own words: they are quoted in YAML and escaped in Markdown.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from curate.escaping import one_line
from curate.export import FORMATS
from curate.export.base import Facts
from curate.figures import Figure
from curate.manifests import CuratedManifest, FormatCounts, Lengths

SHOWN = 20
"""Sources, licences and teachers named; what is more is counted."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """How the traces were made, where we made them."""

    teachers: tuple[str, ...]
    """Each teacher with how it was asked, in words."""
    styles: tuple[str, ...]
    """The prompt styles."""
    problems: int
    """Different problems asked."""
    traces: int
    """Replies had."""
    failed: int
    """Samples for which none could be had."""
    prompt_tokens: int
    """Tokens of the prompts."""
    completion_tokens: int
    """Tokens of the completions, thinking included."""
    cost: float | None
    """USD, at most, over all requests; None where no price is known."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What a card is made of."""

    curated: CuratedManifest
    """The result that the rows are of."""
    formats: Mapping[str, FormatCounts]
    """Format to its rows."""
    facts: Sequence[Facts] = ()
    """What the trainer of each format is to be told."""
    run: Run | None = None
    """How the traces were made; None where they are somebody else's."""
    figures: Sequence[Figure] = ()
    """What was measured of the checks."""
    holds_rows: bool = True
    """Whether the kept lines, the dropped rows and the verdicts lie beside the card."""


def dataset_card(card: Card) -> str:
    """Return the card."""
    title = escaped(card.curated.recipe or "Curated traces")
    sections = [
        "\n".join(_front(card)),
        f"# {title}",
        _opening(card),
        *_section("How the traces were made", _made(card)),
        *_section("What was dropped, and why", _funnel(card)),
        *_section("How sure the checks are", _figures(card)),
        *_section("Rows", _rows(card)),
        *_section("Training on them", _training(card)),
        *_section("Sources, licences, teachers", _origins(card)),
        *_section("Made from", _inputs(card)),
        *_section("Limits", _limits(card)),
    ]
    return "\n\n".join(sections) + "\n"


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    body = "\n".join(lines)
    if body:
        yield f"## {title}\n\n{body}"


def _front(card: Card) -> Iterator[str]:
    """Yield the YAML in front: the only part that `datasets` reads."""
    yield "---"
    facts = {one.folder: one for one in card.facts}
    for place, name in enumerate(facts):
        if place == 0:
            yield "configs:"
        yield f'- config_name: "{name}"'
        if place == 0:
            yield "  default: true"
        yield "  data_files:"
        for split in facts[name].shards:
            yield f'  - split: "{split}"'
            yield f'    path: "{name}/{split}-*"'
    yield "tags:"
    yield "- reasoning"
    yield "- curate"
    yield "---"


def _opening(card: Card) -> str:
    rows = card.curated.rows
    return (
        f"Made by curate {card.curated.curate}. Of {rows.in_:,} rows {rows.kept:,} were kept. "
        f"Recipe fingerprint `{card.curated.fingerprint}`."
    )


def _made(card: Card) -> Iterator[str]:
    run = card.run
    if run is None:
        return
    yield from (f"- teacher: {escaped(teacher)}" for teacher in run.teachers)
    yield f"- prompt style: {', '.join(map(_code, run.styles))}"
    yield f"- {run.problems:,} problems, {run.traces:,} replies, {run.failed:,} samples without one"
    yield f"- {run.prompt_tokens:,} prompt and {run.completion_tokens:,} completion tokens, as servers counted them"
    yield "- cost: " + (
        "no price is known" if run.cost is None else f"{run.cost:,.4f} USD at most, every request counted"
    )


def _funnel(card: Card) -> Iterator[str]:
    curated = card.curated
    if curated.marked:
        yield "Nothing: every check judged every row, and the verdicts were only written down."
        return
    yield "| check | rows dropped |"
    yield "|---|---:|"
    yield from (f"| {_code(check)} | {count:,} |" for check, count in curated.dropped_by.items())
    yield ""
    yield f"Lines that could not be read: {curated.rows.unreadable:,}."
    if card.holds_rows:
        yield "They are in `unreadable/`; every dropped row is in `dropped/` with its reason, and what every check said"
        yield "is in `verdicts.parquet`. `kept/` holds the input's own lines, byte for byte."


def _figures(card: Card) -> Iterator[str]:
    """Yield what was measured of the checks that were used, on the fullest labelled rows that there are."""
    used = {check.split("#")[0] for check in card.curated.dropped_by}
    found = [one for one in card.figures if one.check in used and one.source != "sample"]
    if not found:
        return
    yield "Measured with labelled and planted rows when this version of curate was made, not on this dataset; in"
    yield "brackets 95% bounds (Wilson). A false alarm is a sound row that fails."
    yield ""
    yield "| check | measured on | recall | false alarms |"
    yield "|---|---|---|---|"
    yield from (f"| `{one.check}` | {one.on}: {one.rows} | {one.recall} | {one.false_alarms} |" for one in found)


def _rows(card: Card) -> Iterator[str]:
    yield "| format | split | rows |"
    yield "|---|---|---:|"
    for name, counts in card.formats.items():
        yield from (f"| `{name}` | `{split}` | {rows:,} |" for split, rows in counts.rows.items())
    yield ""
    for name, counts in card.formats.items():
        yield from (f"Refused by `{name}`: {rows:,}, {escaped(reason)}." for reason, rows in counts.refused.items())
    lengths = {name: counts.lengths for name, counts in card.formats.items() if counts.lengths and counts.rows}
    if lengths:
        limits = next(iter(lengths.values())).over
        yield ""
        yield f"| tokens | half | 90% | 99% | longest | {' | '.join(f'over {int(limit):,}' for limit in limits)} |"
        yield "|---" * (5 + len(limits)) + "|"
        yield from (f"| `{name}` | {_cells(one)} |" for name, one in lengths.items())
        yield ""
        yield from sorted({_counted(one) for one in lengths.values()})


def _cells(lengths: Lengths) -> str:
    numbers = (lengths.p50, lengths.p90, lengths.p99, lengths.max, *lengths.over.values())
    return " | ".join(f"{number:,}" for number in numbers)


def _counted(lengths: Lengths) -> str:
    if lengths.counted_by is None:
        return "Tokens are estimated at four bytes each: no tokenizer was given."
    return f"Tokens are counted with {escaped(lengths.counted_by)}."


def _training(card: Card) -> Iterator[str]:
    for facts in card.facts:
        yield f"`{facts.folder}`:"
        yield ""
        yield f"```\n{FORMATS[facts.folder].paste(facts)}\n```"
        yield ""


def _origins(card: Card) -> Iterator[str]:
    origins = card.curated.origins
    for title, counts in (
        ("problems from", origins.sources),
        ("licence", origins.licenses),
        ("teacher", origins.teachers),
    ):
        if counts:
            yield f"| {title} | rows kept |"
            yield "|---|---:|"
            yield from _most(counts)
            yield ""


def _most(counts: Mapping[str, int]) -> Iterator[str]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    yield from (f"| {escaped(name) or 'not stated'} | {count:,} |" for name, count in ranked[:SHOWN])
    rest = ranked[SHOWN:]
    if rest:
        yield f"| {len(rest):,} more | {sum(count for _, count in rest):,} |"


def _inputs(card: Card) -> Iterator[str]:
    yield from (f"- {escaped(source.path)} (sha256 `{source.sha256}`)" for source in card.curated.inputs)
    if card.holds_rows:
        yield ""
        yield "`manifest.json` has the digest of every file."


def _limits(card: Card) -> Iterator[str]:
    undecided = {check: found["undecided"] for check, found in card.curated.outcomes.items() if found.get("undecided")}
    yield from (f"- {_code(check)} could not tell on {count:,} rows" for check, count in undecided.items())
    yield "- What no check looks for was not looked for: `curate checks` lists them, the table above those that ran."
    if "benchmark_leak" not in card.curated.dropped_by:
        yield "- Whether questions of benchmarks are among the problems was not checked."
    if card.run is None:
        yield "- How the replies were made is known only as far as the input says it."


_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|!"})


def _code(name: str) -> str:
    """Return the name of a check, which may be the user's own, as code."""
    return f"`{one_line(name).replace('`', '')}`".replace("|", "")


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return one_line(" ".join(text.split())).translate(_MARKUP)
