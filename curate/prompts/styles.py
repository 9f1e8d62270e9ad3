"""Chain-of-thought styles."""

from curate.records import Message, Problem

ZERO_SHOT = "Think step by step, and write every step down. End with a line that says: The answer is <answer>."


def zero_shot_cot(problem: Problem) -> tuple[Message, ...]:
    """The problem, and the plain demand to think step by step (Kojima et al., 2022, arXiv:2205.11916)."""
    return (Message(role="user", content=f"{problem.text}\n\n{ZERO_SHOT}"),)
