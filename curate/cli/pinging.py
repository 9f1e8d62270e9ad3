"""`curate ping`."""

from typing import TYPE_CHECKING

import click

from curate.cli.output import give, json_option, say, set_option
from curate.errors import TeacherError

if TYPE_CHECKING:
    from curate.pipeline.generating.ping import Pinged


@click.command(short_help="Ask each endpoint of a recipe once, and say what came.")
@click.argument("recipe")
@set_option
@click.option("--allow-insecure", is_flag=True, help="Let plain http go to other machines.")
@json_option
def ping(recipe: str, overrides: tuple[str, ...], *, allow_insecure: bool, as_json: bool) -> None:
    """Ask each endpoint of a recipe once, and say what came.

    One tiny request, with the recipe's own prompt and parameters: who answers, how long the context is where the
    server says so, where thinking arrives, how fast. Exit code 3 when an endpoint cannot be used.
    """
    from curate.pipeline.generating.ping import ping as ask
    from curate.recipe import load

    pinged = ask(load(recipe, overrides=overrides), allow_insecure=allow_insecure, notice=say)
    if as_json:
        give({"endpoints": pinged})
    for one in pinged if not as_json else ():
        say(_line(one))
    unusable = sum(one.failure is not None for one in pinged)
    if unusable:
        raise TeacherError(f"{unusable} of {len(pinged)} endpoints cannot be used")


def _line(one: "Pinged") -> str:
    where = one.teacher if one.host is None else f"{one.teacher} at {one.host}"
    if one.failure is not None:
        return f"{where}: {one.failure}"
    said = [f"answers in {one.seconds:g} s"]
    said += [f"{one.tokens_per_second:g} tokens a second"] if one.tokens_per_second else []
    said += [f"as {one.model}"] if one.model else []
    said += [f"context of {one.context_length:,} tokens"] if one.context_length else []
    said += [f"thinking in {one.thinking}" if one.thinking else "no thinking seen"]
    return f"{where}: {', '.join(said)}"
