"""The authors of a run, one for each source of authored problems, made when its turn comes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from curate.manifests import AuthoredCounts
from curate.pipeline.authoring.asker import Asker
from curate.pipeline.authoring.author import Author
from curate.pipeline.authoring.confirming import Confirming
from curate.pipeline.authoring.material import material_of
from curate.pipeline.authoring.screening import Screening
from curate.pipeline.generating.prompting import PlannedPrompt
from curate.pipeline.generating.teaching import PlannedTeacher, plan_author
from curate.pipeline.plan import plan_problem_checks
from curate.problems import Found
from curate.problems.novelty import Novelty
from curate.protocols import Notice
from curate.recipe import LoadedRecipe
from curate.recipe.problems import AuthoredProblems


@dataclass
class Writing:
    """Writes the problems of sources that are authored.

    Args:
        loaded: The recipe.
        teachers: Its teachers, ready.
        prompts: Its prompts.
        asker: Asks authors and solvers.
        notice: Told how it goes.
        allow_insecure: Whether plain http may go to other machines.
    """

    loaded: LoadedRecipe
    teachers: tuple[PlannedTeacher, ...]
    prompts: tuple[PlannedPrompt, ...]
    asker: Asker
    notice: Notice = lambda _: None
    allow_insecure: bool = False
    _counts: dict[int, AuthoredCounts] = field(default_factory=dict)

    @property
    def counts(self) -> tuple[AuthoredCounts, ...]:
        """What each source has come to so far, in their order."""
        return tuple(self._counts[position] for position in sorted(self._counts))

    @property
    def missing(self) -> int:
        """How many problems are still to be written, as far as is known."""
        sources = self.loaded.recipe.problems
        wanted = {place: source.count for place, source in enumerate(sources) if isinstance(source, AuthoredProblems)}
        return sum(
            wanted[position] - counts.accepted for position, counts in self._counts.items() if counts.ended == "stopped"
        )

    def problems(self, position: int, source: AuthoredProblems, there: Iterable[str]) -> Iterator[Found]:
        """Yield the problems of one source, and what becomes of all others that are proposed.

        Args:
            position: Which of the recipe's sources it is.
            source: What the recipe says of it.
            there: Texts of the problems of the sources before it.

        Raises:
            RecipeError: A file that it needs is missing or holds nothing.
        """
        material = material_of(self.loaded, position, source)
        known = Novelty(source.max_similarity)
        for text in (*there, *material.seeds):
            known.add(text)
        author = Author(
            source=source,
            position=position,
            seed=self.loaded.recipe.seed,
            teacher=plan_author(self.loaded, position, source, self.teachers, allow_insecure=self.allow_insecure),
            material=material,
            screening=Screening(known, plan_problem_checks(self.loaded, position, source.checks), self.prompts),
            asker=self.asker,
            confirming=Confirming(self.loaded, self.teachers, self.prompts, self.asker),
            notice=self.notice,
        )
        self._counts[position] = author.counts
        yield from author.problems()
