"""The prompt of a recipe, resolved: its style found, its shots and template read, its demands put into the request."""

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
from pydantic import ValidationError

from curate import jsonlines
from curate.errors import RecipeError, UsageError
from curate.pipeline.plan import plan_schema
from curate.prompts import NEEDS, STYLES, PromptWishes, Style
from curate.prompts.structured import RESPONSE_FORMAT, response_format
from curate.prompts.template import compiled
from curate.recipe import LoadedRecipe
from curate.recipe.load import should_be
from curate.recipe.located import nearest
from curate.recipe.shape import Shot
from curate.records import JSON, Message, Problem
from curate.teachers import PROVIDERS

MAX_FILE_BYTES = 2**20
_WORD = re.compile(r"\w+")


class PlannedPrompt(msgspec.Struct, frozen=True, kw_only=True):
    """How problems are put to teachers."""

    style: str
    wishes: PromptWishes
    loaded: LoadedRecipe
    """Where errors point."""
    shown: tuple[str, ...]
    """The words of each shot's problem."""

    def messages(self, problem: Problem) -> tuple[Message, ...]:
        """Return what is sent for a problem.

        Raises:
            RecipeError: The problem is one of the shots, or the template cannot be rendered for it.
        """
        ask: Style = STYLES[self.style]
        self._refuse_leak(problem)
        try:
            return ask(problem, self.wishes)
        except UsageError as error:
            raise self.loaded.located.error(("prompt", "template"), str(error)) from None

    def extra_body(self, provider: str, asked: Mapping[str, object]) -> JSON:
        """Return the fields of the body beyond the standard ones; what the recipe states itself stays as it is."""
        wanted = response_format(self.style, self.wishes.schema, PROVIDERS[provider].formats)
        return dict(asked) if wanted is None else {RESPONSE_FORMAT: wanted, **asked}

    def _refuse_leak(self, problem: Problem) -> None:
        words = _words(problem.text) if self.shown else ""
        for place, shot in enumerate(self.shown):
            if shot in words or words in shot:
                raise _shot_error(
                    self.loaded, place, "this is a problem of the recipe, and would be asked with its own solution"
                )


def plan_prompt(loaded: LoadedRecipe) -> PlannedPrompt:
    """Resolve the prompt of a recipe.

    Raises:
        RecipeError: There is no such style, it lacks what it needs or is given what it does not take, or a file is
            missing or holds something else.
    """
    prompt = loaded.recipe.prompt
    style = prompt.style.replace("-", "_")
    if style not in STYLES:
        known = f"there are {', '.join(STYLES)}{nearest(style, STYLES)}"
        raise loaded.located.error(("prompt", "style"), f"unknown style {prompt.style!r}; {known}")
    shots = _shots(loaded)
    template = _template(loaded)
    _check_needs(loaded, style, {"shots": bool(shots), "template": template is not None})
    schema = plan_schema(loaded)
    try:
        render = None if template is None else compiled(template, shots)
    except UsageError as error:
        raise loaded.located.error(_place(loaded, "template"), str(error)) from None
    return PlannedPrompt(
        style=style,
        wishes=PromptWishes(
            system=prompt.system, shots=shots, render=render, schema=None if schema is None else schema.document
        ),
        loaded=loaded,
        shown=tuple(_words(shot.problem) for shot in shots),
    )


def _check_needs(loaded: LoadedRecipe, style: str, given: dict[str, bool]) -> None:
    needed = NEEDS.get(style)
    if needed is not None and not given[needed]:
        raise loaded.located.error(("prompt", needed), f"the style {style} needs {needed}, or {needed}_path")
    for key, is_given in given.items():
        taken = key == needed or (key == "shots" and needed == "template")
        if is_given and not taken:
            raise loaded.located.error(_place(loaded, key), f"the style {style} takes no {key}")


def _place(loaded: LoadedRecipe, key: str) -> tuple[str, str]:
    """Return the place of a key that may be given by a path instead."""
    by_path = getattr(loaded.recipe.prompt, f"{key}_path") is not None
    return ("prompt", f"{key}_path" if by_path else key)


def _shot_error(loaded: LoadedRecipe, place: int, message: str) -> RecipeError:
    if loaded.recipe.prompt.shots_path is not None:
        return loaded.located.error(("prompt", "shots_path"), f"shot {place + 1}: {message}")
    return loaded.located.error(("prompt", "shots", place), message)


def _shots(loaded: LoadedRecipe) -> tuple[Shot, ...]:
    prompt = loaded.recipe.prompt
    if prompt.shots_path is None:
        return prompt.shots
    if prompt.shots:
        raise loaded.located.error(("prompt", "shots_path"), "shots are given here and in `shots`; one is enough")
    lines = _file(loaded, "shots_path").splitlines()
    return tuple(_shot(loaded, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _shot(loaded: LoadedRecipe, number: int, line: bytes) -> Shot:
    at = ("prompt", "shots_path")
    where = f"{loaded.recipe.prompt.shots_path}:{number}"
    try:
        return Shot.model_validate(jsonlines.decode(line))
    except jsonlines.UnreadableLineError as error:
        raise loaded.located.error(at, f"{where}: {error}") from None
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in detail["loc"])
        raise loaded.located.error(at, f"{where}: {key}: {should_be(detail)}") from None


def _template(loaded: LoadedRecipe) -> str | None:
    prompt = loaded.recipe.prompt
    if prompt.template_path is None:
        return prompt.template
    at = ("prompt", "template_path")
    if prompt.template is not None:
        raise loaded.located.error(at, "a template is given here and in `template`; one is enough")
    try:
        return _file(loaded, "template_path").decode("utf-8")
    except UnicodeDecodeError:
        raise loaded.located.error(at, "the file is not UTF-8") from None


def _file(loaded: LoadedRecipe, key: str) -> bytes:
    path = loaded.base / Path(str(getattr(loaded.recipe.prompt, key)))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise loaded.located.error(("prompt", key), f"cannot be read: {error.strerror}") from None
    if len(data) > MAX_FILE_BYTES:
        raise loaded.located.error(("prompt", key), f"the file has more than {MAX_FILE_BYTES:,} bytes")
    return data


def _words(text: str) -> str:
    """Return the words of a text, so that two texts with the same words are the same; spaces stand around each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
