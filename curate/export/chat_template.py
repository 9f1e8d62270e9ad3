r"""A tokenizer's own chat template, rendered as trainers render it and in the sandbox that they use.

{% for message in messages %}<|im_start|>{{ message.role }}
{% generation %}{{ message.content }}<|im_end|>{% endgeneration %}
{% endfor %}

What stands between `generation` and `endgeneration` is what a trainer that learns only from the assistant's turns takes
the loss over. Nothing of a template can reach files, the network or Python's own objects.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

import jinja2
import msgspec
from jinja2 import nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from curate.errors import UsageError
from curate.limits import bounded
from curate.records import JSON

MAX_CHARACTERS = 256_000_000
"""A row that comes to more is no row of a dataset: a template that never ends is stopped there."""
MAX_SECONDS = 20.0
"""What a template may take to be read, and for each conversation."""

Interval = tuple[int, int]
"""From a character of a text to the one before another."""
_FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What Python raises for what a template does with the values of a row."""


class TemplateRaisedError(ValueError):
    """Raised where a template refuses a row, or fails over it; the message is the template's own."""


class Rendered(msgspec.Struct, frozen=True):
    """A conversation as the student's tokenizer writes it."""

    text: str
    """The whole text."""
    generated: tuple[Interval, ...]
    """What stands between the template's own generation marks; none where it has no such marks."""


class ChatTemplate:
    """A chat template, compiled.

    Args:
        source: The template.
        special_tokens: `bos_token`, `eos_token` ... to their text; the template may write them.
        day: The time that the template is told; None for the clock's.

    Raises:
        UsageError: It does not parse, or not within the limits.
    """

    def __init__(self, source: str, special_tokens: Mapping[str, str], *, day: dt.datetime | None = None) -> None:
        self.source = source
        self.special_tokens = dict(special_tokens)
        self._environment = _environment(day)
        try:
            with bounded("the chat template", seconds=MAX_SECONDS):
                self._template = self._environment.from_string(source)
        except jinja2.TemplateSyntaxError as error:
            raise UsageError(f"line {error.lineno} of the chat template: {error.message}") from None
        except RecursionError:
            raise UsageError("the chat template is nested too deeply to be read") from None

    def render(self, turns: Sequence[JSON], *, asks: bool = False) -> Rendered:
        """Render a conversation.

        Args:
            turns: Messages, as a row has them.
            asks: Whether the assistant is asked to speak next: the template then adds the head of its turn.

        Raises:
            TemplateRaisedError: The template raises.
            UsageError: It takes more time or memory than any template needs.
        """
        marks = _marks(self._environment)
        marks.begin()
        try:
            pieces = self._template.generate(
                **self.special_tokens, messages=turns, tools=None, documents=None, add_generation_prompt=asks
            )
            with bounded("the chat template", seconds=MAX_SECONDS):
                return Rendered(marks.whole(pieces), tuple(marks.intervals))
        except TemplateRaisedError:
            raise
        except _FAILURES as error:
            raise TemplateRaisedError(str(error) or type(error).__name__) from None


class GenerationMarks(Extension):
    """The `generation` tag: renders its body, and remembers where that stands in the text."""

    tags = {"generation"}  # noqa: RUF012 - as the base class has it

    def __init__(self, environment: jinja2.Environment) -> None:
        super().__init__(environment)
        self.begin()

    def begin(self) -> None:
        """Forget the last text."""
        self.intervals: list[Interval] = []
        self._pieces: list[str] = []
        self._length = 0

    def whole(self, pieces: Iterable[str]) -> str:
        """Put a text together from its pieces, and know at any time how much of it there is."""
        for piece in pieces:
            self._pieces.append(piece)
            self._length += len(piece)
            if self._length > MAX_CHARACTERS:
                raise TemplateRaisedError(f"it writes more than {MAX_CHARACTERS:,} characters")
        return "".join(self._pieces)

    def parse(self, parser: Parser) -> nodes.Node:
        """Turn the tag and its body into a call that yields the body."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_marked"), [], [], body).set_lineno(line)

    def _marked(self, caller: Any) -> str:  # noqa: ANN401 - a macro of jinja2
        text: str = caller()
        self.intervals.append((self._length, self._length + len(text)))
        return text


def _marks(environment: jinja2.Environment) -> GenerationMarks:
    found = environment.extensions[GenerationMarks.identifier]
    assert isinstance(found, GenerationMarks)
    return found


def _environment(day: dt.datetime | None) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[GenerationMarks, loopcontrols]
    )
    environment.filters["tojson"] = _to_json
    environment.globals["raise_exception"] = _raise
    environment.globals["strftime_now"] = _now if day is None else day.strftime
    return environment


def _to_json(
    value: Any,  # noqa: ANN401 - any JSON value
    ensure_ascii: bool = False,  # noqa: FBT001, FBT002 - as templates call it
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,  # noqa: FBT001, FBT002 - as templates call it
) -> str:
    """Return JSON as templates want it, without the escapes for HTML that jinja2's own filter makes."""
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def _raise(message: str) -> NoReturn:
    raise TemplateRaisedError(message)


def _now(layout: str) -> str:
    return dt.datetime.now().astimezone().strftime(layout)
