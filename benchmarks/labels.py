"""Which rows of which labelled file a check is measured on, and what their labels say: one entry for each.

The full files are used where they are beside the repository, and the committed sample of them anywhere. A label is
never shown to a check: the row is read as `curate filter` reads it.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from curate import jsonlines
from curate.answers import find_answer
from curate.records import JSON, Problem, Trace
from curate.seeds import rng
from curate.traces.foreign import read_row
from curate.traces.steps import cut_steps

SAMPLES = Path(__file__).parents[1] / "tests" / "data"
FULL = Path(__file__).parents[2] / "shared" / "data"

DEFAULT_LIST = "the default list"
"""In place of a check: a row fails when any check of the default list fails it."""

Label = Callable[[JSON], bool | None]
"""Whether a row has the fault; None for rows that are not judged."""


def as_it_is(row: JSON) -> list[JSON]:
    """Return a row unchanged."""
    return [row]


def as_filter_reads(row: JSON) -> Trace:
    """Return the trace that `curate filter` reads from a row."""
    return read_row(row, {}).traces[0]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One check on one file."""

    check: str
    file: str
    rows: str
    """Which rows, and how they are prepared, in words."""
    faulty: Label
    prepared: Callable[[JSON], list[JSON]] = as_it_is
    """What is made of a row before it is read; no rows where it is of no use."""
    read: Callable[[JSON], Trace] = as_filter_reads
    """How a row becomes a trace."""
    min_recall: float = 0
    min_precision: float = 0
    max_false_alarms: float = 1


def sources() -> list[str]:
    """Return where labelled rows can be had from: `sample`, and `full` where those files are."""
    return ["sample", "full"] if FULL.is_dir() else ["sample"]


def has(entry: Entry, source: str) -> bool:
    """Say whether a source holds the file of an entry."""
    return _path(entry.file, source).is_file()


def _path(file: str, source: str) -> Path:
    return FULL / f"{file}.jsonl" if source == "full" else SAMPLES / f"{file}.sample.jsonl"


def labelled(entry: Entry, source: str) -> Iterator[tuple[Trace, bool]]:
    """Yield every row that an entry judges, and its label; the row is known by its id in the file."""
    for row in rows_of(entry.file, source):
        faulty = entry.faulty(row)
        if faulty is not None:
            for prepared in entry.prepared(row):
                trace = entry.read(prepared)
                yield msgspec.structs.replace(trace, id=row["id"]), faulty


def rows_of(file: str, source: str = "full") -> Iterator[JSON]:
    """Yield the rows of a labelled file; none where the source has no such file."""
    path = _path(file, source)
    if path.exists():
        yield from map(jsonlines.decode, path.read_bytes().splitlines())


def always(row: JSON) -> bool:  # noqa: ARG001 - a label looks at its row
    """Every row has the fault."""
    return True


def never(row: JSON) -> bool:  # noqa: ARG001 - a label looks at its row
    """No row has the fault."""
    return False


def among(column: str, faulty: Any, sound: Any) -> Label:  # noqa: ANN401 - any JSON value
    """Return the label of a column: one value is the fault, another is its absence, the others are not judged."""
    return lambda row: {faulty: True, sound: False}.get(row[column])


def only_sound(column: str, sound: Any) -> Label:  # noqa: ANN401 - any JSON value
    """Return the label of rows that have one value and so not the fault; the others are not judged."""
    return lambda row: False if row[column] == sound else None


def without(*columns: str) -> Callable[[JSON], list[JSON]]:
    """Return a preparation that takes columns away."""
    return lambda row: [{key: value for key, value in row.items() if key not in columns}]


def _unmarked_solution(row: JSON) -> list[JSON]:
    return [{**row, "solution": row["solution"].split("\n####")[0]}]


def _unmarked_output(row: JSON) -> list[JSON]:
    return [{**row, "output": re.split(r"\s*So the answer is", row["output"])[0]}]


CUTS_EACH = 3
MIN_CHARACTERS = 400
_SENTENCE_END = re.compile(r"[.!?][\"*)\]]*\s*$|\n$")


