"""What a comparison costs, and whether the cheap rules say what the symbolic comparison alone would; `make bench`.

20,000 pairs in the proportions of the labelled files and of our own pairs. CPU time is that of this process and of its
workers, their start included. Caches are emptied between passes, so that a pair that comes again costs its price again.
"""

import re
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice

import msgspec

from benchmarks.comparisons import library_cases, long_reasoning
from benchmarks.labels import rows_of
from curate.answers import compare, find_answer, symbolic
from curate.answers.batch import Pair
from curate.answers.compare import compare_cheaply
from curate.answers.expressions import read_expression
from curate.answers.extract import answer_in
from curate.answers.number_words import read_number_words
from curate.answers.plain import tidy
from curate.answers.types import asked_for
from curate.answers.units import read_unit
from tests.answers.notations import cases

PAIRS = 20_000
HANGING = Pair(r"\int_0^{\infty} \frac{\sin(x^3)}{x^2+x+1} dx", "1")
CACHES = (symbolic._judged, read_expression, read_unit, read_number_words, asked_for)  # noqa: SLF001 - emptied between passes


def each_once() -> list[Pair]:
    """Return every pair of the files and of our own once."""
    return [*_of_files(), *(Pair(case.gold, case.answer, case.asked, case.problem) for case in cases())]


def _of_files() -> Iterator[Pair]:
    for row in rows_of("gsm8k_model_solutions_labelled"):
        if found := find_answer(row["output"]):
            yield Pair(str(row["gold"]), found.text)
    for _, gold, answer, _ in long_reasoning():
        yield Pair(gold, answer)
    for row, _, _ in library_cases():
        yield Pair(answer_in(row["gold"]), answer_in(row["answer"]))


class Timed(msgspec.Struct, frozen=True):
    """What many comparisons took."""

    pairs: int
    cpu: float
    """Seconds of CPU, of this process and its workers."""
    rules: dict[str, int]
    """Rule to how many pairs it decided or left open."""

    @property
    def mean_ms(self) -> float:
        """Milliseconds of CPU a pair."""
        return 1000 * self.cpu / self.pairs


def timed(once: list[Pair], count: int = PAIRS) -> Timed:
    """Compare `count` pairs, pass after pass."""
    symbolic.close_workers()
    rules: Counter[str] = Counter()
    before = _cpu()
    for place, pair in enumerate(islice(cycle(once), count)):
        if place % len(once) == 0:
            for cache in CACHES:
                cache.cache_clear()
        verdict = compare(pair.gold, pair.answer, pair.answer_type, problem_text=pair.problem_text)
        rules[f"{verdict.rule}, {verdict.sameness}"] += 1
    symbolic.close_workers()  # so that what they took is known
    return Timed(count, _cpu() - before, dict(rules))


def _cpu() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


PITFALLS: dict[str, re.Pattern[str]] = {
    "a power of ten as 1e6": re.compile(r"[0-9][eE][+-]?[0-9]|[0-9] x 10"),
    "thousands apart by spaces or dots": re.compile(r"[0-9] [0-9]{3}|[0-9]\.[0-9]{3}\.[0-9]"),
    "a mixed number": re.compile(r"[0-9] [0-9]+/[0-9]|[0-9] ?\\\\frac"),
    "a numeral in a base": re.compile(r"0[xb][0-9a-f]|[0-9A-Fa-f]_(?:[0-9]|\{)"),
    "a date": re.compile(r"[0-9]{4}-[0-9]{2}|\b[0-9]{1,2}/[0-9]{1,2}/|May"),
    "a unit, or words": re.compile(r"[A-Za-z]{2,}(?![A-Za-z{(\\\\])|°|[0-9] (?:[mgL]|kg|cm|mm|km|kph|h|lb)\b"),
    "a repeating decimal": re.compile(r"\\(?:overline|bar|dot)|\.[0-9]*\("),
    "an imaginary unit apart": re.compile(r"[0-9] i\b"),
}
"""Notations that the library, which reads LaTeX alone, takes for something else."""


