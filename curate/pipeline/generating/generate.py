"""From a recipe to traces: plan, ask what the ledger does not hold yet, project.

A run that was stopped goes on with the same command: the plan is made again, and only requests that no reply in the
ledger serves are sent.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from curate import __version__
from curate.engine import Account
from curate.errors import DataError, TeacherError
from curate.folders import OutputFolder, read_manifest
from curate.layout import LEDGER, RUN_RESIDENTS
from curate.ledger import Ledger
from curate.manifests import RunManifest, SampleCounts, TokenCounts
from curate.pipeline.authoring.asker import Asker
from curate.pipeline.authoring.writing import Writing
from curate.pipeline.generating.ask import Ask
from curate.pipeline.generating.ledgers import other_ledger, place_of_ledger
from curate.pipeline.generating.planning import Planner, read_plan
from curate.pipeline.generating.project import Projected, project
from curate.pipeline.generating.prompting import plan_prompts
from curate.pipeline.generating.quoting import Planned, forecast, sending
from curate.pipeline.generating.remember import refuse_another_run, refuse_lost_ledger, remember
from curate.pipeline.generating.sending import Sending
from curate.pipeline.generating.teaching import plan_teachers, require_generating
from curate.protocols import Notice, Progress, Silent
from curate.recipe import LoadedRecipe
from curate.wording import counted


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
    prompts = plan_prompts(loaded)
    with _others(options.reuse) as others, ExitStack() as stack:
        here = (folder / LEDGER).exists()
        ledger = stack.enter_context(Ledger((folder / LEDGER).resolve(), readonly=True)) if here else None
        writing = Writing(loaded, teachers, prompts, Asker(ledger, others), allow_insecure=options.allow_insecure)
        author = writing.problems
        planner = Planner(loaded, teachers, prompts, ledger, None, options.limit, author, progress or Silent(), others)
        planned = stack.enter_context(planner).extend()
        planned.to_author = writing.missing
        return planned


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
    with generating(loaded, folder, options, progress=progress, notice=notice) as generation:
        generation.extend()
        return generation.commit()


@contextmanager
def generating(
    loaded: LoadedRecipe,
    folder: Path,
    options: GenerateOptions | None = None,
    *,
    progress: Progress,
    notice: Notice,
) -> Iterator["Generation"]:
    """Open a run's folder and ledger, for asking stretch by stretch; see `generate`."""
    options = options or GenerateOptions()
    require_generating(loaded, notice)
    teachers = plan_teachers(loaded, allow_insecure=options.allow_insecure)
    prompts = plan_prompts(loaded)
    refuse_another_run(folder, str(loaded.recipe.name))
    with (
        _others(options.reuse) as others,
        OutputFolder(folder, kind="run", replace=True, residents=RUN_RESIDENTS) as output,
    ):
        remember(folder, loaded, options.limit)
        with Ledger(place_of_ledger(folder, options.ledger, notice)) as ledger:
            refuse_lost_ledger(folder, ledger)
            sending = Sending(ledger, progress, notice, loaded.recipe.budget.max_cost)
            asker = Asker(ledger, others, replace(sending, progress=Silent()))
            writing = Writing(loaded, teachers, prompts, asker, notice, allow_insecure=options.allow_insecure)
            with Planner(
                loaded, teachers, prompts, ledger, output.work, options.limit, writing.problems, progress, others
            ) as planner:
                yield Generation(loaded, output, ledger, planner, Ask(planner.file, teachers, sending), writing)


