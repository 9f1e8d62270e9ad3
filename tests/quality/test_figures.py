"""Figures of the checks: on labelled rows, on planted faults, and as they are committed."""

import pytest

from benchmarks.labels import ENTRIES, Entry, has, sources
from benchmarks.planted import ALSO, CAUGHT_BY, noisy_traces
from benchmarks.quality import NOISY, asked, load, measured, measured_planted, wrong
from curate.checks import CHECKS
from curate.figures import Figure, Share, worse
from curate.teachers.noise import FAULTS

MIN_RECALL = 0.98
MIN_PRECISION = 0.99

entries = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.check} on {entry.file}, {entry.rows}")


@entries
@pytest.mark.parametrize("source", ["sample", "full"])
def test_figure_reaches_what_is_asked(entry: Entry, source: str) -> None:
    """Each check reaches what is asked of it, on the committed sample always, on the full files where they are."""
    if source not in sources() or not has(entry, source):
        pytest.skip("these rows are not here")
    found = measured(entry, source)
    assert asked(found) == "", found


@entries
def test_no_figure_falls(entry: Entry) -> None:
    """On the committed sample no figure is worse than the committed one; a gain is written down by `make quality`."""
    if not has(entry, "sample"):
        pytest.skip("no sample of this file is committed")
    new = measured(entry, "sample")
    old = next(one for one in load() if same_rows(one, new))
    assert (new.faulty, new.sound) == (old.faulty, old.sound)
    assert not worse(new, old), f"{new} was {old}"


def same_rows(one: Figure, other: Figure) -> bool:
    """Say whether two figures are of one check on the same rows."""
    return (one.check, one.on, one.rows, one.source) == (other.check, other.on, other.rows, other.source)


def test_committed_figures_are_those_of_the_entries() -> None:
    """Every committed figure belongs to an entry or to a check of planted faults, and every entry has one."""
    known = {(entry.check, entry.file, entry.rows) for entry in ENTRIES}
    planted = {check for caught in CAUGHT_BY.values() for check in caught}
    committed = load()
    assert {(one.check, one.on, one.rows) for one in committed if one.source != "planted"} == known
    assert {one.check for one in committed if one.source == "planted"} == planted
    assert committed == sorted(committed)


@pytest.fixture(scope="module")
def planted() -> list[Figure]:
    """Return the figures on rows of the noisy teacher, fewer than `make quality` takes and of another seed."""
    return measured_planted(list(noisy_traces(problems_each=60, seed=2)))


def test_every_fault_has_a_check() -> None:
    """No fault is planted that nothing looks for."""
    assert set(FAULTS) == set(CAUGHT_BY)
    assert {check for checks in (*CAUGHT_BY.values(), *ALSO.values()) for check in checks} <= set(CHECKS)


def test_planted_faults_are_found(planted: list[Figure]) -> None:
    """Of each fault nearly all are found by its checks, and what a check drops is nearly always its own."""
    for one in planted:
        assert one.on == NOISY
        assert one.faulty >= 15, one
        assert one.recall.value >= MIN_RECALL, one
        assert one.precision.value >= MIN_PRECISION, one


def test_wrong_rows_are_told() -> None:
    """The rows that a check gets wrong are told with its reason, one for each that its figures count."""
    source = sources()[-1]
    figures = [measured(entry, source) for entry in ENTRIES if entry.check == "mixed_language" and has(entry, source)]
    told = [line for line in wrong("mixed_language") if not line.startswith(NOISY)]
    assert len(told) == sum(one.accused + one.faulty - one.found for one in figures)


@pytest.mark.parametrize(
    "count,of,low,high",
    [
        pytest.param(0, 10, 0.0, 0.2775, id="none"),
        pytest.param(10, 10, 0.7225, 1.0, id="all"),
        pytest.param(50, 100, 0.4038, 0.5962, id="half"),
        pytest.param(95, 100, 0.8882, 0.9785, id="most"),
        pytest.param(0, 0, 0.0, 1.0, id="of nothing"),
    ],
)
def test_wilson_bounds(count: int, of: int, low: float, high: float) -> None:
    """The bounds are those of the Wilson score interval, as tables of it give them."""
    assert Share(count, of).bounds == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(
    "found,accused,is_worse",
    [
        pytest.param(9, 0, False, id="the same"),
        pytest.param(10, 0, False, id="better"),
        pytest.param(8, 0, True, id="misses one more"),
        pytest.param(9, 1, True, id="accuses one more"),
        pytest.param(10, 1, True, id="pays for one with another"),
    ],
)
def test_worse(found: int, accused: int, *, is_worse: bool) -> None:
    """A figure has fallen when one more is missed or accused, whatever else it gained."""

    def figure(found: int, accused: int) -> Figure:
        return Figure("looping", "f", "all", "sample", 10, found, 10, accused)

    assert worse(figure(found, accused), figure(9, 0)) is is_worse
