"""Notices that this machine slept: then requests fail because nobody was awake to hear their replies."""

import time
from collections.abc import Callable

BEAT = 1.0
"""Seconds between two looks at the clocks."""
NAP = 5.0
"""Seconds by which a look must be late for the machine to have slept."""


class Clock:
    """Watches two clocks: one that stops while the machine sleeps, and the one on the wall.

    A process that was stopped, or a machine that was asleep, sees it when a look at either clock comes late.

    Args:
        steady: A clock that never goes back, in seconds.
        wall: The time of day, in seconds since the epoch.
    """

    def __init__(self, steady: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time) -> None:
        self._steady, self._wall = steady, wall
        self._last = steady(), wall()
        self._woke = float("-inf")

    def look(self) -> None:
        """Compare with the last look, which should have been no longer ago than `BEAT`."""
        last_steady, last_wall = self._last
        self._last = steady, wall = self._steady(), self._wall()
        if max(steady - last_steady, wall - last_wall) > BEAT + NAP:
            self._woke = steady

    def slept_since(self, started: float) -> bool:
        """Say whether the machine slept after this moment of the steady clock."""
        self.look()
        return started < self._woke
