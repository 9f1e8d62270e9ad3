r"""Does a reply survive the chat template that it is trained through?

    template and row                                            what is found
    DeepSeek-V3, "<think>\n3 * 4 = 12.\n</think>\n\nIt is 12."  reasoning_lost: everything up to </think> is taken out
    GLM-4.5, the same                                           no_end: the turn never ends, nor will the student's
    Qwen2.5, {"reasoning_content": ..., "content": ...}         reasoning_lost: the field is never read
    Qwen3, "It is 12."                                          empty_thinking: <think>\n\n</think> is put before it

The text is rendered, and reasoning, response and the end of the turn are looked for in it, and in the part of it that
the loss is taken over: what stands between the template's generation marks or, where it has none, what follows the
prompt. Field names are taken as the row has them; newer trainers read `thinking` as `reasoning_content` and the other
way round, older ones do not.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from curate.export.chat_template import ChatTemplate, Interval, Rendered, TemplateRaisedError
from curate.export.replies import CARRIERS, Reply
from curate.records import JSON

Fault = Literal[
    "raises",
    "reasoning_lost",
    "response_lost",
    "reasoning_not_learnt",
    "response_not_learnt",
    "no_end",
    "other_end",
    "end_not_learnt",
    "bare_tags",
    "empty_thinking",
    "prompt_differs",
]
FAULTS: dict[Fault, str] = {
    "raises": "the template refuses the row",
    "reasoning_lost": "the reasoning is not in the text",
    "response_lost": "the response is not in the text",
    "reasoning_not_learnt": "the reasoning is in the text, but outside what the loss is taken over",
    "response_not_learnt": "the response is in the text, but outside what the loss is taken over",
    "no_end": "nothing follows the response, so the student does not learn to stop",
    "other_end": "what follows the response is no token at which this student stops",
    "end_not_learnt": "the token that ends the turn is outside what the loss is taken over",
    "bare_tags": "thinking tags stand in the response as plain text, and this template writes thinking elsewhere",
    "empty_thinking": "a thinking block with nothing in it is added, so the student learns not to think",
    "prompt_differs": "the student will be asked with a prompt that this text does not begin with",
}
"""What can be found, in words; in this order it is told."""

_EMPTY_THINKING = re.compile(r"<(think|thinking|reasoning)>\s*</\1>")
_PROBE = ("Three times four is twelve.", "The answer is 12.")


class Survival(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one reply."""

    faults: tuple[Fault, ...]
    """What was lost; nothing where the reply is whole."""
    detail: str = ""
    """What the first fault saw: the template's own words, or what stands there instead."""
    marked: bool = False
    """Whether the loss is taken between the template's own generation marks, and not over what follows the prompt."""
    text: str = ""
    """The text as it was rendered; empty where the template raises."""
    learnt: tuple[Interval, ...] = ()
    """What of the text the loss is taken over."""


class Student:
    """How a student reads: its chat template, and the tokens at which it stops.

    Args:
        template: The chat template.
        ends: The tokens.
    """

    def __init__(self, template: ChatTemplate, ends: Sequence[str]) -> None:
        self.template = template
        self.ends = tuple(ends)

    @cached_property
    def thinks_elsewhere(self) -> bool:
        """Whether the template writes thinking that comes in a field of its own, and not between `<think>` tags."""
        texts = (self._probed(CARRIERS[name](*_PROBE)) for name in ("messages_reasoning", "gpt_oss"))
        return any(_PROBE[0] in text and "<think>" not in text for text in texts)

    def _probed(self, turn: JSON) -> str:
        try:
            return self.template.render([{"role": "user", "content": "What is 3 * 4?"}, turn]).text
        except TemplateRaisedError:
            return ""

    def survival(self, reply: Reply) -> Survival:
        """Render a conversation, and say what of its reply is lost."""
        try:
            whole = self.template.render([*reply.prompt, reply.turn])
            asked = self.template.render(reply.prompt, asks=True)
            before = self.template.render(reply.prompt)
        except TemplateRaisedError as error:
            return Survival(faults=("raises",), detail=str(error))
        return _Text(whole, asked.text, before.text, self).judged(reply)

    def kept_by(self, reply: Reply) -> tuple[str, ...]:
        """Return the formats in which the same reply comes through whole."""
        turns = {name: carry(reply.reasoning, reply.response) for name, carry in CARRIERS.items()}
        return tuple(
            name for name, turn in turns.items() if not self.survival(msgspec.structs.replace(reply, turn=turn)).faults
        )


