"""The recipe written out with every default, the recipes that we ship, and what a name in one resolves to."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.checks import DEFAULT_CHECKS
from curate.pipeline.exporting.planning import plan_outputs
from curate.pipeline.generating.teaching import plan_teachers, require_generating
from curate.pipeline.plan import plan_checks, plan_schema
from curate.recipe import load, load_text, shipped_recipes
from curate.recipe.dump import resolved_yaml
from curate.recipe.shape import Recipe
from curate.records import Problem, Sampling, Trace
from curate.shipped import shelf
from tests.recipes.cases import SMALL, planned

NAMES = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)
SPLITS = st.from_regex(r"[a-z0-9][a-z0-9_]{0,20}", fullmatch=True).filter(lambda name: name not in {"train", "all"})
SHARES = st.floats(0, 0.3)
SECONDS = st.floats(0.001, 1e6)
DOLLARS = st.floats(0, 1e6, width=32) | st.decimals(0, 1000, places=4).map(float) | st.integers(0, 10)
TEXT = st.text(max_size=20) | st.sampled_from(
    [
        "no",
        "null",
        "~",
        "1",
        "1.0",
        "1e3",
        "0x1f",
        "0o7",
        "2026-01-31",
        "",
        " ",
        "a: b",
        "- a",
        "#",
        "\x00\x85",
        "\x85",
        "a\u2028 \u2029b",
        "a\n\n b ",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
BUILTIN = st.fixed_dictionaries(
    {
        "from": st.just("builtin"),
        "families": st.dictionaries(
            TEXT,
            st.integers(1, 9) | st.fixed_dictionaries({"count": st.integers(1), "difficulty": st.just([1, 3])}),
            min_size=1,
            max_size=2,
        ),
    }
)
FILES = st.fixed_dictionaries(
    {"from": st.just("file"), "path": st.sampled_from(["p.jsonl", "../a b/\u00e9.jsonl", "/p"])},
    optional={"map": st.dictionaries(TEXT, TEXT)},
)
TEACHERS = st.fixed_dictionaries(
    {"model": st.sampled_from(["builtin/solver", "a/b/c:d"])},
    optional={
        "temperature": st.floats(0, 2),
        "top_p": st.floats(0.1, 1),
        "seed": st.integers(-(2**63), 2**63 - 1),
        "max_tokens": st.integers(1, 10**7),
        "samples": st.integers(1, 9),
        "resample_until": st.sampled_from([{"max_samples": 10}, {"correct": 2, "max_samples": 16}, None]),
        "extra_body": st.dictionaries(TEXT, VALUES, max_size=2),
        "base_url": st.sampled_from(["http://localhost:8000/v1", ["http://a/v1", "http://b/v1"]]),
        "api_key_env": st.sampled_from(["A_KEY", "_key2"]),
        "reasoning_effort": TEXT,
        "stream": st.sampled_from(["auto", True, False]),
        "max_concurrency": st.integers(1, 999),
        "timeout": SECONDS,
        "total_timeout": SECONDS,
        "requests_per_minute": st.integers(1, 10**6),
        "tokens_per_minute": SECONDS,
        "on_truncated": st.sampled_from(["keep", "retry", {"retry": {"factor": 1.5, "max_tokens": 9}}, {"retry": {}}]),
        "price": st.fixed_dictionaries({"input": DOLLARS, "output": DOLLARS}),
        "weight": SECONDS,
    },
)
CHECKS = st.sampled_from(["truncated", "final-answer-only"]) | st.dictionaries(
    TEXT, st.none() | st.dictionaries(TEXT, VALUES, max_size=2), min_size=1, max_size=1
)
OUTPUTS = st.fixed_dictionaries(
    {},
    optional={
        "format": TEXT,
        "shard_rows": st.integers(1),
        "splits": st.dictionaries(SPLITS, SHARES, max_size=3),
        "system": TEXT,
        "user": st.sampled_from(["problem", "prompt"]),
    },
)
PROMPTS = st.fixed_dictionaries({"style": TEXT}, optional={"name": NAMES, "system": TEXT})
RECIPES = st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES,
        "seed": st.integers(-(2**63), 2**63 - 1),
        "problems": BUILTIN | st.lists(BUILTIN | FILES, max_size=2),
        "teacher": TEACHERS | st.lists(TEACHERS, max_size=2),
        "budget": st.fixed_dictionaries({}, optional={"max_cost": DOLLARS}),
        "prompt": PROMPTS | st.lists(PROMPTS, min_size=1, max_size=2),
        "checks": CHECKS | st.lists(CHECKS, max_size=3),
        "output": OUTPUTS | st.lists(OUTPUTS, max_size=2),
        "schema": TEXT,
        "expect": st.fixed_dictionaries({}, optional={"min_kept_share": SHARES, "max_failed_share": SHARES}),
    },
)


@settings(max_examples=60)
@given(RECIPES)
def test_resolved_recipe_is_the_same_recipe(plain: dict[str, Any]) -> None:
    """The recipe that a run keeps beside its rows loads to the very recipe that made them, whatever it holds."""
    recipe = Recipe.model_validate({"checks": [], **plain})
    written = resolved(recipe)
    again = load_text(written, name="recipe.yaml", base=Path()).recipe
    assert again == recipe
    assert again.fingerprint() == recipe.fingerprint()
    assert resolved(again) == written


def resolved(recipe: Recipe) -> str:
    """Return a recipe with every default filled in, to stand where it stood."""
    return resolved_yaml(recipe, recipe.checks or (), Path(), Path()).decode("utf-8")


def test_resolved_paths_lead_to_the_same_files(tmp_path: Path) -> None:
    """Paths of a resolved recipe are relative to where it is going to stand; names of shipped schemas stay names."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own.json").write_text("{}", "utf-8")
    text = "problems: [{from: file, path: p.jsonl}, {from: file, path: /data/q.jsonl}]\nschema: own.json\n"
    for schema, written in (("own.json", "../../mine/own.json"), ("trace.v1", "trace.v1")):
        loaded = load_text(text.replace("own.json", schema), name="r", base=tmp_path / "mine")
        moved = resolved_yaml(loaded.recipe, (), loaded.base, tmp_path / "out" / "run").decode()
        again = load_text(moved, name="r", base=tmp_path / "out" / "run").recipe
        assert again.schema_ == written
        paths = [tmp_path / "out" / "run" / problems.path for problems in again.problems if problems.kind == "file"]
        (tmp_path / "out" / "run").mkdir(parents=True, exist_ok=True)
        assert [path.resolve() for path in paths] == [tmp_path / "mine" / "p.jsonl", Path("/data/q.jsonl")]


