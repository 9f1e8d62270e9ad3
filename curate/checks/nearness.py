"""How near-duplicates are told: what is kept of a row, and the judgement over all rows."""

from collections.abc import Iterator
from functools import lru_cache, partial

import msgspec
import numpy as np
import polars as pl

from curate.answers import compare
from curate.checks.corpus import Corpus, Signature
from curate.digests import raw_digest
from curate.records import Problem
from curate.similarity import minhash, problems
from curate.similarity.mixing import Hashes
from curate.similarity.shared import Rows, Shared, shared_keys
from curate.similarity.shingles import Shingles, compact, distinct, jaccard, shingles
from curate.similarity.stars import Buckets, Twin, twins
from curate.similarity.words import Words, words_of

CACHED = 4_096
"""Rows whose evidence is kept at hand: rows that are kept are compared with many others."""


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """How rows are compared; the parameters of the check."""

    min_similarity: float
    num_perm: int
    ngram: int
    ignore_numbers: bool

    @property
    def band_rows(self) -> int:
        """Minimums in a key."""
        return minhash.band_rows(self.num_perm, self.min_similarity)

    @property
    def bands(self) -> int:
        """Keys of a row."""
        return self.num_perm // self.band_rows


class Evidence(msgspec.Struct, frozen=True, array_like=True):
    """What tells whether two rows are really alike."""

    shingles: bytes
    """The runs of words, 32 bits each, sorted."""
    words: bytes = b""
    """Of a problem whose numbers count: its words, 64 bits each."""
    reference: str | None = None
    """Likewise: the answer known to be right."""


def sign_text(text: str, sketch: Sketch) -> Signature:
    """Return the signature of a trace or a part of it."""
    keys, runs = _keys(_words(text, sketch), sketch)
    return Signature(keys.tobytes(), msgspec.msgpack.encode(Evidence(compact(runs).tobytes())))


def sign_problem(problem: Problem, sketch: Sketch) -> Signature:
    """Return the signature of a problem; its last key is the problem's own, the same for all of its samples."""
    words = _words(problem.text, sketch)
    keys, runs = _keys(words, sketch)
    evidence = Evidence(compact(runs).tobytes())
    if len(runs) and not sketch.ignore_numbers:
        keys = problems.with_numbers(keys, words)
        evidence = msgspec.structs.replace(evidence, words=words.hashes.tobytes(), reference=problem.reference)
    own = raw_digest(problem.id, problem.reference or "")[: keys.itemsize]
    return Signature(keys.tobytes() + own, msgspec.msgpack.encode(evidence))


def _words(text: str, sketch: Sketch) -> Words:
    words = words_of(text)
    return words.without_numbers() if sketch.ignore_numbers else words


def _keys(words: Words, sketch: Sketch) -> tuple[Hashes, Hashes]:
    """Return the keys and the runs of words that they are made of; a text without words has keys that nobody shares."""
    runs = shingles(words.hashes, sketch.ngram)
    keys = minhash.keys(minhash.minimums(runs, sketch.num_perm), sketch.band_rows)
    return (keys if len(runs) else np.zeros_like(keys)), runs


def judge(corpus: Corpus, sketch: Sketch, *, by_problem: bool) -> pl.DataFrame:
    """Return `row`, `reason`, `value` and `like` of the rows to drop."""
    repeats = Repeats(corpus, sketch.bands) if by_problem else None
    near = Near(corpus, sketch, repeats)
    settled = int(np.count_nonzero(near.rows < corpus.earlier))
    limit = sketch.min_similarity
    found = list(twins(near.buckets, len(near.rows), near.similarity, min_similarity=limit, settled=settled))
    dropped = _described(found, near.about, settled)
    return dropped if repeats is None else repeats.spread(dropped)


