"""Where a run's ledger lies, and whose replies are taken over."""

from pathlib import Path

import pytest

from curate.errors import DataError, LedgerError
from curate.ledger import Ledger
from curate.pipeline.generating.generate import GenerateOptions, dry_run, generate
from curate.pipeline.generating.ledgers import place_of_ledger
from curate.protocols import Silent
from curate.recipe import load_text
from tests.generating.running import RECIPE, attempts, run_here, traces

HIGH = "teacher.max_tokens=4096"


def run(folder: Path, options: GenerateOptions, *overrides: str) -> list[str]:
    """Generate with options; returns what was said."""
    said: list[str] = []
    loaded = load_text(RECIPE, name="r.yaml", base=Path(), overrides=overrides)
    generate(loaded, folder, options, progress=Silent(), notice=said.append)
    return said


def test_another_place(tmp_path: Path) -> None:
    """With `--ledger` the ledger lies there, every later command finds it, and it may not be named differently then."""
    folder, file = tmp_path / "run", tmp_path / "elsewhere" / "mine.sqlite"
    run(folder, GenerateOptions(ledger=file))
    before = traces(folder)
    with Ledger(file, readonly=True) as ledger:
        assert ledger.tally().replies == 16
    assert (folder / "ledger.sqlite").resolve() == file
    assert run(folder, GenerateOptions()) == ["reusing 16 replies, sending 0"]
    assert run(folder, GenerateOptions(ledger=file)) == ["reusing 16 replies, sending 0"]
    assert traces(folder) == before
    with pytest.raises(LedgerError, match=r"the ledger of this run is .*mine\.sqlite; move it there yourself"):
        run(folder, GenerateOptions(ledger=tmp_path / "other.sqlite"))


def test_a_ledger_that_is_gone(tmp_path: Path) -> None:
    """A ledger elsewhere that is no longer there is an error, not an empty one to be paid for again."""
    folder, file = tmp_path / "run", tmp_path / "mine.sqlite"
    run(folder, GenerateOptions(ledger=file))
    file.unlink()
    with pytest.raises(LedgerError, match=r"mine\.sqlite, which is gone, or on another machine"):
        run(folder, GenerateOptions())


def on_a_network(path: Path) -> str | None:
    """Say that everything below a folder called `share` lies on a network."""
    return "nfs4" if "share" in path.parts else None


def test_on_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a network file system another place is taken and said; the next command takes the same one."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "share" / "run"
    folder.mkdir(parents=True)
    said: list[str] = []
    place = place_of_ledger(folder, None, said.append, kind_of=on_a_network)
    assert place.is_relative_to(tmp_path / "state" / "curate")
    assert (folder / "ledger.sqlite").resolve() == place
    (sentence,) = said
    assert sentence.startswith(
        f"{folder} lies on a network (nfs4), where a ledger could be damaged; it is kept in {place}"
    )
    assert place_of_ledger(folder, None, said.append, kind_of=on_a_network) == place
    assert len(said) == 1


def test_two_runs_on_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of the same name in two folders do not share a ledger."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    places = set()
    for name in ("a", "b"):
        folder = tmp_path / "share" / name / "run"
        folder.mkdir(parents=True)
        places.add(place_of_ledger(folder, None, lambda _: None, kind_of=on_a_network))
    assert len(places) == 2


def test_reusing_another_run(tmp_path: Path) -> None:
    """`--reuse` takes over what another run has, sends the rest, and ends with the rows of asking for all."""
    run_here(tmp_path / "old", overrides=["teacher.samples=1"])
    before = attempts(tmp_path / "old")
    options = GenerateOptions(reuse=(tmp_path / "old",))
    loaded = load_text(RECIPE, name="r.yaml", base=Path())
    planned = dry_run(loaded, tmp_path / "new", options)
    assert (planned.reused, planned.to_send) == (8, 8)
    assert not (tmp_path / "new").exists()
    assert run(tmp_path / "new", options) == ["reusing 8 replies, sending 8"]
    run_here(tmp_path / "asked")
    assert traces(tmp_path / "new") == traces(tmp_path / "asked")
    assert attempts(tmp_path / "old") == before
    assert run(tmp_path / "new", GenerateOptions()) == ["reusing 16 replies, sending 0"]


def test_reusing_what_was_cut_off(tmp_path: Path) -> None:
    """Replies of another run that were cut off below the limit are not taken over."""
    run_here(tmp_path / "old", overrides=["teacher.max_tokens=60"])
    cut = sum(trace.finish_reason == "length" for trace in traces(tmp_path / "old"))
    assert 0 < cut < 16
    said = run(tmp_path / "new", GenerateOptions(reuse=(tmp_path / "old",)), HIGH)
    assert said == [f"reusing {16 - cut} replies, sending {cut}"]


def test_reusing_nothing(tmp_path: Path) -> None:
    """A folder without a run is an error of the user's, before anything is made."""
    with pytest.raises(DataError, match=r"holds no run whose replies could be reused: there is no ledger\.sqlite"):
        run(tmp_path / "new", GenerateOptions(reuse=(tmp_path,)))
    assert not (tmp_path / "new").exists()


def test_what_another_run_paid_is_not_ours(tmp_path: Path) -> None:
    """Replies that are taken over count for nothing in our budget."""
    run_here(tmp_path / "old")
    run(tmp_path / "new", GenerateOptions(reuse=(tmp_path / "old",)))
    with Ledger(tmp_path / "new" / "ledger.sqlite", readonly=True) as ledger:
        assert ledger.tally().cost == 0
        key = traces(tmp_path / "new")[0].origin.request
        assert key is not None
        assert [attempt.reused for attempt in ledger.attempts(key)] == [True]
