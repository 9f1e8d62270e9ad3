"""Read the sentences of a solution of a syllogism back into the claims and facts that they state."""

import re
from collections.abc import Iterator, Mapping, Sequence

from curate.families.categorical import Claim, Fact, Form, Puzzle
from curate.families.logic_words import ORDINALS, plural
from curate.families.syllogism_sentences import SENTENCES
from curate.families.wordings import Said, UnreadableError, pattern_of, patterns, read

_FORMS: tuple[Form, ...] = ("all", "no", "some", "some_not")
_NAME = r"[A-Z]\w+"
_CLAIM = r"[^.:;,()]{1,150}?"
_FACT = rf"{_NAME} is (?:not )?an? \w+"
_NOT_SAID = (*_FORMS, "opening", "reading", "question")
_WORDINGS = patterns(
    {moment: wordings for moment, wordings in SENTENCES.items() if moment not in _NOT_SAID},
    {
        "name": _NAME,
        "group": r"\w+",
        **dict.fromkeys(("claim", "conclusion", "together", "misreading"), _CLAIM),
        **dict.fromkeys(("known", "gained", "maybe", "supposed"), _FACT),
        "profile": r"both an? \w+ and an? \w+|an? \w+ but not an? \w+",
        "premise": rf"[Pp]remise \d|[Tt]he (?:{'|'.join(ORDINALS)}) premise",
        "count": r"\w+",
        "individuals": "individuals?",
        "members": r"[^.:]{1,400}?",
        "reason": r"[^.:]{1,200}?",
    },
)
_OPENINGS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("take any", "take witness", "no witness", "suppose", "link", "link from", "link missed"), ()),
    **dict.fromkeys(("not reached", "merge first", "merge", "merge missed", "misread", "not misread"), ()),
    **dict.fromkeys(("any reached", "witness reached", "contradiction", "merged", "merged turned"), ("follows",)),
    **dict.fromkeys(("world", "premise kept"), ()),
    **dict.fromkeys(("premise broken", "conclusion kept"), ("no escape",)),
    "conclusion broken": ("does not follow",),
}
_NOUN = r"\w+"
_SHAPES = dict.fromkeys(("subject", "subjects", "predicate", "predicates"), _NOUN)
_SHAPES |= dict.fromkeys(("a_subject", "a_predicate"), rf"an? {_NOUN}")
_CLAIMS = [(form, pattern_of(wording, _SHAPES)) for form in _FORMS for wording in SENTENCES[form]]
_MEMBER = re.compile(rf"({_NAME}), who (?:is ([^;]+) and nothing else|belongs to none of the groups)")


class Reader:
    """Reads claims and facts about the groups of one puzzle."""

    def __init__(self, puzzle: Puzzle) -> None:
        claims = (*puzzle.premises, puzzle.conclusion)
        self.groups = {group for claim in claims for group in (claim.subject, claim.predicate)}
        self.named = {name: group for group in self.groups for name in (group, plural(group))}
        self.premises = len(puzzle.premises)

    def group(self, noun: str) -> str:
        """Return the group that a noun, singular or plural, with or without its article, names.

        Raises:
            UnreadableError: There is none.
        """
        found = self.named.get(noun.rsplit(" ", 1)[-1].lower())
        if found is None:
            raise UnreadableError
        return found

    def place(self, premise: str) -> int:
        """Return the place of a premise, from 0, that is called `premise 2` or `the second premise`.

        Raises:
            UnreadableError: There is none.
        """
        number = premise.rsplit(" ", 1)[-1]
        place = int(number) - 1 if number.isdigit() else ORDINALS.index(premise.split(" ")[1])
        if not 0 <= place < self.premises:
            raise UnreadableError
        return place

    def claim(self, text: str) -> Claim:
        """Return the claim that a text makes.

        Raises:
            UnreadableError: It is worded in no way of ours.
        """
        for form, pattern in _CLAIMS:
            match = pattern.fullmatch(text)
            if match is not None:
                words = match.groupdict()
                subject = words.get("subject") or words.get("subjects") or words["a_subject"]
                predicate = words.get("predicate") or words.get("predicates") or words["a_predicate"]
                return Claim(form=form, subject=self.group(subject), predicate=self.group(predicate))
        raise UnreadableError

    def fact(self, text: str) -> Fact:
        """Return the fact that a text states: `Ada is not a baker`."""
        return self.group(text), " is not " not in text

    def profile(self, text: str) -> Iterator[Fact]:
        """Yield the two facts of a text such as `a baker but not a poet`."""
        first, _, second = text.removeprefix("both ").partition(" but not " if " but not " in text else " and ")
        yield self.group(first), True
        yield self.group(second), " but not " not in text

    def world(self, text: str) -> dict[str, Sequence[str]]:
        """Return the individuals of a world, each with its groups."""
        members = [_MEMBER.fullmatch(member) for member in text.split("; ")]
        if not all(members):
            raise UnreadableError
        return {
            member[1]: [self.group(noun) for noun in re.split(r", | and ", member[2])] if member[2] else []
            for member in members
            if member
        }


def read_step(step: str) -> Iterator[tuple[Said, ...]]:
    """Yield the ways in which a step may be read."""
    return read(step, _WORDINGS, _OPENINGS)
