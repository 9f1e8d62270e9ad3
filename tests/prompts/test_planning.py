"""The `prompt` of a recipe: what it may say, located errors, leaks, and what it makes of a request."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from curate.cli import cli
from curate.errors import RecipeError
from curate.pipeline.generating.prompting import plan_prompts
from curate.pipeline.generating.requests import first_requests
from curate.pipeline.generating.teaching import plan_teachers
from curate.recipe import LoadedRecipe, load_text
from curate.records import Problem, Request

HEAD = "name: small\nproblems: {from: builtin, families: {arithmetic_chain: 3}}\n"
SHOT = '{"problem": "What is 1 + 1?", "solution": "Two.", "answer": "2"}\n'


def loaded(prompt: str, tmp_path: Path, teacher: str = "{model: builtin/solver}") -> LoadedRecipe:
    """Load a recipe whose fourth line is its prompt."""
    return load_text(f"{HEAD}teacher: {teacher}\nprompt: {prompt}\n", name="r.yaml", base=tmp_path)


FAULTS: dict[str, tuple[str, str, str]] = {
    "unknown style": ("{style: zero_shot}", "4: prompt.style", "did you mean 'zero_shot_cot'?"),
    "no shots": ("{style: few_shot_cot}", "4: prompt.shots", "the style few_shot_cot needs shots, or shots_path"),
    "no template": ("{style: template}", "4: prompt.template", "needs template"),
    "shots for nothing": ("{shots: [{problem: a, solution: b}]}", "4: prompt.shots", "zero_shot_cot takes no shots"),
    "template for nothing": ("{template: '{{ problem }}'}", "4: prompt.template", "takes no template"),
    "template from a file for nothing": ("{template_path: t.j2}", "4: prompt.template_path", "takes no template"),
    "shots twice": (
        "{style: few_shot_cot, shots: [{problem: a, solution: b}], shots_path: shots.jsonl}",
        "4: prompt.shots_path",
        "one is enough",
    ),
    "no such file": ("{style: few_shot_cot, shots_path: nowhere.jsonl}", "4: prompt.shots_path", "No such file"),
    "no JSON in it": ("{style: few_shot_cot, shots_path: t.j2}", "4: prompt.shots_path", "t.j2:1: broken JSON"),
    "no solution in it": (
        "{style: few_shot_cot, shots_path: bad.jsonl}",
        "4: prompt.shots_path",
        "bad.jsonl:2: solution",
    ),
    "a key that a shot has not": (
        "{style: few_shot_cot, shots: [{problem: a, solution: b, anwser: c}]}",
        "4: prompt.shots.0.anwser",
        "answer",
    ),
    "a template that reaches out": (
        "{style: template, template: '{{ problem.__class__ }}'}",
        "4: prompt.template",
        "line 1 of the template: no attribute '__class__'",
    ),
    "a template file that is none": ("{style: template, template_path: latin.j2}", "4: prompt.template_path", "UTF-8"),
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with shots and templates, good ones and bad ones."""
    (tmp_path / "shots.jsonl").write_text(f"{SHOT}\n{SHOT.replace('1 + 1', '2 + 2')}")
    (tmp_path / "bad.jsonl").write_text(f'{SHOT}{{"problem": "a"}}\n')
    (tmp_path / "t.j2").write_text("Solve: {{ problem }}")
    (tmp_path / "latin.j2").write_bytes(b"caf\xe9 {{ problem }}")
    return tmp_path


@pytest.mark.parametrize("prompt,at,words", FAULTS.values(), ids=list(FAULTS))
def test_located_errors(prompt: str, at: str, words: str, place: Path) -> None:
    """What is wrong with a prompt is said at its place in the recipe, before anything is sent."""
    with pytest.raises(RecipeError) as caught:
        plan_prompts(loaded(prompt, place))
    assert str(caught.value).startswith(f"r.yaml:{at}: ")
    assert words in str(caught.value)


def test_files(place: Path) -> None:
    """Shots and templates come from files beside the recipe."""
    (few,) = plan_prompts(loaded("{style: few-shot-cot, shots_path: shots.jsonl}", place))
    assert [shot.problem for shot in few.wishes.shots] == ["What is 1 + 1?", "What is 2 + 2?"]
    (own,) = plan_prompts(loaded("{style: template, template_path: t.j2, system: Be brief.}", place))
    contents = [message.content for message in own.messages(Problem(id="p", text="3?"))]
    assert contents == ["Be brief.", "Solve: 3?"]


LEAKS: dict[str, tuple[str, bool]] = {
    "the same": ("What is 1 + 1?", True),
    "the same but for its look": ("  what IS\n1 + 1 ", True),
    "a part of it": ("Hello. What is 1 + 1? Think.", True),
    "another": ("What is 1 + 2?", False),
    "a longer number": ("What is 1 + 10?", False),
}


@pytest.mark.parametrize("text,leaks", LEAKS.values(), ids=list(LEAKS))
def test_shots_do_not_leak(text: str, leaks: bool, place: Path) -> None:  # noqa: FBT001 - a column of the table
    """A problem that is shown with its solution is not asked."""
    (prompt,) = plan_prompts(loaded("{style: few_shot_cot, shots_path: shots.jsonl}", place))
    if not leaks:
        prompt.messages(Problem(id="p", text=text))
        return
    with pytest.raises(RecipeError, match=r"r\.yaml:4: prompt\.shots_path: shot 1: this is a problem of the recipe"):
        prompt.messages(Problem(id="p", text=text))


def first(recipe: LoadedRecipe) -> Request:
    """Return the first request of a recipe."""
    problem = Problem(id="p", text="3?")
    return next(first_requests(problem, plan_prompts(recipe), recipe, plan_teachers(recipe)))[0]


def test_the_format_is_part_of_the_identity(place: Path) -> None:
    """A structured style puts its response format into the request, and so into its key; the recipe's own one wins."""
    teacher = "{model: vllm/m}"
    plain = first(loaded("{style: zero_shot_cot}", place, teacher))
    structured = first(loaded("{style: json_steps}", place, teacher))
    own = first(
        loaded("{style: json_steps}", place, "{model: vllm/m, extra_body: {response_format: {type: json_object}}}")
    )
    assert plain.extra_body == {}
    assert structured.extra_body["response_format"]["type"] == "json_schema"
    assert own.extra_body["response_format"] == {"type": "json_object"}
    assert len({plain.key, structured.key, own.key}) == 3


def test_show_with_a_recipe(place: Path) -> None:
    """`prompts show STYLE -r R` prints the messages for the first problem, and the body for each teacher."""
    recipe = place / "r.yaml"
    recipe.write_text(f"{HEAD}teacher:\n  - {{model: openai/gpt-4o, max_tokens: 9}}\n  - {{model: builtin/solver}}\n")
    ended = CliRunner().invoke(cli, ["prompts", "show", "json-steps", "-r", str(recipe)], catch_exceptions=False)
    assert ended.exit_code == 0
    lines = ended.stdout.splitlines()
    assert lines[0] == "[user]"
    assert "reply with one JSON object" in ended.stdout
    assert "openai/gpt-4o at api.openai.com, with" in lines
    body = json.loads(lines[lines.index("openai/gpt-4o at api.openai.com, with") + 1])
    assert (body["model"], body["max_completion_tokens"]) == ("gpt-4o", 9)
    assert body["response_format"]["json_schema"]["strict"] is True
    assert lines[-1] == "builtin/solver"
