"""Read the steps of a trace one after the other, and stop at the first that asserts something untrue."""

from collections.abc import Iterator, Mapping, Sequence

from curate.assertions.chains import Chain
from curate.assertions.equalities import chains_in, may_equate, untrue
from curate.assertions.equations import definitions, fixed_by, tries_out
from curate.assertions.facts import STATED, may_state, misconverted
from curate.assertions.mistake import Mistake
from curate.assertions.tokens import CUT, Exact


def first_mistake(problem: str, steps: Sequence[str], *, is_cut: bool = False) -> tuple[int, Mistake] | None:
    """Return the first step, from 0, that asserts something untrue beyond doubt, and what; None if none does.

    Args:
        problem: The question, whose own equations may fix letters.
        steps: The steps of one solution.
        is_cut: Whether the last step may break off in the middle of a number.
    """
    reader = _Reader(fixed_by(problem))
    for place, step in enumerate(steps):
        text = step + CUT if is_cut and place + 1 == len(steps) else step
        for mistake in reader.mistakes(text):
            return place, mistake
    return None


class _Reader:
    """What is known of letters up to a step."""

    def __init__(self, fixed: Mapping[str, Exact]) -> None:
        self.fixed = fixed
        """Letters that the problem's equations fix."""
        self.told: dict[str, Exact | None] = {}
        """Letters that a step defined; None where two steps disagree."""

    def mistakes(self, step: str) -> Iterator[Mistake]:
        """Yield what is untrue in the next step."""
        if self.fixed and tries_out(step):
            self.fixed = {}
        if may_state(step):
            for stated in STATED:
                yield from stated(step)
        if not may_equate(step):
            return
        for chain in chains_in(step, self.tell, letters=bool(self.fixed) or len(self.told) > 1):
            yield from untrue(chain, self.fixed)
            yield from misconverted(chain)
            yield from self.substituted(chain)
            for letter, value in definitions(chain):
                self.tell(letter, value)

    def tell(self, letter: str, value: Exact) -> None:
        """Take in that a step defines a letter."""
        self.told[letter] = value if self.told.get(letter, value) == value else None

    def substituted(self, chain: Chain) -> Iterator[Mistake]:
        """Yield what is untrue where several letters are replaced by what the steps said they are: `A + B = 3 + 4`."""
        letters = {token.text for token in chain.sides[0] if token.kind == "name"}
        if len(letters) > 1 and not letters & self.fixed.keys():
            values = {letter: value for letter in letters if (value := self.told.get(letter)) is not None}
            yield from untrue(chain, values)
