"""How many at once, and how many a minute: against servers of a few lines, without a clock."""

import heapq
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.engine.limits import FIRST, MOST, PLATEAU_HOLD, Concurrency, Rate


class Simulated:
    """A server that takes a number of requests at once, each for a time, and refuses others, in simulated time.

    Args:
        concurrency: Says how many are sent.
        room: How many the server takes at once.
        seconds: How long one takes when so many are under way.
    """

    def __init__(self, concurrency: Concurrency, room: int, seconds: float = 1.0) -> None:
        self.concurrency = concurrency
        self.room = room
        self.seconds = seconds
        self.now = 0.0
        self.refused = self.served = 0
        self._under_way: list[tuple[float, float]] = []

    def run(self, seconds: float) -> None:
        """Let so much time go by."""
        ends = self.now + seconds
        while self.now < ends:
            self._fill()
            done, sent = heapq.heappop(self._under_way)
            self.now = done
            self.served += 1
            self.concurrency.replied(sent, self.now)

    def _fill(self) -> None:
        """Send as many as the limit allows; after a refusal nothing is sent until a reply, as the endpoint does."""
        while len(self._under_way) < self.concurrency.limit:
            if len(self._under_way) >= self.room:
                self.refused += 1
                self.concurrency.refused(self.now, self.now, len(self._under_way))
                return
            heapq.heappush(self._under_way, (self.now + self.seconds + 0.001 * len(self._under_way), self.now))


def test_doubles_with_every_round() -> None:
    """Where nothing is stated it begins at 16, and doubles with each round, up to what this machine bears."""
    concurrency = Concurrency()
    seen = [concurrency.limit]
    server = Simulated(concurrency, room=10**6)
    while concurrency.limit < MOST and server.now < 60:
        server.run(0.1)
        seen += [concurrency.limit] if concurrency.limit != seen[-1] else []
    assert seen == [FIRST * 2**power for power in range(7)]
    assert server.now < 7 * 3


def test_a_stated_limit_is_the_start_and_the_most() -> None:
    """A stated limit holds from the first request on and is never exceeded."""
    concurrency = Concurrency(100)
    assert concurrency.limit == 100
    Simulated(concurrency, room=10**6).run(30)
    assert concurrency.limit == 100


@pytest.mark.parametrize("room", [1, 3, 8, 60])
def test_settles_at_the_room_there_is(room: int) -> None:
    """A server with little room is asked as much as it takes, and is not bothered much with more."""
    server = Simulated(Concurrency(256), room)
    server.run(20)
    before = server.served, server.refused
    server.run(60)
    assert server.served - before[0] > 0.9 * 60 * room / (1 + 0.001 * room)
    assert server.refused - before[1] < max(60, 0.5 * (server.served - before[0]))


def test_comes_back() -> None:
    """When there is more room it is used within seconds."""
    server = Simulated(Concurrency(256), room=8, seconds=0.5)
    server.run(20)
    assert server.concurrency.limit in {8, 9}
    server.room = 64
    server.run(10)
    assert 60 <= server.concurrency.limit <= 70


def test_refusals_now_and_then_are_no_reason_to_slow_down() -> None:
    """A server that refuses every tenth request, however many are under way, is asked as before."""
    concurrency = Concurrency(64)
    for number in itertools.count():
        if number == 2000:
            break
        now = number / 100
        if number % 10 == 5:
            concurrency.refused(now, now, 60)
        else:
            concurrency.replied(now - 0.05, now)
    assert concurrency.limit == 64


def test_failures_slow_down_once_a_round() -> None:
    """An endpoint that fails most requests is asked less; failures of one round count once."""
    concurrency = Concurrency(100)
    for _ in range(50):
        concurrency.troubled(sent=0.0, now=1.0)
    assert concurrency.limit == 70
    for _ in range(50):
        concurrency.troubled(sent=2.0, now=3.0)
    assert concurrency.limit == 49


def test_more_at_once_that_brings_nothing_is_taken_back() -> None:
    """Where twice as many at once only take twice as long, the limit goes back, and is tried again only later."""

    class Queueing(Simulated):
        """A server that takes all, and works on 32 at a time."""

        def _fill(self) -> None:
            self.seconds = max(1.0, self.concurrency.limit / 32)
            super()._fill()

    server = Queueing(Concurrency(), room=10**6)
    server.run(12)
    assert server.concurrency.limit in {32, 64}
    server.run(PLATEAU_HOLD)
    assert server.concurrency.limit <= 128


@settings(max_examples=25)
@given(st.floats(1, 10_000))
def test_rate(per_minute: float) -> None:
    """In no minute is more used than the limit says, and nearly all of it can be."""
    rate, now = Rate(per_minute), 0.0
    taken: list[float] = []
    while now < 180 and len(taken) < 5_000:
        wait = rate.wait(now)
        if wait <= 0:
            rate.take(1.0)
            taken.append(now)
        else:
            now += wait * (1 + 1e-9) + 1e-9
    for start in taken[:: max(1, len(taken) // 50)]:
        assert sum(start <= at < start + 60 for at in taken) <= per_minute
    if now >= 180:
        assert len(taken) >= 0.95 * 3 * per_minute / 2


def test_large_amounts_are_paid_off() -> None:
    """An amount larger than what has gathered may be taken, and what comes after waits for it."""
    rate = Rate(6_000)
    assert rate.wait(0.0) == 0
    rate.take(1_000)
    assert 8 < rate.wait(0.0) < 11
    rate.take(-900)
    assert rate.wait(0.0) <= 0.03


def test_no_rate() -> None:
    """Without a limit nothing waits."""
    rate = Rate(None)
    rate.take(10**9)
    assert rate.wait(5.0) == 0
