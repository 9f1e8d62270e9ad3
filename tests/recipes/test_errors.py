"""Whatever is wrong with a recipe: one error that names file, line, key, what is allowed, and the nearest name."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from curate.checks import CHECKS
from curate.errors import InputError, RecipeError
from curate.export import FORMATS
from curate.families import FAMILIES
from curate.pipeline.plan import Common
from curate.prompts import STYLES
from curate.recipe import load, load_text, shipped_recipes
from curate.recipe.problems import BuiltinProblems, FamilyUse, FileProblems
from curate.recipe.shape import Budget, Expect, Output, Prompt, Recipe
from curate.recipe.teacher import Price, Retry, Teacher
from curate.teachers import PROVIDERS
from curate.teachers.noise import FAULTS
from tests.recipes.cases import SMALL, planned

LEVELS: dict[str, tuple[str, str, type[BaseModel]]] = {
    "top": ("", "", Recipe),
    "problems builtin": ("problems.", "problems:\n  from: builtin\n  families: {syllogism: 1}\n  ", BuiltinProblems),
    "problems file": ("problems.", "problems:\n  from: file\n  path: p.jsonl\n  ", FileProblems),
    "problems in a list": ("problems.0.", "problems:\n  - from: file\n    path: p.jsonl\n    ", FileProblems),
    "family": (
        "problems.families.syllogism.",
        "problems:\n  from: builtin\n  families:\n    syllogism:\n      count: 1\n      ",
        FamilyUse,
    ),
    "teacher": ("teacher.", "teacher:\n  model: builtin/solver\n  ", Teacher),
    "teacher in a list": ("teacher.0.", "teacher:\n  - model: builtin/solver\n    ", Teacher),
    "price": ("teacher.price.", "teacher:\n  model: a/b\n  price:\n    input: 1\n    output: 1\n    ", Price),
    "retry": ("teacher.on_truncated.retry.", "teacher:\n  model: a/b\n  on_truncated:\n    retry:\n      ", Retry),
    "budget": ("budget.", "budget:\n  ", Budget),
    "prompt": ("prompt.", "prompt:\n  ", Prompt),
    "output": ("output.", "output:\n  ", Output),
    "output in a list": ("output.1.", "output:\n  - {}\n  - system: s\n    ", Output),
    "expect": ("expect.", "expect:\n  ", Expect),
}
"""Level of a recipe: the key above it, the text that leads there, and the model of its keys."""


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys of a level as a user writes them."""
    return [field.alias or name for name, field in model.model_fields.items()]


@pytest.mark.parametrize(
    "level,key",
    [pytest.param(level, key, id=f"{level}-{key}") for level in LEVELS for key in keys_of(LEVELS[level][2])],
)
def test_misspelt_key(level: str, key: str) -> None:
    """Every key of every level, misspelt, is answered with its place, all keys of the level and the right one."""
    above, lead, model = LEVELS[level]
    text = f"# a comment\n{lead}{key}{key[-1]}: 1\n"
    with pytest.raises(RecipeError) as caught:
        load_text(text, name="r.yaml", base=Path())
    said = str(caught.value)
    assert said.startswith(f"r.yaml:{text.count(chr(10))}: {above}{key}{key[-1]}: unknown key; allowed here: ")
    assert said.endswith(f"; did you mean {key!r}?")
    listed = re.split(", |; ", said.split("allowed here: ")[1])
    assert set(listed) >= set(keys_of(model))


