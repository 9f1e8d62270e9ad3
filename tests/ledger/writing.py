"""A process that records transactions until it is killed: `python -m tests.ledger.writing LEDGER`.

The n-th transaction holds n % 7 + 1 attempts, all with the key `n`; its number is printed once it is on disk.
"""

import sys
from itertools import count
from pathlib import Path

from curate.attempts import Attempt
from curate.ledger import Ledger
from curate.records import Reply


def main() -> None:
    """Record for ever."""
    with Ledger(Path(sys.argv[1])) as ledger:
        for number in count():
            ledger.record(transaction(number))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


def transaction(number: int) -> list[Attempt]:
    """Return the attempts of the n-th transaction."""
    reply = Reply(content=f"reply {number} " * 400)
    return [
        Attempt(key=str(number), max_tokens=place, started=0.0, seconds=0.0, reply=reply)
        for place in range(number % 7 + 1)
    ]


if __name__ == "__main__":
    main()
