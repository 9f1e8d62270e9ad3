"""Which plugins are loaded, from where, and what a result says of them."""

import hashlib
import json
import sys
from pathlib import Path

import pytest

import curate as api
from curate.checks import CHECKS
from curate.checks.plugins import checks_of, find_plugins, marked
from curate.pipeline.plan import plan_checks
from curate.recipe import load
from tests.commands.running import curate, curate_process
from tests.plugins.files import SORRY, judging, laid_out


def test_marking_does_not_wrap() -> None:
    """`@curate.check` returns the very function, with and without parentheses, and enters it nowhere."""

    def plain(_trace: api.Trace) -> api.Finding | None:
        return None

    before = dict(CHECKS)
    assert api.check(plain) is plain
    assert api.check(threshold="x")(plain) is plain
    found = marked(plain)
    assert found is not None
    assert found.judge is plain
    assert before == CHECKS


@pytest.mark.parametrize("thing", [len, api.Trace, "truncated"])
def test_marking_what_is_no_function(thing: object) -> None:
    """Only a function can be a check."""
    with pytest.raises(TypeError, match="a check is a function"):
        api.check(thing)  # type: ignore[call-overload]


@pytest.mark.parametrize("workers", [1, 2])
def test_filter_with_a_plugin(tmp_path: Path, workers: int) -> None:
    """A recipe's plugin judges in this and in other processes; manifest and stderr name it with its digest."""
    recipe = laid_out(tmp_path)
    words = ["filter", "rows.jsonl", "-r", recipe, "-o", "out", "--workers", workers, "--json"]
    done = curate_process(*words, cwd=tmp_path)
    assert done.code == 0, done.stderr
    told = json.loads(done.stdout)
    sha256 = hashlib.sha256(SORRY.encode()).hexdigest()
    assert told["dropped_by"] == {"truncated": 0, "apologies": 2}
    assert told["plugins"] == [{"name": "my_checks.py", "sha256": sha256}]
    assert done.stderr.count(f"loading plugin my_checks.py (sha256 {sha256[:12]})") == 1
    assert str(tmp_path) not in (tmp_path / "out" / "manifest.json").read_text()
    assert not (tmp_path / "__pycache__").exists()


def test_parameters_of_a_plugin(tmp_path: Path) -> None:
    """A recipe sets the parameters of a plugin's check, `when` and `undecided` like those of ours."""
    recipe = laid_out(tmp_path, checks=[{"apologies": {"max_times": 1, "when": {"domain": None}}}])
    (planned,) = plan_checks(load(str(recipe)))
    assert (planned.parameters, planned.when) == ({"max_times": 1}, {"domain": [None]})


WRONG_USE = {
    "unknown parameter": ([{"apologies": {"min_times": 1}}], "apologies takes max_times, when, undecided"),
    "wrong type": ([{"apologies": {"max_times": "x"}}], "should be a valid integer, not 'x'"),
    "unknown check": (["apologees"], "unknown check 'apologees'; there are "),
}


@pytest.mark.parametrize("checks,said", WRONG_USE.values(), ids=WRONG_USE)
def test_wrong_use(tmp_path: Path, checks: list[object], said: str) -> None:
    """What a recipe says wrong of a plugin's check is one located error, in `validate` as well."""
    recipe = laid_out(tmp_path, checks=checks)
    for words in (["filter", "rows.jsonl", "-r", recipe, "-o", "out"], ["validate", recipe]):
        done = curate(*words, cwd=tmp_path)
        assert done.code == (2 if words[0] == "filter" else 1)
        assert f"{recipe}:1: checks.0" in done.stderr
        assert said in done.stderr


def _elsewhere(folder: Path) -> Path:
    away = folder / "away"
    away.mkdir()
    (away / "evil.py").write_text(judging("return None"))
    return away


ESCAPES = ["../away/evil.py", "./link.py", "linked/evil.py", "{away}/evil.py", "./in/../../away/evil.py"]


