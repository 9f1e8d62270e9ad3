"""Read the sentences of a solution of knights and knaves back into what they say of the worlds."""

import re
from collections.abc import Mapping, Sequence

from curate.families.knight_sentences import MEANT, SENTENCES
from curate.families.knight_worlds import MEANINGS, Kinds, Set, Worlds, counted_worlds
from curate.families.logic_words import COUNTS, listed
from curate.families.wordings import Said, UnreadableError, pattern_of, patterns, read

_NAME = r"[A-Z]\w+"
_NAMES = rf"{_NAME}(?:, {_NAME}){{0,9}}(?: and {_NAME})?"
_KIND = rf"{_NAMES} (?:is a (?:knight|knave)|are (?:knight|knave)s)"
_KINDS = rf"{_KIND}(?: (?:while|and) {_KIND}){{0,9}}"
_CONTENT = r"[^.:;]{1,300}?"
_MOMENTS = ("arrival", "rule", "conditional", "statement", "question")
_WORDINGS = patterns(
    {moment: wordings for moment, wordings in SENTENCES.items() if moment not in _MOMENTS},
    {
        **dict.fromkeys(("speaker", "name"), _NAME),
        **dict.fromkeys(("reasons", "result", "fact"), _KINDS),
        "content": _CONTENT,
        "kind": "a knight|a knave",
        "Kind": "A knight|A knave",
        "verdict": "true|false",
        "checks": ".{1,500}",
    },
)
_ALONE = ("suppose", "judged", "judged plainly", "no clash", "open", "stands", "chosen", "result", "check")
_OPENINGS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(_ALONE, ()),
    **dict.fromkeys(("true words", "false words"), ("", "therefore", "therefore since")),
    **dict.fromkeys(("clash", "clash plainly"), ("refuted",)),
}
_ATOM = re.compile(rf"({_NAMES}) (?:is a (knight|knave)|are (knight|knave)s)")
_JOINT = re.compile(r" while | and ")
_CLAIM_SHAPES = {
    "group": _NAMES,
    "x": rf"{_NAME} is a kn(?:ight|ave)",
    "y": rf"{_NAME} is a kn(?:ight|ave)",
    "kind": "a knight|a knave",
    "count": "|".join(COUNTS),
    "are_knights": "is a knight|are knights",
}
_CLAIMS = [(form, truth, pattern_of(wording, _CLAIM_SHAPES)) for (form, truth), wording in MEANT.items()]


_SAME_AS = {("same", False): ("different", True), ("different", False): ("same", True), ("and", False): ("or", True)}
"""Denials that another claim puts in the same words."""


class Reader:
    """Reads what is said of certain people."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def who(self, name: str) -> int:
        """Return a person's place in the list.

        Raises:
            UnreadableError: There is nobody of that name.
        """
        if name not in self.names:
            raise UnreadableError
        return self.names.index(name)

    def group(self, text: str) -> list[int]:
        """Return the persons in a list such as `Ada, Bo and Cy`."""
        return [self.who(name) for name in re.findall(_NAME, text)]

    def kinds(self, text: str) -> Kinds:
        """Return the kinds that a text states: `Ada and Bo are knights while Cy is a knave`.

        Raises:
            UnreadableError: It states anything else.
        """
        kinds: Kinds = {}
        at = 0
        while at < len(text):
            atom = _ATOM.match(text, at)
            if atom is None:
                raise UnreadableError
            kinds |= dict.fromkeys(self.group(atom[1]), (atom[2] or atom[3]) == "knight")
            joint = _JOINT.match(text, atom.end())
            at = joint.end() if joint else atom.end()
            if joint is None and at < len(text):
                raise UnreadableError
        return kinds

    def told(self, text: str) -> Kinds:
        """Return the kinds that a text states; none when it states something less plain."""
        try:
            return self.kinds(text)
        except UnreadableError:
            return {}

    def worlds(self, text: str, worlds: Worlds) -> Set:
        """Return the worlds in which what a text says is true.

        Raises:
            UnreadableError: It is worded in no way of ours.
        """
        kinds = self.told(text)
        if kinds:
            return worlds.where(kinds)
        for form, truth, pattern in _CLAIMS:
            match = pattern.fullmatch(text)
            if match is not None:
                return self._meant((form, truth), match.groupdict(), worlds)
        raise UnreadableError

    def _meant(self, key: tuple[str, bool], words: Mapping[str, str], worlds: Worlds) -> Set:
        form, truth = _SAME_AS.get(key, key)
        if form == "exactly":
            counted = counted_worlds(len(self.names), COUNTS.index(words["count"]))
            return counted if truth else worlds.every ^ counted
        if form == "some":
            sides = [worlds.side[who][words["kind"] == "a knight"] for who in self.group(words["group"])]
        elif "group" in words:
            sides = [worlds.side[who][True] for who in self.group(words["group"])]
        else:
            sides = [worlds.where(self.kinds(words[part])) for part in ("x", "y")]
        return MEANINGS[form](sides, worlds.every)

    def said(self, kinds: Kinds) -> str:
        """Return kinds in words."""
        return listed([f"{self.names[who]} is a {'knight' if kind else 'knave'}" for who, kind in kinds.items()])


def read_step(step: str, reader: Reader, worlds: Worlds) -> tuple[Said, ...] | None:
    """Return the sentences of a step, or None when it is worded in no way of ours."""
    for sentences in read(step, _WORDINGS, _OPENINGS):
        try:
            for sentence in sentences:
                _try(sentence, reader, worlds)
        except UnreadableError:
            continue
        return sentences
    return None


def _try(sentence: Said, reader: Reader, worlds: Worlds) -> None:
    """Read every part of a sentence.

    Raises:
        UnreadableError: A part is worded in no way of ours.
    """
    for name, text in sentence.words.items():
        if name in ("speaker", "name"):
            reader.who(text)
        elif name == "content":
            reader.worlds(text, worlds)
        elif name in ("reasons", "result", "fact"):
            reader.kinds(text)
