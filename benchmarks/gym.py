"""Which datasets of reasoning-gym are sound enough to make problems of; needs the extra `curate[gym]`.

python -m benchmarks.gym            print each refused dataset, and why
python -m benchmarks.gym --write    write curate/gym/sets.json, too

A dataset is refused if it cannot be made, is not the same in another process, scores an answer of its own below 1.0,
gives 1.0 to an answer that is none, evaluates answers as code, or takes more than a second a problem.
"""

import argparse
import ast
import inspect
import json
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version

import msgspec

from benchmarks.measuring import say
from curate.answers import compare
from curate.digests import digest
from curate.escaping import clipped
from curate.gym.entries import PACKAGE, Entry, entry_at
from curate.gym.sets import MEASURED, Sets

SEEDS = (3, 17)
PROBLEMS = 20
"""Problems of each dataset and seed that are looked at."""
REPEATED = 5
"""Problems of them that are made again in other processes."""
NONSENSE = ("", " ", "nonsense", "0", "1", "True", "[]", "{}", "None", "I do not know.", "[" * 100, "9" * 100, "\x00")
"""Answers to nothing; only where one is the dataset's own answer may it be right."""
EVALUATE = {"eval", "exec", "parse_expr", "sympify"}
"""Functions that run the text that they are given as Python code; sympy's among them."""
MAX_SECONDS = 1.0


def fault_of(dataset: str) -> str | None:
    """Return what is wrong with a dataset, in one sentence, or None."""
    began = time.process_time()
    try:
        entries = [entry_at(dataset, seed, index) for seed in SEEDS for index in range(PROBLEMS)]
    except Exception as error:  # noqa: BLE001 - code of others; whatever it raises, there is no problem
        return f"no problem can be made: {clipped(str(error), 80)}"
    if time.process_time() - began > MAX_SECONDS * len(SEEDS) * PROBLEMS:
        return f"takes more than {MAX_SECONDS:g} s a problem"
    if evaluates(type(entries[0].dataset)):
        return "the scorer runs answers as Python code"
    return next(faults_in(entries), None)


def evaluates(dataset: type) -> bool:
    """Say whether a class of datasets hands an answer to something that runs it."""
    scorer = ast.parse(textwrap.dedent(inspect.getsource(dataset.score_answer)))  # type: ignore[attr-defined]  # theirs
    calls = (node for node in ast.walk(scorer) if isinstance(node, ast.Call))
    return any(
        ast.unparse(call.func).rpartition(".")[2] in EVALUATE
        and any(isinstance(node, ast.Name) and node.id == "answer" for part in call.args for node in ast.walk(part))
        for call in calls
    )


def faults_in(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield what the scorer gets wrong: of the dataset's own answers, and of what answers nothing."""
    for entry in entries:
        own = entry.content["answer"]
        if not isinstance(own, str):
            yield f"the dataset's own answer is {own!r}, no text"
        elif (score := score_of(entry, own)) != 1:
            yield f"the dataset's own answer scores {score:g}"
    for place, entry in enumerate(entries):
        for what, answer in wrong_answers(entry, entries[place - 1], entries):
            if score_of(entry, answer) == 1:
                yield f"the scorer takes {what} for right"


def wrong_answers(entry: Entry, other: Entry, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Yield what is no answer to a problem, each with a name."""
    for question in (each.question for each in entries):
        yield "the text of a question", question
    for answer in NONSENSE:
        if is_another(entry, answer):
            yield f"the answer {answer!r}", answer
    if is_another(entry, other.answer):
        yield "the answer to another problem", other.answer


def is_another(entry: Entry, answer: str) -> bool:
    """Say whether an answer is another one than the dataset's own, however they are written."""
    return compare(entry.answer, answer, problem_text=entry.question).sameness == "different"


def score_of(entry: Entry, answer: str) -> float:
    """Return an answer's score; nothing for one that the scorer cannot read."""
    try:
        return entry.score(answer)
    except Exception:  # noqa: BLE001 - code of others, which raises anything for an answer that it cannot read
        return 0


def digests(datasets: Sequence[str]) -> dict[str, str]:
    """Return a digest of the problems and answers of each dataset that can be made."""
    found = {}
    for dataset in datasets:
        try:
            entries = [entry_at(dataset, SEEDS[0], index) for index in range(REPEATED)]
        except Exception:  # noqa: BLE001, S112 - code of others; `fault_of` says what it raises
            continue
        found[dataset] = digest(*(part for entry in entries for part in (entry.question, entry.answer)))
    return found


def digests_elsewhere(hash_seed: int) -> dict[str, str]:
    """Return the digests as another process makes them, which hashes texts differently."""
    command = [sys.executable, "-m", "benchmarks.gym", "--digests"]
    environment = os.environ | {"PYTHONHASHSEED": str(hash_seed)}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603 - ourselves
    found: dict[str, str] = json.loads(done.stdout)
    return found


def measured() -> Sets:
    """Measure all datasets."""
    from reasoning_gym.factory import DATASETS  # noqa: PLC0415 - an extra, and heavy

    one, other = digests_elsewhere(1), digests_elsewhere(2)
    faults = {
        dataset: fault_of(dataset) or (None if one[dataset] == other[dataset] else "is not the same in two processes")
        for dataset in sorted(DATASETS)
    }
    return Sets(
        version=version(PACKAGE),
        sound=tuple(dataset for dataset, fault in faults.items() if fault is None),
        refused={dataset: fault for dataset, fault in faults.items() if fault is not None},
    )


def main() -> None:
    """Print what was measured, and write it down where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write down what was measured")
    parser.add_argument("--digests", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.digests:
        from reasoning_gym.factory import DATASETS  # noqa: PLC0415 - an extra, and heavy

        say(json.dumps(digests(sorted(DATASETS))))
        return
    sets = measured()
    for dataset, fault in sets.refused.items():
        say(f"{dataset:<28} {fault}")
    say(f"{len(sets.sound)} sound, {len(sets.refused)} refused of {PACKAGE} {sets.version}")
    if options.write:
        MEASURED.write_bytes(msgspec.json.format(msgspec.json.encode(sets), indent=2) + b"\n")


if __name__ == "__main__":
    main()
