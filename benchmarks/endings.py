"""How well `truncated` works from the text alone, on real outputs; part of `make quality`.

The labelled files are used where they are beside the repository, else the committed sample of them.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from curate import jsonlines
from curate.checks.truncation import truncated
from curate.seeds import rng
from curate.traces.foreign import read_row

SAMPLES = Path(__file__).parents[1] / "tests" / "data"
FULL = Path(__file__).parents[2] / "shared" / "data"
CUTS_EACH = 3
MIN_CHARACTERS = 400

_SENTENCE_END = re.compile(r"[.!?:][\"*)\]]*\s*$|\n$")


class Result(msgspec.Struct, frozen=True):
    """One measurement."""

    what: str
    hits: int
    """Rows called truncated."""
    rows: int

    @property
    def share(self) -> float:
        """Share of the rows that are called truncated."""
        return self.hits / self.rows


def rows_of(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a labelled file, or of the committed sample of it, without token counts."""
    full = FULL / f"{name}.jsonl"
    path = full if full.exists() else SAMPLES / f"{name}.sample.jsonl"
    for line in path.read_bytes().splitlines():
        row = jsonlines.decode(line)
        yield {key: value for key, value in row.items() if key not in {"n_tokens", "max_tokens"}}


def is_called(row: dict[str, Any], **changes: str) -> bool:
    """Say whether a row, with some columns changed, is called truncated."""
    finding = truncated(read_row({**row, **changes}, {}).traces[0])
    return finding is not None and finding.outcome == "fail"


def measure() -> list[Result]:
    """Return every measurement."""
    labelled = [(row["truncated"], is_called(row)) for row in rows_of("truncated_llama3b_aime24")]
    human = [is_called(row, solution=row["solution"].split("\n####")[0]) for row in rows_of("gsm8k_sample")]
    cot = [row for row in rows_of("direct_vs_cot_bbh") if row["style"] == "cot"]
    unmarked = [is_called(row, output=re.split(r"\s*So the answer is", row["output"])[0]) for row in cot]
    inside, at_end = _cuts()
    return [
        _result("truncated_llama3b_aime24, cut off", [called for cut, called in labelled if cut]),
        _result("truncated_llama3b_aime24, complete", [called for cut, called in labelled if not cut]),
        _result("gsm8k_sample without its #### line", human),
        _result("direct_vs_cot_bbh cot without its answer", unmarked),
        _result("long_reasoning_gsm8k, complete", [is_called(row) for row in rows_of("long_reasoning_gsm8k")]),
        _result("long_reasoning_gsm8k cut inside a sentence", inside),
        _result("long_reasoning_gsm8k cut at a sentence's end", at_end),
    ]


def _result(what: str, called: list[bool]) -> Result:
    return Result(what, sum(called), len(called))


def _cuts() -> tuple[list[bool], list[bool]]:
    """Return what is said of complete long outputs cut at random places, inside a sentence and at its end."""
    inside: list[bool] = []
    at_end: list[bool] = []
    for row in rows_of("long_reasoning_gsm8k"):
        text = row["output"]
        if len(text) < MIN_CHARACTERS:
            continue
        for number in range(CUTS_EACH):
            head = text[: rng(0, "cut", row["id"], number).randrange(MIN_CHARACTERS // 2, len(text) - 20)]
            (at_end if _SENTENCE_END.search(head) else inside).append(is_called(row, output=head))
    return inside, at_end


def main() -> None:
    """Print the table."""
    sys.stdout.write(f"\n{'truncated, from the text alone':<46} {'called':>7} {'of':>6} {'share':>7}\n")
    for result in measure():
        sys.stdout.write(f"{result.what:<46} {result.hits:>7,} {result.rows:>6,} {result.share:>7.4f}\n")


if __name__ == "__main__":
    main()
