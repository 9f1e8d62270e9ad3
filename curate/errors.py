"""Every error that curate raises on purpose, and the exit code each one ends in.

    CurateError                     what a user is told; never a bare traceback
    ├── InputError          exit 2  what the user gave cannot be used
    │   ├── UsageError              options or names that do not exist or contradict each other
    │   │   └── WishError           a key of a recipe's teacher asks what its provider cannot do
    │   ├── RecipeError             a recipe that does not parse or names something unknown, with file and line
    │   ├── DataError               input files that are missing, empty, or hold no rows that we can read
    │   └── PluginError             a check of the user's own that cannot be loaded, raises, or takes too long
    ├── TeacherError        exit 3  the teacher cannot be used: key, model, address, quota
    ├── MachineError        exit 4  this machine stopped us
    │   ├── OutputError             the output folder is locked, or cannot be written
    │   │   └── NotOursError exit 2 it holds something that is not ours, or not to be replaced
    │   └── LedgerError             the ledger is locked, damaged, or of another version
    └── Attention           exit 1  done, but something the user asked to hold does not

A reply that is wrong, cut off or unparsable is data, not an error: it is kept, judged and counted.
"""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    ATTENTION = 1
    INPUT = 2
    TEACHER = 3
    MACHINE = 4
    INTERRUPTED = 130


class CurateError(Exception):
    """Base of all errors that a user can act on; the message is one plain sentence or a short list."""

    exit_code = Exit.MACHINE


class InputError(CurateError):
    """What the user gave cannot be used."""

    exit_code = Exit.INPUT


class UsageError(InputError):
    """Raised wherever a name or an option that a user gave does not exist, or excludes another."""


class WishError(UsageError):
    """Raised by makers of teachers; `pipeline.teaching` turns it into a `RecipeError` at the key's place.

    Args:
        message: What the provider takes instead.
        key: The key of the recipe's teacher that cannot be had.
    """

    def __init__(self, message: str, key: str = "model") -> None:
        super().__init__(message)
        self.key = key


class RecipeError(InputError):
    """Raised by `recipe` and `pipeline.plan`; says file, line, key, what is allowed, and the nearest name."""


class DataError(InputError):
    """Raised by whoever reads files, for input that is missing, empty, damaged or of no shape that we know."""


class PluginError(InputError):
    """Raised by `checks` for code of a user's own; names plugin, line and check, and `pipeline` adds the row."""


class TeacherError(CurateError):
    """Raised by teachers when no further request can succeed; the run stops and nothing paid for is lost."""

    exit_code = Exit.TEACHER


class MachineError(CurateError):
    """This machine stopped us: disk, lock, permissions."""

    exit_code = Exit.MACHINE


class OutputError(MachineError):
    """Raised by `folders` when a folder has another writer, or cannot be written."""


class NotOursError(OutputError):
    """Raised by `folders` and `pipeline.generate` for a folder that holds what this command must not replace."""

    exit_code = Exit.INPUT


class LedgerError(MachineError):
    """Raised by `ledger` when its file is locked, damaged or of another version."""


class Attention(CurateError):  # noqa: N818 - not a failure: the work is done, and something wants a look
    """Raised by commands after the work is done: `expect` is violated or validation found faults."""

    exit_code = Exit.ATTENTION


def exit_code_of(error: BaseException) -> Exit:
    """Return the exit code for any error that reaches the edge of the process."""
    if isinstance(error, CurateError):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    return Exit.MACHINE
