"""`curate checks`, `recipes`, `families`, `formats`, `providers`, `prompts`, `schemas`: each lists, or shows one."""

from collections.abc import Iterable
from textwrap import indent
from typing import TYPE_CHECKING

import click

from curate.cli.output import attend, give, say, set_option
from curate.errors import UsageError
from curate.escaping import safe

if TYPE_CHECKING:
    from curate.records import Message


def _pick(kind: str, name: str, known: list[str]) -> str:
    """Return the registered name behind what was typed; hyphens are accepted.

    Raises:
        UsageError: There is no such name.
    """
    from curate.recipe.located import nearest

    for candidate in (name, name.replace("-", "_")):
        if candidate in known:
            return candidate
    raise UsageError(f"there is no {kind} {name!r}; there are {', '.join(known)}{nearest(name, known)}")


def _list(rows: dict[str, str]) -> None:
    width = max(map(len, rows))
    for name, about in rows.items():
        click.echo(f"{name:<{width}}  {about}")


_show = click.argument("words", nargs=-1, metavar="[show NAME]")


_PLURALS = {"family": "families"}


def _asked(kind: str, words: tuple[str, ...], known: list[str]) -> str | None:
    """Return the name to show, or None to list; `show NAME` and plain `NAME` both work."""
    wanted = words[1:] if words[:1] == ("show",) else words
    if not words:
        return None
    if len(wanted) != 1:
        raise UsageError(f"write `curate {_PLURALS.get(kind, f'{kind}s')} show NAME`")
    return _pick(kind, wanted[0], known)


@click.command(short_help="List the checks, show one, or test your own.")
@click.argument("words", nargs=-1, metavar="[show NAME | test FILE]")
def checks(words: tuple[str, ...]) -> None:
    """List the checks, show one, or test your own.

    A star marks those of the default list; showing one says what its parameters do. `test FILE` holds the checks in a
    plugin to what every check promises: that its cases come out as they say, on both sides, that it explains itself,
    names parameters by their side, looks at no label, says the same again, and takes linear time.
    """
    from curate.checks import CHECKS, DEFAULT_CHECKS

    if words[:1] == ("test",):
        _test_plugin(words[1:])
        return
    name = _asked("check", words, list(CHECKS))
    if name is None:
        _list(
            {f"{'*' if check.name in DEFAULT_CHECKS else ' '} {check.name}": check.summary for check in CHECKS.values()}
        )
        click.echo("\n* runs when a recipe has no `checks`. Every check also takes `when` and `undecided: keep|drop`.")
        return
    click.echo(CHECKS[name].doc)


def _test_plugin(files: tuple[str, ...]) -> None:
    """Hold the checks in a file of the user's to their promises.

    Raises:
        UsageError: It is not one file that is named.
        Attention: A promise is broken.
    """
    from pathlib import Path

    from curate.checks.plugins import checks_of, plugin_in
    from curate.pipeline.contract import faults_of_check

    if len(files) != 1:
        raise UsageError("write `curate checks test FILE`")
    path = Path(files[0])
    faults: dict[str, list[str]] = {}
    for check in checks_of(plugin_in(path.parent, path.name), say).values():
        faults[check.name] = list(faults_of_check(check, check.cases))
        click.echo(f"{check.name}: {len(check.cases)} cases, " + ("faulty" if faults[check.name] else "sound"))
        for fault in faults[check.name]:
            click.echo(f"  {safe(fault)}")
    attend([f"{name}: {len(found)} faults" for name, found in faults.items() if found])


def _first_sentence(text: str) -> str:
    """Return the first sentence of the comment that a recipe opens with."""
    comment = " ".join(
        line.removeprefix("#").strip() for line in text.split("\n\n", maxsplit=1)[0].splitlines() if line[:1] == "#"
    )
    return f"{comment.split('. ')[0].removesuffix('.')}."


@click.command(short_help="List the recipes that come with curate, or show one.")
@_show
def recipes(words: tuple[str, ...]) -> None:
    """List the recipes that come with curate, or show one.

    Save what is shown to a file to change it.
    """
    from curate import shipped
    from curate.recipe import shipped_recipes

    name = _asked("recipe", words, shipped_recipes())
    texts = {recipe: (shipped.shelf("recipes") / f"{recipe}.yaml").read_text("utf-8") for recipe in shipped_recipes()}
    if name is None:
        _list({recipe: _first_sentence(text) for recipe, text in texts.items()})
        return
    click.echo(texts[name], nl=False)


