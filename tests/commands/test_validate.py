"""`validate`: files line by line, folders against their manifest, recipes against what exists."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.running import curate


@pytest.fixture
def run(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished run, to be damaged."""
    return Path(shutil.copytree(finished, tmp_path / "run"))


def test_files_line_by_line(finished: Path, tmp_path: Path) -> None:
    """Every line that breaks the schema, or is no JSON, is named with file, line and fault; good ones are passed."""
    good = (finished / "traces" / "part-00000.jsonl").read_bytes().splitlines()[0].decode()
    wrong = good.replace('"sample":0', '"sample":"zero"')
    lines = [good, wrong, "", '{"id": ', "[1]", good, good.replace('"schema_version":1', '"schema_version":2')]
    (tmp_path / "f.jsonl").write_text("\n".join(lines), "utf-8")
    done = curate("validate", "f.jsonl", cwd=tmp_path)
    assert done.code == 1
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "f.jsonl:2",
        "f.jsonl:4",
        "f.jsonl:5",
        "f.jsonl:7",
        "curate",
    ]
    assert "f.jsonl:2: /sample: 'zero' is not of type 'integer'" in done.stderr
    assert "f.jsonl:4: broken JSON" in done.stderr
    assert "f.jsonl:5: an array, not an object" in done.stderr
    assert "f.jsonl:7: /schema_version: 2 is not one of [1]" in done.stderr
    assert done.stderr.endswith("curate: f.jsonl: 4 faults\n")


def test_many_faults_are_summed_up(tmp_path: Path) -> None:
    """Of many faults the first fifty are shown and all are counted."""
    (tmp_path / "f.jsonl").write_text("{}\n" * 120, "utf-8")
    done = curate("validate", "f.jsonl", "--json", cwd=tmp_path)
    assert "f.jsonl:50: " in done.stderr
    assert "f.jsonl:51: " not in done.stderr
    assert "f.jsonl: and 70 more" in done.stderr
    assert json.loads(done.stdout)["faults"] == {"f.jsonl": 120}


def test_another_schema(tmp_path: Path) -> None:
    """`--schema` takes the name of a shipped schema, or a file."""
    (tmp_path / "p.jsonl").write_text('{"id": "a", "text": "What?"}\n', "utf-8")
    (tmp_path / "own.json").write_text('{"required": ["premises"]}', "utf-8")
    assert curate("validate", "p.jsonl", "--schema", "problem.v1", cwd=tmp_path).stderr == "sound\n"
    done = curate("validate", "p.jsonl", "--schema", "own.json", cwd=tmp_path)
    assert done.stderr.startswith("p.jsonl:1: /: 'premises' is a required property\n")


def test_several_targets(finished: Path, tmp_path: Path) -> None:
    """Several targets are all judged, and each has its count."""
    (tmp_path / "f.jsonl").write_text("{}\n{}\n", "utf-8")
    done = curate("validate", finished, "quickstart", "f.jsonl", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["faults"] == {str(finished): 0, "quickstart": 0, "f.jsonl": 2}
    assert done.code == 1


def _edit_manifest(path: Path, change: Callable[[dict[str, dict[str, int]]], object]) -> None:
    manifest = json.loads(path.read_bytes())
    change(manifest)
    path.write_text(json.dumps(manifest), "utf-8")


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte was changed": (
        lambda run: _change_a_byte(run / "traces" / "part-00000.jsonl"),
        "run/traces/part-00000.jsonl: not what the manifest says",
    ),
    "a line is missing": (
        lambda run: _cut_a_line(run / "curated" / "kept" / "part-00000.jsonl"),
        "run/curated/kept/part-00000.jsonl: not what the manifest says",
    ),
    "a file is missing": (
        lambda run: (run / "curated" / "messages" / "train-00000-of-00001.jsonl").unlink(),
        "run/curated/messages/train-00000-of-00001.jsonl: missing",
    ),
    "samples": (
        lambda run: _edit_manifest(run / "manifest.json", lambda m: m["samples"].update(pending=1)),
        "run: samples do not add up",
    ),
    "rows": (
        lambda run: _edit_manifest(run / "curated" / "manifest.json", lambda m: m["rows"].update(dropped=0)),
        "run/curated: rows do not add up",
    ),
    "dropped by": (
        lambda run: _edit_manifest(run / "curated" / "manifest.json", lambda m: m["dropped_by"].update(truncated=99)),
        "run/curated: rows do not add up",
    ),
    "lines": (
        lambda run: _edit_manifest(run / "curated" / "manifest.json", lambda m: m["lines"].update(blank=7)),
        "run/curated: lines do not add up",
    ),
}


def _change_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-10] ^= 1
    path.write_bytes(data)


def _cut_a_line(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize("damage,said", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_folder(run: Path, damage: Callable[[Path], object], said: str) -> None:
    """A folder of ours whose files or sums are not what its manifest says is told so, by the name of what is wrong."""
    damage(run)
    done = curate("validate", "run", cwd=run.parent)
    assert done.code == 1
    assert [line for line in done.stderr.splitlines() if said in line]
    assert done.stderr.endswith("curate: run: 1 faults\n")


def test_a_whole_folder(finished: Path, tmp_path: Path) -> None:
    """A run and its curated result are sound as they were written."""
    done = curate("validate", finished, finished / "curated", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "sound\n")


def test_recipes(tmp_path: Path) -> None:
    """A recipe is sound when all that it names exists; one for filtering alone needs no teacher."""
    (tmp_path / "filter.yaml").write_text("checks: [truncated]\n", "utf-8")
    (tmp_path / "wrong.yml").write_text("checks: [truncated, trunctated]\n", "utf-8")
    (tmp_path / "half.yaml").write_text("name: a\nteacher: {model: builtin/solver}\n", "utf-8")
    done = curate("validate", "filter.yaml", "wrong.yml", "half.yaml", "solver", cwd=tmp_path)
    assert done.code == 1
    assert "wrong.yml:1: checks.1: unknown check 'trunctated'" in done.stderr
    assert "half.yaml:1: problems: this key is needed to generate" in done.stderr
    assert done.stderr.endswith("curate: wrong.yml: 1 faults; half.yaml: 1 faults\n")