WRONG: dict[str, tuple[str, str]] = {
    "name is no text": ("name: 5", "4: name: should be a valid string, not 5"),
    "name has a capital": ("name: Mine", "4: name: 'Mine' does not match"),
    "name is a path": ("name: a/b", "4: name: 'a/b' does not match"),
    "seed is a text": ("seed: seven", "4: seed: should be a valid integer, not 'seven'"),
    "seed is a boolean": ("seed: true", "4: seed: should be a valid integer, not True"),
    "seed has a fraction": ("seed: 7.5", "4: seed: should be a valid integer, not 7.5"),
    "yes is a text": ("seed: yes", "4: seed: should be a valid integer, not 'yes'"),
    "a list for a mapping": ("budget: [a]", "4: budget: should be a mapping of keys, not ["),
    "a text for a mapping": ("prompt: zero_shot_cot", "4: prompt: should be a mapping of keys, not 'zero_shot_cot'"),
    "nothing for a list": ("output:", "4: output: should be a list, not None"),
    "samples below one": (
        "teacher:\n  model: a/b\n  samples: 0",
        "6: teacher.samples: should be greater than or equal",
    ),
    "no provider": (
        "teacher: {model: solver}",
        r"4: teacher.model: 'solver' does not match ^[^/\s]+/\S+$; write it like openai/gpt-4o, with the provider",
    ),
    "temperature": (
        "teacher: {model: a/b, temperature: 3}",
        "4: teacher.temperature: should be less than or equal to 2",
    ),
    "no model": ("teacher: {samples: 2}", "4: teacher.model: this key is needed and missing"),
    "second teacher": ("teacher:\n- model: a/b\n- samples: 2", "6: teacher.1.model: this key is needed and missing"),
    "no family": ("problems: {from: builtin, families: {}}", "4: problems.families: "),
    "no problems of a family": (
        "problems: {from: builtin, families: {syllogism: 0}}",
        "4: problems.families.syllogism: ",
    ),
    "no difficulty": (
        "problems:\n  from: builtin\n  families:\n    syllogism: {count: 1, difficulty: []}",
        "7: problems.families.syllogism.difficulty: ",
    ),
    "difficulty of six": (
        "problems: {from: builtin, families: {syllogism: {count: 1, difficulty: [6]}}}",
        "4: problems.families.syllogism.difficulty.0: should be less than or equal to 5, not 6",
    ),
    "problems of no source": ("problems: {path: a}", "4: problems: say where the problems come from: `from: builtin`"),
    "problems of an unknown source": (
        "problems: {from: fiel, path: a}",
        "4: problems: unknown source 'fiel'; there are builtin, file, gym, authored; did you mean 'file'?",
    ),
    "no path": ("problems: {from: file}", "4: problems.path: this key is needed and missing"),
    "checks is a number": ("checks: 3", "4: checks: a check is a name, or a name with its parameters in braces"),
    "a check is a number": ("checks: [truncated, 3]", "4: checks.1: a check is a name"),
    "two checks in one item": ("checks:\n  - {truncated: {}, wrong_answer: {}}", "5: checks.0: a check is a name"),
    "a share above one": ("output: {splits: {validation: 1.5}}", "4: output.splits.validation: should be less than"),
    "shares of all": ("output: {splits: {a: 0.5, b: 0.5}}", "4: output: the shares of the splits must stay below 1"),
    "a share for train": ("output: {splits: {train: 0.5}}", "4: output: `train` is what the other splits leave"),
    "a share for all": ("output: {splits: {all: 0.5}}", "4: output: `all` is what `datasets` calls all splits"),
    "a split with a hyphen": (
        "output: {splits: {held-out: 0.5}}",
        "4: output.splits.held-out: 'held-out' does not match ^[a-z0-9][a-z0-9_]{0,63}$; write it like held_out",
    ),
    "a split with a capital": ("output: {splits: {Test: 0.5}}", "4: output.splits.Test: 'Test' does not match"),
    "one of two words": (
        "output: {user: promt}",
        "4: output.user: should be 'problem' or 'prompt', not 'promt'; did you mean 'prompt'?",
    ),
    "on_truncated": ("teacher: {model: a/b, on_truncated: kepp}", "4: teacher.on_truncated: should be `keep`, `retry`"),
    "a price of text": (
        "teacher: {model: a/b, price: {input: cheap, output: 1}}",
        "4: teacher.price.input: should be",
    ),
    "a negative budget": ("budget: {max_cost: -1}", "4: budget.max_cost: should be greater than or equal to 0"),
    "concurrency of zero": ("teacher: {model: a/b, max_concurrency: 0}", "4: teacher.max_concurrency: should be"),
    "a key in place of its variable": (
        "teacher: {model: a/b, api_key_env: sk-123}",
        "4: teacher.api_key_env: should be the name of an environment variable, such as MY_KEY; a key itself never",
    ),
    "not a number": ("expect: {min_kept_share: .nan}", "4: expect.min_kept_share: should be a finite number"),
    "a key that is no text": ("5: 6", "4: 5: Keys should be strings"),
}


@pytest.mark.parametrize("lines,said", WRONG.values(), ids=WRONG)
def test_wrong_value(lines: str, said: str) -> None:
    """A value of the wrong type, or out of bounds, is named with file, line, key and what it should be."""
    with pytest.raises(RecipeError) as caught:
        load_text(f"# one\n# two\n# three\n{lines}\n", name="r.yaml", base=Path())
    assert str(caught.value).startswith(f"r.yaml:{said}")