def _cut(row: JSON, *, inside: bool) -> list[JSON]:
    """Return a complete output cut at random places: those inside a sentence, or those at the end of one."""
    text = row["output"]
    if len(text) < MIN_CHARACTERS:
        return []
    places = (rng(0, "cut", row["id"], n).randrange(MIN_CHARACTERS // 2, len(text) - 20) for n in range(CUTS_EACH))
    heads = (text[:place] for place in places)
    return [{**row, "output": head} for head in heads if bool(_SENTENCE_END.search(head)) != inside]


def _steps(row: JSON) -> Trace:
    """Return a list of steps as the trace of one response."""
    response = "\n".join(row["steps"])
    found = find_answer(response)
    return Trace(
        id=row["id"],
        problem=Problem(id=row["id"], text=row["question"], reference=row["gold"]),
        response=response,
        steps=cut_steps(response),
        answer=found.text if found else None,
    )


def _right(row: JSON) -> bool | None:
    """Where the response has the right answer, its reasoning must have come to the same: then no mismatch."""
    return False if f"\\boxed{{{row['gold']}}}" in row["output"][-MIN_CHARACTERS:] else None


def _question(row: JSON) -> Trace:
    """Return the question of a row as the problem of a trace that says nothing."""
    return Trace(id=row["id"], problem=Problem(id=row["id"], text=row["question"]))


def _cut_question(row: JSON) -> list[JSON]:
    """Return a question cut at a random place in its second half, inside a sentence."""
    text = row["question"]
    head = text[: rng(0, "cut", row["id"]).randrange(len(text) // 2, len(text))]
    return [] if _SENTENCE_END.search(head) else [{**row, "question": head}]


_QUESTIONS = ("bench_aime24", "bench_bbh_a", "bench_gsm8k_test_a", "bench_math500_a", "gsm8k_sample")
_OF_PROBLEMS = ("invalid_problem", "needs_proof", "too_long_problem", "too_short_problem", "other_language")
_LIMITS = ("n_tokens", "max_tokens")
_STYLE = among("style", "direct", "cot")
_TAG_STYLE = among("style", "answer_tag_only", "has_text_outside_tag")

ENTRIES = (
    Entry(
        check="truncated",
        file="truncated_llama3b_aime24",
        rows="with tokens and limit",
        faulty=among("truncated", faulty=True, sound=False),
        min_recall=1,
        min_precision=1,
    ),
    Entry(
        check="truncated",
        file="truncated_llama3b_aime24",
        rows="the text alone",
        faulty=among("truncated", faulty=True, sound=False),
        prepared=without(*_LIMITS),
        min_recall=0.98,
        min_precision=0.98,
    ),
    Entry(
        check="truncated",
        file="gsm8k_sample",
        rows="human solutions without their `####` line",
        faulty=never,
        prepared=_unmarked_solution,
        max_false_alarms=0.02,
    ),
    Entry(
        check="truncated",
        file="direct_vs_cot_bbh",
        rows="chains of thought without their answer",
        faulty=only_sound("style", "cot"),
        prepared=_unmarked_output,
        max_false_alarms=0.02,
    ),
    Entry(
        check="truncated",
        file="steps_labelled_bbm",
        rows="steps, one a line",
        faulty=never,
        read=_steps,
        max_false_alarms=0.02,
    ),
    Entry(
        check="truncated",
        file="long_reasoning_gsm8k",
        rows="complete",
        faulty=never,
        max_false_alarms=0.005,
    ),
    Entry(
        check="truncated",
        file="long_reasoning_gsm8k",
        rows="cut at random inside a sentence",
        faulty=always,
        prepared=lambda row: _cut(row, inside=True),
        min_recall=0.95,
    ),
    Entry(
        check="truncated",
        file="long_reasoning_gsm8k",
        rows="cut at random at the end of a sentence",
        faulty=always,
        prepared=lambda row: _cut(row, inside=False),
    ),
    Entry(
        check="unclosed_thinking",
        file="truncated_llama3b_aime24",
        rows="the text alone",
        faulty=lambda row: not re.search(r"</think>|\\end\{think\}", row["output"]),
        prepared=without(*_LIMITS),
        min_recall=1,
        min_precision=1,
    ),
    Entry(
        check="duplicate_thinking",
        file="long_reasoning_gsm8k",
        rows="complete",
        faulty=never,
        max_false_alarms=0.005,
    ),
    Entry(
        check="empty_response",
        file="answer_only_vs_text_rg",
        rows="all",
        faulty=lambda row: row["style"] == "empty",
        min_recall=1,
        min_precision=1,
    ),
    Entry(
        check="missing_answer",
        file="gsm8k_model_solutions_labelled",
        rows="all; the fault is a missing `A:` line",
        faulty=lambda row: "A:" not in row["output"],
        min_precision=0.99,
    ),
    Entry(check="missing_answer", file="gsm8k_sample", rows="human solutions", faulty=never, max_false_alarms=0),
    Entry(check="missing_answer", file="long_reasoning_gsm8k", rows="complete", faulty=never, max_false_alarms=0.01),
    Entry(
        check="final_answer_only",
        file="direct_vs_cot_bbh",
        rows="direct answers against chains of thought",
        faulty=_STYLE,
        min_recall=0.99,
        min_precision=0.99,
    ),
    Entry(
        check="final_answer_only",
        file="answer_only_vs_text_rg",
        rows="the two clear styles",
        faulty=_TAG_STYLE,
        min_recall=0.99,
        min_precision=0.99,
    ),
    Entry(check="final_answer_only", file="gsm8k_sample", rows="human solutions", faulty=never, max_false_alarms=0),
    Entry(
        check="final_answer_only",
        file="steps_labelled_bbm",
        rows="steps, one a line",
        faulty=never,
        read=_steps,
        max_false_alarms=0.005,
    ),
    Entry(check="too_few_steps", file="gsm8k_sample", rows="human solutions", faulty=never, max_false_alarms=0.005),
    Entry(
        check="too_few_steps",
        file="direct_vs_cot_bbh",
        rows="direct answers against chains of thought",
        faulty=_STYLE,
        min_precision=0.99,
    ),
    Entry(
        check="wrong_answer",
        file="gsm8k_model_solutions_labelled",
        rows="all",
        faulty=lambda row: not row["is_correct"],
        min_precision=0.99,
    ),
    Entry(
        check="wrong_answer",
        file="answer_only_vs_text_rg",
        rows="score 0 against score 1",
        faulty=lambda row: {0.0: True, 1.0: False}.get(row["score"]),
    ),
    Entry(
        check="answer_mismatch",
        file="long_reasoning_gsm8k",
        rows="right answers",
        faulty=_right,
        max_false_alarms=0.01,
    ),
    Entry(
        check="looping",
        file="truncated_llama3b_aime24",
        rows="complete",
        faulty=only_sound("truncated", sound=False),
        max_false_alarms=0.01,
    ),
    *(
        Entry(check=check, file=file, rows=rows, faulty=never, max_false_alarms=0.005)
        for check in ("looping", "refusal", "leaked_reference", "special_tokens", "broken_text", "mixed_language")
        for file, rows in (("gsm8k_sample", "human solutions"), ("long_reasoning_gsm8k", "complete"))
    ),
    *(
        Entry(check=check, file=file, rows="questions", faulty=never, read=_question, max_false_alarms=0.005)
        for check in _OF_PROBLEMS
        for file in _QUESTIONS
    ),
    Entry(
        check="invalid_problem",
        file="gsm8k_sample",
        rows="questions cut at random inside a sentence",
        faulty=always,
        prepared=_cut_question,
        read=_question,
    ),
    Entry(check=DEFAULT_LIST, file="gsm8k_sample", rows="human solutions", faulty=never, max_false_alarms=0.005),
    Entry(check=DEFAULT_LIST, file="long_reasoning_gsm8k", rows="complete", faulty=never, max_false_alarms=0.005),
)
