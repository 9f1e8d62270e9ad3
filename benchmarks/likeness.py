"""How well near-duplicates and leaks are found, on planted edits and real look-alikes; part of `make quality`.

Truth is the exact Jaccard similarity of the same runs of words, in plain Python sets. The labelled files are used where
they are beside the repository, else the committed samples of them.
"""

import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import rensa

from benchmarks.edits import EDITS, RATES, edited
from benchmarks.labels import rows_of
from benchmarks.measuring import peer, say
from curate.checks.leaks import benchmark_leak, benchmark_leak_signature
from curate.checks.near_duplicates import near_duplicate, near_duplicate_signature
from curate.digests import problem_id
from curate.families import FAMILIES
from curate.problems import builtin_problems
from curate.records import JSON, Problem, Trace
from curate.seeds import rng
from curate.similarity.leaks import LeakIndex, Question
from curate.similarity.words import normalised
from curate.testing.corpora import MemoryCorpus

MIN_SIMILARITY = 0.8
MARGIN = 0.05
NUM_PERM = 112
BANDS = 16
NGRAM = 5
TEXTS = 150
COLUMNS = f"{'found':>6} {'recall':>7} {'wrong':>6}"
BUILTIN_EACH = 4_000
CLEAN = 1_000
PLANTED = 100

BENCHMARKS = {
    "bench_gsm8k_test_a": "gsm8k_model_solutions_labelled",
    "bench_bbh_a": "direct_vs_cot_bbh",
    "bench_math500_a": "truncated_llama3b_aime24",
    "bench_aime24": "truncated_llama3b_aime24",
}
"""File of questions to the labelled file whose sample holds some of them."""

_NUMBERED = re.compile(r"(?:[A-Za-z]+[^A-Za-z]+){12}[^0-9]*[0-9]")
"""Questions of some length with a number: of these a copy with other numbers can be made."""
_WORD = re.compile(rb"[a-z\x80-\xff]+|[0-9]+|[-+/=<>^%()]")


class Pair(NamedTuple):
    """A text and an edited copy of it."""

    kind: str
    rate: float
    text: str
    other: str
    similarity: float


class Found(NamedTuple):
    """What a way to find near-duplicates makes of some pairs."""

    above: int
    """Pairs at least `MARGIN` above the bound."""
    found: int
    """Of these, found."""
    wrong: int
    """Pairs below the bound that were reported."""


def fullest_rows(name: str) -> list[JSON]:
    """Return the rows of a labelled file, or of the committed sample of it."""
    return list(rows_of(name)) or list(rows_of(name, "sample"))


def shingles(text: str) -> frozenset[tuple[bytes, ...]]:
    """Return the runs of words of a text, in plain Python."""
    words = _WORD.findall(normalised(text))
    return frozenset(tuple(words[place : place + NGRAM]) for place in range(max(1, len(words) - NGRAM + 1)))


def jaccard(text: str, other: str) -> float:
    """Return the exact similarity of two texts."""
    one, two = shingles(text), shingles(other)
    return len(one & two) / len(one | two)


