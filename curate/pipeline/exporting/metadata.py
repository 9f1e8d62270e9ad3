"""What is known of a trace, as one text of JSON: columns that differ from row to row break the loading of a dataset."""

import msgspec

from curate import jsonlines
from curate.export import Format
from curate.records import Trace


def takes_metadata(format_: Format) -> bool:
    """Say whether rows of a format may have the key: those of traces that are known by an id."""
    return format_.kind == "trace" and format_.row is not None and "id" in format_.row.__struct_fields__


def with_metadata(row: bytes, trace: Trace) -> bytes:
    """Return the JSON of a row with `metadata` as its last key."""
    problem = trace.problem
    known = {
        "problem_id": problem.id,
        "reference": problem.reference,
        "answer": trace.answer,
        "domain": problem.domain,
        "family": problem.family,
        "difficulty": problem.difficulty,
        "source": problem.source,
        "license": problem.license,
        "teacher": msgspec.to_builtins(trace.teacher),
        "sample": trace.sample,
        "pass_rate": trace.pass_rate,
        "finish_reason": trace.finish_reason,
        "usage": msgspec.to_builtins(trace.usage),
    }
    text = jsonlines.encode(known).decode("utf-8")
    return row[:-1] + b',"metadata":' + jsonlines.encode(text) + b"}"