class _Text:
    """A rendered conversation, and where its reply begins.

    Args:
        whole: The conversation.
        asked: Its prompt, with the head of the assistant's turn: what the student will be asked with.
        before: Its prompt alone.
        student: Who reads it.
    """

    def __init__(self, whole: Rendered, asked: str, before: str, student: Student) -> None:
        self.text = whole.text
        self.asked = asked
        self.student = student
        self.prompted = _shared(whole.text, asked)
        self.begins = min(self.prompted, _shared(whole.text, before))
        self.learnt = whole.generated or ((self.prompted, len(whole.text)),)
        self.marked = bool(whole.generated)

    def judged(self, reply: Reply) -> Survival:
        """Say what of the reply is lost."""
        found = dict(self._found(reply))
        faults = tuple(fault for fault in FAULTS if fault in found)
        detail = found[faults[0]] if faults else ""
        return Survival(faults=faults, detail=detail, marked=self.marked, text=self.text, learnt=self.learnt)

    def _found(self, reply: Reply) -> Iterator[tuple[Fault, str]]:
        """Look for everything: the response last in the text, the reasoning before it, the end after it."""
        response = reply.response.strip()
        at = self.text.rfind(response, self.begins, self._before_its_end())
        if at < 0:
            at = self.text.rfind(response, self.begins)
        if at < 0:
            yield "response_lost", ""
            at = len(self.text)
        else:
            if not self._is_learnt(at, len(response)):
                yield "response_not_learnt", ""
            yield from self._ended(at + len(response))
        yield from self._thought(reply.reasoning.strip(), at)
        yield from self._added(reply)
        rest = self.asked[self.prompted :]
        if rest:
            yield "prompt_differs", f"it is asked with {rest[:40]!r} there"

    def _before_its_end(self) -> int:
        """Return where the token begins that ends the text: a response of one letter may stand in its name."""
        text = self.text.rstrip()
        return next((len(text) - len(end) for end in self.student.ends if text.endswith(end)), len(text))

    def _thought(self, reasoning: str, before: int) -> Iterator[tuple[Fault, str]]:
        at = self.text.rfind(reasoning, self.begins, before)
        if at < 0:
            yield "reasoning_lost", ""
        elif not self._is_learnt(at, len(reasoning)):
            yield "reasoning_not_learnt", ""

    def _ended(self, after: int) -> Iterator[tuple[Fault, str]]:
        """Look at what follows the response."""
        tail = self.text[after:]
        at, end = min(((tail.find(end), end) for end in self.student.ends if end in tail), default=(-1, ""))
        if not tail.strip():
            yield "no_end", ""
        elif at < 0:
            yield "other_end", f"{tail.strip()[:40]!r} follows, and it stops at {' or '.join(self.student.ends)}"
        elif not self._is_learnt(after + at, len(end)):
            yield "end_not_learnt", end

    def _added(self, reply: Reply) -> Iterator[tuple[Fault, str]]:
        """Look for thinking tags where they should not be."""
        empty = _EMPTY_THINKING.search(self.text, self.begins)
        if empty and not _EMPTY_THINKING.search(f"{reply.reasoning}{reply.response}"):
            yield "empty_thinking", repr(empty[0])
        tagged = "<think>" in str(reply.turn.get("content")) and self.text.find("<think>", self.begins) >= 0
        if tagged and self.student.thinks_elsewhere:
            yield "bare_tags", ""

    def _is_learnt(self, start: int, length: int) -> bool:
        """Say whether a piece of the text lies within one piece that the loss is taken over."""
        return any(first <= start and start + length <= last for first, last in self.learnt)


def _shared(text: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    if text.startswith(other):
        return len(other)
    return next((at for at, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), len(text))
