"""Money, through the command that a user types: quotes, budgets, and what it came to."""

import json
import re
from pathlib import Path

import pytest

from curate.ledger import Ledger
from curate.testing.server import FakeServer
from tests.faults.running import generate, summary_of, write_recipe

PRICE = {"input": 1.0, "output": 10.0}
WORDS = 16
"""Tokens of the server's answers."""
COST = 8 * 1e-6 + WORDS * 10e-6
"""What about one reply costs: eight words in the prompt or a few more, and the answer."""


def test_a_budget_stops_the_run(tmp_path: Path) -> None:
    """A run stops before it could exceed its budget, with exit code 1, and goes on when there is more."""
    with FakeServer() as server:
        write_recipe(tmp_path, server, 200, max_tokens=40, price=PRICE)
        done = generate(tmp_path, "--max-cost", "0.02", "--json")
        first, billed = summary_of(done), server.account.billed
        again = summary_of(generate(tmp_path, "--max-cost", "0.02", "--json"))
        billed_again = server.account.billed
        rest = generate(tmp_path, "--max-cost", "1", "--json")
        more = summary_of(rest)
    assert done.returncode == 1
    (said,) = first["attention"]
    assert said.startswith("the budget has no room for the ")
    assert 0 < first["cost"] <= 0.02
    assert first["samples"]["pending"] == 200 - billed
    assert first["replies"] == first["billed"] == billed
    assert (again["requests"], billed_again) == (billed_again - billed, billed_again)
    assert again["cost"] is None or first["cost"] + again["cost"] <= 0.02
    assert (rest.returncode, more["samples"]["traces"], more["attention"]) == (0, 200, [])


def test_a_budget_without_a_price(tmp_path: Path) -> None:
    """A budget for a model whose price nobody knows is an error before the first request."""
    with FakeServer() as server:
        write_recipe(tmp_path, server, 5)
        done = generate(tmp_path, "--max-cost", "5")
    assert done.returncode == 2
    assert "no price is known for custom/tiny; give its teacher a `price`" in done.stderr
    assert server.received == []


def test_quotes(tmp_path: Path) -> None:
    """A dry run quotes the worst; later lines say what is reused and what it had cost, and what the rest may cost."""
    with FakeServer() as server:
        write_recipe(tmp_path, server, 120, max_tokens=40, price=PRICE)
        quoted = json.loads(generate(tmp_path, "--dry-run", "--json").stdout)
        done = generate(tmp_path, "--limit", "100")
        more = generate(tmp_path)
    assert quoted["likely_cost"] is None
    assert quoted["worst_cost"] > 120 * 40 * 10e-6
    assert "reusing 0 replies, sending 100, at most $0." in done.stderr
    after = re.search(r"after (\d+) samples, which cost \$\S+ about \$(\S+) in all", done.stderr)
    came_to = re.search(r"^cost: \$([\d.]+),", done.stderr, re.MULTILINE)
    assert after
    assert came_to
    assert 50 <= int(after[1]) < 70
    assert float(after[2]) == pytest.approx(float(came_to[1]), rel=0.1)
    assert "(95 of 100 times $0.0" in done.stderr
    assert "a reply" in done.stderr.partition("cost: $")[2]
    assert "reusing 100 replies ($0.0" in more.stderr
    assert "sending 20, about $0.0" in more.stderr
    likely = float(more.stderr.partition("sending 20, about $")[2].split(",")[0])
    assert likely == pytest.approx(20 * COST, rel=0.3)


def test_what_it_came_to(tmp_path: Path) -> None:
    """The summary's cost is what the server billed at the price, to the last digit."""
    with FakeServer(faults={"truncated": 0.3}, seed=1) as server:
        write_recipe(tmp_path, server, 100, max_tokens=40, price=PRICE)
        summary = summary_of(generate(tmp_path, "--json"))
    served = server.account.served
    prompt = sum(one.prompt_tokens for one in served)
    completion = sum(one.completion_tokens for one in served)
    assert summary["cost"] == pytest.approx(prompt * 1e-6 + completion * 10e-6, abs=1e-12)
    assert summary["tokens"] == {"prompt": prompt, "completion": completion}
    assert summary["truncated"] == server.account.faults["truncated"] > 10
    assert summary["max_tokens_that_hold"] == {"95%": WORDS, "99%": WORDS}
    with Ledger(tmp_path / "run" / "ledger.sqlite", readonly=True) as ledger:
        assert ledger.pulse(0.0).truncated == summary["truncated"]
