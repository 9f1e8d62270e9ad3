r"""What the built-in teachers write: sound replies, and the same with a fault planted on purpose.

A fault is a function from the writing of one reply to its thinking and its response. Each is of the kind that real
teachers show; none is worded after the check that looks for it.
"""

import random
import re
from collections.abc import Callable
from itertools import chain
from typing import Any

from curate.families import Family, Hand, Solution
from curate.seeds import rng

TOKEN = re.compile(r"\w+|[^\w\s]")


def count_tokens(text: str) -> int:
    """Return the length of a text in the built-in teacher's tokens: words and single marks."""
    return sum(1 for _ in TOKEN.finditer(text))


WAYS = 8
"""How often a slip is looked for at all places: which of them there are may depend on the way that is drawn."""


class Writing:
    """One reply while it is being written: the puzzle, the right solution, and where wordings are drawn from."""

    def __init__(self, family: Family[Any], puzzle: Any, generator: random.Random, limit: int) -> None:  # noqa: ANN401 - each family has its own puzzle
        self.family = family
        self.puzzle = puzzle
        self.rng = generator
        self.limit = limit
        self.sound = self.solve()

    def solve(self, slip_at: int | None = None) -> Solution:
        """Return a solution in fresh words, with a slip if told to."""
        solution: Solution = self.family.solve(self.puzzle, Hand(self.rng, slip_at))
        return solution

    def slipped(self) -> Solution:
        """Return a solution whose slip changed the answer."""
        for place in self.places():
            solution = self.solve(place)
            if solution.answer != self.sound.answer:
                return solution
        raise AssertionError(f"no slip changes the answer of {self.puzzle!r}")

    def repaired(self) -> Solution:
        """Return a solution that goes on rightly after a step that slipped, so that its answer is right.

        Where nothing but the last step can change the answer, it is said twice, first wrongly.
        """
        last = None
        for place in chain.from_iterable(self.places() for _ in range(WAYS)):
            words = self.rng.getrandbits(32)
            sound, wrong = (self.family.solve(self.puzzle, Hand(rng(words, "words"), at)) for at in (None, place))
            if wrong.answer != sound.answer:
                both = enumerate(zip(sound.steps[:-1], wrong.steps, strict=False), start=1)
                end = next((end for end, (one, other) in both if one != other), None)
                if end is not None:
                    return Solution(steps=wrong.steps[:end] + sound.steps[end:], answer=sound.answer)
                last = Solution(steps=(*wrong.steps, sound.steps[-1]), answer=sound.answer)
        assert last is not None, f"no slip changes the answer of {self.puzzle!r}"
        return last

    def places(self) -> list[int]:
        """Return the places where the solver can slip, in any order."""
        counting = Hand(rng(0, "count"))
        self.family.solve(self.puzzle, counting)
        places = list(range(counting.made))
        self.rng.shuffle(places)
        return places

    def conclude(self, answer: str) -> str:
        """Return a response that states an answer."""
        return self.rng.choice(_CONCLUSIONS).format(answer=answer)

    def lay_out(self, steps: tuple[str, ...]) -> str:
        """Return steps as the text of a chain of thought."""
        opening, numbering, joint = self.rng.choice(_OPENINGS), self.rng.choice(_NUMBERINGS), self.rng.choice(_JOINTS)
        lines = [numbering.format(number=place, step=step) for place, step in enumerate(steps, start=1)]
        return joint.join([opening, *lines] if opening else lines)


_CONCLUSIONS = (
    "The answer is {answer}.",
    "So the answer is {answer}.",
    "Therefore, the answer is {answer}.",
    "The final answer is {answer}.",
    "The answer is **{answer}**.",
    "Final answer: {answer}",
    "Answer: {answer}",
    "#### {answer}",
    r"The answer is \boxed{{{answer}}}.",
)
_OPENINGS = (
    "",
    "",
    "Let me work through this step by step.",
    "Let's take this one step at a time.",
    "I'll go through it carefully.",
    "Okay, let me think about what is asked.",
)
_NUMBERINGS = ("{step}", "{step}", "{number}. {step}", "Step {number}: {step}")
_JOINTS = ("\n", "\n\n")
_DOUBTS = (
    "Wait, let me check that again.",
    "Hmm, I am not sure about this. Once more from the start.",
    "Let me go over it a second time, to be safe.",
    "Actually, let me redo this in another way.",
    "Before I answer, let me verify each part.",
)

