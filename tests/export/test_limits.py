"""Templates that do not end or fill the memory: stopped, and told from rows that a template refuses."""

import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from curate.errors import UsageError
from curate.export import chat_template
from curate.export.chat_template import ChatTemplate
from curate.export.template import require_templates
from curate.limits import TooSlowError, bounded, within_bytes, within_seconds

TURNS = [{"role": "user", "content": "What is 3 * 4?"}]
DEEP = "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}"


def hold_on() -> None:
    """Go on for ever, whatever is raised that is an Exception."""
    while True:
        with suppress(Exception):
            time.sleep(0.001)


def hold_on_after_a_limit() -> None:
    """Go on for ever, after something that had a limit of its own."""
    with within_seconds(60):
        pass
    hold_on()


def test_code_that_does_not_end() -> None:
    """What runs for ever is stopped, also where it holds on to every Exception; afterwards no signal is left."""
    with (
        pytest.raises(UsageError, match=r"^it takes more than 0\.05 seconds for one row$"),
        bounded("it", seconds=0.05),
    ):
        hold_on()
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_code_that_hides_that_its_time_is_up() -> None:
    """What swallows the signal and ends by itself, late, is told all the same."""
    with pytest.raises(TooSlowError), within_seconds(0.02), suppress(TooSlowError):
        time.sleep(60)


class SlowToGo:
    """Goes on for ever when it is collected, where no exception can leave."""

    def __del__(self) -> None:
        """Take its time."""
        time.sleep(60)


def hold_on_in_a_finalizer() -> None:
    """Go on for ever, first where no exception can leave."""
    SlowToGo()
    time.sleep(60)


def test_a_finalizer_that_does_not_end() -> None:
    """What loses the signal in a finalizer gets another one, and nothing is said of the one that was lost."""
    with pytest.raises(TooSlowError), within_seconds(0.05):
        hold_on_in_a_finalizer()


def test_limit_in_a_limit() -> None:
    """A limit inside another one leaves that one in force, and its handler in place."""
    with pytest.raises(UsageError, match=r"^the outer takes more"), bounded("the outer", seconds=0.2):
        hold_on_after_a_limit()


def test_code_that_fills_the_memory() -> None:
    """What asks for too much gets MemoryError, and the ceiling is gone afterwards."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(UsageError, match=r"^it takes more than 1,000,000 bytes"), bounded("it", more=1_000_000):
        bytearray(1 << 40)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    with within_bytes(64 << 20):
        assert len(bytearray(1 << 20)) == 1 << 20


def test_the_time_is_not_up() -> None:
    """What is quick enough is left alone."""
    with within_seconds(60):
        done = 1 + 1
    assert done == 2
    assert not issubclass(TooSlowError, Exception)


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(90) }}",
    ],
    ids=["loops", "recursion"],
)
def test_a_chat_template_that_does_not_end(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a fault of the template, said once, and none of the row."""
    monkeypatch.setattr(chat_template, "MAX_SECONDS", 0.1)
    with pytest.raises(UsageError, match=r"^the chat template takes more than 0\.1 seconds"):
        ChatTemplate(template, {}).render(TURNS)


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 10 ** 13 }}",
        "{{ '%10000000000000d' % 1 }}",
        "{{ messages[0].content | center(10 ** 13) }}",
    ],
    ids=["a product", "a format", "a filter"],
)
def test_a_chat_template_that_fills_the_memory(template: str) -> None:
    """Be it while it is read, where constants are folded, or while it is rendered: it is stopped, and said so."""
    with pytest.raises(UsageError, match=r"^the chat template takes more than [\d,]+ bytes"):
        ChatTemplate(template, {}).render(TURNS)


@pytest.mark.parametrize(
    "read",
    [lambda: ChatTemplate(DEEP, {}), lambda: require_templates({"a": DEEP})],
    ids=["chat template", "rows of one's own"],
)
def test_a_template_that_is_nested_too_deeply(read: Callable[[], object]) -> None:
    """It is refused, and no bug of ours."""
    with pytest.raises(UsageError, match="nested too deeply"):
        read()
