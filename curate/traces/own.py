"""Traces of ours, from their bytes to the record in one step.

`foreign.read_row` decodes a row and asks the schema whether it is a trace. This is the quick way to the same end for
the rows that are one: it accepts nothing that the schema refuses, and of what it does not accept it says nothing. A key
that no record has is such a case, because what is skipped in decoding is not looked at: it may be no UTF-8.
"""

from typing import Literal

import msgspec

from curate.jsonlines import nested_beyond
from curate.reading.columns import Mapped
from curate.reading.lines import MAX_DEPTH
from curate.records import Message, Origin, Problem, Sampling, Trace, Usage
from curate.traces.foreign import OWN_COLUMNS, Read


class _Problem(Problem, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class _Message(Message, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class _Usage(Usage, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class _Sampling(Sampling, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class _Origin(Origin, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class _Trace(Trace, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema_version: Literal[1]
    problem: _Problem
    messages: tuple[_Message, ...] = ()
    usage: _Usage = _Usage()
    teacher: _Sampling = _Sampling()
    origin: Origin = _Origin()


_decode = msgspec.json.Decoder(_Trace).decode
_hide = msgspec.structs.force_setattr
_NO_ORIGIN = Origin()


def read_own(line: bytes) -> Read | None:
    """Return the trace on a line as `read_row` would; None where that has to be asked."""
    try:
        trace = _decode(line)
    except (ValueError, RecursionError):
        return None
    if (trace.data or trace.extra) and nested_beyond(line, MAX_DEPTH):
        return None  # elsewhere the records themselves bound the depth
    _hide(trace, "origin", _NO_ORIGIN)
    _hide(trace, "extra", {})
    return Read("trace", (trace,), OWN_COLUMNS)


def may_be_own(mapped: Mapped) -> bool:
    """Say whether traces of ours are looked for, given what `--map` says."""
    return "reply" not in mapped