def texts() -> list[str]:
    """Return real reasoning, human solutions, questions, and the built-in teacher's problems."""
    long = [row["output"] for row in fullest_rows("long_reasoning_gsm8k")]
    human = [row[column] for row in fullest_rows("gsm8k_sample") for column in ("solution", "question")]
    builtin = [problem.text for family in FAMILIES for problem in builtin_problems(family, 3, TEXTS // 10, (3, 4, 5))]
    chosen = [*_some(long), *_some(human), *_some(builtin)]
    return [text for text in chosen if len(text.split()) > NGRAM]


def _some(found: Sequence[str]) -> list[str]:
    generator = rng(0, "texts")
    return generator.sample(list(found), min(TEXTS, len(found)))


def pairs(rate: float, most: int | None = None) -> list[Pair]:
    """Return every text, or so many of them, with a copy of each kind at one rate."""
    found = []
    for number, text in enumerate(texts()[:most]):
        for kind in EDITS:
            other = edited(text, kind, rate, rng(0, "edit", kind, str(rate), number))
            found.append(Pair(kind, rate, text, other, jaccard(text, other)))
    return found


def by_ours(found: Sequence[Pair]) -> list[float | None]:
    """Return, of each copy, its exact similarity to the row that the check drops it for; None where it stays."""
    known = list(dict.fromkeys(pair.text for pair in found))
    rows = [_row(f"a{number:05}", text) for number, text in enumerate(known)]
    rows += [_row(f"b{number:05}", pair.other) for number, pair in enumerate(found)]
    judged = near_duplicate(MemoryCorpus(rows, partial(near_duplicate_signature, of="reasoning")), of="reasoning")
    by_id = {row.id: row.response for row in rows}
    like = {rows[row].id: by_id[name] for row, name in judged.select("row", "like").iter_rows()}
    names = [f"b{number:05}" for number in range(len(found))]
    return [jaccard(pair.other, like[name]) if name in like else None for name, pair in zip(names, found, strict=True)]


def _row(id_: str, text: str) -> Trace:
    return Trace(id=id_, problem=Problem(id="p", text=""), response=text)


def _shingle_sets(pair: Pair) -> tuple[list[str], list[str]]:
    """Return the shingles of a text and of its copy, as peers take them."""
    one, two = (sorted(" ".join(map(bytes.decode, run)) for run in shingles(text)) for text in (pair.text, pair.other))
    return one, two


def by_datasketch(found: Sequence[Pair]) -> list[float | None]:
    """Return, of each copy, its exact similarity where datasketch's LSH says that it is like its original; else None.

    Raises:
        FileNotFoundError: The environment of `benchmarks/peers` is not there.
    """
    asked = "\n".join(json.dumps(_shingle_sets(pair)) for pair in found)
    command = peer("datasketch_pairs.py", str(NUM_PERM), str(MIN_SIMILARITY))
    said = subprocess.run(command, input=asked.encode(), capture_output=True, check=True)  # noqa: S603 - our own
    return [pair.similarity if is_like else None for pair, is_like in zip(found, json.loads(said.stdout), strict=True)]


def by_rensa(found: Sequence[Pair]) -> list[float | None]:
    """Return, of each copy, its exact similarity where rensa's LSH says that it is like its original; else None."""
    sets = [side for pair in found for side in _shingle_sets(pair)]
    digests = rensa.RMinHash.from_token_sets(sets, NUM_PERM, 42)
    lsh = rensa.RMinHashLSH(MIN_SIMILARITY, NUM_PERM, BANDS)
    lsh.insert_many(digests[::2])
    said = [number in lsh.query(digest) for number, digest in enumerate(digests[1::2])]
    return [pair.similarity if is_like else None for pair, is_like in zip(found, said, strict=True)]


def counted(found: Sequence[Pair], reported: Sequence[float | None]) -> Found:
    """Count what was found and what was reported wrongly."""
    least = MIN_SIMILARITY + MARGIN
    above = [said is not None for pair, said in zip(found, reported, strict=True) if pair.similarity >= least]
    wrong = sum(said is not None and said < MIN_SIMILARITY for said in reported)
    return Found(len(above), sum(above), wrong)


def questions_of(name: str) -> list[tuple[str, str]]:
    """Return the questions of a benchmark with their answers; those that the samples hold where it is not there."""
    rows = list(rows_of(name)) or fullest_rows(BENCHMARKS[name])
    return list(dict.fromkeys((row["question"], str(row.get("final_answer", row.get("gold")))) for row in rows))


def real_look_alikes() -> list[Problem]:
    """Return different questions of GSM8K and BIG-Bench Hard, many of which read alike."""
    benchmarks = [pair for name in ("bench_gsm8k_test_a", "bench_bbh_a") for pair in questions_of(name)]
    solved = [(row["question"], row["solution"].rsplit("####")[-1].strip()) for row in fullest_rows("gsm8k_sample")]
    return [_problem(question, answer) for question, answer in (*benchmarks, *solved)]


def builtin_look_alikes(each: int) -> list[Problem]:
    """Return problems of the built-in families, whose templates repeat."""
    return [problem for family in FAMILIES for problem in builtin_problems(family, 1, each, (1, 2, 3, 4, 5))]


def _problem(text: str, reference: str) -> Problem:
    return Problem(id=problem_id(text), text=text, reference=reference)


def merged(problems: Sequence[Problem], *, with_references: bool = True) -> tuple[int, int]:
    """Return how many problems go as near-duplicates, and how many of these have another answer than the one kept."""
    answers = {problem.id: problem.reference for problem in problems}
    shown = problems if with_references else [Problem(id=problem.id, text=problem.text) for problem in problems]
    rows = [Trace(id=str(number), problem=problem) for number, problem in enumerate(shown)]
    judged = near_duplicate(MemoryCorpus(rows, partial(near_duplicate_signature, of="problem")), of="problem")
    kept = [(problems[row].reference, answers[like]) for row, like in judged.select("row", "like").iter_rows()]
    return len(kept), sum(gone != stays for gone, stays in kept)


LEAKS: dict[str, Callable[[str], str]] = {
    "verbatim": lambda text: text,
    "re-wrapped at 8 words": lambda text: "\n".join(_in_lines(text.split())),
    "inside a longer text": lambda text: (
        f"Here is one from my notes. {text} Take your time, and show how you got there."
    ),
    "in another case": str.upper,
    "with LaTeX spacing": lambda text: text.replace("$", r"\,$\;").replace(" ", r"\, ", 3),
}


def _in_lines(words: list[str]) -> Iterator[str]:
    for start in range(0, len(words), 8):
        yield " ".join(words[start : start + 8])


def renumbered(text: str) -> str:
    """Return a text with every number another one."""
    return re.sub(r"\d+", lambda number: str(int(number[0]) * 3 + 1), text)


def planted_leaks(written: Callable[[str], str]) -> tuple[list[str], list[str]]:
    """Return what is said of planted leaks, and of clean rows: outcomes."""
    questions = [
        Question(name, item, text) for name in BENCHMARKS for item, (text, _) in enumerate(questions_of(name), 1)
    ]
    numbered = [question.text for question in questions if _NUMBERED.search(question.text)]
    chosen = rng(0, "leaks").sample(numbered, min(PLANTED, len(numbered) // 2))
    clean = [row["question"] for row in fullest_rows("gsm8k_sample")]
    clean += [
        problem.text for family in FAMILIES for problem in builtin_problems(family, 5, CLEAN // len(FAMILIES), (2, 3))
    ]
    shown = [*map(written, chosen), *clean[:CLEAN]]
    rows = [Trace(id=str(number), problem=_problem(text, "")) for number, text in enumerate(shown)]
    index = LeakIndex(questions, 13)
    judged = benchmark_leak(MemoryCorpus(rows, partial(benchmark_leak_signature, index=index)), index=index)
    said = dict(judged.select("row", "outcome").iter_rows())
    outcomes = [said.get(row, "pass") for row in range(len(rows))]
    return outcomes[: len(chosen)], outcomes[len(chosen) :]


def main() -> None:
    """Print the tables."""
    _print_edits()
    _print_look_alikes()
    _print_leaks()


def _print_edits() -> None:
    say(
        f"\nnear_duplicate at {MIN_SIMILARITY}: copies whose exact similarity is at least {MIN_SIMILARITY + MARGIN:.2f}"
    )
    ways = {"ours": by_ours, "rensa": by_rensa, "datasketch": by_datasketch}
    say(f"{'words edited':<13} {'pairs':>6}  " + "  ".join(f"{way:>10}: {COLUMNS}" for way in ways))
    totals = dict.fromkeys(ways, Found(0, 0, 0))
    for rate in RATES:
        found = pairs(rate)
        each = {way: counted(found, by(found)) for way, by in ways.items()}
        _print_row(f"{rate:.1%}", each)
        totals = {way: Found(*map(sum, zip(totals[way], each[way], strict=True))) for way in ways}
    _print_row("in all", totals)
    say(f"(wrong: reported though below {MIN_SIMILARITY})")


def _print_row(name: str, each: Mapping[str, Found]) -> None:
    said = "  ".join(f"{'':>11} {one.found:>6,} {_recall(one):>7} {one.wrong:>6,}" for one in each.values())
    say(f"{name:<13} {each['ours'].above:>6,}  {said}")


def _print_look_alikes() -> None:
    say("\nnear_duplicate of problems, at the defaults: different problems that read alike")
    sets = {"GSM8K and BBH questions": real_look_alikes(), "built-in problems": builtin_look_alikes(BUILTIN_EACH)}
    for name, problems in sets.items():
        for with_references in (True, False):
            gone, wrong = merged(problems, with_references=with_references)
            how = "" if with_references else ", their references hidden"
            say(f"{len(problems):>7,} {name}{how}: {gone:,} dropped, {wrong:,} with another answer")


def _print_leaks() -> None:
    say(f"\n{'benchmark_leak, questions planted':<34} {'found':>6} {'of':>5}   false hits")
    for name, written in LEAKS.items():
        planted, clean = planted_leaks(written)
        hits = f"{len(clean) - clean.count('pass'):,} of {len(clean):,}"
        say(f"{name:<34} {planted.count('fail'):>6,} {len(planted):>5,}   {hits}")
    planted, _ = planted_leaks(renumbered)
    say(f"{'with other numbers, reported':<34} {len(planted) - planted.count('pass'):>6,} {len(planted):>5,}")


def _recall(found: Found) -> str:
    return f"{found.found / found.above:.4f}" if found.above else "-"


if __name__ == "__main__":
    main()
