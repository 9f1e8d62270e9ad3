"""The outputs of a recipe, resolved: formats found, templates read, or an error at its place in the file."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from curate.errors import RecipeError, UsageError
from curate.export import FORMATS, Wishes
from curate.export.base import StudentTemplate
from curate.export.chat_template import ChatTemplate
from curate.export.template import require_templates
from curate.export.tokenizer_folder import read_tokenizer_folder
from curate.pipeline.exporting.counting import tokenizer_file
from curate.pipeline.exporting.metadata import takes_metadata
from curate.pipeline.exporting.shards import Cut
from curate.pipeline.filtering.planned import PlannedOutput
from curate.pipeline.pairing.matching import Wanted
from curate.pipeline.pairing.strategies import STRATEGIES
from curate.recipe import LoadedRecipe
from curate.recipe.located import Place, nearest
from curate.recipe.pairs import Pairs
from curate.recipe.shape import Output


def plan_outputs(loaded: LoadedRecipe, names: Sequence[str] = ()) -> tuple[PlannedOutput, ...]:
    """Resolve the formats of a recipe, or those named on the command line with the recipe's other wishes.

    Raises:
        RecipeError: A format does not exist, stands twice, or lacks what it needs.
        UsageError: The same, for names from the command line.
    """
    first = loaded.recipe.output[0] if loaded.recipe.output else Output()
    outputs = [first.model_copy(update={"format": name}) for name in names] if names else loaded.recipe.output
    planned: list[PlannedOutput] = []
    for place, output in enumerate(outputs):
        at = loaded.located.item("output", place)
        named = None if names else loaded
        planned.append(_planned(output, named, at, loaded.base))
        if planned[-1].format in [other.format for other in planned[:-1]]:
            raise _error(named, (*at, "format"), f"the format {planned[-1].format!r} stands twice")
    return tuple(planned)


def idle_strategies(outputs: Sequence[PlannedOutput], checks: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on each strategy that will find nothing, because the check that it goes by is not asked."""
    for output in outputs:
        for name in output.pairs.prefer if FORMATS[output.format].kind == "pair" else ():
            if STRATEGIES[name].check not in checks:
                yield f"{output.format}: no pairs {name}, which goes by {STRATEGIES[name].check}: it is not asked"


def _planned(output: Output, loaded: LoadedRecipe | None, at: Place, base: Path) -> PlannedOutput:
    name = output.format.replace("-", "_")
    if name not in FORMATS:
        known = f"there are {', '.join(FORMATS)}{nearest(name, FORMATS)}"
        raise _error(loaded, (*at, "format"), f"unknown format {name!r}; {known}")
    for key in FORMATS[name].needs:
        if not getattr(output, key):
            raise _error(loaded, (*at, "format"), f"the format {name!r} needs `{key}`")
    if output.metadata and not takes_metadata(FORMATS[name]):
        raise _error(loaded, (*at, "metadata"), f"rows of {name!r} have no keys but their own")
    if output.parquet and FORMATS[name].kind == "line":
        raise _error(loaded, (*at, "parquet"), f"rows of {name!r} may be of any shape, and Parquet is of one")
    if FORMATS[name].plain_only and output.compression != "none":
        raise _error(loaded, (*at, "compression"), f"what reads {name!r} takes no compressed files")
    return PlannedOutput(
        format=name,
        wishes=_wishes(output, loaded, at, base),
        cut=Cut(shard_rows=output.shard_rows, shard_bytes=output.shard_bytes, compression=output.compression),
        splits=dict(output.splits),
        stratify=output.stratify,
        parquet=output.parquet,
        metadata=output.metadata,
        tokenizer=_tokenizer(output, loaded, at, base),
        max_tokens=output.max_tokens,
        over_limit=output.over_limit,
        pairs=_pairs(output.pairs, loaded, at),
    )


def _tokenizer(output: Output, loaded: LoadedRecipe | None, at: Place, base: Path) -> str | None:
    if output.tokenizer is None:
        return None
    try:
        return str(tokenizer_file(base / output.tokenizer))
    except UsageError as error:
        raise _error(loaded, (*at, "tokenizer"), str(error)) from None


def _pairs(pairs: Pairs, loaded: LoadedRecipe | None, at: Place) -> Wanted:
    prefer: list[str] = []
    for name in (written.replace("-", "_") for written in pairs.prefer):
        if name not in STRATEGIES:
            known = f"there are {', '.join(STRATEGIES)}{nearest(name, STRATEGIES)}"
            raise _error(loaded, (*at, "pairs", "prefer"), f"unknown strategy {name!r}; {known}")
        if name in prefer:
            raise _error(loaded, (*at, "pairs", "prefer"), f"the strategy {name!r} stands twice")
        prefer.append(name)
    return Wanted(prefer=tuple(prefer), max_length_ratio=pairs.max_length_ratio, max_per_problem=pairs.max_per_problem)


def _wishes(output: Output, loaded: LoadedRecipe | None, at: Place, base: Path) -> Wishes:
    key = "render"
    try:
        require_templates(output.render)
        key = "chat_template"
        template = None if output.chat_template is None else _student_template(base / output.chat_template)
    except UsageError as error:
        raise _error(loaded, (*at, key), str(error)) from None
    return Wishes(system=output.system, user=output.user, chat_template=template, render=output.render)


def _student_template(path: Path) -> StudentTemplate:
    """Read the chat template of a file or a tokenizer's folder."""
    if path.is_dir():
        template = read_tokenizer_folder(path).template
    else:
        try:
            template = ChatTemplate(path.read_text("utf-8"), {})
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} cannot be read: {error}") from None
    return StudentTemplate(source=template.source, special_tokens=template.special_tokens)


def _error(loaded: LoadedRecipe | None, place: Place, message: str) -> RecipeError | UsageError:
    return UsageError(message) if loaded is None else loaded.located.error(place, message)
