"""The dataset card: `README.md` with the splits that `datasets.load_dataset(DIR)` honours, and where it comes from."""

from collections.abc import Iterable

from curate.escaping import one_line
from curate.manifests import CuratedManifest, FormatCounts


def dataset_card(manifest: CuratedManifest, formats: dict[str, FormatCounts] | None = None) -> str:
    """Return the card of a curated result; values of the input are escaped."""
    rows = manifest.rows
    formats = manifest.formats if formats is None else formats
    lines = [
        "---",
        *_configs({name: format_ for name, format_ in formats.items() if format_.rows}),
        "tags:",
        "- reasoning",
        "- curate",
        "---",
        "",
        f"# {escaped(manifest.recipe or 'Curated traces')}",
        "",
        f"Made by curate {manifest.curate}. Of {rows.in_:,} rows {rows.kept:,} were kept.",
        "",
        "## What was dropped, and why",
        "",
        "| check | rows dropped |",
        "|---|---:|",
        *(f"| `{check}` | {count:,} |" for check, count in manifest.dropped_by.items()),
        "",
        f"Lines that could not be read: {rows.unreadable:,}; they are in `unreadable/`.",
        "Every dropped row is in `dropped/` with its reason; what every check said is in `verdicts.parquet`.",
        "",
        "## Rows",
        "",
        "| format | split | rows |",
        "|---|---|---:|",
        *_split_rows(formats),
        "",
        "`kept/` holds the input's own lines, byte for byte. `manifest.json` has the digest of every file.",
        "",
        "## Made from",
        "",
        *(f"- {escaped(source.path)} (sha256 `{source.sha256}`)" for source in manifest.inputs),
        "",
    ]
    return "\n".join(lines)


def _configs(formats: dict[str, FormatCounts]) -> Iterable[str]:
    if formats:
        yield "configs:"
    for place, (name, about) in enumerate(formats.items()):
        yield f"- config_name: {name}"
        if place == 0:
            yield "  default: true"
        yield "  data_files:"
        for split in _in_order(about.rows):
            yield f'  - split: "{split}"'
            yield f'    path: "{name}/{split}-*"'


def _in_order(splits: Iterable[str]) -> list[str]:
    return sorted(splits, key=lambda split: (split != "train", split))


def _split_rows(formats: dict[str, FormatCounts]) -> Iterable[str]:
    for name, about in formats.items():
        for split in _in_order(about.rows):
            yield f"| `{name}` | `{split}` | {about.rows[split]:,} |"


_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|!"})


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return one_line(" ".join(text.split())).translate(_MARKUP)
