"""Rows filtered by datatrove, by two rules like two of ours. Run as a command: RULES SOURCE TARGET.

RULES is `trivial`, two lambdas that look at a field and for a token, or `repetition`, where its own filter of repeated
lines, paragraphs and n-grams stands in the place of `looping`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters import GopherRepetitionFilter, LambdaFilter
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter


def is_whole(document: Document) -> bool:
    """Say whether a reply ended by itself."""
    return bool(document.metadata["finish_reason"] != "length")


def is_plain(document: Document) -> bool:
    """Say whether no token of a chat template stands in a reply."""
    return "<|" not in document.text and "<|" not in document.metadata["response"]


def rules(name: str, target: Path) -> Sequence[BaseFilter]:
    """Return the two filters; what they drop goes into folders of its own."""
    cut, other = (JsonlWriter(str(target / folder), compression=None) for folder in ("cut", "other"))
    if name == "repetition":
        return LambdaFilter(is_whole, exclusion_writer=cut), GopherRepetitionFilter(exclusion_writer=other)
    return LambdaFilter(is_whole, exclusion_writer=cut), LambdaFilter(is_plain, exclusion_writer=other)


def main(name: str, source: Path, target: Path) -> None:
    """Filter the rows of a file into a folder, dropped ones beside them."""
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(source.parent), glob_pattern=source.name, text_key="reasoning"),
            *rules(name, target),
            JsonlWriter(str(target / "kept"), compression=None),
        ],
        tasks=1,
        logging_dir=str(target / "logs"),
    ).run()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