NAMES: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "check": ("checks:\n  - truncated\n  - wrong_anser\n", "6: checks.1", tuple(CHECKS), "wrong_answer"),
    "check with parameters": ("checks:\n  - wrong-anser: {}\n", "5: checks.0", tuple(CHECKS), "wrong_answer"),
    "check without a list": ("checks: trunkated\n", "4: checks", tuple(CHECKS), "truncated"),
    "parameter": (
        "checks:\n  - truncated:\n      when: {domain: math}\n      min_wrds: 3\n",
        "7: checks.0.truncated.min_wrds",
        ("min_words", *Common.model_fields),
        "min_words",
    ),
    "parameter of a check with a hyphen": (
        "checks:\n  - final-answer-only:\n      min_wrds: 3\n",
        "6: checks.0.final-answer-only.min_wrds",
        ("min_words", *Common.model_fields),
        "min_words",
    ),
    "parameter without a list": (
        "checks:\n  truncated:\n    min_wrds: 3\n",
        "6: checks.truncated.min_wrds",
        ("min_words", *Common.model_fields),
        "min_words",
    ),
    "field of when": (
        "checks:\n  - truncated: {when: {famly: x}}\n",
        "5: checks.0.truncated.when",
        ("domain", "family", "difficulty", "source", "answer_type", "model"),
        "family",
    ),
    "undecided": ("checks:\n  - truncated: {undecided: dropp}\n", "5: checks.0.truncated.undecided", ("keep",), "drop"),
    "format": ("output: {format: mesages}\n", "4: output.format", tuple(FORMATS), "messages"),
    "format in a list": ("output:\n  - format: mesages\n", "5: output.0.format", tuple(FORMATS), "messages"),
    "style": ("prompt: {style: zero_shot_cott}\n", "4: prompt.style", tuple(STYLES), "zero_shot_cot"),
    "schema": ("schema: trace.v2\n", "4: schema", ("trace.v1", "problem.v1"), "trace.v1"),
}


@pytest.mark.parametrize("lines,place,known,near", NAMES.values(), ids=NAMES)
def test_unknown_name(lines: str, place: str, known: tuple[str, ...], near: str) -> None:
    """A name that does not exist is named with its place, all names that do, and the nearest one."""
    with pytest.raises(RecipeError) as caught:
        planned(SMALL + lines)
    said = str(caught.value)
    assert said.startswith(f"r.yaml:{place}: ")
    assert said.endswith(f"; did you mean {near!r}?")
    assert not [name for name in known if name not in said]


OF_THE_SMALL: dict[str, tuple[str, str, str, tuple[str, ...], str]] = {
    "family": ("arithmetic_chain", "aritmetic_chain", "2: problems.families.aritmetic_chain", tuple(FAMILIES), "chain"),
    "provider": ("builtin/solver", "buildin/solver", "3: teacher.model", tuple(PROVIDERS), "builtin"),
    "model": ("builtin/solver", "builtin/slover", "3: teacher.model", PROVIDERS["builtin"].models, "solver"),
    "fault": (
        "builtin/solver",
        "builtin/noisy, extra_body: {faults: {loping: 0.1}}",
        "3: teacher.extra_body",
        tuple(FAULTS),
        "looping",
    ),
    "column field": (
        "from: builtin, families: {arithmetic_chain: 2}",
        "from: file, path: p, map: {refrence: answer}",
        "2: problems.map.refrence",
        ("problem", "reference"),
        "reference",
    ),
}


@pytest.mark.parametrize("right,wrong,place,known,near", OF_THE_SMALL.values(), ids=OF_THE_SMALL)
def test_unknown_name_of_problems_or_teacher(
    right: str, wrong: str, place: str, known: tuple[str, ...], near: str
) -> None:
    """Families, providers, models, faults and fields that do not exist are refused in the same way."""
    with pytest.raises(RecipeError) as caught:
        planned(SMALL.replace(right, wrong))
    said = str(caught.value)
    assert said.startswith(f"r.yaml:{place}: unknown ")
    assert said.endswith("?")
    assert near in said.split("; did you mean ")[1]
    assert not [name for name in known if name not in said]


BROKEN: dict[str, tuple[str, int]] = {
    "empty": ("", 1),
    "only a comment": ("# nothing\n", 1),
    "a list": ("- name: a\n", 1),
    "a text": ("name\n", 1),
    "duplicate key": ("name: a\nseed: 1\nname: b\n", 3),
    "duplicate key further in": ("name: a\nteacher:\n  model: a/b\n  seed: 1\n  model: c/d\n", 5),
    "open bracket": ("name: a\nchecks: [truncated\n", 3),
    "open quote": ("name: 'a\n", 2),
    "a tab": ("name: a\nprompt:\n\tstyle: b\n", 3),
    "indentation": ("name: a\n  seed: 1\n", 2),
    "two documents": ("name: a\n---\nname: b\n", 2),
    "an alias of nothing": ("name: a\nprompt: *nothing\n", 2),
    "a control character": ("name: a\nseed: \x01\n", 2),
    "a tag that lies": ("name: a\nseed: !!int x\n", 1),
    "half a character": ('name: a\nprompt: {style: "\\ud800"}\n', 2),
    "a boolean that lies": ("name: a\nseed: !!bool x\n", 1),
    "nested too deeply": ("name: " + "[" * 1000, 1),
    "a number too long": ("seed: " + "1" * 5000, 1),
}