class Held(msgspec.Struct, frozen=True):
    """The cheap rules held against the symbolic comparison alone."""

    decided: int
    asked: int
    """Of those, pairs that are formulas for the library."""
    agreeing: int
    open: int
    """Pairs that the library leaves open."""
    pitfalls: dict[str, int]
    """Notation to how many opposite verdicts it explains."""
    other: list[str]
    """Opposite verdicts that no known pitfall explains."""


def held_against_symbolic(once: list[Pair]) -> Held:
    """Ask the symbolic comparison about every pair that a cheap rule decided."""
    fast = {(tidy(pair.gold), tidy(pair.answer)): _cheap(pair) for pair in once}
    decided = {texts: verdict for texts, verdict in fast.items() if verdict[0] != "undecided"}
    slow = {texts: symbolic.compare_alone(*texts) for texts in decided}
    opposite = [
        (texts, rule, sameness)
        for texts, (sameness, rule) in decided.items()
        if slow[texts] not in {sameness, None, "undecided"}
    ]
    said = [slow[texts] for texts in decided]
    known = Counter(pitfall for texts, _, _ in opposite if (pitfall := _pitfall(texts)))
    other = [
        f"{rule}: {left} ~ {right}: {sameness}"
        for (left, right), rule, sameness in opposite
        if not _pitfall((left, right))
    ]
    return Held(
        decided=len(decided),
        asked=len(said) - said.count(None),
        agreeing=len(said) - said.count(None) - said.count("undecided") - len(opposite),
        open=said.count("undecided"),
        pitfalls=dict(known),
        other=other,
    )


def _pitfall(texts: tuple[str, str]) -> str | None:
    return next((name for name, seen in PITFALLS.items() if any(map(seen.search, texts))), None)


def _cheap(pair: Pair) -> tuple[str, str]:
    verdict = compare_cheaply(pair.gold, pair.answer, pair.answer_type, problem_text=pair.problem_text)
    return verdict.sameness, verdict.rule


def hanging_seconds() -> tuple[float, float]:
    """Return how long a hanging pair takes the first time and the second."""
    compare(r"\int_0^1 x dx", "0")  # the worker is warm
    spans = []
    for _ in range(2):
        start = time.monotonic()
        compare(HANGING.gold, HANGING.answer)
        spans.append(time.monotonic() - start)
    return spans[0], spans[1]


def library_alone(once: list[Pair]) -> float:
    """Return the median milliseconds that the symbolic comparison takes for a pair it is asked about, worker warm."""
    compare(r"\int_0^1 x dx", "0")
    spans = []
    for pair in once[-LIBRARY_PAIRS:]:
        start = time.perf_counter()
        if symbolic.compare_alone(tidy(pair.gold), tidy(pair.answer)) is not None:
            spans.append(1000 * (time.perf_counter() - start))
    return statistics.median(spans)


LIBRARY_PAIRS = 600


def main() -> None:
    """Print all figures; end with 1 when a cheap verdict is opposed to the symbolic one and no pitfall explains it."""
    once = each_once()
    result = timed(once)
    lines = [f"{result.pairs:,} pairs: {result.mean_ms:.3f} ms of CPU a pair, workers included"]
    lines += [f"  {count / result.pairs:>6.1%}  {rule}" for rule, count in Counter(result.rules).most_common()]
    for cache in CACHES:
        cache.cache_clear()
    lines.append(f"symbolic comparison alone, warm: median {library_alone(once):.1f} ms a pair")
    first, second = hanging_seconds()
    lines.append(f"a hanging pair: {first:.1f} s once, {second * 1000:.1f} ms again")
    held = held_against_symbolic(once)
    lines.append(
        f"decided by cheap rules: {held.decided:,} different pairs; of {held.asked:,} that the library reads it agrees "
        f"on {held.agreeing:,}, leaves {held.open:,} open, and opposes {sum(held.pitfalls.values())} for their notation"
    )
    lines += [f"  {count:>4}  {name}" for name, count in held.pitfalls.items()]
    lines.append(f"opposed otherwise: {len(held.other)}")
    lines += [f"  {word}" for word in held.other]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(1 if held.other else 0)


if __name__ == "__main__":
    main()
