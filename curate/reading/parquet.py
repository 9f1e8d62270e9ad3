"""Rows of a Parquet file as lines of JSON, streamed: some rows are in memory at a time, and not the file."""

from collections.abc import Iterator

from curate import jsonlines

BATCH_ROWS = 1_000


class DamagedParquetError(ValueError):
    """A file that is no Parquet, or damaged; the message says what was seen."""


def parquet_lines(path: str) -> Iterator[bytes]:
    """Yield each row as an object on a line, in order; what JSON has no word for is text, as msgspec writes it.

    Raises:
        DamagedParquetError: The file cannot be read, or not any further.
    """
    import polars as pl  # noqa: PLC0415 - heavy, and most inputs are no Parquet

    try:
        for batch in pl.scan_parquet(path, glob=False).collect_batches(chunk_size=BATCH_ROWS):
            for row in batch.iter_rows(named=True):
                yield jsonlines.encode_line(row)
    except pl.exceptions.PolarsError as error:
        raise DamagedParquetError(str(error).splitlines()[0]) from None