@pytest.mark.parametrize("reference", ESCAPES)
def test_no_escape(tmp_path: Path, reference: str) -> None:
    """A plugin outside the recipe's folder is refused before a line of it runs, by whatever way it is named."""
    away = _elsewhere(tmp_path)
    home = tmp_path / "home"
    (home / "in").mkdir(parents=True)
    (home / "link.py").symlink_to(away / "evil.py")
    (home / "linked").symlink_to(away)
    recipe = laid_out(home, plugins=[reference.format(away=away)])
    (away / "evil.py").write_text("raise SystemExit('I ran')")
    done = curate("filter", home / "rows.jsonl", "-r", recipe, "-o", home / "out", cwd=tmp_path)
    assert done.code == 2
    assert "a plugin is loaded only from the recipe's own folder" in done.stderr
    assert "I ran" not in done.stderr
    assert not (home / "out").exists()


def test_a_link_within_the_folder(tmp_path: Path) -> None:
    """A folder below the recipe's, and a link that stays there, are fine; so is a link to the whole folder."""
    home = tmp_path / "home"
    (home / "checks").mkdir(parents=True)
    laid_out(home, plugins=["linked.py"])
    (home / "checks" / "mine.py").write_text(SORRY)
    (home / "linked.py").symlink_to("checks/mine.py")
    (tmp_path / "same").symlink_to(home)
    (planned,) = plan_checks(load(str(tmp_path / "same" / "recipe.yaml")))[1:]
    assert planned.plugin is not None
    assert planned.plugin.name == "checks/mine.py"


BAD = {
    "missing": (None, "there is no such Python file beside the recipe"),
    "no check": ("import curate\n", "it holds no check; mark a function with @curate.check"),
    "syntax": ("import curate\n\ndef (\n", "my_checks.py:3: could not be loaded: it raised SyntaxError"),
    "raises": ("\n1 / 0\n", "my_checks.py:2: could not be loaded: it raised ZeroDivisionError"),
    "leaves": ("raise SystemExit(0)\n", "could not be loaded: it raised SystemExit(0)"),
    "not UTF-8": ("x = '\udcff'\n", "could not be loaded: it raised SyntaxError"),
    "NUL": ("import curate\0", "could not be loaded: it raised "),
    "a name of ours": (judging("return None", "truncated"), "the name truncated is taken; curate itself has a check"),
    "a column": (judging("return None", "reason"), "no check can be called 'reason'"),
    "a column of rates": (judging("return None", "samples"), "no check can be called 'samples'"),
    "capitals": (judging("return None", "TooMany"), "'TooMany' is no name for a check"),
    "another shape": (judging("return None").replace("(trace)", "(trace, x=1)"), "odd takes the trace, and parameters"),
    "no default": (judging("return None").replace("(trace)", "(trace, *, max_x: int)"), "max_x has no default"),
    "no type": (judging("return None").replace("(trace)", "(trace, *, max_x=1)"), "max_x has no type"),
    "a key of every check": (judging("return None").replace("(trace)", "(trace, *, when: int = 1)"), "called 'when'"),
    "a type that is nowhere": (
        judging("return None").replace("(trace)", "(trace, *, max_x: 'Gone' = 1)"),
        "the parameters of odd have no usable types",
    ),
    "a default of another type": (
        judging("return None").replace("(trace)", "(trace, *, max_x: int = '1')"),
        "the default of odd's max_x: Input should be a valid integer",
    ),
    "no threshold": (judging("return None").replace("check\n", "check(threshold='x')\n"), "its threshold 'x'"),
}


@pytest.mark.parametrize("plugin,said", BAD.values(), ids=BAD)
def test_bad_plugin(tmp_path: Path, plugin: str | None, said: str) -> None:
    """A plugin that cannot be used is one located error with exit code 2, and nothing is written."""
    recipe = laid_out(tmp_path)
    (tmp_path / "my_checks.py").unlink()
    if plugin is not None:
        (tmp_path / "my_checks.py").write_bytes(plugin.encode("utf-8", "surrogateescape"))
    done = curate("filter", "rows.jsonl", "-r", recipe, "-o", "out", cwd=tmp_path)
    assert done.code == 2, done.stderr
    assert said in done.stderr
    assert done.stderr.splitlines()[-1].startswith(f"curate: {recipe}:1: plugins.0: ")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_two_plugins_with_one_name(tmp_path: Path) -> None:
    """Two plugins that call a check the same are refused, and both are named."""
    recipe = laid_out(tmp_path, plugins=["./my_checks.py", "other.py"])
    (tmp_path / "other.py").write_text(SORRY + "# another\n")
    done = curate("filter", "rows.jsonl", "-r", recipe, "-o", "out", cwd=tmp_path)
    assert "other.py: the name apologies is taken; my_checks.py has a check that is called so" in done.stderr


