"""Is a proposed problem new and sound? Held against all that are known and its prompt, and by the source's checks."""

from dataclasses import dataclass

from curate.pipeline.filtering.planned import PlannedCheck
from curate.pipeline.generating.prompting import PlannedPrompt
from curate.pipeline.generating.sources import fault_of
from curate.problems import DroppedProblem
from curate.problems.authorship import RULES
from curate.problems.novelty import Novelty, share_of
from curate.records import Problem, Request

MAX_ECHO = 0.5
"""Share of a problem's words that may stand in its instructions; above it is its prompt, said again."""


@dataclass(frozen=True)
class Screening:
    """Holds problems against what there is.

    Args:
        known: The problems there are; those that pass are added.
        checks: The checks of the source.
        prompts: How problems are put to the solver; their shots are no new problems.
    """

    known: Novelty
    checks: tuple[PlannedCheck, ...]
    prompts: tuple[PlannedPrompt, ...]

    def fault_of(self, problem: Problem, request: Request) -> DroppedProblem | None:
        """Return why a problem is not taken; None for one that is, which is known from then on."""
        fault = self._not_new(problem, request) or fault_of(problem, self.checks)
        if fault is None:
            self.known.add(problem.text)
        return fault

    def _not_new(self, problem: Problem, request: Request) -> DroppedProblem | None:
        same = self.known.same(problem.text)
        if same is not None:
            return DroppedProblem(problem=problem, dropped_by="repeated", reason="it is there already")
        near = self.known.nearest(problem.text)
        if near is not None:
            reason = f"{near.similarity:.1%} like {near.text[:100]!r}"
            return DroppedProblem(problem=problem, dropped_by="near_duplicate", reason=reason, value=near.similarity)
        if any(prompt.shot_in(problem) is not None for prompt in self.prompts):
            return DroppedProblem(problem=problem, dropped_by="repeated", reason="it is one of the shots of a prompt")
        told = request.messages[-1].content.replace(request.problem.text, " ")
        echo = max(share_of(problem.text, told), share_of(RULES, problem.text))
        return None if echo <= MAX_ECHO else _echo(problem, echo)


def _echo(problem: Problem, share: float) -> DroppedProblem:
    reason = f"{share:.0%} of it stands in the author's own instructions"
    return DroppedProblem(problem=problem, dropped_by="own_prompt", reason=reason, value=share)
