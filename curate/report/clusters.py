"""Clusters of rows that are alike: how many of which size, and the largest with their members."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import polars as pl

from curate.escaping import one_line
from curate.layout import CLUSTERS

MEMBERS = 5
"""Members of a cluster that are shown."""


class Member(msgspec.Struct, frozen=True):
    """A row that was dropped."""

    id: str
    similarity: float | None
    """To the row that was kept; null for an exact copy."""


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """What was kept, and what was dropped for it."""

    check: str
    kept: str
    """The id of a row, or of a problem."""
    size: int
    """Rows in it, or dropped samples of problems; that which was kept counts as one."""
    members: tuple[Member, ...]
    """The first of those that were dropped, by id."""


class Clusters(msgspec.Struct, frozen=True):
    """Those of one result."""

    sizes: dict[str, dict[int, int]]
    """Check to size to how many clusters have it."""
    largest: tuple[Cluster, ...]
    """The largest of each check."""


def clusters_of(curated: Path, count: int) -> Clusters:
    """Return the clusters of a result; none where no check of it compares rows.

    Args:
        curated: The folder.
        count: How many of the largest of each check.
    """
    path = curated / CLUSTERS
    if not path.exists():
        return Clusters({}, ())
    rows = pl.read_parquet(path, glob=False)
    found = rows.group_by("check", "like", maintain_order=True).agg(pl.len(), pl.col("id", "similarity").head(MEMBERS))
    sizes: dict[str, dict[int, int]] = {}
    for check, part in found.group_by("check", maintain_order=True):
        sizes[str(check[0])] = dict(sorted(Counter((part["len"] + 1).to_list()).items()))
    largest = found.sort("len", "like", descending=[True, False], maintain_order=True)
    chosen = largest.group_by("check", maintain_order=True).head(count).sort("check", maintain_order=True)
    return Clusters(sizes, tuple(map(_cluster, chosen.to_dicts())))


def _cluster(row: dict[str, object]) -> Cluster:
    members = tuple(map(Member, row["id"], row["similarity"]))  # type: ignore[call-overload] # lists, as grouped above
    return Cluster(check=str(row["check"]), kept=str(row["like"]), size=int(str(row["len"])) + 1, members=members)


def clusters_shown(clusters: Clusters) -> str:
    """Return the clusters for reading."""
    return "\n".join(one_line(line) for line in _lines(clusters))


def _lines(clusters: Clusters) -> Iterator[str]:
    for check, sizes in clusters.sizes.items():
        yield f"{check}: {sum(sizes.values()):,} clusters"
        yield from (f"  {count:>9,} of {size:,} rows" for size, count in sizes.items())
        for cluster in (one for one in clusters.largest if one.check == check):
            yield f"  {cluster.size:,} rows like {cluster.kept}"
            yield from (f"    {_similar(member)} {member.id}" for member in cluster.members)
            more = cluster.size - 1 - len(cluster.members)
            if more:
                yield f"    and {more:,} more"


def _similar(member: Member) -> str:
    return "the same" if member.similarity is None else f"{member.similarity:>8.1%}"
