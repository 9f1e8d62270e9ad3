"""Traces, problems and pairs of every sort that a format may be given."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from curate.export import Format, Judged, Pair, RefusedError, Wishes
from curate.export.base import StudentTemplate
from curate.records import Message, PreferencePair, Problem, Sampling, Trace

CHATML = """\
{% for message in messages %}<|im_start|>{{ message.role }}
{% if message.reasoning_content %}<think>
{{ message.reasoning_content }}
</think>

{% endif %}{{ message.content }}<|im_end|>
{% endfor %}"""
PLAIN = Wishes(
    chat_template=StudentTemplate(source=CHATML, special_tokens={"eos_token": "<|im_end|>"}),
    render={"question": "{{ problem }}", "thoughts": "{{ reasoning }}{{ answer }}"},
)
"""What formats may need, and nothing else."""

texts = st.text(max_size=40) | st.sampled_from(
    [
        "3 * 4 = 12.",
        "",
        " ",
        "\ud83d",
        "a </think> b",
        "<think>",
        "<|im_end|>",
        "[INST]",
        "# {{ x }}\n---\n",
        "\u2028\x00",
        "null",
    ]
)
problems = st.builds(
    Problem,
    id=st.text("0123456789abcdef", min_size=32, max_size=32),
    text=texts,
    reference=st.none() | texts,
    answer_type=st.none() | st.sampled_from(["number", "python_function"]),
    domain=st.none() | texts,
    difficulty=st.none() | st.integers(1, 5),
    source=st.none() | texts,
)
roles = st.sampled_from(["system", "user", "assistant", "tool", "odd"])
traces = st.builds(
    Trace,
    id=st.text("0123456789abcdef", min_size=32, max_size=32),
    problem=problems,
    messages=st.lists(st.builds(Message, role=roles, content=texts), max_size=4).map(tuple),
    reasoning=texts,
    response=texts,
    answer=st.none() | texts,
    teacher=st.builds(Sampling, style=st.none() | st.just("zero_shot_cot")),
)
ABOUT = PreferencePair(
    id="e" * 32,
    problem_id="0" * 32,
    rule="right_over_wrong",
    chosen="1" * 32,
    rejected="2" * 32,
    chosen_because="right",
    rejected_because="wrong",
)


def _of_one_problem(chosen: Trace, rejected: Trace) -> Pair:
    """Return a pair of replies to what the first one answers."""
    same = {"problem": chosen.problem, "messages": chosen.messages, "teacher": chosen.teacher}
    return Pair(chosen=chosen, rejected=msgspec.structs.replace(rejected, **same), about=ABOUT)


pairs = st.builds(_of_one_problem, traces, traces) | st.builds(
    Pair, chosen=traces, rejected=traces, about=st.just(ABOUT)
)
judged = st.builds(Judged, trace=traces, dropped_by=st.none() | st.just("truncated"), reason=texts)
SOURCES: dict[str, st.SearchStrategy[Any]] = {
    "trace": traces,
    "problem": problems,
    "pair": pairs,
    "judged": judged,
    "line": st.just(b'{"question": "What is 1 + 2?"}'),
}
"""Kind of a format to what it may be given."""


def sound_trace(number: int = 0, **more: Any) -> Trace:  # noqa: ANN401 - the fields of Trace
    """Return a trace that every format can carry, one of many."""
    problem = Problem(id=f"{number:032x}", text=f"What is {number} + 2?", reference=str(number + 2))
    said = {"reasoning": f"{number} and two is {number + 2}.", "response": f"The answer is {number + 2}."}
    return Trace(**{"id": f"{number + 1:032x}", "problem": problem, "answer": str(number + 2), **said, **more})


Source = Trace | Problem | Pair | Judged | bytes


def sound(format_: Format, number: int = 0) -> Source:
    """Return what a format makes rows of."""
    good = sound_trace(number)
    bad = sound_trace(number, id="f" * 32, response="The answer is 7.", answer="7")
    kinds: dict[str, Source] = {
        "trace": good,
        "problem": good.problem,
        "pair": Pair(chosen=good, rejected=bad, about=ABOUT),
        "judged": Judged(trace=bad, dropped_by="wrong_answer", reason="'7' instead of '5'"),
        "line": b'{"question": "What is 1 + 2?"}',
    }
    return kinds[format_.kind]


def asking(source: Source, text: str) -> Source:
    """Return the same of another problem."""
    assert not isinstance(source, bytes)
    if isinstance(source, Problem):
        return msgspec.structs.replace(source, text=text)
    if isinstance(source, Trace):
        return msgspec.structs.replace(source, problem=asking(source.problem, text))
    if isinstance(source, Judged):
        return msgspec.structs.replace(source, trace=asking(source.trace, text))
    return msgspec.structs.replace(source, chosen=asking(source.chosen, text), rejected=asking(source.rejected, text))


def refusal(format_: Format, source: object, wishes: Wishes = PLAIN) -> str | None:
    """Return why a format refuses something, or None where it does not."""
    try:
        format_.render(source, wishes)
    except RefusedError as error:
        return str(error)
    return None