@dataclass
class Generation:
    """A run that is going on: its plan grows by stretches, and each is asked before the next one."""

    loaded: LoadedRecipe
    output: OutputFolder
    ledger: Ledger
    planner: Planner
    ask: Ask
    writing: Writing
    stopped: TeacherError | None = field(default=None, init=False)
    """What stopped it, if anything did."""

    @property
    def account(self) -> Account:
        """What was sent so far, and what came of it."""
        return self.ask.account

    @property
    def goes_on(self) -> bool:
        """Whether more can be asked: neither the teacher nor the budget has stopped it."""
        return self.stopped is None and not self.account.stopped_by_budget

    def extend(self, problems: int | None = None) -> Planned:
        """Ask more problems, up to so many in all, or all there are, until enough of their replies are right.

        Returns:
            What was planned of it at first.

        Raises:
            DataError: There is not one.
            TeacherError: There is not one, because an author, or who confirms its answers, cannot be used.
        """
        planned = self.planner.extend(problems)
        self.stopped = self.writing.asker.stopped
        if not self.planner.problems:
            raise self.stopped or self._nothing()
        self.ask.notice(self._forecast(planned))
        if self.stopped is not None:
            return planned
        self._ask(planned)
        if any(teacher.shape.resample_until is not None for teacher in self.planner.teachers):
            self._resample()
        return planned

    def project(self, into: Path) -> Projected:
        """Write the traces of all that was asked below a folder."""
        plan, name = read_plan(self.planner.file), str(self.loaded.recipe.name)
        return project(plan, self.ledger, into, name, is_cut_short=self.account.stopped_by_budget)

    def commit(self) -> Generated:
        """Bring traces and manifest into the run's folder.

        Raises:
            TeacherError: What stopped it; what came before is there all the same.
        """
        projected = self.project(self.output.work)
        lengths = self.ledger.lengths(SHARES_HELD)
        self.account.lengths = {f"{share:.0%}": length for share, length in lengths.items()}
        self._tell_shrinking()
        self.planner.close()
        manifest = self.output.commit(self._manifest(projected))
        if self.stopped is not None:
            raise self.stopped
        return Generated(manifest, self.account)

    def _forecast(self, planned: Planned) -> str:
        if planned.reused or planned.requests == self.planner.requests:
            return forecast(planned)
        return f"{counted(planned.problems, 'problem')} more: {sending(planned)}"

    def _nothing(self) -> DataError:
        written = any(counts.requests for counts in self.writing.counts)
        return DataError("the author wrote no problems" if written else "the recipe comes to no problems")

    def _ask(self, planned: Planned) -> None:
        self.stopped = self.ask.all(planned, self.planner.asked)

    def _resample(self) -> None:
        """Ask further samples of hard problems, round by round; where that was stopped they are planned, and wait."""
        while (planned := self.planner.resample()).requests and self.goes_on:
            self.ask.notice(f"some problems have too few right replies: {sending(planned)}")
            self._ask(planned)

    def _tell_shrinking(self) -> None:
        before, now = read_manifest(self.output.path), self.planner.requests
        if isinstance(before, RunManifest) and now < before.samples.planned:
            self.ask.notice(
                f"this plan has {now:,} samples where the run had {before.samples.planned:,}; "
                "the replies to the others stay in the ledger"
            )

    def _manifest(self, projected: Projected) -> RunManifest:
        planner, recipe, traces = self.planner, self.loaded.recipe, projected.total("traces")
        return RunManifest(
            curate=__version__,
            recipe=str(recipe.name),
            fingerprint=recipe.fingerprint(),
            problems=planner.problems,
            repeated=planner.aside.repeated,
            dropped=dict(planner.aside.dropped),
            left_out=planner.aside.left_out,
            unreadable=planner.aside.unreadable,
            samples=SampleCounts(
                planned=planner.requests,
                traces=traces,
                failed=projected.failed,
                pending=planner.requests - traces - projected.failed,
            ),
            tokens=TokenCounts(
                prompt=projected.total("prompt_tokens"), completion=projected.total("completion_tokens")
            ),
            authored=self.writing.counts,
            ways=projected.way_counts(),
        )


SHARES_HELD = (0.95, 0.99)
"""Shares of the finished replies for which the summary says what limit would have held them."""


@contextmanager
def _others(folders: Sequence[Path]) -> Iterator[list[Ledger]]:
    """Open the ledgers of other runs."""
    with ExitStack() as stack:
        yield [stack.enter_context(other_ledger(folder)) for folder in folders]
