"""Where a run's ledger is: in its folder, or behind a link there when it cannot be, or another place is wished for."""

import os
from collections.abc import Callable
from pathlib import Path

from curate.digests import digest
from curate.errors import DataError, LedgerError
from curate.layout import LEDGER
from curate.ledger import Ledger
from curate.mounts import network_kind
from curate.protocols import Notice


def place_of_ledger(
    folder: Path, wished: Path | None, notice: Notice, *, kind_of: Callable[[Path], str | None] = network_kind
) -> Path:
    """Return the file of a run's ledger; where that is not in the run's folder, a link is left there.

    Args:
        folder: The run's folder.
        wished: Where the ledger shall be; None for the run's folder.
        notice: Told when another place is taken because the folder lies on a network.
        kind_of: Returns the kind of network file system that a path lies on, or None.

    Raises:
        LedgerError: The run has its ledger somewhere else, or no place can be found.
    """
    link = folder / LEDGER
    if link.is_symlink() or link.exists():
        return _there_already(link, wished)
    if wished is not None:
        return _linked(link, wished)
    kind = kind_of(folder)
    if kind is None:
        return link
    place = _place_of_this_machine(folder, kind_of)
    notice(
        f"{folder} lies on a network ({kind}), where a ledger could be damaged; it is kept in {place}, "
        "or where --ledger says"
    )
    return _linked(link, place)


def _there_already(link: Path, wished: Path | None) -> Path:
    place = link.resolve()
    if wished is not None and wished.resolve() != place:
        raise LedgerError(f"the ledger of this run is {place}; move it there yourself, or leave --ledger out")
    if link.is_symlink() and not place.exists():
        raise LedgerError(f"the ledger of this run is {place}, which is gone, or on another machine")
    return place


def _linked(link: Path, place: Path) -> Path:
    """Make the file, so that the link never leads nowhere, and the link."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
        link.symlink_to(place.resolve())
    except OSError as error:
        raise LedgerError(f"the ledger cannot be kept in {place}: {error.strerror}") from error
    return place.resolve()


def _place_of_this_machine(folder: Path, kind_of: Callable[[Path], str | None]) -> Path:
    """Return a file for the ledger of this very folder that lies on no network."""
    homes = [Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"), Path("/var/tmp")]  # noqa: S108 - outlives a restart; the file is named for the folder and refused if it is no ledger
    for home in homes:
        if kind_of(home) is None:
            return home / "curate" / f"{folder.name}-{digest(str(folder.resolve()))[:12]}.sqlite"
    raise LedgerError(f"{folder} lies on a network, and so does every place that is known; say one with --ledger")


def other_ledger(run: Path) -> Ledger:
    """Return the ledger of another run, for reading.

    Raises:
        DataError: There is none.
    """
    file = run / LEDGER if run.is_dir() else run
    if not file.exists():
        raise DataError(f"{run} holds no run whose replies could be reused: there is no {file.name}")
    return Ledger(file.resolve(), readonly=True)
