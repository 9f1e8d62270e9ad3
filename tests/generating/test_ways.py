"""Several prompts of one recipe: each problem asked in each, told apart, and compared side by side."""

from pathlib import Path

import msgspec
import pytest

from curate.errors import RecipeError
from curate.pipeline.generating.prompting import plan_prompts
from curate.recipe import load_text
from curate.report.ways import ways_table
from tests.generating.running import answered, run_here, traces

RECIPE = """\
name: compared
problems: {from: builtin, families: {arithmetic_chain: 10}}
teacher: {model: builtin/noisy, samples: 2, price: {input: 1, output: 2}}
prompt:
- {style: direct}
- {style: zero_shot_cot}
- {style: few_shot_cot, name: one-shot, shots: {problem: How much is 1 + 1?, solution: 1 + 1 = 2., answer: "2"}}
"""


def test_every_problem_is_asked_in_every_way(tmp_path: Path) -> None:
    """Each prompt has its samples of each problem, traces name it, and no two share a request."""
    manifest = run_here(tmp_path / "run", RECIPE)
    found = traces(tmp_path / "run")
    names = ["direct", "zero_shot_cot", "one-shot"]
    assert [trace.teacher.style for trace in found] == [name for name in names for _ in range(2)] * 10
    assert [trace.sample for trace in found] == [0, 1] * 30
    assert len({trace.id for trace in found}) == len(answered(tmp_path / "run")) == 60
    assert [(way.style, way.traces, way.judged) for way in manifest.ways] == [(name, 20, 20) for name in names]
    assert manifest.samples.planned == 60


def test_counts_of_ways_are_those_of_the_traces(tmp_path: Path) -> None:
    """Right replies, tokens and costs of each way are counted over its own replies, and add up to those of the run."""
    manifest = run_here(tmp_path / "run", RECIPE, ["teacher.extra_body.faults={wrong_answer: 0.5}"])
    for way in manifest.ways:
        own = [trace for trace in traces(tmp_path / "run") if trace.teacher.style == way.style]
        assert way.completion_tokens == sum(trace.usage.completion_tokens or 0 for trace in own)
        assert way.truncated == sum(trace.finish_reason == "length" for trace in own)
        assert 0 < way.right < way.judged
        assert way.cost == pytest.approx((way.prompt_tokens + 2 * way.completion_tokens) / 1e6)
    assert sum(way.prompt_tokens for way in manifest.ways) == manifest.tokens.prompt
    table = ways_table(manifest.ways).splitlines()
    assert table[0].split()[:2] == ["asked", "traces"]
    assert [line.split()[:2] for line in table[1:]] == [[way.style, "20"] for way in manifest.ways]


def test_one_way_needs_no_table(tmp_path: Path) -> None:
    """With one teacher and one prompt there is nothing to compare; several teachers are named."""
    manifest = run_here(tmp_path / "run", RECIPE.split("prompt:", maxsplit=1)[0])
    assert ways_table(manifest.ways) == ""
    (way,) = manifest.ways
    other = msgspec.structs.replace(way, model="builtin/solver", traces=0, judged=0, right=0, cost=None)
    assert "zero_shot_cot by builtin/solver       0      -" in ways_table([way, other])


FAULTS = {
    "one style twice": ("[{style: direct}, {style: direct}]", "prompt.1.style: there are two prompts 'direct'"),
    "one name twice": ("[{name: a}, {style: direct, name: a}]", "prompt.1.name: there are two prompts 'a'"),
    "none": ("[]", "prompt: "),
    "a fault in one of them": ("[{style: direct}, {style: few_shot_cot}]", "prompt.1.shots: the style few_shot_cot"),
}


@pytest.mark.parametrize("prompt,said", FAULTS.values(), ids=FAULTS)
def test_faults_are_located(prompt: str, said: str) -> None:
    """Prompts that cannot be told apart, and faults in one of them, are errors at their place."""
    with pytest.raises(RecipeError) as caught:
        plan_prompts(load_text(f"prompt: {prompt}\n", name="r", base=Path()))
    assert f"r:1: {said}" in str(caught.value)
