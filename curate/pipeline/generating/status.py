"""How a run stands: its live ledger, read beside whoever writes it."""

import time
from pathlib import Path

import msgspec

from curate.engine.cost import dollars, in_usd
from curate.errors import DataError
from curate.folders import WORK, is_going_on, read_manifest
from curate.layout import LEDGER
from curate.ledger import Ledger
from curate.manifests import RunManifest, WayCounts
from curate.pipeline.generating.planning import PLAN
from curate.protocols import FailureKind

LATELY = 60.0
"""Seconds over which the rate is taken."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How a run stands."""

    planned: int | None
    """Samples of its plan; null while the plan is being made, or where none is left."""
    done: int
    """Samples with a reply, whether or not it was cut off."""
    attempts: int
    """Requests sent so far, over all resumes."""
    truncated: int
    """Replies that the limit cut off."""
    failures: dict[FailureKind, int]
    """Requests that got no reply, by what went wrong."""
    tokens: int
    """Tokens of prompts and completions."""
    cost: float | None
    """USD, at most; null where no price is known."""
    in_doubt: float
    """USD that requests in flight, now or when the run was stopped, may cost beyond that, at most; 0 without budget."""
    per_second: float
    """Replies a second during the last minute; of a run that is over, during the last minute of it."""
    ways: tuple[WayCounts, ...]
    """What came of each teacher and prompt, when the run was last at its end."""
    idle_seconds: float | None
    """Since the last try; null where there was none."""


def status_of(folder: Path, *, now: float | None = None) -> Status:
    """Return how the run in a folder stands.

    Args:
        folder: The run's folder.
        now: Seconds since the epoch; the time of day when None.

    Raises:
        DataError: There is no run.
        LedgerError: Its ledger cannot be read.
    """
    file = folder / LEDGER
    if not file.exists():
        raise DataError(f"{folder} holds no run: there is no {LEDGER}")
    at = time.time() if now is None else now
    with Ledger(file.resolve(), readonly=True) as ledger:
        pulse, in_doubt = ledger.pulse(at - LATELY), ledger.in_doubt()
        end = at
        if pulse.last is not None and not is_going_on(folder):
            end = min(at, pulse.last)
            pulse = ledger.pulse(end - LATELY)
    span = LATELY if pulse.first is None else min(LATELY, max(1.0, end - pulse.first))
    found = read_manifest(folder)
    return Status(
        planned=_planned(folder),
        done=pulse.done,
        attempts=pulse.attempts,
        truncated=pulse.truncated,
        failures=pulse.failures,
        tokens=pulse.tokens,
        cost=in_usd(pulse.cost),
        in_doubt=float(dollars(in_doubt)),
        per_second=pulse.lately / span,
        ways=found.ways if isinstance(found, RunManifest) else (),
        idle_seconds=None if pulse.last is None else max(0.0, at - pulse.last),
    )


def _planned(folder: Path) -> int | None:
    """Return the samples of the plan that is being worked on, else those of the result."""
    try:
        with (folder / WORK / PLAN).open("rb") as plan:
            return sum(1 for _ in plan)
    except FileNotFoundError:
        manifest = read_manifest(folder)
        return manifest.samples.planned if isinstance(manifest, RunManifest) else None
