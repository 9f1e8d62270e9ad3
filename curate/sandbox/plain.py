"""Plain values as JSON, for two processes of which one must not trust the other: data goes over, and never code.

Sent as text to bare interpreters, so it imports nothing of ours.
"""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

Each = Callable[[Any], Any]
"""Writes or reads what a value holds."""
MAX_SHORT_INTEGER = 1 << 62

_Way = tuple[Callable[[Any, Each], Any], Callable[[Any, Each], Any]]


def _collection(build: Callable[[Any], Any]) -> _Way:
    return lambda value, put: [put(one) for one in value], lambda said, take: build(take(one) for one in said)


def _spelt(write: Callable[[Any], Any], read: Callable[[Any], Any]) -> _Way:
    return lambda value, _: write(value), lambda said, _: read(said)


def _mapping(build: Callable[[Any], Any]) -> _Way:
    return (
        lambda value, put: [[put(key), put(one)] for key, one in value.items()],
        lambda said, take: build({take(key): take(one) for key, one in said}),
    )


PLAIN: dict[str, tuple[type, _Way]] = {
    "int": (int, _spelt(hex, lambda said: int(said, 16))),
    "list": (list, _collection(list)),
    "tuple": (tuple, _collection(tuple)),
    "set": (set, _collection(set)),
    "frozenset": (frozenset, _collection(frozenset)),
    "deque": (deque, _collection(deque)),
    "dict": (dict, _mapping(dict)),
    "counter": (Counter, _mapping(Counter)),
    "ordered": (OrderedDict, _mapping(OrderedDict)),
    "bytes": (bytes, _spelt(bytes.hex, bytes.fromhex)),
    "bytearray": (bytearray, _spelt(bytearray.hex, bytearray.fromhex)),
    "complex": (complex, _spelt(lambda value: [value.real, value.imag], lambda said: complex(*said))),
    "range": (range, _spelt(lambda value: [value.start, value.stop, value.step], lambda said: range(*said))),
    "fraction": (Fraction, _spelt(str, Fraction)),
    "decimal": (Decimal, _spelt(str, Decimal)),
    "datetime": (datetime, _spelt(datetime.isoformat, datetime.fromisoformat)),
    "date": (date, _spelt(date.isoformat, date.fromisoformat)),
    "time": (time, _spelt(time.isoformat, time.fromisoformat)),
    "timedelta": (
        timedelta,
        _spelt(lambda value: [value.days, value.seconds, value.microseconds], lambda said: timedelta(*said)),
    ),
}
"""Name to type, and how its values are written and read."""
TAGS = {kind: tag for tag, (kind, _) in PLAIN.items()}

BASES: dict[type, Callable[[Any], Any]] = {
    int: int.__pos__,
    float: float.__pos__,
    str: str.__str__,
    list: lambda value: [*list.__iter__(value)],
    tuple: lambda value: (*tuple.__iter__(value),),
    dict: lambda value: {key: dict.__getitem__(value, key) for key in dict.__iter__(value)},
    set: lambda value: {*set.__iter__(value)},
    frozenset: lambda value: frozenset(frozenset.__iter__(value)),
}
"""Plain types to what makes a plain value of an instance of a subclass: a defaultdict is compared as a dict."""


def is_scalar(value: Any) -> bool:  # noqa: ANN401 - any value
    """Say whether JSON holds a value as it is."""
    kind = type(value)
    return value is None or kind in (bool, str, float) or (kind is int and abs(value) < MAX_SHORT_INTEGER)


def written(value: object, put: Each) -> list[Any] | None:
    """Return a plain value as JSON, what it holds being written by `put`; None where it is not plain."""
    tag = TAGS.get(type(value))
    return None if tag is None else [tag, PLAIN[tag][1][0](value, put)]


def read(tag: str, said: Any, take: Each) -> Any:  # noqa: ANN401 - any value
    """Return the value that was written, what it holds being read by `take`."""
    return PLAIN[tag][1][1](said, take)


def plain_of(value: object) -> list[Any]:
    """Return, in a list, the plain value that an object is besides; an empty list where it is none."""
    for base, build in BASES.items():
        if base in type(value).__mro__:
            return [build(value)]
    return []


def lent(value: object) -> bool:
    """Say whether whoever is given a value can change it."""
    return type(value) in (list, dict, set, bytearray, deque, Counter, OrderedDict)


def become(old: Any, new: Any) -> None:  # noqa: ANN401 - two values of one type
    """Make a collection equal to another without replacing it, nor the collections in it."""
    if type(old) is not type(new) or old == new:
        return
    if isinstance(old, list) and len(old) == len(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            if lent(one) and type(one) is type(other):
                become(one, other)
            else:
                old[place] = other
    elif isinstance(old, list | bytearray):
        old[:] = new
    else:
        old.clear()
        (old.extend if isinstance(old, deque) else old.update)(new)
