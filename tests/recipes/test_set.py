"""`--set key=value`: overrides any key of a recipe; items of a list are addressed by name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.errors import InputError, RecipeError, UsageError
from curate.recipe import load, load_text
from curate.recipe.checks import CheckUse
from curate.recipe.problems import BuiltinProblems
from curate.recipe.shape import Recipe
from tests.recipes.cases import SMALL, planned

TWO_TEACHERS = "teacher:\n- {model: builtin/solver}\n- {model: builtin/noisy, samples: 2}\n"
CHECKS = "checks: [truncated, {final-answer-only: {min_words: 9}}, wrong_answer]\n"
OUTPUTS = "output:\n- {format: messages}\n- {format: prompt-completion, shard_rows: 9}\n"

Look = Callable[[Recipe], object]


def extra_body(recipe: Recipe) -> object:
    """Return the extra body of the first teacher."""
    return recipe.teacher[0].extra_body


def families(recipe: Recipe) -> dict[str, int]:
    """Return the number of problems of each family."""
    (source,) = recipe.problems
    assert isinstance(source, BuiltinProblems)
    return {name: use.count for name, use in source.families.items()}


def parameters(name: str) -> Look:
    """Return a look at the parameters of one check."""
    return lambda recipe: next(check.parameters for check in recipe.checks or () if check.name == name)


SETS: dict[str, tuple[str, str, Look, object]] = {
    "top": ("name: a\n", "seed=5", lambda r: r.seed, 5),
    "replaces": ("seed: 1\n", "seed=5", lambda r: r.seed, 5),
    "nested": ("teacher: {model: a/b}\n", "teacher.samples=3", lambda r: r.teacher[0].samples, 3),
    "makes what is on the way": ("name: a\n", "expect.min_kept_share=0.5", lambda r: r.expect.min_kept_share, 0.5),
    "below an empty key": (
        "teacher: {model: a/b, extra_body: }\n",
        "teacher.extra_body.a.b=1",
        extra_body,
        {"a": {"b": 1}},
    ),
    "a whole mapping": ("teacher: {model: a/b}\n", "teacher={model: c/d, seed: 3}", lambda r: r.teacher[0].seed, 3),
    "a whole list": (CHECKS, "checks=[missing_answer]", lambda r: r.checks, (CheckUse(name="missing_answer"),)),
    "a list longer than before": (
        "checks: [truncated]\n",
        "checks=[truncated, missing_answer]",
        lambda r: len(r.checks or ()),
        2,
    ),
    "a family": (SMALL, "problems.families.arithmetic_chain=7", families, {"arithmetic_chain": 7}),
    "another family": (SMALL, "problems.families.syllogism=7", families, {"arithmetic_chain": 2, "syllogism": 7}),
    "a value with equals signs": ("teacher: {model: a/b}\n", "teacher.extra_body.x=a=b", extra_body, {"x": "a=b"}),
    "an empty value is null": ("teacher: {model: a/b, seed: 3}\n", "teacher.seed=", lambda r: r.teacher[0].seed, None),
    "no stays a text": ("name: a\n", "name=no", lambda r: r.name, "no"),
    "a date stays a text": ("name: a\n", "name=2026-01-31", lambda r: r.name, "2026-01-31"),
    "bare name": (CHECKS, "checks.truncated.min_words=3", parameters("truncated"), {"min_words": 3}),
    "bare name, all parameters": (CHECKS, "checks.truncated={min_words: 3}", parameters("truncated"), {"min_words": 3}),
    "bare name without a list": (
        "checks: truncated\n",
        "checks.truncated.min_words=3",
        parameters("truncated"),
        {"min_words": 3},
    ),
    "mapping without a list": (
        "checks: {truncated: {}}\n",
        "checks.truncated.min_words=3",
        parameters("truncated"),
        {"min_words": 3},
    ),
    "the only check": (
        "checks: [truncated]\n",
        "checks.truncated.min_words=3",
        parameters("truncated"),
        {"min_words": 3},
    ),
    "hyphens in the recipe": (
        CHECKS,
        "checks.final_answer_only.min_words=3",
        parameters("final_answer_only"),
        {"min_words": 3},
    ),
    "hyphens on the command line": (
        CHECKS,
        "checks.wrong-answer.undecided=drop",
        parameters("wrong_answer"),
        {"undecided": "drop"},
    ),
    "hyphens, the only check": (
        "checks: [wrong_answer]\n",
        "checks.wrong-answer.undecided=drop",
        parameters("wrong_answer"),
        {"undecided": "drop"},
    ),
    "hyphens, the only check has parameters": (
        "checks: [{wrong_answer: {when: {domain: math}}}]\n",
        "checks.wrong-answer.undecided=drop",
        parameters("wrong_answer"),
        {"when": {"domain": "math"}, "undecided": "drop"},
    ),
    "a parameter of when": (
        CHECKS,
        "checks.truncated.when.domain=[math]",
        parameters("truncated"),
        {"when": {"domain": ["math"]}},
    ),
    "a check by position": (CHECKS, "checks.2=missing_answer", lambda r: (r.checks or ())[2].name, "missing_answer"),
    "a parameter by position": (CHECKS, "checks.0.truncated.min_words=3", parameters("truncated"), {"min_words": 3}),
    "a teacher by name": (
        TWO_TEACHERS,
        "teacher.builtin/solver.samples=5",
        lambda r: [t.samples for t in r.teacher],
        [5, 2],
    ),
    "another teacher by name": (
        TWO_TEACHERS,
        "teacher.builtin/noisy.samples=5",
        lambda r: [t.samples for t in r.teacher],
        [1, 5],
    ),
    "a teacher by position": (TWO_TEACHERS, "teacher.1.samples=5", lambda r: [t.samples for t in r.teacher], [1, 5]),
    "the only teacher of a list": ("teacher: [{model: a/b}]\n", "teacher.samples=5", lambda r: r.teacher[0].samples, 5),
    "the only teacher's model": ("teacher: [{model: a/b}]\n", "teacher.model=c/d", lambda r: r.teacher[0].model, "c/d"),
    "a format by name": (OUTPUTS, "output.messages.shard_rows=3", lambda r: [o.shard_rows for o in r.output], [3, 9]),
    "a format by name with hyphens": (
        OUTPUTS,
        "output.prompt_completion.shard_rows=3",
        lambda r: [o.shard_rows for o in r.output],
        [5000, 3],
    ),
    "problems by source": (
        "problems:\n- {from: builtin, families: {syllogism: 1}}\n- {from: file, path: a}\n",
        "problems.file.path=b",
        lambda r: r.problems[1].path,  # type: ignore[union-attr]
        "b",
    ),
}


@pytest.mark.parametrize("text,typed,look,value", SETS.values(), ids=SETS)
def test_set(text: str, typed: str, look: Look, value: object) -> None:
    """A key is overridden wherever it stands, and made where it does not."""
    recipe = load_text(text, name="r.yaml", base=Path(), overrides=[typed]).recipe
    assert look(recipe) == value


def test_set_touches_nothing_else() -> None:
    """What was not overridden stays, in its order."""
    recipe = load_text(CHECKS, name="r.yaml", base=Path(), overrides=["checks.truncated.min_words=3"]).recipe
    assert recipe.checks == (
        CheckUse(name="truncated", parameters={"min_words": 3}),
        CheckUse(name="final_answer_only", parameters={"min_words": 9}),
        CheckUse(name="wrong_answer"),
    )


def test_the_last_one_counts() -> None:
    """Overrides are applied in order."""
    recipe = load("quickstart", ["seed=1", "teacher={model: a/b, samples: 3}", "teacher.samples=4", "seed=2"]).recipe
    assert (recipe.seed, recipe.teacher[0].model, recipe.teacher[0].samples) == (2, "a/b", 4)


BAD: dict[str, tuple[str, str, str]] = {
    "no value": (SMALL, "seed", ": write it as key=value, such as teacher.samples=4"),
    "no key": (SMALL, "=5", ": write it as key=value, such as teacher.samples=4"),
    "broken value": (SMALL, "teacher.samples=[", ": '[' is no valid YAML value: "),
    "value with a key twice": (
        SMALL,
        "teacher={model: a/b, model: c/d}",
        ": '{model: a/b, model: c/d}' is no valid YAML",
    ),
    "control character": (SMALL, "name=\x01", ": '\\x01' is no valid YAML value: the character U+0001 is not allowed"),
    "below a value": (SMALL, "name.first=a", ": name holds a value, no keys"),
    "unknown key": (SMALL, "sed=1", ": sed: unknown key; allowed here: name, seed, "),
    "unknown key, nearest": (SMALL, "techer=1", "; did you mean 'teacher'?"),
    "unknown key further in": (SMALL, "teacher.sample=2", ": teacher.sample: unknown key; allowed here: model, "),
    "unknown key above": (SMALL, "techer.samples=2", ": techer: unknown key; allowed here: name, "),
    "wrong type": (SMALL, "teacher.samples=many", ": teacher.samples: should be a valid integer, not 'many'"),
    "out of bounds": (SMALL, "teacher.samples=0", ": teacher.samples: should be greater than or equal to 1, not 0"),
    "unknown family": (
        SMALL,
        "problems.families.sylogism=1",
        ": problems.families.sylogism: unknown family 'sylogism'",
    ),
    "unknown model": (SMALL, "teacher.model=builtin/solvr", ": teacher.model: unknown model 'solvr'; there are solver"),
    "unknown style": (SMALL, "prompt.style=zero", ": prompt.style: unknown style 'zero'; there are zero_shot_cot"),
    "unknown format": (SMALL, "output.format=mesage", ": output.format: unknown format 'mesage'"),
    "unknown check": (SMALL + CHECKS, "checks=[trncated]", ": checks.0: unknown check 'trncated'; there are "),
    "unknown check by position": (SMALL + CHECKS, "checks.0=trncated", ": checks.0: unknown check 'trncated'; "),
    "unknown item": (
        SMALL + CHECKS,
        "checks.trncated.min_words=3",
        ": the list has no item 'trncated'; it has truncated, final-answer-only, wrong_answer; did you mean 'trunc",
    ),
    "unknown item of one": (
        SMALL + "checks: [truncated]\n",
        "checks.trncated.min_words=3",
        ": the list has no item 'trncated'; it has truncated; did you mean 'truncated'?",
    ),
    "item of an empty list": (SMALL + "checks: []\n", "checks.truncated.min_words=3", "'truncated'; it is empty"),
    "item of no list": (SMALL, "checks.truncated.min_words=3", ": the recipe has no `checks`; give the whole list"),
    "unknown parameter": (
        SMALL + CHECKS,
        "checks.truncated.min_wrds=3",
        ": checks.0.truncated.min_wrds: truncated takes min_words, when, undecided; did you mean 'min_words'?",
    ),
    "unknown parameter, hyphens": (
        SMALL + CHECKS,
        "checks.final-answer-only.min_wrds=3",
        ": checks.1.final-answer-only.min_wrds: final_answer_only takes min_words, when, undecided; did you mean",
    ),
    "wrong parameter": (SMALL + CHECKS, "checks.truncated.min_words=x", ": should be a valid integer, not 'x'"),
    "unknown teacher": (
        SMALL.split("teacher")[0] + TWO_TEACHERS,
        "teacher.builtin/nosy.samples=5",
        ": the list has no item 'builtin/nosy'; it has builtin/solver, builtin/noisy; did you mean 'builtin/noisy'?",
    ),
    "position beyond the end": (SMALL + CHECKS, "checks.3=truncated", ": the list has no item '3'; it has truncated, "),
    "schema": (SMALL, "schema=trace.v2", ": schema: there is no schema 'trace.v2', "),
}


@pytest.mark.parametrize("text,typed,said", BAD.values(), ids=BAD)
def test_bad_set(text: str, typed: str, said: str) -> None:
    """What is wrong with an override is said of the override, not of a line in the file."""
    with pytest.raises((RecipeError, UsageError)) as caught:
        planned(text, [typed])
    assert str(caught.value).startswith(f"--set {typed}: ")
    assert said in str(caught.value)


def test_error_elsewhere_is_not_blamed_on_set() -> None:
    """An error in the file keeps its line, whatever was overridden beside it."""
    with pytest.raises(RecipeError, match=r"^r\.yaml:4: checks\.0: unknown check"):
        planned(SMALL + "checks: [trncated, truncated]\n", ["checks.truncated.min_words=3", "seed=3"])


KEY = st.sampled_from([*Recipe.model_fields, "truncated", "families", "model", "format", "0", "1", "-1", "", "x"])
VALUE = st.sampled_from(["1", "x", "[]", "{}", "null", "[truncated]", "{truncated: {}}", "a/b", "true", "[", "'"])


@given(st.lists(KEY, min_size=1, max_size=4), VALUE, st.sampled_from([SMALL, SMALL + CHECKS + OUTPUTS, "{}"]))
def test_any_set_works_or_is_refused(keys: list[str], value: str, text: str) -> None:
    """Whatever is typed, it is applied or refused as the user's input, never as a bug."""
    try:
        planned(text, [f"{'.'.join(keys)}={value}"])
    except InputError as error:
        assert str(error).startswith(("--set ", "r.yaml:"))  # noqa: PT017 - either is right
