"""What is generated is in step with what it is generated from."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def check(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the check that `make test` runs."""
    command = [sys.executable, str(root / "docs" / "build.py"), "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)


def test_generated_files_are_in_step() -> None:
    """Schemas and reference pages are what the code says now."""
    result = check(ROOT)
    assert result.returncode == 0, result.stderr


def test_drift_is_found(tmp_path: Path) -> None:
    """A schema or a page that was changed by hand is named."""
    for name in ("benchmarks", "curate", "docs", "recipes", "schemas"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "README.md").write_bytes((ROOT / "README.md").read_bytes())
    (tmp_path / "schemas").unlink()
    (tmp_path / "schemas").mkdir()
    for path in (ROOT / "schemas").iterdir():
        (tmp_path / "schemas" / path.name).write_bytes(path.read_bytes().replace(b"problem", b"problam", 1))
    (tmp_path / "docs").unlink()
    (tmp_path / "docs").mkdir()
    for path in (ROOT / "docs").glob("*.*"):
        (tmp_path / "docs" / path.name).write_bytes(path.read_bytes())
    result = check(tmp_path)
    assert result.returncode == 1
    assert "schemas/trace.v1.schema.json is out of step" in result.stderr
