"""How well answers are found and compared: on pairs of our own, and on labelled outputs; part of `make quality`."""

import sys
from collections import Counter
from collections.abc import Iterator

import msgspec

from benchmarks.labels import rows_of
from curate.answers import Verdict, answer_in, compare, find_answer
from curate.figures import Share
from curate.records import JSON
from curate.traces.thinking import split_thinking
from tests.answers.notations import Case, cases

SHOWN = 60


class Judged(msgspec.Struct, frozen=True):
    """A pair of our own with its verdict."""

    case: Case
    verdict: Verdict


def own_pairs() -> list[Judged]:
    """Return every pair of notations and near misses, judged."""
    return [Judged(case, compare(case.gold, case.answer, case.asked, problem_text=case.problem)) for case in cases()]


def mistakes(judged: list[Judged]) -> dict[str, Share]:
    """Return the shares of the two ways to be wrong, and of pairs left open."""
    same = [one.verdict.sameness for one in judged if one.case.same]
    other = [one.verdict.sameness for one in judged if not one.case.same]
    return {
        "false different": Share(same.count("different"), len(same)),
        "false same": Share(other.count("same"), len(other)),
        "undecided": Share((same + other).count("undecided"), len(judged)),
    }


def labelled_solutions() -> Counter[str]:
    """Count how verdicts on the labelled GSM8K solutions agree with their labels."""
    counts: Counter[str] = Counter()
    for row in rows_of("gsm8k_model_solutions_labelled"):
        found = find_answer(row["output"])
        if found is None:
            counts["without an answer"] += 1
            continue
        right = compare(str(row["gold"]), found.text).sameness == "same"
        counts["agree" if right is row["is_correct"] else f"disagree: {row['id']}"] += 1
    return counts


def library_cases() -> Iterator[tuple[JSON, Verdict, bool]]:
    """Yield each case of Math-Verify's own tests, our verdict, and whether it is what that library expects.

    A `precision` that a case states is what its problem would say in words.
    """
    for row in rows_of("math_verify_cases"):
        digits = row["options"].get("precision")
        asked = None if digits is None else f"Round to {digits} decimal places."
        verdict = compare(answer_in(row["gold"]), answer_in(row["answer"]), problem_text=asked)
        yield row, verdict, verdict.sameness == ("same" if row["expected_equal"] else "different")


def long_reasoning() -> Iterator[tuple[str, str, str, str]]:
    """Yield (id, reference, answer found, verdict) of each long output whose thinking closed."""
    for row in rows_of("long_reasoning_gsm8k"):
        split = split_thinking(row["output"])
        if split.state == "unclosed":
            continue
        found = find_answer(split.response)
        answer = "" if found is None else found.text
        yield row["id"], str(row["gold"]), answer, compare(str(row["gold"]), answer).sameness if found else "not found"


def report_own(judged: list[Judged]) -> str:
    """Return the figures on our own pairs, for each kind and in all."""
    kinds = Counter(one.case.kind for one in judged)
    lines = [f"{'pairs of our own':<18} {'pairs':>6} {'false different':>16} {'false same':>12} {'undecided':>10}"]
    for kind in sorted(kinds):
        shares = mistakes([one for one in judged if one.case.kind == kind])
        lines.append(_line(kind, kinds[kind], shares))
    lines.append(_line("all", len(judged), mistakes(judged)))
    lines += [f"  {name}: {share}" for name, share in mistakes(judged).items()]
    return "\n".join(lines)


def _line(kind: str, pairs: int, shares: dict[str, Share]) -> str:
    counts = [share.count for share in shares.values()]
    return f"{kind:<18} {pairs:>6,} {counts[0]:>16,} {counts[1]:>12,} {counts[2]:>10,}"


def report_files() -> str:
    """Return the figures on labelled files, with every disagreement."""
    lines = ["", "gsm8k_model_solutions_labelled: " + _counted(labelled_solutions())]
    library = list(library_cases())
    lines.append(f"math_verify_cases: {sum(fits for *_, fits in library)} of {len(library)} as expected")
    lines += [f"  {row['id']}: {_short(row['gold'])} ~ {_short(row['answer'])}: {verdict.sameness} ({verdict.rule})"
              for row, verdict, fits in library if not fits]  # fmt: skip
    long = list(long_reasoning())
    lines.append("long_reasoning_gsm8k: " + _counted(Counter(verdict for *_, verdict in long)))
    lines += [
        f"  {id_}: {_short(gold)} ~ {_short(answer)}: {verdict}"
        for id_, gold, answer, verdict in long
        if verdict != "same"
    ]
    return "\n".join(lines)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.most_common()) or "not beside the repository"


def _short(text: str) -> str:
    return ascii(text if len(text) <= SHOWN else f"... {text[-SHOWN:]}")


def main() -> None:
    """Print all figures."""
    sys.stdout.write(report_own(own_pairs()) + "\n" + report_files() + "\n")


if __name__ == "__main__":
    main()
