"""How leaks are told: what is kept of a row, and the judgement over all rows."""

from collections.abc import Iterator

import msgspec
import numpy as np
import polars as pl

from curate.checks.corpus import Corpus, Signature, judgements
from curate.checks.words import shown
from curate.digests import raw_digest
from curate.records import Finding, Problem
from curate.similarity.leaks import Grams, LeakIndex, Matches, Span

MIN_TEMPLATE_PROBLEMS = 20
MIN_TEMPLATE_SHARE = 0.01
"""A run of words in more problems than this, both ways, is a template's."""
QUOTED = 200
"""Characters of a stretch that a reason quotes."""


class Evidence(msgspec.Struct, frozen=True, array_like=True):
    """What of the benchmarks is in a row."""

    grams: bytes
    whole: tuple[int, ...]
    renumbered: tuple[int, ...]


def sign(text: str, problem: Problem, index: LeakIndex) -> Signature:
    """Return two keys, of the problem and whether something was found, and what was found."""
    found = index.matches(text, question=problem.text)
    keys = raw_digest(problem.id)[:8] + bool(found).to_bytes(8, "little")
    if not found:
        return Signature(keys)
    evidence = Evidence(found.grams.tobytes(), found.whole, found.renumbered)
    return Signature(keys, msgspec.msgpack.encode(evidence))


def judge(corpus: Corpus, index: LeakIndex, *, min_overlap: float, drop_renumbered: bool) -> pl.DataFrame:
    """Return what is said of the rows in which something was found."""
    problems = np.concatenate([np.zeros(0, np.uint64), *corpus.keys(0)])
    rows = np.flatnonzero(np.concatenate([np.zeros(0, np.uint64), *corpus.keys(1)])).tolist()
    templates = _templates(((int(problems[row]), _found(corpus, row).grams) for row in rows), len(np.unique(problems)))
    findings = []
    for row in rows:
        finding = _finding(index, _found(corpus, row), templates, min_overlap, drop_renumbered=drop_renumbered)
        findings.append((row, finding.outcome, finding.reason, finding.value))
    return judgements(findings)


def _found(corpus: Corpus, row: int) -> Matches:
    raw = msgspec.msgpack.decode(corpus.evidence(row), type=Evidence)
    return Matches(np.frombuffer(raw.grams, np.int64), raw.whole, raw.renumbered)


def _templates(found: Iterator[tuple[int, Grams]], problems: int) -> Grams:
    """Return the runs that so many different problems share that they are evidence of nothing."""
    of_problem: dict[int, Grams] = {}
    for problem, grams in found:
        of_problem[problem] = np.union1d(of_problem[problem], grams) if problem in of_problem else grams
    if not of_problem:
        return np.zeros(0, np.int64)
    grams, counts = np.unique(np.concatenate(list(of_problem.values())), return_counts=True)
    return grams[(counts > MIN_TEMPLATE_PROBLEMS) & (counts > MIN_TEMPLATE_SHARE * problems)]


def _finding(
    index: LeakIndex, found: Matches, templates: Grams, min_overlap: float, *, drop_renumbered: bool
) -> Finding:
    spans = index.spans(found.grams, templates)
    spans |= {number: Span(1.0, index.questions[number].text) for number in found.whole}
    best = max(spans, key=lambda number: (spans[number].score, -number), default=None)
    score = spans[best].score if best is not None else 0.0
    if best is not None and score >= min_overlap:
        share = "the whole" if score == 1 else f"{score:.0%}"
        return Finding(
            outcome="fail", reason=f"{share} of {_named(index, best)}: {shown(spans[best].text, QUOTED)}", value=score
        )
    if found.renumbered:
        outcome = "fail" if drop_renumbered else "undecided"
        reason = f"{_named(index, found.renumbered[0])} with other numbers"
        return Finding(outcome=outcome, reason=reason, value=score)  # type: ignore[arg-type]
    return Finding(outcome="pass", value=score)


def _named(index: LeakIndex, number: int) -> str:
    question = index.questions[number]
    return f"{question.benchmark} item {question.item}"
