"""What an undisturbed run comes to, for others to be held against."""

from pathlib import Path

import pytest

from tests.generating.running import LARGE, run_here, shards


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the large recipe's run when nothing disturbs it."""
    folder = tmp_path_factory.mktemp("undisturbed") / "run"
    run_here(folder, LARGE)
    return shards(folder)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the large recipe in it."""
    (tmp_path / "large.yaml").write_text(LARGE, "utf-8")
    return tmp_path
