"""The built-in teacher."""

import asyncio
from collections import Counter
from typing import Any

import msgspec
import pytest

from curate.answers import compare, find_answer
from curate.errors import WishError
from curate.families import FAMILIES
from curate.problems import builtin_problem
from curate.prompts import STYLES
from curate.protocols import RequestFailedError
from curate.recipe.teacher import Teacher
from curate.records import Problem, Reply, Request, Sampling
from curate.teachers import make_teachers
from curate.teachers.noise import FAULTS, count_tokens

NOISY = {"model": "builtin/noisy"}

families = pytest.mark.parametrize("family", FAMILIES)


def asked(problem: Problem, *, sample: int = 0, max_tokens: int | None = 4096) -> Request:
    """Return a request for one sample of a problem."""
    return Request(
        key=f"{problem.id}/{sample}",
        problem=problem,
        messages=STYLES["zero_shot_cot"](problem),
        sampling=Sampling(max_tokens=max_tokens, seed=1),
        sample=sample,
    )


def reply(request: Request, model: str = "solver", extra_body: dict[str, Any] | None = None) -> Reply:
    """Return the reply to one request."""
    (teacher,) = make_teachers(Teacher(model=f"builtin/{model}", extra_body=extra_body or {}))
    return asyncio.run(teacher.reply(request)).reply


def only(fault: str) -> dict[str, Any]:
    """Return the body that makes every reply carry one fault."""
    return {"faults": {name: float(name == fault) for name in FAULTS}}


@families
def test_solver_is_right(family: str) -> None:
    """The solver's stated answer is the reference, at every difficulty, and it stops by itself."""
    for difficulty in (1, 3, 5):
        problem = builtin_problem(family, 2, difficulty, 0)
        said = reply(asked(problem))
        found = find_answer(said.content)
        assert found is not None, said.content
        assert compare(problem.reference or "", found.text, problem.answer_type).sameness == "same"
        assert said.finish_reason == "stop"
        assert said.fault is None


@families
def test_samples_differ_and_repeat(family: str) -> None:
    """Samples of one problem are worded differently; the same request always gets the same reply."""
    problem = builtin_problem(family, 2, 3, 1)
    samples = [reply(asked(problem, sample=sample)) for sample in range(4)]
    assert len({said.reasoning for said in samples}) >= 3
    assert samples[0] == reply(asked(problem))


@families
@pytest.mark.parametrize("limit", [1, 7, 25])
def test_limit_cuts_like_a_model(family: str, limit: int) -> None:
    """At the limit the text ends where it is, the finish reason says so, and exactly so many tokens were used."""
    problem = builtin_problem(family, 2, 5, 2)
    whole, cut = reply(asked(problem)), reply(asked(problem, max_tokens=limit))
    assert cut.finish_reason == "length"
    assert cut.usage.completion_tokens == limit == count_tokens(cut.reasoning) + count_tokens(cut.content)
    assert whole.reasoning.startswith(cut.reasoning)
    assert len(cut.reasoning) < len(whole.reasoning)


def test_limit_may_cut_the_response() -> None:
    """A limit that the thinking just fits under cuts the response."""
    problem = builtin_problem("word_problem", 2, 2, 0)
    whole = reply(asked(problem))
    tokens = whole.usage.reasoning_tokens or 0
    cut = reply(asked(problem, max_tokens=tokens + 1))
    assert cut.reasoning == whole.reasoning
    assert count_tokens(cut.content) == 1
    assert cut.finish_reason == "length"


@families
@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_what_it_says(family: str, fault: str) -> None:
    """A planted fault is named, and the reply really has it."""
    for index in range(5):
        problem = builtin_problem(family, 2, 3, index)
        said = reply(asked(problem, max_tokens=700), "noisy", only(fault))
        sound = reply(asked(problem, max_tokens=700), "noisy", only("none"))
        found = find_answer(said.content)
        assert said.fault == fault
        assert sound.fault is None
        match fault:
            case "truncated" | "looping":
                assert said.finish_reason == "length"
                assert said.usage.completion_tokens == 700
            case "final_answer_only" | "refusal":
                assert said.reasoning == ""
                assert count_tokens(said.content) < 40
            case "missing_answer":
                assert said.reasoning
                assert found is None
            case "unclosed_thinking":
                assert said.content.startswith("<think>")
                assert "</think>" not in said.content
            case "right_answer_after_wrong_step":
                assert found is not None
                assert compare(problem.reference or "", found.text, problem.answer_type).sameness == "same"
                assert said.reasoning != sound.reasoning
            case "duplicate_thinking":
                assert said.reasoning[:100] in said.content
            case "mixed_language" | "special_tokens" | "broken_text":
                assert found is not None
                assert compare(problem.reference or "", found.text, problem.answer_type).sameness != "different"
                assert said.reasoning + said.content != sound.reasoning + sound.content
            case _:
                assert found is not None
                assert compare(problem.reference or "", found.text, problem.answer_type).sameness != "same"


