"""Read sentences back that were written from wordings such as `By {premise}, {claim}, so {gained}.` in our families."""

import re
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import NamedTuple, TypeAlias

MAX_STEP_CHARACTERS = 600
"""A step of ours is never longer; a longer one is not read, which bounds the work."""
_NUMBERING = re.compile(r"(?:Step )?\d{1,2}[.:)] ")


class UnreadableError(Exception):
    """Raised when something is worded in no way of ours."""


class Said(NamedTuple):
    """One sentence: the moment it belongs to, and the words that were put into its wording."""

    moment: str
    words: Mapping[str, str]


Wordings: TypeAlias = Mapping[str, Sequence[re.Pattern[str]]]
"""Moment to the patterns of its wordings."""
Openings: TypeAlias = Mapping[str, Sequence[str]]
"""A moment that a step begins with, to the moments of which one must come after it; none where it stands alone."""


def patterns(sentences: Mapping[str, Sequence[str]], shapes: Mapping[str, str]) -> Wordings:
    """Return wordings as patterns.

    Args:
        sentences: Moment to wordings, with placeholders in braces.
        shapes: Placeholder to the pattern of what may stand there.
    """
    return {moment: [pattern_of(wording, shapes) for wording in wordings] for moment, wordings in sentences.items()}


def pattern_of(wording: str, shapes: Mapping[str, str]) -> re.Pattern[str]:
    """Return one wording as a pattern; a placeholder that comes again stands for the same words."""
    built, seen = "", set[str]()
    for literal, name, _, _ in Formatter().parse(wording):
        start = re.escape(literal)
        if not built and literal:
            start = f"[{literal[0].upper()}{literal[0].lower()}]{re.escape(literal[1:])}"
        built += start
        if name:
            built += f"(?P={name})" if name in seen else f"(?P<{name}>{shapes[name]})"
            seen.add(name)
    return re.compile(built)


def unnumbered(step: str) -> str:
    """Return a step without the number that may stand before it."""
    return _NUMBERING.sub("", step, count=1) if _NUMBERING.match(step) else step


def read(step: str, wordings: Wordings, openings: Openings) -> Iterator[tuple[Said, ...]]:
    """Yield the ways in which a whole step is one sentence, or one and another that follows."""
    step = unnumbered(step)
    if len(step) > MAX_STEP_CHARACTERS:
        return
    for opening, followers in openings.items():
        for pattern in wordings[opening]:
            match = pattern.match(step)
            if match is None:
                continue
            first, rest = Said(opening, match.groupdict()), step[match.end() :]
            if not rest and "" in (followers or ("",)):
                yield (first,)
            for follower in followers if rest.startswith(" ") else ():
                for second in wordings.get(follower, ()):
                    if (found := second.fullmatch(rest, 1)) is not None:
                        yield first, Said(follower, found.groupdict())
