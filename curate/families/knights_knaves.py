"""Who is a knight, who tells the truth, and who a knave, who lies, going by what they say of one another?

Ada says, "Bo is a knave." Bo says, "Ada and I are of the same kind." Which of them are knights?

Suppose that Ada is a knave. Ada, being a knave, lies, so Bo is a knight. But Bo says that Ada and Bo are of the same
kind. As Ada is a knave and Bo is a knight, that is false, which a knight cannot say. That is a contradiction, so
Ada is a knight. As a knight, Ada does not lie, which means that Bo is a knave. The answer is Ada.
"""

import random
from collections.abc import Sequence

from curate.families.base import Family, Hand, Solution
from curate.families.knight_audit import flaw
from curate.families.knight_sentences import MEANT, SENTENCES, SPOKEN
from curate.families.knight_worlds import Claim, Kinds, Puzzle, Step, Worlds, can_be_settled, pruned, refutation, steps
from curate.families.logic_words import COUNTS, ISLANDS, NAMES, listed, sentence

FORMS = {
    1: ("is", "same", "different", "some", "and"),
    2: ("is", "same", "different", "some", "and", "or"),
    3: ("is", "same", "different", "some", "or", "if", "exactly"),
    4: ("is", "same", "different", "some", "and", "or", "if", "exactly"),
    5: ("same", "different", "some", "or", "if", "exactly"),
}
CONJUNCTIONS = {("is", True), ("is", False), ("and", True), ("or", False), ("some", False), ("if", False)}
"""Claims, true or denied, that state the kind of each person that they are about."""
PERSONS = {1: 2, 2: 3, 3: 4, 4: 5, 5: 6}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Return people of whom one at least is a knight, and who can be told apart by supposing one thing at a time."""
    names = tuple(rng.sample(NAMES, PERSONS[difficulty]))
    while True:
        claims = tuple(_claim(rng, speaker, len(names), FORMS[difficulty]) for speaker in range(len(names)))
        worlds = Worlds(claims)
        if worlds.left.bit_count() == 1 and worlds.left != 1 and can_be_settled(worlds):
            return Puzzle(names=names, claims=claims)


def _claim(rng: random.Random, speaker: int, people: int, forms: Sequence[str]) -> Claim:
    form = rng.choice(forms)
    if form == "exactly":
        return Claim(form=form, about=tuple(range(people)), kinds=(True,) * people, count=rng.randint(1, people - 1))
    if form == "is":
        about = [rng.choice([person for person in range(people) if person != speaker])]
    elif form == "some":
        about = sorted(rng.sample(range(people), rng.choice((2, min(3, people), people))))
    else:
        about = rng.sample(range(people), 2)
    kinds = [True] * len(about)
    if form == "some":
        kinds = [rng.choice((True, False, False))] * len(about)
    elif form not in ("same", "different"):
        kinds = [rng.choice((True, False)) for _ in about]
    return Claim(form=form, about=tuple(about), kinds=tuple(kinds))


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Return the puzzle in words, each claim as its speaker would put it."""
    said = []
    for speaker, claim in enumerate(puzzle.claims):
        words = sentence(_spoken(puzzle, speaker, claim, rng))
        said.append(rng.choice(SENTENCES["statement"]).format(name=puzzle.names[speaker], claim=words))
    arrival = rng.choice(SENTENCES["arrival"]).format(island=rng.choice(ISLANDS), names=listed(puzzle.names))
    opening = [arrival, rng.choice(SENTENCES["rule"])]
    if any(claim.form == "if" for claim in puzzle.claims):
        opening.append(rng.choice(SENTENCES["conditional"]))
    gap = rng.choice((" ", "\n"))
    return f"{' '.join(opening)}\n\n{gap.join(said)}\n\n{rng.choice(SENTENCES['question'])}"


def _spoken(puzzle: Puzzle, speaker: int, claim: Claim, rng: random.Random) -> str:
    others = [puzzle.names[who] for who in claim.about if who != speaker]
    myself = speaker in claim.about
    parts = [
        f"I am {_a(kind)}" if who == speaker else f"{puzzle.names[who]} is {_a(kind)}"
        for who, kind in zip(claim.about, claim.kinds, strict=True)
    ]
    return rng.choice(SPOKEN[claim.form]).format(
        x=parts[0],
        y=parts[-1],
        name=others[0],
        both=listed([*others, "I"] if myself else others),
        them=_them(others, myself=myself, everyone=len(claim.about) == len(puzzle.names)),
        kind=_kind(is_knight=claim.kinds[0]),
        count=COUNTS[claim.count],
        are_knights=_are_knights(claim.count),
        are_counted="is exactly one knight" if claim.count == 1 else f"are exactly {COUNTS[claim.count]} knights",
    )


