"""One source of authored problems: rounds of requests, until there are enough, or no new ones come.

What a round asks depends on the recipe, and on what was accepted before it; and that is a function of the replies in
the ledger, taken in the order of the requests. So a run that was stopped asks what it asked before, and is served.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from curate import jsonlines
from curate.digests import digest, problem_id
from curate.engine.cost import usd, usd_with
from curate.manifests import AuthoredCounts
from curate.pipeline.authoring.asker import Asker, Heard
from curate.pipeline.authoring.confirming import Confirming
from curate.pipeline.authoring.reading import proposed
from curate.pipeline.authoring.screening import Screening
from curate.pipeline.generating.requests import SEED_BITS, request_key
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.problems import DroppedProblem, Found
from curate.problems.authorship import PROBLEMS_SCHEMA, Material, prompt_of, task_of
from curate.problems.proposals import Proposal
from curate.prompts.structured import RESPONSE_FORMAT, json_format
from curate.protocols import Notice
from curate.recipe.problems import AuthoredProblems
from curate.records import JSON, Message, Problem, Request, Sampling
from curate.seeds import derived, rng
from curate.teachers import PROVIDERS
from curate.wording import counted

FIRST_ROUND = 8
"""Requests of the first round, and of one after a round that brought next to nothing, at most."""
LARGEST_ROUND = 64
LEAST_YIELD = 0.1
"""Share of what is asked for that is expected to be accepted, at least, when a round is measured."""


@dataclass
class Author:
    """A source while its problems are being written.

    Args:
        source: What the recipe says of it.
        position: Which of the recipe's sources it is.
        seed: The recipe's seed.
        teacher: Who writes.
        material: What the author is shown.
        screening: Holds proposals against what there is.
        asker: Asks the author.
        confirming: Asks the solver.
        notice: Told how each round went.
    """

    source: AuthoredProblems
    position: int
    seed: int
    teacher: PlannedTeacher
    material: Material
    screening: Screening
    asker: Asker
    confirming: Confirming
    notice: Notice
    counts: AuthoredCounts = field(default_factory=AuthoredCounts)
    _accepted: list[str] = field(default_factory=list)
    _dry: int = 0
    """Rounds in a row that brought next to nothing."""
    _rounds: int = 0
    _sent: int = 0
    """Requests of all rounds before."""

    def problems(self) -> Iterator[Found]:
        """Yield the problems that are accepted, and what becomes of all others that are proposed."""
        closed = self.asker.rounds_closed(self.position)
        while self._is_short and self._dry < self.source.patience:
            requests = [self._request(number) for number in range(self._sent, self._sent + self._size())]
            heard = self.asker.ask([(self.teacher, one) for one in requests], is_closed=self._rounds < closed)
            before = len(self._accepted)
            yield from self._confirmed(self._screened(requests, heard), is_closed=self._rounds < closed)
            if self.asker.stopped is not None or not all(one.was_asked for one in heard):
                self.counts.ended = "stopped"
                break
            self._end_round(len(requests), len(self._accepted) - before)
        else:
            self.counts.ended = "exhausted" if self._is_short else "complete"
        self._tell()

    @property
    def _is_short(self) -> bool:
        return len(self._accepted) < self.source.count

    def _end_round(self, requests: int, new: int) -> None:
        self._sent += requests
        self._rounds += 1
        self.asker.close_round(self.position, self._rounds)
        is_dry = new < self.source.min_yield * requests * self.source.batch
        self._dry = self._dry + 1 if is_dry else 0
        if self._is_short and self._dry < self.source.patience:
            self._tell()

    def _size(self) -> int:
        """Return how many requests the next round has, by what came of those before."""
        missing = self.source.count - len(self._accepted)
        wanted = self._sent * self.source.batch
        share = max(LEAST_YIELD, len(self._accepted) / wanted) if wanted else 1.0
        most = FIRST_ROUND if self._dry or not wanted else LARGEST_ROUND
        return min(most, math.ceil(missing / (self.source.batch * share)))

    def _request(self, number: int) -> Request:
        """Return one request to the author; what it shows depends on its number, and on what was accepted so far."""
        shape, purpose = self.teacher.shape, ("author", self.position, number)
        material = msgspec.structs.replace(self.material, accepted=tuple(self._accepted))
        task = task_of(self.source.strategy, material, number, rng(self.seed, *purpose))
        prompt = prompt_of(task, self.source.batch, self.source.wishes, jsonlines.encode(PROBLEMS_SCHEMA).decode())
        request = Request(
            key="",
            problem=Problem(id=digest(*map(str, purpose)), text=task),
            messages=(Message(role="user", content=prompt),),
            sampling=Sampling(
                model=self.teacher.model,
                provider=self.teacher.provider,
                temperature=shape.temperature,
                top_p=shape.top_p,
                max_tokens=shape.max_tokens,
                seed=derived(self.teacher.seed(self.seed), *purpose, bits=SEED_BITS),
                reasoning_effort=shape.reasoning_effort,
            ),
            sample=0,
            extra_body=self._extra_body(),
        )
        return msgspec.structs.replace(request, key=request_key(request))

    def _extra_body(self) -> JSON:
        """Return the fields of the body beyond the standard ones: the form of the reply, where it can be asked for."""
        wanted = json_format("problems", PROBLEMS_SCHEMA, PROVIDERS[self.teacher.provider].formats, strict=True)
        return {**({RESPONSE_FORMAT: wanted} if wanted else {}), **self.teacher.shape.extra_body}

    def _screened(self, requests: Sequence[Request], heard: Sequence[Heard]) -> Iterator[Problem | DroppedProblem]:
        """Yield what the replies of a round propose, in order: new and sound problems, and the others."""
        taken = len(self._accepted)
        for request, one in zip(requests, heard, strict=True):
            for place, proposal in enumerate(proposed(one, self.counts)):
                problem = self._problem(proposal)
                fault = self._surplus(problem, place, taken) or self.screening.fault_of(problem, request)
                taken += fault is None
                yield fault or problem

    def _surplus(self, problem: Problem, place: int, taken: int) -> DroppedProblem | None:
        """Return why a problem is one too many, or None."""
        batch, count = self.source.batch, self.source.count
        if place >= batch:
            return DroppedProblem(problem=problem, dropped_by="surplus", reason=f"{batch} problems were asked for")
        if taken >= count:
            return DroppedProblem(problem=problem, dropped_by="surplus", reason=f"there are {count} already")
        return None

    def _problem(self, proposal: Proposal) -> Problem:
        return Problem(
            id=problem_id(proposal.text),
            text=proposal.text,
            reference=proposal.answer,
            domain=self.source.domain,
            source=f"authored:{self.source.strategy}:{self.teacher.model}",
            license=self.source.license,
        )

    def _confirmed(self, found: Iterable[Problem | DroppedProblem], *, is_closed: bool) -> Iterator[Found]:
        """Yield the problems of a round with the references that are confirmed."""
        problems: list[Problem] = []
        for one in found:
            if isinstance(one, Problem):
                problems.append(one)
            else:
                yield self._drop(one)
        wished = self.source.confirm
        answered = [problem for problem in problems if problem.reference is not None] if wished else []
        agreed, heard = self.confirming.confirmed(answered, wished, is_closed=is_closed) if wished else ([], [])
        self.counts.confirm_cost = usd_with(self.counts.confirm_cost, sum(one.cost for one in heard))
        right = {problem.id for problem, agrees in zip(answered, agreed, strict=True) if agrees}
        for problem in problems:
            yield self._accept(problem, is_confirmed=problem.id in right)

    def _accept(self, problem: Problem, *, is_confirmed: bool) -> Problem | DroppedProblem:
        wished = self.source.confirm
        if wished is not None and wished.unconfirmed == "drop" and not is_confirmed:
            what = (
                "the author gives no answer" if problem.reference is None else "too few samples agree with the author"
            )
            return self._drop(DroppedProblem(problem=problem, dropped_by="unconfirmed", reason=what))
        self._accepted.append(problem.text)
        self.counts.accepted += 1
        self.counts.confirmed += is_confirmed
        return problem if is_confirmed else msgspec.structs.replace(problem, reference=None)

    def _drop(self, dropped: DroppedProblem) -> DroppedProblem:
        by = self.counts.dropped
        by[dropped.dropped_by] = by.get(dropped.dropped_by, 0) + 1
        return dropped

    def _tell(self) -> None:
        counts = self.counts
        if counts.accepted:
            counts.cost_per_accepted = round((counts.cost + counts.confirm_cost) / counts.accepted, 12)
        self.notice(in_words(self.counts, self.source.count, self.source.patience))


def in_words(counts: AuthoredCounts, wanted: int, patience: int) -> str:
    """Return in one line what an author has come to."""
    each = f", {usd(counts.cost_per_accepted)} each" if counts.cost_per_accepted else ""
    of_all, asked = counted(wanted, "problem"), counted(counts.requests, "request")
    words = f"authored {counts.accepted:,} of {of_all} from {asked}{each}"
    lost = {**counts.dropped, **{f"broken replies ({why})": count for why, count in counts.broken.items()}}
    if lost:
        words += f"; not taken: {', '.join(f'{count:,} {what}' for what, count in lost.items())}"
    if counts.ended == "exhausted":
        words += f"; the last {counted(patience, 'round')} brought next to nothing new, so it ends here"
    return words
