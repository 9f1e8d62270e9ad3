"""Pairing the replies to one problem."""

import random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.pipeline.pairing.matching import Matched, Wanted, match
from curate.pipeline.pairing.strategies import GROUNDS, STRATEGIES, Sample
from tests.reading.strategies import Json

ALL = tuple(STRATEGIES)


def _sample(place: int, length: int, text: int, dropped_by: str | None, passed: frozenset[str]) -> Sample:
    return Sample(id=f"{place:032x}", length=length, text=text, dropped_by=dropped_by, passed=passed)


replies = st.lists(
    st.tuples(
        st.integers(1, 30),
        st.integers(0, 9),
        st.sampled_from([None, None, *GROUNDS, "refusal"]),
        st.frozensets(st.sampled_from(GROUNDS)),
    ),
    max_size=14,
).map(lambda rows: [_sample(place, *row) for place, row in enumerate(rows)])
wishes = st.builds(
    Wanted,
    prefer=st.lists(st.sampled_from(ALL), min_size=1, unique=True).map(tuple),
    max_length_ratio=st.none() | st.floats(1, 5),
    max_per_problem=st.integers(1, 5),
)


@given(replies, wishes)
def test_every_pair_is_sound(samples: list[Sample], wanted: Wanted) -> None:
    """A pair is of two replies that differ, told apart by a strategy asked for, within the ratio; no pair repeats."""
    pairs = match(samples, wanted).pairs
    assert len(pairs) <= wanted.max_per_problem
    assert len({(pair.chosen.id, pair.rejected.id) for pair in pairs}) == len(pairs)
    for rule, chosen, rejected in pairs:
        assert rule in wanted.prefer
        assert chosen.text != rejected.text
        assert STRATEGIES[rule].part(chosen) in {"chosen", "either"}
        assert STRATEGIES[rule].part(rejected) in {"rejected", "either"}
        assert STRATEGIES[rule].part(chosen) != "either" or chosen.length < rejected.length
        ratio = wanted.max_length_ratio or STRATEGIES[rule].max_length_ratio
        lengths = sorted((chosen.length, rejected.length))
        assert ratio is None or lengths[1] <= ratio * lengths[0]


@given(replies, wishes)
def test_every_reply_is_accounted_for(samples: list[Sample], wanted: Wanted) -> None:
    """A reply stands in a pair or has the one reason why it does not, and none is rejected twice."""
    found = match(samples, wanted)
    paired = {one.id for pair in found.pairs for one in (pair.chosen, pair.rejected)}
    assert paired | set(found.unpaired) == {one.id for one in samples}
    assert not paired & set(found.unpaired)
    assert max(Counter(pair.rejected.id for pair in found.pairs).values(), default=1) == 1


@given(replies, wishes, st.randoms(use_true_random=False))
def test_order_does_not_matter(samples: list[Sample], wanted: Wanted, shuffler: random.Random) -> None:
    """The same replies give the same pairs and reasons in whatever order they come."""
    shuffled = list(samples)
    shuffler.shuffle(shuffled)
    assert match(shuffled, wanted) == match(samples, wanted)


@given(replies, wishes)
def test_no_pair_is_missed(samples: list[Sample], wanted: Wanted) -> None:
    """A problem with room left has no two unpaired replies, copies of others apart, that could have made a pair."""
    found = match(samples, wanted)
    left = [one for one in samples if "says the same" not in found.unpaired.get(one.id, "says the same")]
    if len(found.pairs) < wanted.max_per_problem:
        assert match(left, wanted).pairs == []


def _right(length: int, text: int) -> Sample:
    return _sample(100 + length, length, text, None, frozenset(GROUNDS))


def _wrong(length: int, text: int, place: int = 0) -> Sample:
    return _sample(place or length, length, text, "wrong_answer", frozenset())


def _paired(found: Matched) -> list[tuple[int, int]]:
    return [(pair.chosen.length, pair.rejected.length) for pair in found.pairs]


def _replies(right: list[int], wrong: list[int]) -> list[Sample]:
    """Return replies of some lengths, which no two of one sort may share."""
    return [_right(length, length) for length in right] + [_wrong(length, 100 + length) for length in wrong]


