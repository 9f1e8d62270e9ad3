"""Who is asked: the teachers of a recipe, ready, and whether the recipe says all that generating needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curate.engine import Escalation, Tariff, tariff_of
from curate.errors import UsageError, WishError
from curate.families import FAMILIES
from curate.gym.entries import require_installed
from curate.gym.sets import measured_sets
from curate.pipeline.exporting.planning import plan_outputs
from curate.pipeline.plan import plan_checks, plan_problem_checks, plan_schema
from curate.problems.files import MAPPABLE
from curate.protocols import Notice, Teacher
from curate.recipe import LoadedRecipe
from curate.recipe.located import Place, nearest
from curate.recipe.problems import AuthoredProblems, BuiltinProblems, GymProblems
from curate.recipe.teacher import Teacher as TeacherShape
from curate.records import Price
from curate.teachers import PROVIDERS, make_teachers
from curate.teachers.prices import price_of

BUILTIN = "builtin"
"""The provider that costs nothing, and whose samples differ at temperature 0, too: it varies its wording."""


@dataclass(frozen=True)
class PlannedTeacher:
    """A teacher, ready to be asked."""

    shape: TeacherShape
    provider: str
    model: str
    endpoints: tuple[Teacher, ...]
    """The teacher, once for each of its addresses."""
    tariff: Tariff | None
    """What its tokens cost, or None where that is not known."""
    escalation: Escalation | None
    """What is done about replies that were cut off; None to keep them."""

    def seed(self, of_recipe: int) -> int:
        """Return the seed that the seeds of its requests are derived from."""
        return of_recipe if self.shape.seed is None else self.shape.seed

    @property
    def most_samples(self) -> int:
        """The most samples that it may be asked of one problem."""
        until = self.shape.resample_until
        return self.shape.samples if until is None else until.max_samples

    @property
    def highest_limit(self) -> int:
        """The limit on tokens with which a reply is kept even if it was cut off."""
        return self.shape.max_tokens if self.escalation is None else self.escalation.most

    def limit_after(self, cut_at: int) -> int:
        """Return the limit to ask with when replies were cut off at this one."""
        higher = self.escalation.after(cut_at) if self.escalation is not None else None
        return max(self.shape.max_tokens, higher or 0)


def plan_teachers(loaded: LoadedRecipe, *, allow_insecure: bool = False) -> tuple[PlannedTeacher, ...]:
    """Return the teachers of a recipe, ready to be asked.

    Raises:
        RecipeError: A provider or model does not exist, or does not take what the recipe asks, or stands twice; or
            the recipe has a budget, and what a teacher costs is not known.
    """
    teachers: list[PlannedTeacher] = []
    for place, shape in enumerate(loaded.recipe.teacher):
        at = loaded.located.item("teacher", place)
        asked = _asked(shape, loaded.recipe.seed)
        if asked in (_asked(other.shape, loaded.recipe.seed) for other in teachers):
            raise loaded.located.error(at, "this teacher stands twice; for more replies of one, raise its `samples`")
        teachers.append(_planned(loaded, shape, at, allow_insecure=allow_insecure))
    return tuple(teachers)


def plan_author(
    loaded: LoadedRecipe,
    position: int,
    source: AuthoredProblems,
    teachers: tuple[PlannedTeacher, ...],
    *,
    allow_insecure: bool = False,
) -> PlannedTeacher:
    """Return who writes the problems of a source, ready to be asked.

    Raises:
        RecipeError: It is a built-in teacher, or cannot be used as the recipe says; see `plan_teachers`.
    """
    at = loaded.located.item("problems", position)
    if source.author is not None:
        at = (*at, "author")
        author = _planned(loaded, source.author, at, allow_insecure=allow_insecure)
    else:
        author = teachers[0]
    if author.provider == BUILTIN:
        raise loaded.located.error(at, "the built-in teachers write no problems; name an `author` that does")
    return author


def _planned(loaded: LoadedRecipe, shape: TeacherShape, at: Place, *, allow_insecure: bool) -> PlannedTeacher:
    try:
        endpoints = make_teachers(shape, allow_insecure=allow_insecure)
    except WishError as error:
        raise loaded.located.error((*at, error.key), str(error)) from None
    provider, model = shape.model.split("/", 1)
    key = "samples" if shape.samples > 1 else "resample_until" if shape.resample_until else None
    if provider != BUILTIN and key is not None and shape.temperature == 0:
        raise loaded.located.error((*at, key), "at temperature 0 all samples are the same; ask for one")
    price = _price(shape, provider, model)
    if price is None and loaded.recipe.budget.max_cost is not None:
        raise loaded.located.error(
            ("budget", "max_cost"), f"no price is known for {shape.model}; give its teacher a `price`"
        )
    tariff = None if price is None else tariff_of(price)
    return PlannedTeacher(shape, provider, model, endpoints, tariff, _escalation(shape, provider))


def _price(shape: TeacherShape, provider: str, model: str) -> Price | None:
    """Return what a teacher costs; what the recipe says wins."""
    if shape.price is not None:
        return Price(input=shape.price.input, output=shape.price.output)
    return price_of(provider, model)


UNKNOWN_LIMIT = 16
"""How many times the stated limit a reply that was cut off is asked for, where no limit of the provider is known."""


def _escalation(shape: TeacherShape, provider: str) -> Escalation | None:
    retry = shape.on_truncated.retry
    if retry is None:
        return None
    most = retry.max_tokens or PROVIDERS[provider].max_output_tokens or UNKNOWN_LIMIT * shape.max_tokens
    return Escalation(factor=retry.factor, most=max(most, shape.max_tokens))


def _asked(shape: TeacherShape, seed: int) -> TeacherShape:
    """Return what sets the requests of one teacher apart from those of another: what their keys depend on."""
    own = {key: getattr(shape, key) for key in ("model", "temperature", "top_p", "reasoning_effort", "extra_body")}
    return TeacherShape(**own, seed=seed if shape.seed is None else shape.seed)


def require_generating(loaded: LoadedRecipe, notice: Notice = lambda _: None) -> None:
    """Check that a recipe can generate: its keys are there and its names exist, those of checks and formats too.

    A typing error must not wait until the replies are paid for.

    Raises:
        RecipeError: Something is missing or unknown.
    """
    recipe = loaded.recipe
    for key, value in (("name", recipe.name), ("problems", recipe.problems), ("teacher", recipe.teacher)):
        if not value:
            raise loaded.located.error((key,), "this key is needed to generate")
    for place, problems in enumerate(recipe.problems):
        at = loaded.located.item("problems", place)
        if isinstance(problems, BuiltinProblems):
            for family in problems.families:
                _known(loaded, (*at, "families", family), family, FAMILIES, "family")
        elif isinstance(problems, GymProblems):
            _require_gym(loaded, at, problems)
        else:
            for field in problems.map:
                _known(loaded, (*at, "map", field), field, MAPPABLE, "field")
            plan_problem_checks(loaded, place, problems.checks)
            if isinstance(problems, AuthoredProblems):
                _require_authored(loaded, at, problems)
    _tell_unweighted(loaded, notice)
    plan_checks(loaded, notice=notice)
    plan_outputs(loaded)
    plan_schema(loaded)


def _require_gym(loaded: LoadedRecipe, at: Place, problems: GymProblems) -> None:
    sets = measured_sets()
    for dataset in problems.datasets:
        place = (*at, "datasets", dataset)
        _known(loaded, place, dataset, (*sets.sound, *sets.refused), "dataset")
        if dataset in sets.refused:
            raise loaded.located.error(place, f"{dataset} is refused: {sets.refused[dataset]}")
    try:
        require_installed()
    except UsageError as error:
        raise loaded.located.error(at, str(error)) from None


def _tell_unweighted(loaded: LoadedRecipe, notice: Notice) -> None:
    """Say where teachers share the problems and others get all of them: that is seldom meant."""
    weighted = [teacher.weight is not None for teacher in loaded.recipe.teacher]
    if any(weighted) and not all(weighted):
        names = ", ".join(shape.model for shape in loaded.recipe.teacher if shape.weight is None)
        notice(f"{names} has no `weight` and gets every problem, beside the teachers that share them")


NEEDED: dict[str, str] = {"self_instruct": "seeds", "evolve": "seeds", "topics": "topics", "passages": "passages"}
"""Strategy of an author to the key that it cannot do without."""


def _require_authored(loaded: LoadedRecipe, at: Place, source: AuthoredProblems) -> None:
    needed = NEEDED[source.strategy]
    if not getattr(source, needed):
        raise loaded.located.error((*at, needed), f"the strategy {source.strategy} needs {needed}")
    solver = loaded.recipe.teacher[0]
    confirming = source.confirm is not None and source.confirm.samples > 1
    if confirming and solver.temperature == 0 and not solver.model.startswith(f"{BUILTIN}/"):
        raise loaded.located.error(
            (*at, "confirm"),
            "the teacher is asked at temperature 0, where all samples are the same and confirm nothing",
        )


def _known(
    loaded: LoadedRecipe, place: Place, name: str, known: Mapping[str, object] | Sequence[str], what: str
) -> None:
    if name not in known:
        raise loaded.located.error(
            place, f"unknown {what} {name!r}; there are {', '.join(known)}{nearest(name, known)}"
        )