def test_looping_repeats() -> None:
    """A looping reply says one sentence again and again."""
    said = reply(asked(builtin_problem("linear_equation", 2, 2, 0)), "noisy", only("looping"))
    assert Counter(said.reasoning.split(". ")).most_common(1)[0][1] > 10


def test_faults_come_at_their_rates() -> None:
    """Over many replies each fault has about its declared share."""
    counts: Counter[str | None] = Counter()
    replies = 3000
    for index in range(replies):
        problem = builtin_problem("arithmetic_chain", 4, 1, index % 50)
        counts[reply(asked(problem, sample=index, max_tokens=300), "noisy").fault] += 1
    for fault, (share, _) in FAULTS.items():
        assert abs(counts[fault] / replies - share) < 4 * (share * (1 - share) / replies) ** 0.5, fault


def test_unknown_problem_gets_no_reply() -> None:
    """A problem of nobody's family is refused, one request at a time."""
    stranger = Problem(id="x", text="What is love?", source="file.jsonl")
    with pytest.raises(RequestFailedError, match="built-in families"):
        reply(asked(stranger))


@pytest.mark.parametrize(
    "source",
    [
        "builtin:no_such_family:1:1:1",
        "builtin:syllogism:1:9:1",
        "builtin:syllogism:1:1",
        "builtin:syllogism:1:1:x",
        "a",
    ],
)
def test_source_must_name_a_problem(source: str) -> None:
    """A `source` that names no built-in problem is not guessed at."""
    with pytest.raises(RequestFailedError):
        reply(asked(Problem(id="x", text="y", source=source)))


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "model": ({"model": "builtin/nosy"}, "model", "unknown model 'nosy'; there are solver, noisy; did you mean 'noi"),
    "provider": ({"model": "buildin/solver"}, "model", "unknown provider 'buildin'; there are builtin"),
    "body of the solver": ({"extra_body": {"faults": {}}}, "extra_body", "takes no `extra_body`"),
    "other body": ({**NOISY, "extra_body": {"temperature": 1}}, "extra_body", "nothing but `faults: "),
    "fault": ({**NOISY, "extra_body": {"faults": {"typo": 0.1}}}, "extra_body", "unknown fault 'typo'"),
    "share": ({**NOISY, "extra_body": {"faults": {"looping": 2}}}, "extra_body", "from 0 to 1"),
    "sum": ({**NOISY, "extra_body": {"faults": {"looping": 0.9, "truncated": 0.9}}}, "extra_body", "at most 1"),
    "address": ({"base_url": ("http://localhost/v1",)}, "base_url", "sends nothing anywhere"),
    "key": ({"api_key_env": "MY_KEY"}, "api_key_env", "sends nothing anywhere"),
    "effort": ({"reasoning_effort": "high"}, "reasoning_effort", "sends nothing anywhere"),
    "rate": ({"requests_per_minute": 60}, "requests_per_minute", "sends nothing anywhere"),
}


@pytest.mark.parametrize("keys,key,words", REFUSED.values(), ids=REFUSED)
def test_wrong_wishes_are_refused(keys: dict[str, Any], key: str, words: str) -> None:
    """What a teacher cannot do is an error before the first request, and names the key that asked it."""
    with pytest.raises(WishError, match=words) as caught:
        make_teachers(Teacher(**{"model": "builtin/solver", **keys}))
    assert caught.value.key == key


def test_replies_are_json() -> None:
    """A reply survives the ledger's encoding."""
    said = reply(asked(builtin_problem("syllogism", 2, 4, 0)), "noisy")
    assert msgspec.json.decode(msgspec.json.encode(said), type=Reply) == said
