"""What goes into the ledger comes out as it was."""

from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.attempts import Attempt
from curate.ledger import Ledger, Tally
from curate.records import FinishReason, Reply, Usage

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40).map(
    lambda text: text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
)
"""Any text at all, lone surrogates included; two that make a pair are the character that they make."""
TOKENS = st.none() | st.integers(0, 10**30)
REPLIES = st.builds(
    Reply,
    content=ANY_TEXT,
    reasoning=ANY_TEXT,
    finish_reason=st.sampled_from([*get_args(FinishReason), None]),
    usage=st.builds(Usage, prompt_tokens=TOKENS, completion_tokens=TOKENS, reasoning_tokens=TOKENS),
    model=st.none() | ANY_TEXT,
    fault=st.none() | ANY_TEXT,
)

TEXTS = {
    "empty": "",
    "NUL": "before\x00after",
    "lone surrogate": "half \ud83d of a pair",
    "surrogates in the wrong order": "\udc00\ud800",
    "emoji": "\U0001f9ee\u200d\u2642\ufe0f",
    "line separators": "a\u2028b\u2029c\x85d\r\n",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "5 MB": "All work and no play. \u00e9" * 220_000,
    "5 MB with a lone surrogate": "All work and no play. \udfff" * 220_000,
}


def attempt_of(reply: Reply | None, *, key: str = "k", error: str | None = None) -> Attempt:
    """Return an attempt that got a reply, or none."""
    return Attempt(key=key, max_tokens=8, started=1.5, seconds=0.25, reply=reply, error=error)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text(tmp_path: Path, text: str) -> None:
    """The text of a reply is kept verbatim, whatever it holds, and read by the next process as well."""
    attempt = attempt_of(Reply(content=text, reasoning=f"{text} {text}"))
    with Ledger(tmp_path / "l.sqlite") as ledger:
        ledger.record([attempt])
        assert ledger.attempts("k") == [attempt]
    with Ledger(tmp_path / "l.sqlite", readonly=True) as ledger:
        assert ledger.attempts("k") == [attempt]


@settings(max_examples=50)
@given(st.lists(REPLIES, min_size=1, max_size=4))
def test_any_reply(tmp_path_factory: pytest.TempPathFactory, replies: list[Reply]) -> None:
    """Replies come back equal and in the order they were made, also with counts that no database can hold."""
    attempts = [attempt_of(reply) for reply in replies]
    with Ledger(tmp_path_factory.mktemp("any") / "l.sqlite") as ledger:
        ledger.record(attempts)
        assert ledger.attempts("k") == attempts
        assert ledger.tally().replies == len(replies)


@settings(max_examples=25)
@given(ANY_TEXT)
def test_any_reason(tmp_path_factory: pytest.TempPathFactory, reason: str) -> None:
    """The reason of a failure is kept; what is no text in it, as escapes."""
    with Ledger(tmp_path_factory.mktemp("any") / "l.sqlite") as ledger:
        ledger.record([attempt_of(None, error=reason)])
        (kept,) = ledger.attempts("k")
    assert kept.error == reason.encode("utf-8", "backslashreplace").decode("utf-8")


def test_tally(tmp_path: Path) -> None:
    """The tally counts attempts, replies, requests and tokens, and nothing twice."""
    usage = Usage(prompt_tokens=3, completion_tokens=4)
    with Ledger(tmp_path / "l.sqlite") as ledger:
        assert ledger.tally() == Tally(0, 0, 0, 0, 0, 0)
        ledger.record([attempt_of(Reply(content="", usage=usage)), attempt_of(None, error="no")])
        ledger.record([attempt_of(Reply(content="", usage=usage), key="other"), attempt_of(Reply(content=""), key="x")])
        assert ledger.tally() == Tally(attempts=4, replies=3, keys=3, prompt_tokens=6, completion_tokens=8, cost=0)


def test_a_refused_transaction_leaves_nothing(tmp_path: Path) -> None:
    """Of attempts recorded together, one that cannot be kept leaves none, and the ledger goes on to work."""
    good, bad = attempt_of(Reply(content="a")), Attempt(key="k", max_tokens=2**70, started=0.0, seconds=0.0)
    with Ledger(tmp_path / "l.sqlite") as ledger:
        with pytest.raises(OverflowError):
            ledger.record([good, bad])
        assert ledger.attempts("k") == []
        ledger.record([good])
        assert ledger.attempts("k") == [good]


def test_costs_that_servers_make_up_add_up(tmp_path: Path) -> None:
    """A hundred replies at a million USD each, beyond what 64 bits hold, are counted, and the ledger still opens."""
    million = 10**18
    reply = Reply(content="", usage=Usage(prompt_tokens=2**53))
    with Ledger(tmp_path / "l.sqlite") as ledger:
        ledger.record([msgspec.structs.replace(attempt_of(reply), cost=million + 1)] * 100)
    with Ledger(tmp_path / "l.sqlite", readonly=True) as ledger:
        assert ledger.tally().cost == ledger.pulse(0).cost == 100 * (million + 1)
