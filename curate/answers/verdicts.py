"""What a comparison comes to: one of three results, the rule and the verifier that decided, and how both were read."""

from typing import Literal

import msgspec

from curate import __version__

Sameness = Literal["same", "different", "undecided"]
VERIFIER = "curate"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the comparison of an answer with a reference came to."""

    sameness: Sameness
    """`same`, `different` or `undecided`."""
    rule: str
    """The rule that decided, or that could not."""
    gold: str = ""
    """How the reference was read."""
    answer: str = ""
    """How the answer was read."""
    verifier: str = VERIFIER
    """Who decided: `curate`, or the library behind the symbolic comparison."""
    why: str = ""
    """What was seen, in words, where the rule alone does not say it; may hold text of the answer."""
    version: str = __version__
    """The verifier's version."""

    @property
    def by(self) -> str:
        """Verifier, version and rule in one phrase: `curate 0.1.0, rule number`."""
        return f"{self.verifier} {self.version}, rule {self.rule}"


Decision = tuple[Sameness, str]
"""What two readings come to, and by which rule."""