@pytest.mark.parametrize("name", shipped_recipes())
def test_shipped_recipes_plan(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every shipped recipe is found from anywhere, every name in it exists, and it loads again once resolved."""
    monkeypatch.chdir(tmp_path)
    loaded = load(name)
    require_generating(loaded)
    assert plan_teachers(loaded)
    assert [check.name for check in plan_checks(loaded)] == [check.name for check in loaded.recipe.checks or ()]
    assert loaded.recipe.name == name
    again = load_text(resolved(loaded.recipe), name="recipe.yaml", base=Path())
    assert again.recipe == loaded.recipe


def test_a_file_wins_over_a_shipped_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the way is taken instead of the shipped recipe of the same name; a folder is not."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "solver").write_text("name: mine\n", "utf-8")
    (tmp_path / "quickstart").mkdir()
    assert load("solver").recipe.name == "mine"
    assert load("quickstart").recipe.name == "quickstart"


def test_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    """A recipe saved by an editor of another system loads."""
    path = tmp_path / "r.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load(str(path)).recipe == load_text(SMALL, name="r", base=Path()).recipe


def test_yaml_is_1_2() -> None:
    """Words that YAML 1.1 took for booleans and dates are texts; aliases repeat their value."""
    recipe = load_text("name: no\nseed: &s 012\nteacher: {model: on/off, seed: *s}\n", name="r", base=Path()).recipe
    assert (recipe.name, recipe.seed, recipe.teacher[0].model, recipe.teacher[0].seed) == ("no", 12, "on/off", 12)
    assert load_text("name: 2026-01-31\n", name="r", base=Path()).recipe.name == "2026-01-31"
    flags = load_text("teacher: {model: a/b, extra_body: {a: &t true, b: *t}}", name="r", base=Path()).recipe
    assert flags.teacher[0].extra_body == {"a": True, "b": True}


FINGERPRINTS = {
    "name": "name=other",
    "seed": "seed=1",
    "problems": "problems.families.arithmetic_chain=3",
    "teacher": "teacher.samples=2",
    "checks": "checks=[truncated]",
    "output": "output.system=hello",
    "expect": "expect.min_kept_share=0.1",
    "extra body": "teacher.extra_body.faults={}",
}


@pytest.mark.parametrize("typed", FINGERPRINTS.values(), ids=FINGERPRINTS)
def test_fingerprint_sees_everything(typed: str) -> None:
    """Whatever a recipe says changes its fingerprint; writing out a default does not."""
    plain = load_text(SMALL, name="r", base=Path()).recipe
    assert load_text(SMALL, name="r", base=Path(), overrides=[typed]).recipe.fingerprint() != plain.fingerprint()
    spelled = load_text(SMALL, name="other", base=Path("/"), overrides=["seed=0", "teacher.max_tokens=4096"]).recipe
    assert spelled.fingerprint() == plain.fingerprint()


def test_defaults() -> None:
    """Without `checks`, `output` and `prompt` come the default checks, `messages` and `zero_shot_cot`."""
    loaded = planned(SMALL)
    assert tuple(check.name for check in plan_checks(loaded)) == DEFAULT_CHECKS
    assert [output.format for output in plan_outputs(loaded)] == ["messages"]
    assert [prompt.style for prompt in loaded.recipe.prompt] == ["zero_shot_cot"]
    assert plan_checks(planned(SMALL + "checks: []\n")) == ()


WHEN: dict[str, tuple[str, bool]] = {
    "a value": ("{domain: math}", True),
    "another value": ("{domain: logic}", False),
    "a list with it": ("{domain: [logic, math]}", True),
    "two fields": ("{domain: math, difficulty: [1, 2]}", True),
    "one of two fields": ("{domain: math, difficulty: 3}", False),
    "a field without a value": ("{family: syllogism}", False),
    "the model": ("{model: solver}", True),
}


@pytest.mark.parametrize("when,applies", WHEN.values(), ids=WHEN)
def test_when(when: str, applies: bool) -> None:  # noqa: FBT001 - a column of the table
    """`when` limits a check to rows whose every named field has one of the values."""
    problem = Problem(id="p", text="t", domain="math", difficulty=2)
    trace = Trace(id="t", problem=problem, teacher=Sampling(model="solver"))
    (check,) = plan_checks(planned(f"{SMALL}checks: [wrong-answer: {{when: {when}}}]\n"))
    assert check.applies_to(trace) is applies


def test_own_schema_is_found_beside_the_recipe(tmp_path: Path) -> None:
    """A recipe's own schema is looked up in the recipe's folder, a shipped one by its name."""
    (tmp_path / "own.json").write_text('{"required": ["premises"]}', "utf-8")
    own = plan_schema(planned(SMALL + "schema: own.json\n", base=tmp_path))
    shipped = plan_schema(planned(SMALL + "schema: problem.v1\n", base=tmp_path))
    assert own is not None
    assert shipped is not None
    assert (own.accepts({}), own.accepts({"premises": []})) == (False, True)
    assert shipped.accepts({"id": "a", "text": "b"})


def test_a_copy_of_a_shipped_recipe_finds_its_schema(tmp_path: Path) -> None:
    """A copy of a shipped recipe finds the schema beside the original; a file of that name beside the copy wins."""
    text = (shelf("recipes") / "stoichiometry.yaml").read_text("utf-8")
    assert plan_schema(load_text(text, name="my.yaml", base=tmp_path)) is not None
    (tmp_path / "stoichiometry.schema.json").write_text('{"title": "mine"}', "utf-8")
    mine = plan_schema(load_text(text, name="my.yaml", base=tmp_path))
    assert mine is not None
    assert mine.document == {"title": "mine"}
