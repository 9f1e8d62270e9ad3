"""The wheel, installed outside the checkout, is the whole tool."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        check=True,
        cwd=ROOT,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_wheel_carries_what_the_tool_reads(wheel: Path) -> None:
    """The package with its data, schemas, recipes and measured figures travel in the wheel, and nothing else does."""
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("curate-")}
    package = [path for path in (ROOT / "curate").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    shipped = [*(ROOT / "schemas").iterdir(), *(ROOT / "recipes").iterdir(), ROOT / "benchmarks" / "quality.json"]
    carried = {path.relative_to(ROOT).as_posix() for path in package}
    assert names == carried | {f"curate/_shipped/{path.relative_to(ROOT).as_posix()}" for path in shipped}


def test_installed_wheel_runs_quickstart(wheel: Path, tmp_path: Path) -> None:
    """Installed in an environment of its own, it runs the quickstart in an empty folder and leaves whole results."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    zipfile.ZipFile(wheel).extractall(site)
    borrowed = site / "borrowed.pth"
    borrowed.write_text(sysconfig.get_path("purelib") + "\n")
    work = tmp_path / "work"
    work.mkdir()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the installed command away from the checkout."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        command = [str(python), "-m", "curate", *arguments]
        return subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)

    where = subprocess.run(
        [str(python), "-c", "import curate; print(curate.__file__)"],
        cwd=work,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(site) in where.stdout
    done = run("run", "quickstart", "--limit", "60", "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["generated"]["samples"] == {"planned": 120, "traces": 120, "failed": 0, "pending": 0}
    assert run("validate", "datasets_out/quickstart").returncode == 0
    assert "trace.v1" in run("schemas").stdout