@click.command(short_help="List the built-in problem families, or show some problems of one.")
@_show
@click.option("-n", "count", type=click.IntRange(min=1), default=5, show_default=True, help="How many problems.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--problems", is_flag=True, help="Print problems as JSONL (problem.v1), for `from: file`.")
def families(words: tuple[str, ...], count: int, seed: int, *, problems: bool) -> None:
    """List the built-in problem families, or show some problems of one.

    One is shown with what it takes in a recipe, how fast it is on this machine, and problems with their steps, from
    easy to hard.
    """
    from curate.families import FAMILIES
    from curate.families.base import DIFFICULTIES
    from curate.problems import builtin_problems

    name = _asked("family", words, list(FAMILIES)) if words else None
    if name is None:
        _list({family.name: family.doc for family in FAMILIES.values()})
    elif problems:
        for problem in builtin_problems(name, seed, count, DIFFICULTIES):
            give(problem)
    else:
        _show_family(name, count, seed)


def _show_family(name: str, count: int, seed: int) -> None:
    from curate.problems.examples import described, problems_a_minute, solved

    _list(described(name))
    # A measurement never comes out twice the same, so it is told beside what is shown.
    say(f"measured now: {problems_a_minute(name):,.0f} problems with solutions a minute and core")
    for problem, solution in solved(name, seed, count):
        steps = "\n".join((*solution.steps, f"answer: {solution.answer}"))
        click.echo(f"\ndifficulty {problem.difficulty}\n{indent(problem.text, '  ')}\n{indent(steps, '    ')}")


@click.command(short_help="List the formats, or show one.")
@_show
def formats(words: tuple[str, ...]) -> None:
    """List the formats, or show one.

    A format is a shape that kept rows can be written in for a trainer. One is shown with the lines to paste into the
    trainer's config, and with the files that lie beside its shards.
    """
    from curate.export import FORMATS
    from curate.export.shown import example, sidecars_of

    name = _asked("format", words, list(FORMATS))
    if name is None:
        _list({format_.name: format_.doc for format_ in FORMATS.values()})
        return
    format_ = FORMATS[name]
    click.echo(f"{format_.doc} Made of each {format_.kind}.")
    if format_.row is not None:
        click.echo(f"Schema of a row: curate schemas show {name}")
    click.echo(f"\n{format_.paste(example(format_))}")
    for file, text in sidecars_of(format_, example(format_)):
        click.echo(f"\n{file}:\n{text.rstrip()}")


@click.command(short_help="List the providers of models, or show one.")
@_show
def providers(words: tuple[str, ...]) -> None:
    """List the providers of models, or show one.

    One is shown with its address, the environment variable of its key, what it takes, what it cannot do, and prices.
    """
    from curate.teachers import PROVIDERS
    from curate.teachers.prices import PRICES

    name = _asked("provider", words, list(PROVIDERS))
    if name is None:
        _list({provider: row.about for provider, row in PROVIDERS.items()})
        return
    _list(PROVIDERS[name].described())
    for model, price in PRICES.get(name, {}).items():
        click.echo(f"${price.input} in, ${price.output} out per million tokens, noted {price.noted}: {name}/{model}")


@click.command(short_help="List the prompt styles, or show one.")
@_show
@click.option("-r", "--recipe", help="Show what this recipe would send for its first problem.")
@set_option
def prompts(words: tuple[str, ...], recipe: str | None, overrides: tuple[str, ...]) -> None:
    """List the prompt styles, or show one.

    A style is shown as what it sends for an example problem; with a recipe, for the recipe's first one, and with the
    parameters that each of its teachers gets. Nothing is sent.
    """
    from curate.digests import problem_id
    from curate.prompts import PLAIN, STYLES
    from curate.records import Problem

    name = _asked("prompt", words, list(STYLES))
    if recipe is not None:
        _preview(recipe, name, overrides)
    elif name is None:
        _list({style: (function.__doc__ or "").split("\n")[0] for style, function in STYLES.items()})
    else:
        example = "Solve 3x + 7 = 22."
        _print_messages(STYLES[name](Problem(id=problem_id(example), text=example), PLAIN))


def _preview(recipe: str, style: str | None, overrides: tuple[str, ...]) -> None:
    from curate.pipeline.generating.preview import preview_prompts
    from curate.recipe import load

    styled = (*overrides, f"prompt.style={style}") if style is not None else overrides
    asked, sent = preview_prompts(load(recipe, overrides=styled))
    for messages in asked:
        _print_messages(messages)
    for request in sent:
        at = "" if request.host is None else f" at {request.host}, with"
        click.echo(safe(f"{request.teacher}{at}"))
        if request.parameters:
            give(request.parameters)


def _print_messages(messages: "Iterable[Message]") -> None:
    for message in messages:
        click.echo(f"[{safe(message.role)}]\n{safe(message.content)}\n")


@click.command(short_help="List the JSON Schemas, or show one.")
@_show
def schemas(words: tuple[str, ...]) -> None:
    """List the JSON Schemas, or show one.

    There is one for every file that is read or written.
    """
    from curate import schemas as shelf
    from curate import shipped

    name = _asked("schema", words, shelf.names())
    if name is None:
        for schema in shelf.names():
            click.echo(schema)
        return
    click.echo((shipped.shelf("schemas") / f"{name}{shelf.SUFFIX}").read_text("utf-8"), nl=False)
