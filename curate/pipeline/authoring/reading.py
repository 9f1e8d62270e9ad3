"""The replies of an author, read: what each proposes, or why nothing can be read in it."""

from curate.engine.cost import usd_with
from curate.manifests import AuthoredCounts
from curate.pipeline.authoring.asker import Heard
from curate.problems.proposals import BrokenReplyError, Proposal, proposals_of
from curate.records import Reply
from curate.traces.thinking import split_thinking

CUT_OFF = frozenset({"length", "interrupted"})


def proposed(heard: Heard, counts: AuthoredCounts) -> list[Proposal]:
    """Return what a reply proposes; what it comes to is counted."""
    counts.requests += heard.was_asked
    counts.cost = usd_with(counts.cost, heard.cost)
    if heard.reply is None:
        counts.failed += heard.was_asked
        return []
    try:
        found = proposals_of(_said(heard.reply))
    except BrokenReplyError as error:
        reason = "cut off" if heard.reply.finish_reason in CUT_OFF else str(error)
        counts.broken[reason] = counts.broken.get(reason, 0) + 1
        return []
    counts.malformed += found.malformed
    counts.empty += not found.problems
    counts.proposed += len(found.problems)
    return found.problems


def _said(reply: Reply) -> str:
    """Return what a reply says after its thinking."""
    return split_thinking(reply.content).response
