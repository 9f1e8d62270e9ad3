"""The same two rules with datatrove: cut off, or with tokens of a chat template. Run as a command, in its own venv."""

import sys
from pathlib import Path

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters import LambdaFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter


def is_whole(document: Document) -> bool:
    """Say whether a reply ended by itself."""
    return bool(document.metadata["finish_reason"] != "length")


def is_plain(document: Document) -> bool:
    """Say whether no token of a chat template stands in a reply."""
    return "<|" not in document.text and "<|" not in document.metadata["response"]


def main(source: Path, target: Path) -> None:
    """Filter the rows of a file into a folder, dropped ones beside them."""
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(source.parent), glob_pattern=source.name, text_key="reasoning"),
            LambdaFilter(is_whole, exclusion_writer=JsonlWriter(str(target / "cut"), compression=None)),
            LambdaFilter(is_plain, exclusion_writer=JsonlWriter(str(target / "tokens"), compression=None)),
            JsonlWriter(str(target / "kept"), compression=None),
        ],
        tasks=1,
        logging_dir=str(target / "logs"),
    ).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
