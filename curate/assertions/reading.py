"""Read the steps of a trace one after the other, and stop at the first that asserts something untrue."""

from collections.abc import Iterator, Sequence
from itertools import islice

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
    text = "\n".join(steps)
    stated = _misstated(steps) if may_state(text) else None
    equated = _misequated(problem, steps, CUT if is_cut else "") if may_equate(text) else None
    if stated is not None and (equated is None or stated[0] <= equated[0]):
        return stated
    return equated


def _misstated(steps: Sequence[str]) -> tuple[int, Mistake] | None:
    """Return the first step that states something untrue in words."""
    return next(((place, mistake) for place, step in enumerate(steps) for mistake in misstated(step)), None)


def _misequated(problem: str, steps: Sequence[str], end: str) -> tuple[int, Mistake] | None:
    """Return the first step with an equality that is untrue."""
    letters = Letters(fixed_by(problem))
    tried = 0
    if letters.fixed:
        tried = next((place for place, step in enumerate(steps) if tries_out(step)), len(steps))
        found = _first_of(steps[:tried], letters, end if tried == len(steps) else "")
        if found is not None:
            return found
        letters.fixed = {}
    found = _first_of(steps[tried:], letters, end)
    return None if found is None else (tried + found[0], found[1])


def _first_of(steps: Sequence[str], letters: Letters, end: str) -> tuple[int, Mistake] | None:
    """Return the first of some steps with an equality that is untrue, by what is known of letters."""
    for at, chain in doubtful_chains("\n".join(steps) + end, letters):
        for mistake in _mistakes(chain, letters):
            return _step_of(steps, at), mistake
    return None


def _step_of(steps: Sequence[str], at: int) -> int:
    """Return in which step a line stands, given how many lines that may equate come before it."""
    places = (place for place, step in enumerate(steps) for _ in lines_of(step))
    return next(islice(places, at, None))


def _mistakes(chain: Chain, letters: Letters) -> Iterator[Mistake]:
    """Yield what is untrue in a chain of equalities, and learn what letters it defines."""
    yield from untrue(chain, letters.fixed)
    yield from misconverted(chain)
    yield from _substituted(chain, letters)
    for letter, value in definitions(chain):
        if letter.isupper():
            letters.tell(letter, value)


def _substituted(chain: Chain, letters: Letters) -> Iterator[Mistake]:
    """Yield what is untrue where several letters are replaced by what the steps said they are: `A + B = 3 + 4`."""
    names = {token.text for token in chain.sides[0] if token.kind == "name"}
    if len(names) > 1 and not names & letters.fixed.keys():
        values = {name: value for name in names if (value := letters.told.get(name)) is not None}
        yield from untrue(chain, values)
