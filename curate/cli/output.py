"""What commands share: options, progress, notices, summaries."""

import re
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import click

from curate import jsonlines
from curate.errors import Attention
from curate.escaping import safe, safe_json

F = TypeVar("F", bound=Callable[..., Any])

SECONDS_BETWEEN_LINES = 10.0


def say(text: str) -> None:
    """Print human words, to stderr, with what could drive a terminal escaped."""
    click.echo(safe(text), err=True)


def give(value: object) -> None:
    """Print data, to stdout, as one JSON object; what could drive a terminal is escaped, which JSON allows."""
    click.echo(safe_json(jsonlines.encode(value).decode("utf-8")))


class _Bytes(click.ParamType[int]):
    """A number of bytes, as people write it: 4096, 64MB, 2GB."""

    name = "BYTES"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - as click has it
        """Return the number."""
        written = re.fullmatch(r"([1-9][0-9]{0,14}) ?([KMGT]?)B?", str(value).strip().upper())
        if written is None:
            self.fail(f"{value} is no number of bytes; write it as 4096, 64MB or 2GB", param, ctx)
        return int(written[1]) << 10 * ("", "K", "M", "G", "T").index(written[2])


BYTES = _Bytes()


class Bar:
    """Progress: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._done = 0
        self._began = self._last = 0.0
        self._words: tuple[str, int | None, str] = ("", None, "")
        self._told = ""

    def start(self, what: str, total: int | None, unit: str) -> None:
        """Begin a piece of work."""
        self._done, self._told = 0, ""
        self._began = self._last = time.monotonic()
        self._words = (what, total, unit)
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=total, desc=what, unit=f" {unit}", leave=False, file=sys.stderr)

    def advance(self, amount: int = 1) -> None:
        """Go on."""
        self._done += amount
        if self._bar is not None:
            self._bar.update(amount)
        elif time.monotonic() - self._last > SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            say(self._line())

    def tell(self, words: str) -> None:
        """Show words beside the count, from the next time that it is shown."""
        self._told = words
        if self._bar is not None:
            self._bar.set_postfix_str(safe(words), refresh=False)

    def _line(self) -> str:
        what, total, unit = self._words
        rate = self._done / max(1e-9, self._last - self._began)
        of_all = "" if total is None else f" of {total:,}"
        left = "" if total is None or not rate else f", {span_of((total - self._done) / rate)} left"
        told = f"; {self._told}" if self._told else ""
        return f"{what}: {self._done:,}{of_all} {unit}, {rate:,.1f} a second{left}{told}"

    def finish(self) -> None:
        """End."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def span_of(seconds: float) -> str:
    """Return a length of time in its two largest units."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


def options(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Return one decorator made of several, the first one outermost."""

    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


set_option = click.option(
    "--set", "overrides", metavar="KEY=VALUE", multiple=True, help="Override a key of the recipe; may be repeated."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object on stdout.")


def attend(things: list[str]) -> None:
    """End with exit code 1 if something wants attention.

    Raises:
        Attention: It does; the message lists what.
    """
    if things:
        raise Attention("; ".join(things))