LENGTHS = [
    pytest.param([10], [21], {}, [], id="too long for the strategy's own ratio"),
    pytest.param([10], [20], {}, [(10, 20)], id="at the ratio"),
    pytest.param([20], [10], {}, [(20, 10)], id="at the ratio, the other way round"),
    pytest.param([21], [10], {}, [], id="too short"),
    pytest.param([10], [11], {"max_length_ratio": 1.05}, [], id="a ratio of the recipe"),
    pytest.param([10], [40], {"max_length_ratio": 4.0}, [(10, 40)], id="a wider one"),
    pytest.param([10, 80], [70], {}, [(80, 70)], id="the one of like length is chosen"),
    pytest.param([10, 12, 30], [], {"prefer": ("short_over_long",)}, [(10, 30)], id="shortest over longest"),
    pytest.param([10, 12, 25, 30], [], {"prefer": ("short_over_long",)}, [(10, 30), (12, 25)], id="and so on inwards"),
    pytest.param(
        [10, 12, 30],
        [],
        {"prefer": ("short_over_long",), "max_length_ratio": 1.5},
        [(10, 12)],
        id="shortest over the longest within the ratio",
    ),
]


@pytest.mark.parametrize("right,wrong,wanted,expected", LENGTHS)
def test_lengths(
    right: list[int], wrong: list[int], wanted: dict[str, object], expected: list[tuple[int, int]]
) -> None:
    """Lengths may differ by the ratio and no more, in either direction; short over long goes by them."""
    assert _paired(match(_replies(right, wrong), Wanted(**wanted))) == expected  # type: ignore[arg-type] # as the table has them


def test_a_chosen_reply_is_used_as_seldom_as_possible() -> None:
    """Two wrong replies stand against two right ones, and not against one of them."""
    found = match(_replies([10, 11], [12, 13]), Wanted())
    assert len({pair.chosen.id for pair in found.pairs}) == 2


_OTHER = Sample(id="f" * 32, length=10, text=77, dropped_by="refusal")
REASONS = [
    pytest.param(_replies([10], []), {}, ["the only reply to its problem"], id="alone"),
    pytest.param(_replies([10, 11], []), {}, ["no worse reply"] * 2, id="all right"),
    pytest.param(_replies([], [10, 11]), {}, ["no better reply"] * 2, id="all wrong"),
    pytest.param(
        _replies([10], [90]),
        {},
        ["every other reply that it could stand against is too long or too short (max_length_ratio)"] * 2,
        id="lengths",
    ),
    pytest.param(
        [*_replies([10], [11]), _OTHER],
        {},
        ["dropped by refusal, and no strategy asked for goes by that"],
        id="another fault",
    ),
    pytest.param(
        _replies([10], [11, 12]),
        {"max_per_problem": 1},
        ["its problem has as many pairs as it may (max_per_problem)"],
        id="full",
    ),
    pytest.param(
        _replies([10, 11], [12]), {}, ["every reply that it could stand against is in a pair already"], id="more"
    ),
    pytest.param(
        [*_replies([10], [11]), _wrong(11, 111, place=7)],
        {},
        ["says the same as another reply to its problem"],
        id="a copy",
    ),
    pytest.param(
        _replies([10, 11], []),
        {"prefer": ("short_over_long",), "max_length_ratio": 1.01},
        ["every other reply that it could stand against is too long or too short (max_length_ratio)"] * 2,
        id="short over long",
    ),
]


@pytest.mark.parametrize("samples,wanted,expected", REASONS)
def test_reasons(samples: list[Sample], wanted: Json, expected: list[str]) -> None:
    """Every reply that stands in no pair is said to, with the reason."""
    assert list(match(samples, Wanted(**wanted)).unpaired.values()) == expected


@pytest.mark.parametrize("prefer", ALL)
@pytest.mark.parametrize("lengths", ["alike", "apart"])
def test_a_problem_with_very_many_replies(prefer: str, lengths: str) -> None:
    """Forty thousand replies to one problem, which a hostile file may hold, are paired in the time of that many."""
    check = STRATEGIES[prefer].check
    samples = [
        _sample(
            place, 5 if lengths == "alike" else 2 ** (place % 60), place, (None, check)[place % 2], frozenset({check})
        )
        for place in range(40_000)
    ]
    start = time.process_time()
    match(samples, Wanted(prefer=(prefer,)))
    assert time.process_time() - start < 5
