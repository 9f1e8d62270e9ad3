"""Code of a user's own, called so that it spoils nothing: what it raises is named, what it prints goes to stderr.

A row on which a check raises is neither kept nor dropped: nobody knows. So the work stops, says which check, where in
the plugin and on which row, and nothing half-done is left behind.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import Any, get_args

from curate.checks.registry import RowCheck
from curate.errors import PluginError
from curate.escaping import clipped
from curate.limits import TooSlowError, within_seconds
from curate.records import Finding, Outcome, Trace

MAX_SECONDS = 60.0
"""How long a check of a user's own may look at one row, unless it says otherwise."""
_OUTCOMES = get_args(Outcome)


def guarded(check: RowCheck, function: Callable[[Trace], Any]) -> Callable[[Trace], Finding | None]:
    """Return the function of a check of a user's own, bound to its parameters, safe to be called on every row.

    The result raises PluginError when the check raises, takes too long, or returns what is no finding.
    """
    plugin = check.plugin
    name, path = (plugin.name, plugin.path) if plugin else (check.name, check.judge.__code__.co_filename)
    seconds = check.max_seconds or MAX_SECONDS

    def judge(trace: Trace) -> Finding | None:
        with guarding(name, path, check.name, seconds):
            finding = function(trace)
        fault = _fault_of(finding)
        if fault is not None:
            raise PluginError(f"{name}: {check.name} {fault}")
        return finding  # type: ignore[no-any-return] # just held against what a finding is

    return judge


def _fault_of(finding: object) -> str | None:
    """Return how a result differs from a finding, or None."""
    if finding is None:
        return None
    if not isinstance(finding, Finding):
        return f"returned {_shown(finding)}, which is no Finding and not None"
    if finding.outcome not in _OUTCOMES:
        return f"found {_shown(finding.outcome)}; an outcome is one of {', '.join(_OUTCOMES)}"
    reason: object = finding.reason  # nobody has held the fields of a record against their types yet
    value: object = finding.value
    if not isinstance(reason, str) or (finding.outcome != "pass" and not reason.strip()):
        return f"gave no reason for its {finding.outcome}"
    if value is not None and (not isinstance(value, int | float) or isinstance(value, bool)):
        return f"measured {_shown(value)}, which is no number"
    return None


SHOWN_CHARACTERS = 80


def _shown(value: object) -> str:
    return clipped(repr(value), SHOWN_CHARACTERS)


@contextmanager
def guarding(name: str, path: str, what: str, seconds: float) -> Iterator[None]:
    """Run a user's code: prints go to stderr, and whatever it raises ends in one sentence.

    Args:
        name: How the plugin is called.
        path: Its file, to say at which of its lines it happened.
        what: The check, or what else was done.
        seconds: How long it may take. Signals measure it, so it holds in the main thread of a process alone.

    Raises:
        PluginError: It raised, asked to leave, or took too long.
    """
    try:
        with _printing_to_stderr(), within_seconds(seconds):
            yield
    except TooSlowError as error:
        raise PluginError(f"{name}{_line(error, path)}: {what} took more than {seconds:g} seconds") from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - code of others raises whatever it likes
        raise PluginError(f"{name}{_line(error, path)}: {what} raised {_shown(error)}") from None


def _line(error: BaseException, path: str) -> str:
    """Return `:12` for the last line of the plugin on the way to an error, or nothing."""
    if isinstance(error, SyntaxError) and error.filename == path:
        return f":{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    return f":{lines[-1]}" if lines else ""


@contextmanager
def _printing_to_stderr() -> Iterator[None]:
    """Send to stderr what the body prints, and what programs that it starts print."""
    try:
        stdout = os.dup(_STDOUT)
    except OSError:  # it is closed, so there is nothing to keep clean
        yield
        return
    try:
        with suppress(OSError):  # stderr is closed; what is printed by Python is lost then, and the rest goes on
            os.dup2(_STDERR, _STDOUT)
        with redirect_stdout(sys.stderr):
            yield
    finally:
        os.dup2(stdout, _STDOUT)
        os.close(stdout)


_STDOUT, _STDERR = 1, 2