Parts = tuple[str, str]
"""Thinking and response."""


def soundly(writing: Writing) -> Parts:
    """Write what is right, without any fault."""
    return writing.lay_out(writing.sound.steps), writing.conclude(writing.sound.answer)


def _rambling(writing: Writing) -> Parts:
    """Check and check again, until the limit comes before the answer does."""
    pieces = [writing.lay_out(writing.sound.steps)]
    tokens = count_tokens(pieces[0])
    while tokens <= writing.limit:
        pieces.append(f"{writing.rng.choice(_DOUBTS)}\n{writing.lay_out(writing.solve().steps)}")
        tokens += count_tokens(pieces[-1])
    return "\n\n".join(pieces), writing.conclude(writing.sound.answer)


def _bare(writing: Writing) -> Parts:
    return "", writing.rng.choice((writing.sound.answer, writing.conclude(writing.sound.answer)))


def _misstated(writing: Writing) -> Parts:
    return writing.lay_out(writing.sound.steps), writing.conclude(writing.slipped().answer)


def _slipping(writing: Writing) -> Parts:
    solution = writing.slipped()
    return writing.lay_out(solution.steps), writing.conclude(solution.answer)


def _lucky(writing: Writing) -> Parts:
    """Get a step wrong and go on as if it were right, so that the answer is right."""
    solution = writing.repaired()
    return writing.lay_out(solution.steps), writing.conclude(solution.answer)


def _looping(writing: Writing) -> Parts:
    """Fall into saying one sentence again and again, up to the limit."""
    steps = writing.sound.steps
    place = writing.rng.randrange(len(steps))
    sentence = f"{steps[place]} "
    times = writing.limit // max(1, count_tokens(sentence)) + 1
    return writing.lay_out(steps[: place + 1]) + "\n" + sentence * times, writing.conclude(writing.sound.answer)


def _unanswered(writing: Writing) -> Parts:
    """Solve it, and forget to say what came out."""
    return writing.lay_out(writing.sound.steps), writing.rng.choice(_NO_CONCLUSIONS)


def _unclosed(writing: Writing) -> Parts:
    """Open the thinking, and go over to the response without closing it."""
    thinking, response = soundly(writing)
    return "", f"<think>\n{thinking}\n\n{response}"


def _twice(writing: Writing) -> Parts:
    """Say the thinking again as the response, or after it in another block."""
    thinking, response = soundly(writing)
    again = writing.rng.choice(
        ("{thinking}\n\n{response}", "{response}\n\n<think>\n{thinking}\n</think>\n\n{response}")
    )
    return thinking, again.format(thinking=thinking, response=response)


def _contradicting(writing: Writing) -> Parts:
    """Come to the right answer, and then give another."""
    concluded = f"So the answer is {writing.sound.answer}."
    return writing.lay_out((*writing.sound.steps, concluded)), writing.conclude(writing.slipped().answer)


def _refusing(writing: Writing) -> Parts:
    return "", writing.rng.choice(_REFUSALS)


def _mixing(writing: Writing) -> Parts:
    """Slip into another language for a moment."""
    thinking, response = soundly(writing)
    return _inserted(writing.rng, thinking, writing.rng.choice(_ASIDES)), response


def _leaking_tokens(writing: Writing) -> Parts:
    """Write a token of the chat template, in the thinking or after the response."""
    thinking, response = soundly(writing)
    token = writing.rng.choice(_TEMPLATE_TOKENS)
    if writing.rng.random() < 0.5:  # noqa: PLR2004 - either place as often
        return _inserted(writing.rng, thinking, token), response
    return thinking, f"{response}{token}"


