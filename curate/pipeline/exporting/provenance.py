"""How the traces of a result were made, where we made them: the recipe, the replies, the cost, for the dataset card."""

from collections.abc import Sequence
from pathlib import Path

from curate.export.card import Run
from curate.folders import read_manifest
from curate.layout import LEDGER, RECIPE
from curate.manifests import RunManifest
from curate.recipe import load
from curate.recipe.teacher import Teacher


def run_behind(inputs: Sequence[str]) -> Run | None:
    """Return how the traces of a run were made, or None where what is read is no single run of ours."""
    folder = Path(inputs[0]) if len(inputs) == 1 else None
    manifest = None if folder is None else read_manifest(folder)
    if folder is None or not isinstance(manifest, RunManifest) or not (folder / RECIPE).is_file():
        return None
    recipe = load(str(folder / RECIPE)).recipe
    return Run(
        teachers=tuple(map(_in_words, recipe.teacher)),
        styles=tuple(dict.fromkeys(prompt.style for prompt in recipe.prompt)),
        problems=manifest.problems,
        traces=manifest.samples.traces,
        failed=manifest.samples.failed,
        prompt_tokens=manifest.tokens.prompt,
        completion_tokens=manifest.tokens.completion,
        cost=_cost(folder / LEDGER),
    )


def _in_words(teacher: Teacher) -> str:
    asked = {
        "temperature": teacher.temperature,
        "top_p": teacher.top_p,
        "reasoning effort": teacher.reasoning_effort,
        "max_tokens": teacher.max_tokens,
        "samples": teacher.samples,
    }
    return ", ".join([teacher.model, *(f"{name} {value}" for name, value in asked.items() if value is not None)])


def _cost(file: Path) -> float | None:
    if not file.exists():
        return None
    from curate.engine.cost import in_usd  # noqa: PLC0415 - the engine is heavy, and most inputs are no run
    from curate.ledger import Ledger  # noqa: PLC0415 - as above

    with Ledger(file.resolve(), readonly=True) as ledger:
        return in_usd(ledger.pulse(0.0).cost)