def test_postponed_annotations(tmp_path: Path) -> None:
    """Parameters are read in a file with `from __future__ import annotations` as well."""
    recipe = laid_out(tmp_path, "from __future__ import annotations\n" + SORRY)
    planned = plan_checks(load(str(recipe)))[1]
    assert planned.parameters == {"max_times": 0}


def test_a_plugin_that_changes(tmp_path: Path) -> None:
    """What runs is what was hashed: a file that has changed since is refused where it is loaded anew."""
    laid_out(tmp_path)
    (plugin,) = find_plugins(["./my_checks.py"], tmp_path)
    (tmp_path / "my_checks.py").write_text(SORRY + "\n# later\n")
    with pytest.raises(api.CurateError, match=r"my_checks\.py: changed while it was in use"):
        checks_of(plugin)
    (again,) = find_plugins(["./my_checks.py"], tmp_path)
    assert list(checks_of(again)) == ["apologies"]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages with one that has a plugin."""
    site = tmp_path / "site"
    (site / "acme-1.2.dist-info").mkdir(parents=True)
    (site / "acme-1.2.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.2\n")
    (site / "acme-1.2.dist-info" / "entry_points.txt").write_text("[curate.plugins]\nacme = acme_checks\n")
    (site / "acme_checks.py").write_text(SORRY)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.delitem(sys.modules, "acme_checks", raising=False)
    return site


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--checks", "truncated,apologies", "--workers", "1"], id="by the name of its check"),
        pytest.param(["--checks", "truncated,apologies", "--workers", "2"], id="in worker processes"),
        pytest.param(["-r", "recipe.yaml"], id="named in a recipe"),
    ],
)
def test_installed_plugin(tmp_path: Path, installed: Path, words: list[str]) -> None:
    """A check of an installed plugin is found by its name, or through the recipe, and is named with its version."""
    laid_out(tmp_path, plugins="acme")
    done = curate_process("filter", "rows.jsonl", *words, "-o", "out", "--json", cwd=tmp_path)
    assert done.code == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["dropped_by"]["apologies"] == 2
    assert told["plugins"][0]["name"] == "acme 1.2"
    assert "loading plugin acme 1.2 (sha256 " in done.stderr


def test_no_such_installed_plugin(tmp_path: Path, installed: Path) -> None:
    """A name that no installed package has is refused with those that there are, and how a file is written."""
    recipe = laid_out(tmp_path, plugins=["acne"])
    done = curate("validate", recipe, cwd=tmp_path)
    assert "no plugin 'acne' is installed; there are: acme. A file is written ./acne.py" in done.stderr


def test_installed_plugins_are_not_run_unasked(tmp_path: Path, installed: Path) -> None:
    """Nothing of an installed package runs where only our own checks are named."""
    laid_out(tmp_path)
    (installed / "acme_checks.py").write_text("raise SystemExit('I ran')")
    done = curate_process("filter", "rows.jsonl", "-o", "out", cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert "plugin" not in done.stderr


def test_a_run_keeps_its_plugin(tmp_path: Path) -> None:
    """A run keeps a copy of its plugins, so that the resolved recipe in its folder goes on from there."""
    recipe = laid_out(
        tmp_path,
        name="mine",
        problems={"from": "builtin", "families": {"arithmetic_chain": 4}},
        teacher={"model": "builtin/solver"},
    )
    first = curate("run", recipe, "-o", "run", "--json", cwd=tmp_path)
    assert first.code == 0, first.stderr
    assert first.stderr.count("loading plugin") <= 1
    (tmp_path / "my_checks.py").unlink()
    for _ in range(2):
        again = curate("run", "run/recipe.yaml", "-o", "run", "--json", cwd=tmp_path)
        assert again.code == 0, again.stderr
        assert "reusing 4 replies, sending 0" in again.stderr
        assert json.loads(again.stdout)["curated"]["plugins"][0]["name"] == "plugins/my_checks.py"
    assert sorted(path.name for path in (tmp_path / "run" / "plugins").rglob("*")) == ["my_checks.py"]
    assert curate("validate", "run", "run/recipe.yaml", cwd=tmp_path).code == 0