def links(corpus: Corpus, sketch: Sketch) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows that hold problems which are alike: of each problem with those before it that it is like."""
    near = Near(corpus, sketch, Repeats(corpus, sketch.bands))
    for place, row in enumerate(near.rows.tolist()):
        for other in near.buckets.kept_near(place):
            if near.similarity(place, other) >= sketch.min_similarity:
                yield row, int(near.rows[other])
        near.buckets.keep(place)


class Near:
    """The rows that share a key with another, in the order in which they are looked at.

    Args:
        corpus: All rows.
        sketch: How they are compared.
        repeats: Which of them are further samples of a problem and are not looked at, where problems are compared.
    """

    def __init__(self, corpus: Corpus, sketch: Sketch, repeats: "Repeats | None") -> None:
        shared = [shared_keys(partial(_column, corpus, band, repeats), corpus.memory) for band in range(sketch.bands)]
        self.about = _in_order(corpus, shared, "id" if repeats is None else "problem_id")
        self.rows: Rows = self.about["row"].to_numpy()
        self.buckets = Buckets(_placed(shared, self.rows), len(self.rows))
        self.similarity = partial(_similarity, Loaded(corpus, self.rows))


class Repeats:
    """Which rows are the first of their problem; the others are not looked at, and share its fate.

    Args:
        corpus: The rows.
        place: Which of their keys is that of the problem.
    """

    def __init__(self, corpus: Corpus, place: int) -> None:
        self.problems = np.concatenate([np.zeros(0, np.uint64), *corpus.keys(place)])
        self.first = np.zeros(len(self.problems), bool)
        self.earlier = corpus.earlier
        for start, end in ((0, corpus.earlier), (corpus.earlier, len(self.problems))):
            _, places = np.unique(self.problems[start:end], return_index=True)
            self.first[start + places] = True

    def spread(self, dropped: pl.DataFrame) -> pl.DataFrame:
        """Return the dropped rows with all other samples of their problems."""
        ours = pl.DataFrame({"problem": self.problems[self.earlier :]}).with_row_index("row", offset=self.earlier)
        problems = dropped.with_columns(problem=pl.Series(self.problems[dropped["row"].to_numpy()]))
        return ours.join(problems.drop("row"), on="problem", how="inner").drop("problem").sort("row")


def _column(corpus: Corpus, band: int, repeats: Repeats | None) -> Iterator[Hashes]:
    """Yield the keys of one band; those of further samples of a problem are made nobody's."""
    start = 0
    for keys in corpus.keys(band):
        yield keys if repeats is None else keys * repeats.first[start : start + len(keys)]
        start += len(keys)


def _in_order(corpus: Corpus, shared: list[Shared], by: str) -> pl.DataFrame:
    """Return the rows that share a key, in the order in which they are looked at; the earlier dataset comes first."""
    rows = np.unique(np.concatenate([band.rows for band in shared]))
    about = corpus.about(rows).select("row", pl.col(by).alias("name"))
    return about.sort(pl.col("row") >= corpus.earlier, "name", "row")


def _placed(shared: list[Shared], rows: Rows) -> list[tuple[Rows, Hashes]]:
    """Return what is shared with rows named by their place in the order."""
    order = np.argsort(rows)
    return [(order[np.searchsorted(rows[order], band.rows)].astype(np.uint32), band.keys) for band in shared]


class Loaded:
    """The evidence of rows, by their place in the order."""

    def __init__(self, corpus: Corpus, rows: Rows) -> None:
        self._corpus = corpus
        self._rows = rows
        self.evidence = lru_cache(maxsize=CACHED)(self._evidence)

    def _evidence(self, place: int) -> tuple[Shingles, Hashes, str | None]:
        raw = msgspec.msgpack.decode(self._corpus.evidence(int(self._rows[place])), type=Evidence)
        return distinct(np.frombuffer(raw.shingles, np.uint32)), np.frombuffer(raw.words, np.uint64), raw.reference


def _similarity(loaded: Loaded, place: int, other: int) -> float:
    """Return how similar two rows are; of problems that ask for different things, 0."""
    one, words, reference = loaded.evidence(place)
    two, other_words, other_reference = loaded.evidence(other)
    if reference is not None and other_reference is not None and compare(reference, other_reference).sameness != "same":
        return 0.0
    return 0.0 if len(words) and problems.differ(words, other_words) else jaccard(one, two)


def _described(found: list[Twin], about: pl.DataFrame, settled: int) -> pl.DataFrame:
    """Return the rows that go, and why."""
    like = about["name"].gather([twin.kept for twin in found])
    where = ["" if twin.kept >= settled else " of the earlier dataset" for twin in found]
    value = [twin.similarity for twin in found]
    reason = [f"{share:.1%} like {name}{place}" for share, name, place in zip(value, like, where, strict=True)]
    return pl.DataFrame(
        {"row": about["row"].gather([twin.place for twin in found]), "reason": reason, "value": value, "like": like},
        schema_overrides={"reason": pl.String, "value": pl.Float64},
    )
