"""The prompts of a recipe, resolved: styles found, shots and templates read, their demands put into the request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
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
from curate.recipe.located import Place, nearest
from curate.recipe.shape import Prompt, Shot
from curate.records import JSON, Message, Problem
from curate.schemas import Schema
from curate.teachers import PROVIDERS

MAX_FILE_BYTES = 2**20
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Written:
    """A prompt as it stands in a recipe."""

    loaded: LoadedRecipe
    prompt: Prompt
    place: Place

    def error(self, key: str, message: str) -> RecipeError:
        """Return an error at one of its keys."""
        return self.loaded.located.error((*self.place, key), message)

    def given(self, key: str) -> str:
        """Return the key that gives something: itself, or the one with the path to it."""
        return f"{key}_path" if getattr(self.prompt, f"{key}_path") is not None else key

    def shot_error(self, place: int, message: str) -> RecipeError:
        """Return an error of one of its shots."""
        if self.prompt.shots_path is not None:
            return self.error("shots_path", f"shot {place + 1}: {message}")
        return self.loaded.located.error((*self.place, "shots", place), message)

    def file(self, key: str) -> bytes:
        """Return the bytes of a file that it names.

        Raises:
            RecipeError: It cannot be read, or is too large.
        """
        path = self.loaded.base / Path(str(getattr(self.prompt, key)))
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise self.error(key, f"cannot be read: {error.strerror}") from None
        if len(data) > MAX_FILE_BYTES:
            raise self.error(key, f"the file has more than {MAX_FILE_BYTES:,} bytes")
        return data


class PlannedPrompt(msgspec.Struct, frozen=True, kw_only=True):
    """How problems are put to teachers."""

    name: str
    """What traces call it: its own name, or its style."""
    style: str
    wishes: PromptWishes
    written: Written
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
            raise self.written.error("template", str(error)) from None

    def extra_body(self, provider: str, asked: Mapping[str, object]) -> JSON:
        """Return the fields of the body beyond the standard ones; what the recipe states itself stays as it is."""
        wanted = response_format(self.style, self.wishes.schema, PROVIDERS[provider].formats)
        return dict(asked) if wanted is None else {RESPONSE_FORMAT: wanted, **asked}

    def shot_in(self, problem: Problem) -> int | None:
        """Return the position of the shot that is this problem, or a part of it, or holds it; None for none."""
        words = _words(problem.text) if self.shown else ""
        return next((place for place, shot in enumerate(self.shown) if shot in words or words in shot), None)

    def _refuse_leak(self, problem: Problem) -> None:
        place = self.shot_in(problem)
        if place is not None:
            what = "this is a problem of the recipe, and would be asked with its own solution"
            raise self.written.shot_error(place, what)


def plan_prompts(loaded: LoadedRecipe) -> tuple[PlannedPrompt, ...]:
    """Resolve the prompts of a recipe.

    Raises:
        RecipeError: There is no such style, it lacks what it needs or is given what it does not take, a file is
            missing or holds something else, or two prompts cannot be told apart.
    """
    planned: dict[str, PlannedPrompt] = {}
    schema = plan_schema(loaded)
    for position, prompt in enumerate(loaded.recipe.prompt):
        written = Written(loaded, prompt, loaded.located.item("prompt", position))
        one = _planned(written, schema)
        if one.name in planned:
            key = "style" if prompt.name is None else "name"
            raise written.error(key, f"there are two prompts {one.name!r}; give each a `name` to tell them apart")
        planned[one.name] = one
    return tuple(planned.values())


def _planned(written: Written, schema: Schema | None) -> PlannedPrompt:
    prompt = written.prompt
    style = prompt.style.replace("-", "_")
    if style not in STYLES:
        known = f"there are {', '.join(STYLES)}{nearest(style, STYLES)}"
        raise written.error("style", f"unknown style {prompt.style!r}; {known}")
    shots = _shots(written)
    template = _template(written)
    _check_needs(written, style, {"shots": bool(shots), "template": template is not None})
    try:
        render = None if template is None else compiled(template, shots)
    except UsageError as error:
        raise written.error(written.given("template"), str(error)) from None
    return PlannedPrompt(
        name=prompt.name or style,
        style=style,
        wishes=PromptWishes(
            system=prompt.system, shots=shots, render=render, schema=None if schema is None else schema.document
        ),
        written=written,
        shown=tuple(_words(shot.problem) for shot in shots),
    )


def _check_needs(written: Written, style: str, given: dict[str, bool]) -> None:
    needed = NEEDS.get(style)
    if needed is not None and not given[needed]:
        raise written.error(needed, f"the style {style} needs {needed}, or {needed}_path")
    for key, is_given in given.items():
        taken = key == needed or (key == "shots" and needed == "template")
        if is_given and not taken:
            raise written.error(written.given(key), f"the style {style} takes no {key}")


def _shots(written: Written) -> tuple[Shot, ...]:
    prompt = written.prompt
    if prompt.shots_path is None:
        return prompt.shots
    if prompt.shots:
        raise written.error("shots_path", "shots are given here and in `shots`; one is enough")
    lines = written.file("shots_path").splitlines()
    return tuple(_shot(written, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _shot(written: Written, number: int, line: bytes) -> Shot:
    where = f"{written.prompt.shots_path}:{number}"
    try:
        return Shot.model_validate(jsonlines.decode(line))
    except jsonlines.UnreadableLineError as error:
        raise written.error("shots_path", f"{where}: {error}") from None
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in detail["loc"])
        raise written.error("shots_path", f"{where}: {key}: {should_be(detail)}") from None


def _template(written: Written) -> str | None:
    prompt = written.prompt
    if prompt.template_path is None:
        return prompt.template
    if prompt.template is not None:
        raise written.error("template_path", "a template is given here and in `template`; one is enough")
    try:
        return written.file("template_path").decode("utf-8")
    except UnicodeDecodeError:
        raise written.error("template_path", "the file is not UTF-8") from None


def _words(text: str) -> str:
    """Return the words of a text, so that two texts with the same words are the same; spaces stand around each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
