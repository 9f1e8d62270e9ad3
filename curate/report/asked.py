"""What was sent and what came of it, in numbers and in words."""

import msgspec

from curate.engine import Account
from curate.engine.cost import in_usd, money
from curate.manifests import RunManifest
from curate.records import JSON
from curate.wording import counted


def asked(manifest: RunManifest, account: Account) -> JSON:
    """Return the manifest of a run, and beside it what this command sent and what came of that.

    Args:
        manifest: The run's manifest; `tokens` is replaced by those of all replies that came now.
        account: What was sent.
    """
    return {
        **msgspec.to_builtins(manifest),
        "requests": account.requests,
        "replies": account.replies,
        "billed": account.billed,
        "maybe_billed": account.maybe_billed,
        "retried": account.retried,
        "truncated": account.truncated,
        "failed": dict(account.failed.most_common()),
        "tokens": {"prompt": account.prompt_tokens, "completion": account.completion_tokens},
        "cost": in_usd(account.cost),
        "seconds": round(account.seconds, 3),
        "max_tokens_that_hold": account.lengths,
    }


def asked_summary(account: Account) -> str:
    """Return a few lines on what this command sent; nothing where it sent nothing."""
    if not account.requests:
        return ""
    again = f", {account.retried:,} of them again" if account.retried else ""
    sent, came = counted(account.requests, "request"), counted(account.replies, "reply", "replies")
    lines = [f"sent {sent}{again}, in {account.seconds:,.1f} s: {came}"]
    if account.failed:
        reasons = ", ".join(f"{count:,} {kind}" for kind, count in account.failed.most_common())
        lines.append(f"failed: {reasons}")
    if account.replies:
        lines.append(_truncated(account))
    if account.cost:
        lines.append(_cost(account))
    return "\n".join(lines)


def _truncated(account: Account) -> str:
    held = ", ".join(f"{length:,} tokens hold {share}" for share, length in account.lengths.items())
    share = (
        f"truncated: {account.truncated:,} of {account.replies:,} replies ({account.truncated / account.replies:.1%})"
    )
    return f"{share}; of the finished ones {held}" if held else share


def _cost(account: Account) -> str:
    assert account.cost is not None
    words = f"cost: {money(account.cost)}, {money(account.cost / max(1, account.replies))} a reply"
    if account.truncated:
        words += f", {money(account.truncated_cost / account.truncated)} a truncated one"
    return words
