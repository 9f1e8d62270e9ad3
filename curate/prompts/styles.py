"""Chain-of-thought styles in words; each ends with a line that `curate.answers` reads the answer from."""

from curate.prompts.wishes import PLAIN, PromptWishes
from curate.recipe.shape import Shot
from curate.records import Message, Problem

LAST_LINE = "End with a line that says: The answer is <answer>."
ZERO_SHOT = f"Think step by step, and write every step down. {LAST_LINE}"
PLAN = (
    "First understand the problem, list what is given and what is asked, and make a plan. Then carry out the plan step "
    f"by step, and check each calculation. {LAST_LINE}"
)
PARTS = (
    "First break the problem down into simpler questions, from the easiest on, such that each helps with the next. "
    f"Then answer them one after the other, each with the answers before it. {LAST_LINE}"
)
BOXED = r"Reason step by step, and put your final answer within \boxed{}."
DIRECT = "Give only the final answer, in one line, without any reasoning: The answer is <answer>."


def zero_shot_cot(problem: Problem, wishes: PromptWishes = PLAIN) -> tuple[Message, ...]:
    """The problem, and the plain demand to think step by step (Kojima et al., 2022, arXiv:2205.11916)."""
    return wishes.conversation(f"{problem.text}\n\n{ZERO_SHOT}")


def few_shot_cot(problem: Problem, wishes: PromptWishes = PLAIN) -> tuple[Message, ...]:
    """Solved examples as turns before the problem (Wei et al., 2022, arXiv:2201.11903); needs `shots`."""
    shown = [turn for shot in wishes.shots for turn in (f"{shot.problem}\n\n{ZERO_SHOT}", _solved(shot))]
    return wishes.conversation(*shown, f"{problem.text}\n\n{ZERO_SHOT}")


def _solved(shot: Shot) -> str:
    return shot.solution if shot.answer is None else f"{shot.solution}\nThe answer is {shot.answer}."


def plan_and_solve(problem: Problem, wishes: PromptWishes = PLAIN) -> tuple[Message, ...]:
    """First a plan, then its steps (Wang et al., 2023, arXiv:2305.04091)."""
    return wishes.conversation(f"{problem.text}\n\n{PLAN}")


def least_to_most(problem: Problem, wishes: PromptWishes = PLAIN) -> tuple[Message, ...]:
    """Simpler questions first, each with the answers before it (Zhou et al., 2022, arXiv:2205.10625)."""
    return wishes.conversation(f"{problem.text}\n\n{PARTS}")


def boxed(problem: Problem, wishes: PromptWishes = PLAIN) -> tuple[Message, ...]:
    r"""Step by step, with the answer in `\boxed{}`, as models trained on competition mathematics expect it."""
    return wishes.conversation(f"{problem.text}\n\n{BOXED}")


def direct(problem: Problem, wishes: PromptWishes = PLAIN) -> tuple[Message, ...]:
    """The answer alone, without reasoning: for comparison and for preference data."""
    return wishes.conversation(f"{problem.text}\n\n{DIRECT}")


def template(problem: Problem, wishes: PromptWishes = PLAIN) -> tuple[Message, ...]:
    """A template of your own (jinja2, sandboxed); needs `template`."""
    return wishes.conversation(problem.text if wishes.render is None else wishes.render(problem))
