"""A format shown: what a row holds, what to paste, which files lie beside the shards, for an export that is made up."""

from collections.abc import Iterator

from curate.export.base import Facts, Format
from curate.folders import pretty

SHOWN = ("train", "validation")
MAX_TOKENS = 16_384


def example(format_: Format) -> Facts:
    """Return the facts of an export that is made up."""
    return Facts(
        name="mine",
        folder=format_.name,
        shards={split: (f"{format_.name}/{split}-00000-of-00001.jsonl",) for split in SHOWN},
        rows={"train": 980, "validation": 20},
        counted="tokens as counted with tokenizer.json",
        max_tokens=MAX_TOKENS,
    )


def sidecars_of(format_: Format, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield name and text of each file that belongs beside the shards."""
    for name, content in format_.sidecars(facts).items():
        yield name, content if isinstance(content, str) else pretty(content).decode("utf-8")
