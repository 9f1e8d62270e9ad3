"""The way in: `curate`, or `python -m curate`."""

import os
import signal
from types import FrameType

from curate.errors import Exit

GIVE_BACK = "dirty_decay_ms:0,muzzy_decay_ms:0"
"""For the allocator of Polars: memory that it has freed goes back to the machine at once, and not after ten seconds."""


def main() -> None:
    """Run the command line; an interrupt that comes while it is still being loaded leaves quietly."""
    os.environ.setdefault("_RJEM_MALLOC_CONF", GIVE_BACK)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    from curate.cli import main as run  # noqa: PLC0415 - the handlers come first

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _leave(_number: int, _frame: FrameType | None) -> None:
    os._exit(Exit.INTERRUPTED)


if __name__ == "__main__":
    main()