def _garbling(writing: Writing) -> Parts:
    """Write a word that was decoded wrongly on its way."""
    thinking, response = soundly(writing)
    return _inserted(writing.rng, thinking, writing.rng.choice(_GARBLED)), response


def _inserted(generator: random.Random, text: str, piece: str) -> str:
    """Return a text with a piece between two of its words."""
    words = text.split(" ")
    place = generator.randrange(len(words) + 1)
    return " ".join([*words[:place], piece, *words[place:]])


_NO_CONCLUSIONS = (
    "The steps above settle the matter, as was asked.",
    "That is how such a problem is done from its beginning to its end.",
    "I have now gone through every part of it.",
    "As shown in the working, everything follows from what was given.",
)
_REFUSALS = (
    "I'm sorry, but I can't help with that.",
    "I cannot assist with this request.",
    "I'm unable to help with that. Is there anything else you would like to talk about?",
    "Sorry, I can't provide a solution to this.",
    "I apologize, but I am not able to answer that.",
    "As an AI language model, I cannot do homework for you.",
    "Unfortunately, I can't help you with this one.",
    "I must decline to answer.",
    "I won't be able to comply. Your request goes against my guidelines.",
)
_ASIDES = (
    "\u8ba9\u6211\u4eec\u518d\u68c0\u67e5\u4e00\u904d",
    "\u6240\u4ee5\u7ed3\u679c\u662f\u8fd9\u6837\u7684\uff0c",
    "\u3064\u307e\u308a\u3053\u308c\u3067\u3088\u3044\u3067\u3059",
    "\u0438\u0442\u0430\u043a \u043f\u0440\u043e\u0432\u0435\u0440\u0438\u043c \u044d\u0442\u043e \u0440\u0430\u0437",
    "\ub2e4\uc2dc \ud55c\ubc88 \uacc4\uc0b0\uc744 \ud655\uc778\ud574 \ubcf4\uc790",
    "\u0625\u0630\u0646 \u0646\u062a\u062d\u0642\u0642 \u0645\u0646 \u0627\u0644\u062d\u0633\u0627\u0628",
    "\u0e14\u0e31\u0e07\u0e19\u0e31\u0e49\u0e19\u0e40\u0e23\u0e32\u0e15\u0e23\u0e27\u0e08\u0e2a\u0e2d\u0e1a",
    "\u0924\u094b \u0939\u092e \u092b\u093f\u0930 \u0938\u0947 \u0926\u0947\u0916\u0947\u0902",
)
"""`Let us check once more` and the like, in other languages."""
_TEMPLATE_TOKENS = (
    "<|im_end|>",
    "<|im_start|>assistant",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|channel|>final<|message|>",
    "<\uff5cend\u2581of\u2581sentence\uff5c>",
    "<end_of_turn>",
    "[/INST]",
)
_GARBLED = (
    "it\u00e2\u20ac\u2122s",
    "caf\u00c3\u00a9",
    "the\u00c2\u00a0sum",
    "na\u00c3\u00afve",
    "so\ufffd\ufffd",
    "the \ufffd sign",
    "the\x00sum",
    "\x0crac{1}{2}",
    "\u00e2\u02c6\u2019 3",
)

FAULTS: dict[str, tuple[float, Callable[[Writing], Parts]]] = {
    "truncated": (0.06, _rambling),
    "final_answer_only": (0.06, _bare),
    "wrong_answer": (0.04, _misstated),
    "wrong_step": (0.05, _slipping),
    "looping": (0.04, _looping),
    "missing_answer": (0.01, _unanswered),
    "unclosed_thinking": (0.01, _unclosed),
    "duplicate_thinking": (0.01, _twice),
    "answer_mismatch": (0.01, _contradicting),
    "refusal": (0.01, _refusing),
    "mixed_language": (0.01, _mixing),
    "special_tokens": (0.01, _leaking_tokens),
    "broken_text": (0.01, _garbling),
    "right_answer_after_wrong_step": (0.01, _lucky),
}
"""Fault to its share of the replies of `builtin/noisy`, and how it is written."""
