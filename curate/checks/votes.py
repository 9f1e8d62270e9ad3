"""Answers that nobody verified: problems without a reference, and the vote of a problem's samples."""

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from curate.answers import canonical
from curate.answers.compare import compare_cheaply
from curate.checks.corpus import judgements
from curate.jsonlines import valid_text
from curate.records import Finding, Outcome, Trace

if TYPE_CHECKING:
    import polars as pl

SHOWN_CHARACTERS = 60
MAX_ANSWER_CHARACTERS = 200


def unverified_answer(trace: Trace) -> Finding | None:
    """The problem has no reference, so nobody can say whether the answer is right.

    Args:
        trace: The trace to judge.
    """
    if trace.problem.reference is not None:
        return None
    return Finding(outcome="fail", reason="the problem has no reference to compare with")


class Ballot(msgspec.Struct, frozen=True, array_like=True):
    """What a row brings to the vote of its problem."""

    normal: str | None
    """Its answer in normal form; None when it states none."""
    answer: str
    """Its answer as it was found."""
    votes: bool
    """Whether the answer counts: it does not when the reply was cut off."""
    verified: bool
    """Whether the problem has a reference: then there is no vote."""


def minority_answer_signature(trace: Trace, *, min_votes: int = 3, min_share: float = 0.5) -> bytes:  # noqa: ARG001 - a signature takes the parameters of its check
    """Return the row's ballot, as long as its answer."""
    problem = trace.problem
    answer = trace.answer
    normal = None if answer is None else canonical(answer, problem.answer_type, problem_text=problem.text)
    ballot = Ballot(
        normal=None if normal is None else valid_text(normal),
        answer=valid_text((answer or "")[:MAX_ANSWER_CHARACTERS]),
        votes=normal is not None and trace.finish_reason != "length",
        verified=problem.reference is not None,
    )
    return msgspec.msgpack.encode(ballot)


def minority_answer(rows: "pl.DataFrame", *, min_votes: int = 3, min_share: float = 0.5) -> "pl.DataFrame":
    """The answer is not the one that most samples of the problem give.

    For problems without a reference: every reply that states an answer and was not cut off has a vote, also those that
    other checks dropped before; answers that are the same in other notations are one. A tie, too few votes, or too
    small a lead is undecided, and so are a reply without an answer and one whose answer may be the majority's
    in a form that cannot be compared. The measure is the share of the votes that the row's answer has.

    Args:
        rows: `row` (u32), `id`, `problem_id` (strings) and `signature` (binary) of every reply.
        min_votes: The fewest votes with which a problem is decided.
        min_share: The share of the votes that the majority's answer needs.

    Returns:
        `row`, `outcome`, `reason` and `value` of the rows of problems without a reference.
    """
    places, problems, signatures = (rows[name].to_list() for name in ("row", "problem_id", "signature"))
    ballots = [msgspec.msgpack.decode(signature, type=Ballot) for signature in signatures]
    polls: dict[str, Poll] = {}
    for problem, ballot in zip(problems, ballots, strict=True):
        polls.setdefault(problem, Poll()).add(ballot)
    findings = [
        (place, finding.outcome, finding.reason, finding.value)
        for place, problem, ballot in zip(places, problems, ballots, strict=True)
        if not ballot.verified
        for finding in (polls[problem].judged(ballot, min_votes, min_share),)
    ]
    return judgements(findings)


class Poll:
    """The vote on one problem."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        """Normal form to votes."""
        self.written: dict[str, str] = {}
        """Normal form to an answer that has it, as it was found."""

    def add(self, ballot: Ballot) -> None:
        """Count a ballot, if it has a vote."""
        if ballot.votes and ballot.normal is not None:
            self.counts[ballot.normal] = self.counts.get(ballot.normal, 0) + 1
            self.written[ballot.normal] = min(ballot.answer, self.written.get(ballot.normal, ballot.answer))

    def judged(self, ballot: Ballot, min_votes: int, min_share: float) -> Finding:
        """Return what the votes say of an answer."""
        votes = sum(self.counts.values())
        if ballot.normal is None:
            return Finding(outcome="undecided", reason="no final answer to vote with")
        share = self.counts.get(ballot.normal, 0) / votes if votes else None
        if votes < min_votes:
            reason = f"{votes} votes on the problem, {min_votes} are needed"
            return Finding(outcome="undecided", reason=reason, value=share)
        first, *others = sorted(self.counts.values(), reverse=True)
        if first / votes < min_share or (others and others[0] == first):
            reason = f"no majority: the most frequent answer has {first} of {votes} votes"
            return Finding(outcome="undecided", reason=reason, value=share)
        leader = max(self.counts, key=self.counts.__getitem__)
        if ballot.normal == leader:
            return Finding(outcome="pass", value=share)
        shown = [text[:SHOWN_CHARACTERS] for text in (ballot.answer, self.written[leader])]
        reason = f"{shown[0]!r} has {self.counts.get(ballot.normal, 0)} of {votes} votes, {shown[1]!r} has {first}"
        return Finding(outcome=_against(self.written[leader], ballot.answer), reason=reason, value=share)


@lru_cache(maxsize=4096)
def _against(leader: str, answer: str) -> Outcome:
    """Return what another answer than the majority's comes to: it may be the same, less plainly."""
    outcomes: dict[str, Outcome] = {"same": "pass", "different": "fail", "undecided": "undecided"}
    return outcomes[compare_cheaply(leader, answer).sameness]
