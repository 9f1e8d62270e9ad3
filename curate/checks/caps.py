"""Too much of one thing: samples of one problem, rows of one kind. Corpus checks."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import msgspec
from pydantic import Field

from curate.answers import canonical
from curate.checks.corpus import judgements
from curate.checks.parameters import Share
from curate.records import Outcome, Trace

if TYPE_CHECKING:
    import polars as pl

Prefer = Literal["shortest", "longest", "first", "diverse"]
By = Literal["family", "domain", "answer"]
MINIMUMS = 64
"""Size of the sketch by which samples are told to be different."""
NGRAM = 3


class Sample(msgspec.Struct, frozen=True, array_like=True):
    """What samples of a problem are preferred by."""

    number: int
    characters: int
    sketch: bytes = b""
    """Minimums of its runs of words, for telling how different it is."""


class Candidate(NamedTuple):
    """A sample among those of its problem."""

    row: int
    id: str
    sample: Sample


def too_many_samples_signature(trace: Trace, *, max_per_problem: int = 4, prefer: Prefer = "first") -> bytes:  # noqa: ARG001 - the parameters of the check
    """Return what the samples of a problem are preferred by."""
    sketch = _sketch(f"{trace.reasoning}\n{trace.response}") if prefer == "diverse" else b""
    return msgspec.msgpack.encode(Sample(trace.sample, len(trace.reasoning) + len(trace.response), sketch))


def _sketch(text: str) -> bytes:
    from curate.similarity import minhash, shingles, words  # noqa: PLC0415 - heavy, and needed for one preference

    return minhash.minimums(shingles.shingles(words.words_of(text).hashes, NGRAM), MINIMUMS).tobytes()


def too_many_samples(
    rows: "pl.DataFrame", *, max_per_problem: Annotated[int, Field(ge=1)] = 4, prefer: Prefer = "first"
) -> "pl.DataFrame":
    """The problem has enough samples without this one.

    The measure is the place of a sample in the order of preference, from 1; equal ones are ordered by their ids.

    Args:
        rows: `row`, `id`, `problem_id` and `signature` of every row that is still in.
        max_per_problem: Most samples of one problem that stay.
        prefer: Which stay: the `shortest`, the `longest`, the `first` by their number, or those whose words are the
            most `diverse`, each as different as can be from the ones before it.

    Returns:
        `row`, `outcome`, `reason` and `value` of every row.
    """
    order = _ORDERS[prefer]
    judged: list[tuple[int, Outcome, str, float | None]] = []
    for candidates in _by_problem(rows):
        for place, candidate in enumerate(order(candidates, max_per_problem), 1):
            outcome: Outcome = "pass" if place <= max_per_problem else "fail"
            reason = f"{len(candidates)} samples of its problem; {max_per_problem} are kept, the {prefer}"
            judged.append((candidate.row, outcome, reason if outcome == "fail" else "", float(place)))
    return judgements(judged)


def _by_problem(rows: "pl.DataFrame") -> Iterator[list[Candidate]]:
    """Yield the samples of each problem, by number and id."""
    groups: dict[str, list[Candidate]] = {}
    for row, id_, problem, signature in rows.select("row", "id", "problem_id", "signature").iter_rows():
        sample = msgspec.msgpack.decode(signature, type=Sample)
        groups.setdefault(problem, []).append(Candidate(row, id_, sample))
    for candidates in groups.values():
        yield sorted(candidates, key=lambda one: (one.sample.number, one.id))


Order = Callable[[Sequence[Candidate], int], Sequence[Candidate]]


def _shortest(candidates: Sequence[Candidate], _count: int) -> Sequence[Candidate]:
    return sorted(candidates, key=lambda one: one.sample.characters)


def _longest(candidates: Sequence[Candidate], _count: int) -> Sequence[Candidate]:
    return sorted(candidates, key=lambda one: -one.sample.characters)


def _first(candidates: Sequence[Candidate], _count: int) -> Sequence[Candidate]:
    return candidates


def _diverse(candidates: Sequence[Candidate], count: int) -> Sequence[Candidate]:
    """Take the first, then again and again the one that agrees least with the most similar of those taken."""
    import numpy as np  # noqa: PLC0415 - as above

    sketches = np.array([np.frombuffer(one.sample.sketch, np.uint32) for one in candidates])
    agreement = np.zeros(len(candidates))
    taken = [0]
    while len(taken) < min(count, len(candidates)):
        agreement = np.maximum(agreement, (sketches == sketches[taken[-1]]).mean(axis=1))
        agreement[taken[-1]] = np.inf
        taken.append(int(np.argmin(agreement)))
    left = [place for place in range(len(candidates)) if place not in taken]
    return [candidates[place] for place in (*taken, *left)]


_ORDERS: dict[Prefer, Order] = {"shortest": _shortest, "longest": _longest, "first": _first, "diverse": _diverse}


def over_represented_signature(trace: Trace, *, by: By = "family", max_share: float = 0.5) -> bytes:  # noqa: ARG001 - the parameters of the check
    """Return the group of a row; nothing where it has none."""
    if by == "answer":
        group = None if trace.answer is None else canonical(trace.answer, trace.problem.answer_type)
    else:
        group = getattr(trace.problem, by)
    return (group or "").encode("utf-8", "surrogatepass")


def over_represented(rows: "pl.DataFrame", *, by: By = "family", max_share: Share = 0.5) -> "pl.DataFrame":
    """The row belongs to a group that makes up too much of the set.

    Groups are cut so that none makes up more than `max_share` of what stays; with too few groups for that, all are cut
    to one size. Of a group the rows with the lowest ids stay. Rows of no group stay and count. The measure is the share
    of the group before it was cut.

    Args:
        rows: `row`, `id`, `problem_id` and `signature` of every row that is still in.
        by: What makes a group: the `family` or the `domain` of the problem, or the `answer`.
        max_share: Greatest share of what stays that one group may make up, above 0 and up to 1.

    Returns:
        `row`, `outcome`, `reason` and `value` of the rows of a group.
    """
    sizes = Counter(signature for signature in rows["signature"] if signature)
    limit = _limit(list(sizes.values()), rows.height - sum(sizes.values()), max_share)
    seen: Counter[bytes] = Counter()
    judged: list[tuple[int, Outcome, str, float | None]] = []
    for row, signature in rows.sort("id", "row").select("row", "signature").iter_rows():
        if not signature:
            continue
        seen[signature] += 1
        share = sizes[signature] / rows.height
        outcome: Outcome = "pass"
        reason = ""
        if seen[signature] > limit:
            name = signature.decode("utf-8", "surrogatepass")[:100]
            reason = f"the {by} {name!r} makes up {share:.1%} of the rows; {limit:,} of {sizes[signature]:,} are kept"
            outcome = "fail"
        judged.append((row, outcome, reason, share))
    return judgements(judged)


def _limit(sizes: Sequence[int], ungrouped: int, max_share: float) -> int:
    """Return how many rows of a group may stay: as many as keep each to its share of all that stay, but at least 1."""
    possible = max_share if ungrouped or not sizes else max(max_share, 1 / len(sizes))
    total, left = -1, sum(sizes) + ungrouped
    while left != total:
        total = left
        left = sum(min(size, int(possible * total + _ROUNDING)) for size in sizes) + ungrouped
    return max(1, int(possible * total + _ROUNDING))


_ROUNDING = 1e-9
"""A third of 3 is 1, whatever floats make of it."""