@pytest.mark.parametrize("text,line", BROKEN.values(), ids=BROKEN)
def test_broken_yaml(text: str, line: int) -> None:
    """Text that is no YAML, no mapping, or says a key twice is refused with file and line."""
    with pytest.raises(RecipeError) as caught:
        load_text(text, name="r.yaml", base=Path())
    assert str(caught.value).startswith(f"r.yaml:{line}: ")
    assert "\n" not in str(caught.value)


def test_duplicate_key_names_it() -> None:
    """The error about a key that stands twice says which."""
    with pytest.raises(RecipeError, match=r'^r\.yaml:2: the key stands twice: "seed"'):
        load_text("seed: 1\nseed: 2\n", name="r.yaml", base=Path())


@given(st.text(max_size=60))
def test_any_text_is_a_recipe_or_an_input_error(text: str) -> None:
    """Whatever stands in a recipe file, it loads or is refused as the user's input, never as a bug."""
    try:
        load_text(text, name="r.yaml", base=Path())
    except InputError as error:
        assert str(error).startswith("r.yaml:")  # noqa: PT017 - either is right


FRAGMENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["truncated", "builtin", "a/b", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["from", "families", "model", "truncated", "format", "path", "x"]), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*keys_of(Recipe), "other"]), FRAGMENT, max_size=4))
def test_any_tree_is_a_recipe_or_an_input_error(tree: dict[str, object]) -> None:
    """Whatever the keys of a recipe hold, it plans or is refused with file and line, never as a bug."""
    text = "".join(f"{key}: {flow(value)}\n" for key, value in tree.items()) or "{}"
    try:
        planned(text)
    except InputError as error:
        assert str(error).startswith("r.yaml:")  # noqa: PT017 - either is right


def flow(value: object) -> str:
    """Return a value as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    names = {None: "null", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return names[value]
    return f"'{value}'" if isinstance(value, str) else str(value).replace("inf", ".inf").replace("nan", ".nan")


MISSING = {
    "name": (SMALL.replace("name: small\n", ""), "name"),
    "problems": (SMALL.replace("problems: {from: builtin, families: {arithmetic_chain: 2}}\n", ""), "problems"),
    "teacher": (SMALL.replace("teacher: {model: builtin/solver}\n", ""), "teacher"),
    "empty problems": (SMALL.replace("{from: builtin, families: {arithmetic_chain: 2}}", "[]"), "problems"),
}


@pytest.mark.parametrize("text,key", MISSING.values(), ids=MISSING)
def test_needed_to_generate(text: str, key: str) -> None:
    """A recipe that lacks what generating needs loads, for `filter` may take it, and says which key is missing."""
    load_text(text, name="r.yaml", base=Path())
    with pytest.raises(RecipeError, match=rf"^r\.yaml:[12]: {key}: this key is needed to generate$"):
        planned(text)


def test_same_teacher_twice() -> None:
    """A teacher that stands twice would ask everything twice under the same keys, so it is refused."""
    twice = SMALL.replace("{model: builtin/solver}", "\n- {model: builtin/solver}\n- {model: builtin/solver, seed: 0}")
    with pytest.raises(RecipeError, match=r"^r\.yaml:5: teacher\.1: this teacher stands twice"):
        planned(twice)
    planned(twice.replace("seed: 0", "seed: 1"))


def test_same_format_twice() -> None:
    """A format that stands twice would be written over itself, so it is refused."""
    with pytest.raises(RecipeError, match=r"^r\.yaml:6: output\.1\.format: the format 'messages' stands twice"):
        planned(SMALL + "output:\n- format: messages\n- format: messages\n")


def test_unknown_recipe() -> None:
    """A recipe that is neither a file nor one of ours: the error lists ours and the nearest."""
    with pytest.raises(RecipeError) as caught:
        load("quikstart")
    assert str(caught.value).endswith("; did you mean 'quickstart'?")
    assert not [name for name in shipped_recipes() if name not in str(caught.value)]


FILES: dict[str, tuple[bytes, str]] = {
    "latin-1": (b"name: caf\xe9\n", "not UTF-8 text"),
    "utf-16": ("name: a\n".encode("utf-16"), "not UTF-8 text"),
}


@pytest.mark.parametrize("data,said", FILES.values(), ids=FILES)
def test_unreadable_file(tmp_path: Path, data: bytes, said: str) -> None:
    """A recipe file that is no UTF-8 text is refused by name."""
    path = tmp_path / "r.yaml"
    path.write_bytes(data)
    with pytest.raises(RecipeError, match=f"^{path}: {said}$"):
        load(str(path))


def test_folder_for_a_recipe(tmp_path: Path) -> None:
    """A folder where a recipe is expected is refused by name."""
    with pytest.raises(RecipeError, match=f"^{tmp_path}: Is a directory$"):
        load(str(tmp_path))