def _them(others: Sequence[str], *, myself: bool, everyone: bool) -> str:
    if everyone:
        return "us"
    return listed([*others, "me"] if myself else others)


def _are_knights(count: int) -> str:
    return "is a knight" if count == 1 else "are knights"


def _kind(*, is_knight: bool) -> str:
    return "knight" if is_knight else "knave"


def _a(is_knight: bool) -> str:  # noqa: FBT001 - reads as a word
    return f"a {_kind(is_knight=is_knight)}"


def solve(puzzle: Puzzle, hand: Hand) -> Solution:
    """Suppose, refute and conclude until everyone's kind is known."""
    pen = _Pen(puzzle, hand)
    while len(pen.facts) < len(puzzle.names):
        step = next((step for step in steps(pen.worlds, pen.facts, pen.heard) if step.settles), None)
        if step:
            pen.take(pruned(pen.worlds, step, step.settles), pen.facts)
        else:
            pen.suppose()
    pen.finish()
    knights = [name for who, name in enumerate(puzzle.names) if pen.facts[who]]
    return Solution(steps=tuple(pen.steps), answer=", ".join(knights) or "none")


class _Pen:
    """Writes the steps of one solution and keeps what is known so far."""

    def __init__(self, puzzle: Puzzle, hand: Hand) -> None:
        self.puzzle = puzzle
        self.hand = hand
        self.worlds = Worlds(puzzle.claims)
        self.heard: Sequence[int] = hand.rng.sample(range(len(puzzle.names)), len(puzzle.names))
        """Whose claims are used, in the order in which they are looked at."""
        self.facts: Kinds = {}
        self.steps: list[str] = []
        self.used: set[str] = set()

    def write(self, *moments: str, **words: str) -> None:
        """Add a step with one sentence or more, in wordings that were not used yet while there are some."""
        written = []
        for moment in moments:
            phrases = SENTENCES[moment]
            wording = self.hand.pick(*[phrase for phrase in phrases if phrase not in self.used] or phrases)
            self.used.add(wording)
            written.append(sentence(wording.format(**words)))
        self.steps.append(" ".join(written))

    def suppose(self) -> None:
        """Refute one supposition about somebody whose kind is open; if none can be refuted, settle on one."""
        unknown = [who for who in range(len(self.puzzle.names)) if who not in self.facts]
        suppositions = [(who, kind) for who in unknown for kind in (True, False)]
        self.hand.rng.shuffle(suppositions)
        for who, kind in suppositions:
            chain = refutation(self.worlds, self.facts, (who, kind), self.heard)
            if chain:
                self.try_out(who, chain, kind=kind)
                return
        who = unknown[0]
        self.facts[who] = self.hand.truth(exact=True)
        self.write("chosen", name=self.puzzle.names[who], fact=self.one(who, self.facts))

    def try_out(self, who: int, chain: Sequence[Step], *, kind: bool) -> None:
        """Follow a supposition to the clash that ends it, and conclude the contrary."""
        case = self.facts | {who: kind}
        contrary = {who: not kind}
        self.write("suppose", fact=self.one(who, case))
        *inner, clash = chain
        if not all(self.take(step, case) for step in inner):
            self.accept(case, who)
        elif self.hand.truth(exact=clash.clashes(self.worlds, case)):
            words = self.words(clash, case) | {"fact": self.one(who, contrary)}
            self.write(self.plainly("clash", clash), "refuted", **words)
            self.facts |= contrary
        else:
            self.write("no clash", **self.words(clash, case))
            self.accept(case, who)

    def accept(self, case: Kinds, supposed: int) -> None:
        """Take a case for the truth."""
        self.write("stands", fact=self.one(supposed, case))
        self.facts = case

    def take(self, step: Step, facts: Kinds) -> bool:
        """Write a step and add what it settles to the facts; return whether it settled everything that it should."""
        settled: Kinds = {}
        for who in step.settles:
            kind = self.judged(step, who, facts)
            if kind is None:
                self.write("open", speaker=self.puzzle.names[step.speaker], name=self.puzzle.names[who])
                self.heard = [speaker for speaker in self.heard if speaker != step.speaker]
                return False
            settled[who] = kind
        if step.speaker in settled:
            self.write(self.plainly("judged", step), **self.words(step, facts | settled))
        else:
            self.report(step, facts, settled)
        facts |= settled
        return True

    def judged(self, step: Step, who: int, facts: Kinds) -> bool | None:
        """Return the kind that a step settles; None when it settles none, or when that goes unseen within a case.

        Within a case the wrong kind would mostly lead to a clash as well, so there the slip is to see no consequence.
        """
        kind = step.outcome(self.worlds, who, facts)
        if kind is None:
            return None
        if facts is self.facts or who == step.speaker:
            return self.hand.truth(exact=kind)
        return kind if self.hand.truth(exact=True) else None

    def report(self, step: Step, facts: Kinds, settled: Kinds) -> None:
        """Write what a speaker of known kind gives away."""
        kind = facts[step.speaker]
        truly = "true words" if kind else "false words"
        speaker, result = self.puzzle.names[step.speaker], self.told(settled)
        if (self.puzzle.claims[step.speaker].form, kind) in CONJUNCTIONS:
            self.write(truly, speaker=speaker, content=result)
            return
        reasons = self.told({who: facts[who] for who in step.given if who != step.speaker})
        conclusion = "therefore since" if reasons else "therefore"
        content = self.meant(step.speaker, truth=kind)
        self.write(truly, conclusion, speaker=speaker, content=content, reasons=reasons, result=result)

    def finish(self) -> None:
        """Sum up and, at times, check a solution that fits."""
        result = {who: self.facts[who] for who in range(len(self.puzzle.names))}
        self.write("result", result=self.told(result))
        if self.worlds.where(result) == self.worlds.left and self.hand.rng.choice((True, False, False, False)):
            says = [
                f"{name} {'truly' if result[who] else 'falsely'} says that {self.meant(who, truth=True)}"
                for who, name in enumerate(self.puzzle.names)
            ]
            self.write("check", checks="; ".join(says))

    def plainly(self, moment: str, step: Step) -> str:
        """Return the moment's short form if the facts given are just what the claim says or denies."""
        known, meant = self.worlds.where(step.given), self.worlds.meant[step.speaker]
        return f"{moment} plainly" if known in (meant, self.worlds.every ^ meant) else moment

    def words(self, step: Step, facts: Kinds) -> dict[str, str]:
        """Return what is said of a claim whose truth is read off the facts."""
        verdict = facts[step.speaker] == bool(step.settles)
        return {
            "speaker": self.puzzle.names[step.speaker],
            "content": self.meant(step.speaker, truth=True),
            "reasons": self.told({who: facts[who] for who in step.given}),
            "kind": _a(facts[step.speaker]),
            "Kind": sentence(_a(facts[step.speaker])),
            "verdict": "true" if verdict else "false",
            "fact": self.one(step.speaker, facts),
        }

    def one(self, who: int, kinds: Kinds) -> str:
        """Return the kind of one person in words."""
        return f"{self.puzzle.names[who]} is {_a(kinds[who])}"

    def told(self, kinds: Kinds) -> str:
        """Return kinds in words: `Ada and Bo are knights while Cy is a knave`."""
        parts = []
        for kind in (True, False):
            names = [self.puzzle.names[who] for who, is_knight in kinds.items() if is_knight == kind]
            if names:
                parts.append(
                    f"{listed(names)} {f'is {_a(kind)}' if len(names) == 1 else f'are {_kind(is_knight=kind)}s'}"
                )
        return (" while " if len(kinds) > len(parts) else " and ").join(parts)

    def meant(self, speaker: int, *, truth: bool) -> str:
        """Return what a speaker says, or what is the case if it is false."""
        claim = self.puzzle.claims[speaker]
        said = dict(zip(claim.about, claim.kinds, strict=True))
        denied = {who: not kind for who, kind in said.items()}
        if claim.form == "if":
            denied |= {claim.about[0]: claim.kinds[0]}
        if (claim.form, truth) in CONJUNCTIONS:
            return self.told(said if truth else denied)
        kinds = said if truth else denied
        return MEANT[claim.form, truth].format(
            x=self.one(claim.about[0], kinds),
            y=self.one(claim.about[-1], kinds),
            group=listed([self.puzzle.names[who] for who in claim.about]),
            kind=_a(claim.kinds[0]),
            count=COUNTS[claim.count],
            are_knights=_are_knights(claim.count),
        )


FAMILY = Family(
    name="knights_knaves",
    doc=(
        "Which people are knights, who tell the truth, and not knaves, who lie, by what each of them says; "
        "2 people with plain claims at difficulty 1, up to 6 with conditional and counting claims at difficulty 5."
    ),
    domain="logic",
    answer_type="names",
    make=make,
    ask=ask,
    solve=solve,
    flaw=flaw,
)
