"""Leaks of benchmarks: what is found, what is a template, what is only reported."""

from functools import partial
from typing import Any

import pytest

from curate.checks.leakage import MIN_TEMPLATE_PROBLEMS
from curate.checks.leaks import benchmark_leak, benchmark_leak_signature
from curate.digests import problem_id
from curate.records import Finding, Problem, Trace
from curate.similarity.leaks import LeakIndex, Question
from curate.testing.corpora import MemoryCorpus

LONG = (
    "A robe takes 2 bolts of blue fiber and half that much white fiber, and a coat takes $3 + 4$ bolts of wool. How "
    "many bolts in total does it take to make 5 robes and 6 coats for the winter?"
)
SHORT = r"Simplify $\sqrt{242}$."
LOGIC = "( ( True ) ) or not ( False and True ) is"
TINY = "Who is it?"
QUESTIONS = [Question("bench", item, text) for item, text in enumerate([LONG, SHORT, LOGIC, TINY], 1)]


def judged(texts: list[str], questions: list[Question] = QUESTIONS, **parameters: Any) -> list[Finding]:  # noqa: ANN401
    """Return what is said of problems with these texts."""
    traces = [
        Trace(id=str(number), problem=Problem(id=problem_id(text), text=text), response=parameters.pop("response", ""))
        for number, text in enumerate(texts)
    ]
    index = LeakIndex(questions, 13)
    corpus = MemoryCorpus(traces, partial(benchmark_leak_signature, index=index, **parameters))
    found = [Finding(outcome="pass", value=0.0)] * len(texts)
    for place, outcome, reason, value in benchmark_leak(corpus, index=index, **parameters).iter_rows():
        found[place] = Finding(outcome=outcome, reason=reason, value=value)
    return found


def rewrapped(text: str) -> str:
    """Return a text with eight words on each line."""
    words = text.split()
    return "\n".join(" ".join(words[start : start + 8]) for start in range(0, len(words), 8))


@pytest.mark.parametrize("question", QUESTIONS[:3], ids=["long", "short", "symbols"])
@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda text: text, id="verbatim"),
        pytest.param(rewrapped, id="re-wrapped"),
        pytest.param(lambda text: f"Here is one that I like. {text} Think before you answer.", id="inside a text"),
        pytest.param(str.upper, id="another case"),
        pytest.param(lambda text: text.replace("$", r"\,$\;").replace(" + ", r"\, + \quad "), id="LaTeX spacing"),
        pytest.param(lambda text: f"\u201c{text}\u201d", id="quotes"),
    ],
)
def test_leak_is_found_however_it_is_written(question: Question, written: Any) -> None:  # noqa: ANN401 - a function
    """A question that stands in a problem is found, and the reason names the benchmark, the item and the stretch."""
    finding = judged([written(question.text)])[0]
    assert finding.outcome == "fail"
    assert finding.value == 1
    assert f"the whole of bench item {question.item}: " in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A robe takes 2 bolts of blue fiber. How long is it?", id="a few words of it"),
        pytest.param(LONG.replace("robe", "gown").replace("coat", "cape").replace("bolts", "rolls"), id="other words"),
        pytest.param(r"Simplify $\sqrt{243}$.", id="another number in a short one"),
        pytest.param("( ( True ) ) and not ( False and True ) is", id="another operator"),
        pytest.param("Somebody knocks. Who is it? Nobody knows.", id="a very short one inside a text"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_text_is_no_leak(text: str) -> None:
    """What shares a few words with a question, or is another question, is let alone."""
    assert judged([text])[0].outcome == "pass"


def test_very_short_question_counts_where_it_is_all() -> None:
    """A question of very few words without a number is found where the problem is nothing else."""
    assert judged(["who is it"])[0].outcome == "fail"


def test_part_of_a_question_is_measured() -> None:
    """A part of a question counts by its share, and the bound may be set."""
    half = " ".join(LONG.split()[:30])
    finding = judged([half], min_overlap=0.4)[0]
    assert finding.outcome == "fail"
    assert "bench item 1: 'a robe takes 2 bolts" in finding.reason
    assert finding.value is not None
    assert 0.4 <= finding.value < 1
    assert judged([half], min_overlap=0.9)[0] == Finding(outcome="pass", value=finding.value)


def test_copy_with_other_numbers_is_reported() -> None:
    """A question with other numbers is undecided and named, and dropped only where that is asked."""
    text = LONG.replace("2", "7").replace("5", "12").replace("6", "8").replace("3 + 4", "9 - 1")
    finding = judged([text])[0]
    assert (finding.outcome, finding.reason) == ("undecided", "bench item 1 with other numbers")
    assert judged([text], changed_numbers="drop")[0].outcome == "fail"


def test_template_is_no_evidence_but_a_whole_question_is() -> None:
    """Words that very many problems share are no evidence; a question that is there as a whole counts all the same."""
    head = "The following paragraphs each describe a set of five objects that are arranged in a fixed order on a shelf"
    question = Question("bench", 1, f"{head}. The red book is left of all.")
    clean = [f"{head}. Now {number} apples fall." for number in range(MIN_TEMPLATE_PROBLEMS + 5)]
    found = judged([*clean, question.text], [question], min_overlap=0.3)
    assert [finding.outcome for finding in found] == ["pass"] * len(clean) + ["fail"]
    few = judged(clean[:MIN_TEMPLATE_PROBLEMS], [question], min_overlap=0.3)
    assert {finding.outcome for finding in few} == {"fail"}


def test_samples_of_one_problem_make_no_template() -> None:
    """Templates are counted in different problems, so many samples of one leak are still a leak."""
    assert {finding.outcome for finding in judged([LONG] * 60)} == {"fail"}


def test_whole_trace_is_looked_at_when_asked() -> None:
    """`of: trace` finds a question that the reply repeats; the problem alone does not hold it."""
    assert judged(["Go on."], response=LONG)[0].outcome == "pass"
    assert judged(["Go on."], response=LONG, of="trace")[0].outcome == "fail"
