"""Prompts that make a teacher think: a style is a function from a problem to messages."""

from collections.abc import Callable

from curate.prompts.styles import zero_shot_cot
from curate.records import Message, Problem

Style = Callable[[Problem], tuple[Message, ...]]

STYLES: dict[str, Style] = {style.__name__: style for style in (zero_shot_cot,)}
