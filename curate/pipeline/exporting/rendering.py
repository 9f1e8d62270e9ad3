"""What one trace, problem or pair comes to in one format: rows as they are spooled, or the reason why there is none."""

from collections.abc import Iterator
from typing import Any

from curate import jsonlines
from curate.export import FORMATS, RefusedError
from curate.pipeline.exporting.counting import tokens_of
from curate.pipeline.exporting.lengths import over_limit
from curate.pipeline.exporting.metadata import with_metadata
from curate.pipeline.exporting.spool import spooled
from curate.pipeline.filtering.planned import PlannedOutput
from curate.records import Trace


def rows_of(output: PlannedOutput, source: Any, id_: str, point: int) -> Iterator[bytes | str]:  # noqa: ANN401 - each kind of format has its own
    """Yield the rows that an output makes of something, spooled; in the place of each that it refuses, its reason.

    Args:
        output: The format, with what the recipe wishes of it.
        source: What its kind of format takes: a trace, a problem, a line, a pair, a reply that was judged.
        id_: By what its rows are ordered.
        point: Where its problem lies among all.
    """
    try:
        rendered = FORMATS[output.format].render(source, output.wishes)
    except RefusedError as refusal:
        yield str(refusal)
        return
    for row in rendered:
        encoded = jsonlines.encode(row)
        if output.metadata and isinstance(source, Trace):
            encoded = with_metadata(encoded, source)
        tokens = tokens_of(row, encoded, output.tokenizer)
        if output.max_tokens is not None and tokens > output.max_tokens:
            yield over_limit(output.max_tokens)
        else:
            yield spooled(id_, point, tokens, encoded)
