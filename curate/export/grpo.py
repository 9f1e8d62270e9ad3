r"""`grpo`: problems to solve and the answer to grade by, for TRL's `GRPOTrainer` and others that learn from a reward.

{"id": "77aa...", "prompt": [{"role": "user", "content": "Solve 3x + 7 = 22."}], "answer": "5", "answer_type": "number"}

Every column but the prompt reaches the reward function. The problems are those of kept replies: of one that no sample
got right it is not known whether the problem or its reference is at fault.
"""

import msgspec

from curate.export.base import Facts, Format, RefusedError, Wishes
from curate.export.pastes import loading
from curate.export.turns import require_fit
from curate.records import Message, Problem


class GRPORow(msgspec.Struct, frozen=True, kw_only=True):
    """One problem."""

    id: str
    """The problem's id."""
    prompt: tuple[Message, ...]
    """The question, as the student reads it."""
    answer: str
    """The answer known to be right, as text, also where it is a number."""
    answer_type: str
    """What kind of thing the answer is; empty where that is not stated."""


def grpo(problem: Problem, wishes: Wishes) -> tuple[GRPORow]:
    """Render a problem that has an answer."""
    if not problem.text.strip():
        raise RefusedError("the problem is not known")
    if not (problem.reference or "").strip():
        raise RefusedError("there is no answer to grade by")
    system = () if wishes.system is None else (Message(role="system", content=wishes.system),)
    prompt = (*system, Message(role="user", content=problem.text))
    answer, answer_type = problem.reference or "", problem.answer_type or ""
    require_fit([*(turn.content for turn in prompt), answer, answer_type])
    return (GRPORow(id=problem.id, prompt=prompt, answer=answer, answer_type=answer_type),)


def paste(facts: Facts) -> str:
    """Return the lines of a TRL script, with a reward that compares answers as `wrong_answer` does."""
    return f"""\
{loading(facts)}
# prompts: {facts.counted}, up to {facts.max_tokens}; max_completion_length is 512 unless it is said

import curate
from curate.answers import answer_in

def right(completions, answer, answer_type, **_):
    said = [answer_in(turns[0]["content"].rpartition("</think>")[2]) for turns in completions]
    rows = zip(answer, said, answer_type)
    return [float(curate.compare(gold, text, kind or None).sameness == "same") for gold, text, kind in rows]"""


GRPO = Format(
    name="grpo",
    doc="Problems `{id, prompt, answer, answer_type}` of kept replies, each once, with the answer to grade by.",
    kind="problem",
    render=grpo,
    row=GRPORow,
    paste=paste,
)
