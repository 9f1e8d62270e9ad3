"""`curate export --check-template`: the rows of an export, read back and put through a student's chat template."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from curate.checks.length import load_tokenizer
from curate.export import Facts
from curate.export.proof import Proof, prove
from curate.export.survival import Student
from curate.export.tokenizer_folder import TokenizerFolder
from curate.reading.lines import decode_line, read_lines
from curate.reading.sources import plan_input
from curate.records import JSON

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def prove_export(out: Path, facts: Sequence[Facts], folder: TokenizerFolder) -> tuple[Proof, ...]:
    """Return, for each format, what of its rows survives.

    Args:
        out: The folder of the export, or where it is being made.
        facts: What is known of its formats.
        folder: The student's tokenizer; tokens are counted where it has a file for that, and `tokenizers` is there.
    """
    student = Student(folder.template, folder.ends)
    return tuple(prove(about.folder, _rows(out, about), student, _tokenizer(folder)) for about in facts)


def _rows(out: Path, facts: Facts) -> Iterator[JSON]:
    shards = [str(out / shard) for split in facts.shards.values() for shard in split]
    for unit in plan_input(shards).units if shards else ():
        yield from map(decode_line, read_lines(unit))


def _tokenizer(folder: TokenizerFolder) -> "Tokenizer | None":
    if folder.tokenizer is None or find_spec("tokenizers") is None:
        return None
    return load_tokenizer(str(folder.tokenizer))
