"""Is the author's answer the one that others find? Samples of the solver tell, which see the problem alone.

They are the first samples that the run asks of the problem anyway, so only what goes beyond `samples` is paid for this
alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from curate.checks.correctness import is_right
from curate.pipeline.authoring.asker import Asked, Asker, Heard
from curate.pipeline.generating.prompting import PlannedPrompt
from curate.pipeline.generating.requests import first_requests, with_sample
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.recipe import LoadedRecipe
from curate.recipe.problems import Confirm
from curate.records import Problem, Request
from curate.traces.build import trace_of


@dataclass(frozen=True)
class Confirming:
    """Confirms the answers of authors.

    Args:
        loaded: The recipe.
        teachers: Its teachers; of those that are asked a problem the first one confirms.
        prompts: Its prompts.
        asker: Asks them.
    """

    loaded: LoadedRecipe
    teachers: tuple[PlannedTeacher, ...]
    prompts: tuple[PlannedPrompt, ...]
    asker: Asker

    def confirmed(
        self, problems: Sequence[Problem], wished: Confirm, *, is_closed: bool
    ) -> tuple[list[bool], list[Heard]]:
        """Return of each problem whether enough samples agree with its reference, and what all of them brought."""
        asked = [pair for problem in problems for pair in self._samples(problem, wished.samples)]
        heard = self.asker.ask(asked, is_closed=is_closed)
        right = [_agrees(request, one) for (_, request), one in zip(asked, heard, strict=True)]
        groups = [right[start : start + wished.samples] for start in range(0, len(right), wished.samples)]
        return [sum(group) >= wished.min_share * wished.samples for group in groups], heard

    def _samples(self, problem: Problem, count: int) -> list[Asked]:
        first, position = next(first_requests(problem, self.prompts, self.loaded, self.teachers))
        teacher = self.teachers[position]
        seed = teacher.seed(self.loaded.recipe.seed)
        return [(teacher, with_sample(first, sample, seed)) for sample in range(count)]


def _agrees(request: Request, heard: Heard) -> bool:
    """Say whether a sample comes to the answer that its problem has; one without a reply does not."""
    return heard.reply is not None and is_right(trace_of(request, heard.reply, recipe=""))
