"""Read the steps of a trace one after the other, and stop at the first that asserts something untrue."""

from collections.abc import Iterator, Sequence

from curate.assertions.chains import Chain
from curate.assertions.equalities import doubtful_chains, lines_of, may_equate, untrue
from curate.assertions.equations import definitions, fixed_by, tries_out
from curate.assertions.facts import may_state, misconverted, misstated
from curate.assertions.letters import Letters
from curate.assertions.mistake import Mistake
from curate.assertions.tokens import CUT


def first_mistake(problem: str, steps: Sequence[str], *, is_cut: bool = False) -> tuple[int, Mistake] | None:
    """Return the first step, from 0, that asserts something untrue beyond doubt, and what; None if none does.

    Args:
        problem: The question, whose own equations may fix letters.
        steps: The steps of one solution.
        is_cut: Whether the last step may break off in the middle of a number.
    """
    letters = Letters(fixed_by(problem))
    states = may_state("\n".join(steps))
    for place, step in enumerate(steps):
        text = step + CUT if is_cut and place + 1 == len(steps) else step
        if states or letters.fixed or may_equate(text):
            for mistake in _mistakes(text, letters, states=states):
                return place, mistake
    return None


def _mistakes(step: str, letters: Letters, *, states: bool) -> Iterator[Mistake]:
    """Yield what is untrue in the next step; what it states in words only if asked."""
    if letters.fixed and tries_out(step):
        letters.fixed = {}
    if states:
        yield from misstated(step)
    for line in lines_of(step):
        for chain in doubtful_chains(line, letters):
            yield from untrue(chain, letters.fixed)
            yield from misconverted(chain)
            yield from _substituted(chain, letters)
            for letter, value in definitions(chain):
                letters.tell(letter, value)


def _substituted(chain: Chain, letters: Letters) -> Iterator[Mistake]:
    """Yield what is untrue where several letters are replaced by what the steps said they are: `A + B = 3 + 4`."""
    names = {token.text for token in chain.sides[0] if token.kind == "name"}
    if len(names) > 1 and not names & letters.fixed.keys():
        values = {name: value for name in names if (value := letters.told.get(name)) is not None}
        yield from untrue(chain, values)
