"""Where a solution of knights and knaves first says something that does not follow.

Each step is read by the family's own wordings, and what it says is held against the worlds that the claims and the
facts so far leave. A step that is worded otherwise ends the audit: what it supposed or settled is not known.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from curate.families.base import Flaw
from curate.families.knight_reading import Reader, read_step
from curate.families.knight_worlds import Kinds, Puzzle, Set, Worlds
from curate.families.wordings import Said

Words = Mapping[str, str]
Truth = str | None
"""What is the case instead, or None when nothing is wrong."""


def flaw(puzzle: Puzzle, steps: Sequence[str]) -> Flaw | None:
    """Return the first thing in the steps that does not follow, or None when everything that can be read does."""
    audit = _Audit(puzzle)
    for place, step in enumerate(steps):
        said = read_step(step, audit.reader, audit.worlds)
        if said is None:
            if audit.begun or any(re.search(rf"\b{name}\b", step) for name in puzzle.names):
                return None
            continue
        audit.begun = True
        for sentence in said:
            truth = audit.judge(sentence)
            if truth is not None:
                return Flaw(place, " ".join(step.split()), truth)
    return None


class _Audit:
    """What is known after the steps so far, and what was supposed."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.reader = Reader(puzzle.names)
        self.worlds = Worlds(puzzle.claims)
        self.begun = False
        self.facts: Kinds = {}
        self.case: Kinds | None = None
        self.supposed: Kinds = {}
        self.last: tuple[int, bool] | None = None
        """The speaker whose words the sentence before put to use, and their kind."""

    @property
    def known(self) -> Kinds:
        """What is known, or supposed and what followed from it."""
        return self.facts if self.case is None else self.case

    def judge(self, said: Said) -> Truth:
        """Return what is the case instead of what a sentence says, and take it in."""
        judge: Callable[[_Audit, Words], Truth] = JUDGES[said.moment]
        return judge(self, said.words)

    def suppose(self, words: Words) -> Truth:
        """Open a case."""
        self.supposed = self.reader.kinds(words["fact"])
        self.case = self.facts | self.supposed
        return None

    def words_of(self, words: Words, *, kind: bool) -> Truth:
        """Hold what a speaker of known kind gives away against the claim."""
        speaker = self.reader.who(words["speaker"])
        if self.known.get(speaker, kind) != kind:
            return f"{words['speaker']} is {_a(not kind)}"
        self.last = speaker, kind
        said = self.worlds.meant[speaker] if kind else self.worlds.every ^ self.worlds.meant[speaker]
        content = self.reader.worlds(words["content"], self.worlds)
        where = self.worlds.where(self.known)
        if where & said & ~content:
            return f"that is not what {words['speaker']}, {_a(kind)}, gives away"
        self.learn(self.reader.told(words["content"]))
        return None

    def therefore(self, words: Words) -> Truth:
        """Hold a result against what is known and the words just used."""
        assert self.last is not None
        speaker, kind = self.last
        untrue = self.untrue(words.get("reasons"))
        if untrue is not None:
            return untrue
        said = self.worlds.meant[speaker] if kind else self.worlds.every ^ self.worlds.meant[speaker]
        return self.concluded(self.reader.kinds(words["result"]), self.worlds.where(self.known) & said)

    def judged(self, words: Words) -> Truth:
        """Hold the truth of a claim, and the kind that its speaker has by it, against what is known."""
        speaker, verdict = self.reader.who(words["speaker"]), words["verdict"] == "true"
        wrong = self.quoted(words) or self.untrue(words.get("reasons")) or self.misjudged(speaker, verdict=verdict)
        if wrong:
            return wrong
        fact = self.reader.kinds(words["fact"])
        if fact != {speaker: verdict}:
            return f"{words['speaker']} is {_a(verdict)}"
        self.learn(fact)
        return None

    def clash(self, words: Words) -> Truth:
        """Hold a contradiction against what is known."""
        speaker, verdict = self.reader.who(words["speaker"]), words["verdict"] == "true"
        wrong = self.quoted(words) or self.untrue(words.get("reasons")) or self.misjudged(speaker, verdict=verdict)
        if wrong:
            return wrong
        if self.known.get(speaker) != (not verdict):
            return f"that is no contradiction: {words['speaker']} may say so"
        return None

    def refuted(self, words: Words) -> Truth:
        """Close a case with the contrary of what was supposed."""
        contrary = {who: not kind for who, kind in self.supposed.items()}
        if self.reader.kinds(words["fact"]) != contrary:
            return f"what is refuted is that {self.reader.said(self.supposed)}"
        self.facts, self.case, self.supposed = self.facts | contrary, None, {}
        return None

    def no_clash(self, words: Words) -> Truth:
        """Hold it against what is known that a speaker of known kind may say what they say."""
        speaker = self.reader.who(words["speaker"])
        kind, verdict = self.known.get(speaker), self.verdict(speaker)
        if kind is not None and verdict is not None and kind != verdict:
            return f"that is {_true(verdict)}, and {words['speaker']} is {_a(kind)}: a contradiction"
        return self.quoted(words)

    def open(self, words: Words) -> Truth:
        """Hold it against what is known that a claim leaves somebody's kind open."""
        speaker, who = self.reader.who(words["speaker"]), self.reader.who(words["name"])
        if who == speaker:
            settled = self.verdict(speaker)
        elif speaker in self.known:
            where = self.worlds.where(self.known)
            settled = self.worlds.forced(who, speaker, where, is_knight=self.known[speaker])
        else:
            return None
        return None if settled is None else f"it follows that {words['name']} is {_a(settled)}"

    def stands(self, words: Words) -> Truth:
        """Hold a supposition that is taken for the truth against the worlds that are left."""
        self.facts, self.case = self.known, None
        return self.possible(words["fact"])

    def chosen(self, words: Words) -> Truth:
        """Hold a free choice against the worlds that are left."""
        self.facts = self.facts | self.reader.kinds(words["fact"])
        return self.possible(words["fact"])

    def result(self, words: Words) -> Truth:
        """Hold the result against what is known and against the worlds that are left."""
        kinds = self.reader.kinds(words["result"])
        wrong = {who: kind for who, kind in self.known.items() if kinds.get(who, kind) != kind}
        return f"it was found that {self.reader.said(wrong)}" if wrong else self.possible(words["result"])

    def possible(self, text: str) -> Truth:
        """Return what is the case if what a text says is so in none of the worlds that the claims leave."""
        if self.worlds.left & self.worlds.where(self.reader.kinds(text)):
            return None
        return "that contradicts what they say"

    def concluded(self, kinds: Kinds, where: Set) -> Truth:
        """Return what is the case if some of the kinds are not forced in the worlds given; else learn them."""
        for who, kind in kinds.items():
            if where & ~self.worlds.side[who][kind]:
                if where & self.worlds.side[who][kind]:
                    return f"it does not follow that {self.reader.said({who: kind})}"
                return self.reader.said({who: not kind})
        self.learn(kinds)
        return None

    def learn(self, kinds: Kinds) -> None:
        """Add kinds to what is known."""
        if self.case is None:
            self.facts = self.facts | kinds
        else:
            self.case = self.case | kinds

    def verdict(self, speaker: int) -> bool | None:
        """Return whether a claim is true by what is known; None when that is open."""
        return self.worlds.verdict(speaker, self.worlds.where(self.known))

    def misjudged(self, speaker: int, *, verdict: bool) -> Truth:
        """Return what is the case if a claim is not as true as is said."""
        settled = self.verdict(speaker)
        if settled == verdict:
            return None
        return "that is not known" if settled is None else f"it is {_true(settled)}"

    def untrue(self, reasons: str | None) -> Truth:
        """Return what is the case if a reason given is not known."""
        for who, kind in self.reader.kinds(reasons).items() if reasons else ():
            if self.known.get(who) != kind:
                known = self.known.get(who)
                return "that is not known" if known is None else self.reader.said({who: known})
        return None

    def quoted(self, words: Words) -> Truth:
        """Return what is the case if a speaker said something else."""
        speaker = self.reader.who(words["speaker"])
        if self.reader.worlds(words["content"], self.worlds) == self.worlds.meant[speaker]:
            return None
        return f"{words['speaker']} says something else"


def _a(is_knight: bool) -> str:  # noqa: FBT001 - reads as a word
    return "a knight" if is_knight else "a knave"


def _true(verdict: bool) -> str:  # noqa: FBT001 - likewise
    return "true" if verdict else "false"


JUDGES: dict[str, Callable[[_Audit, Words], Truth]] = {
    "suppose": _Audit.suppose,
    "true words": lambda audit, words: audit.words_of(words, kind=True),
    "false words": lambda audit, words: audit.words_of(words, kind=False),
    "therefore": _Audit.therefore,
    "therefore since": _Audit.therefore,
    "judged": _Audit.judged,
    "judged plainly": _Audit.judged,
    "clash": _Audit.clash,
    "clash plainly": _Audit.clash,
    "refuted": _Audit.refuted,
    "no clash": _Audit.no_clash,
    "open": _Audit.open,
    "stands": _Audit.stands,
    "chosen": _Audit.chosen,
    "result": _Audit.result,
    "check": lambda _audit, _words: None,
}
"""Moment to the method that judges a sentence of it."""
