"""A thousand requests to a server with every kind of trouble."""

from pathlib import Path

from curate.testing.server import FakeServer
from tests.faults.running import generate, summary_of, traces, write_recipe

FAULTS = {
    "rate_limited": 0.10,
    "overloaded": 0.05,
    "cut_before_headers": 0.015,
    "cut_after_headers": 0.015,
    "hang": 0.01,
    "broken_json": 0.01,
    "empty_choices": 0.02,
    "truncated": 0.10,
}


def test_a_thousand_requests(tmp_path: Path) -> None:
    """Of a thousand samples none is lost, none is there twice, and no sound reply is asked for or paid for again."""
    with FakeServer(faults=FAULTS, seed=7, latency=0.02, hang=20.0, remember=False) as server:
        write_recipe(tmp_path, server, 1000, max_concurrency=64, timeout=5.0, on_truncated="retry")
        done = generate(tmp_path, "--json")
    summary, account = summary_of(done), server.account
    found = traces(tmp_path)
    assert len({trace.id for trace in found}) == len(found) == 1000
    assert {trace.finish_reason for trace in found} == {"stop"}
    assert set(account.faults) == set(FAULTS)
    assert set(account.sound.values()) == {1}
    assert len(account.sound) == 1000
    assert account.billed == 1000 + account.billed_faults + account.unheard
    assert summary["billed"] <= account.billed <= summary["billed"] + summary["maybe_billed"]
    assert (summary["failed"], summary["samples"]["failed"], summary["attention"]) == ({}, 0, [])
    assert summary["truncated"] == account.faults["truncated"]
    assert summary["replies"] == 1000 + account.faults["truncated"]
    assert summary["requests"] == 1000 + summary["retried"]
