"""From a recipe to traces: plan, ask what the ledger does not hold yet, project.

A run that was stopped goes on with the same command: the plan is made again, and only requests that no reply in the
ledger serves are sent.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from curate import __version__
from curate.engine import Account
from curate.engine.cost import in_doubt, money
from curate.errors import DataError
from curate.folders import OutputFolder, read_manifest
from curate.layout import LEDGER, RUN_RESIDENTS
from curate.ledger import Ledger
from curate.manifests import RunManifest, SampleCounts, TokenCounts
from curate.pipeline.generating.ask import Ask
from curate.pipeline.generating.ledgers import other_ledger, place_of_ledger
from curate.pipeline.generating.planning import Planned, Planner, read_plan
from curate.pipeline.generating.project import Projected, project
from curate.pipeline.generating.prompting import plan_prompt
from curate.pipeline.generating.remember import refuse_another_run, refuse_lost_ledger, remember
from curate.pipeline.generating.teaching import plan_teachers, require_generating
from curate.protocols import Notice, Progress, Silent
from curate.recipe import LoadedRecipe
from curate.teachers import key_notices


@dataclass(frozen=True, kw_only=True)
class GenerateOptions:
    """What a command may ask of a run beside its recipe."""

    limit: int | None = None
    """Take only so many problems."""
    reuse: tuple[Path, ...] = ()
    """Folders of other runs, whose replies are taken over."""
    ledger: Path | None = None
    """Where the ledger is kept; None for the run's folder."""
    allow_insecure: bool = False
    """Whether plain http may go to other machines."""


@dataclass(frozen=True)
class Generated:
    """What generating came to."""

    manifest: RunManifest
    """What the run's folder holds."""
    account: Account
    """What was sent this time, and what came of it."""


def dry_run(
    loaded: LoadedRecipe,
    folder: Path,
    options: GenerateOptions | None = None,
    *,
    progress: Progress | None = None,
    notice: Notice = lambda _: None,
) -> Planned:
    """Count what a run would do; nothing is sent and nothing is written."""
    options = options or GenerateOptions()
    require_generating(loaded, notice)
    teachers = plan_teachers(loaded, allow_insecure=options.allow_insecure)
    prompt = plan_prompt(loaded)
    with _others(options.reuse) as others, ExitStack() as stack:
        here = (folder / LEDGER).exists()
        ledger = stack.enter_context(Ledger((folder / LEDGER).resolve(), readonly=True)) if here else None
        return Planner(
            loaded, teachers, prompt, ledger, options.limit, progress or Silent(), others, keeps=False
        ).count()


def generate(
    loaded: LoadedRecipe,
    folder: Path,
    options: GenerateOptions | None = None,
    *,
    progress: Progress,
    notice: Notice,
) -> Generated:
    """Run a recipe up to its traces.

    Args:
        loaded: The recipe.
        folder: The run's folder.
        options: What else is asked.
        progress: Told of every reply.
        notice: Told what is reused, what is sent, and what it may cost.

    Raises:
        OutputError: The folder holds something else, or another run is going on in it.
        TeacherError: The teacher cannot be used, or not one request got a reply.
    """
    options = options or GenerateOptions()
    require_generating(loaded, notice)
    teachers = plan_teachers(loaded, allow_insecure=options.allow_insecure)
    prompt = plan_prompt(loaded)
    refuse_another_run(folder, str(loaded.recipe.name))
    with (
        _others(options.reuse) as others,
        OutputFolder(folder, kind="run", replace=True, residents=RUN_RESIDENTS) as output,
    ):
        remember(folder, loaded, options.limit)
        with Ledger(place_of_ledger(folder, options.ledger, notice)) as ledger:
            refuse_lost_ledger(folder, ledger)
            planner = Planner(loaded, teachers, prompt, ledger, options.limit, progress, others)
            plan = planner.write(output.work)
            if not planner.planned.problems:
                raise DataError("the recipe comes to no problems")
            _tell_shrinking(folder, planner.planned, notice)
            notice(forecast(planner.planned))
            if planner.planned.to_send:
                for where in key_notices(endpoint for teacher in teachers for endpoint in teacher.endpoints):
                    notice(where)
            ask = Ask(plan, teachers, ledger, progress, notice, planner.planned)
            stopped = ask.all(loaded.recipe.budget.max_cost)
            projected = project(read_plan(plan), ledger, output.work, str(loaded.recipe.name))
            lengths = ledger.lengths(SHARES_HELD)
            ask.account.lengths = {f"{share:.0%}": length for share, length in lengths.items()}
        manifest = output.commit(_manifest(loaded, planner.planned, projected))
    if stopped is not None:
        raise stopped
    return Generated(manifest, ask.account)


SHARES_HELD = (0.95, 0.99)
"""Shares of the finished replies for which the summary says what limit would have held them."""


@contextmanager
def _others(folders: Sequence[Path]) -> Iterator[list[Ledger]]:
    """Open the ledgers of other runs."""
    with ExitStack() as stack:
        yield [stack.enter_context(other_ledger(folder)) for folder in folders]


def forecast(planned: Planned) -> str:
    """Return what is reused and what is sent, with what that has cost and may cost."""
    paid = f" ({money(planned.reused_cost)})" if planned.reused_cost else ""
    quote = f"reusing {planned.reused:,} replies{paid}, sending {planned.to_send:,}{_price_of_rest(planned)}"
    return f"{quote}; {in_doubt(planned.in_doubt)}" if planned.in_doubt else quote


def _price_of_rest(planned: Planned) -> str:
    if not planned.to_send or not planned.worst_cost:
        return ""
    if planned.likely_cost:
        return f", about {money(planned.likely_cost)}, at most {money(planned.worst_cost)}"
    return f", at most {money(planned.worst_cost)}"


def _tell_shrinking(folder: Path, planned: Planned, notice: Notice) -> None:
    before = read_manifest(folder)
    if isinstance(before, RunManifest) and planned.requests < before.samples.planned:
        notice(
            f"this plan has {planned.requests:,} samples where the run had {before.samples.planned:,}; "
            "the replies to the others stay in the ledger"
        )


def _manifest(loaded: LoadedRecipe, planned: Planned, projected: Projected) -> RunManifest:
    return RunManifest(
        curate=__version__,
        recipe=str(loaded.recipe.name),
        fingerprint=loaded.recipe.fingerprint(),
        problems=planned.problems,
        repeated=planned.repeated,
        unreadable=planned.unreadable,
        samples=SampleCounts(
            planned=planned.requests,
            traces=projected.traces,
            failed=projected.failed,
            pending=planned.requests - projected.traces - projected.failed,
        ),
        tokens=TokenCounts(prompt=projected.prompt_tokens, completion=projected.completion_tokens),
    )
