r"""`text`: each conversation as the chat template of the student writes it.

{"id": "9f1c...", "text": "<|im_start|>user\nSolve 3x + 7 = 22.<|im_end|>\n<|im_start|>assistant\n<think>\n..."}

The thinking is given to the template apart and, if it does not come out, inline; a row in which thinking, response or
the end of the turn are missing is refused. Trainers tokenize such text with the tokenizer's own start token before it
and, if it does not end with it, the end token behind it, so it begins without the one and ends with the other.
"""

from datetime import UTC, datetime
from functools import lru_cache

import msgspec

from curate.export.base import Facts, Format, RefusedError, StudentTemplate, Wishes
from curate.export.chat_template import ChatTemplate, TemplateRaisedError
from curate.export.pastes import trl
from curate.export.turns import context_of, inline, said_of
from curate.records import JSON, Trace

DAY = datetime(2025, 1, 1, tzinfo=UTC)
"""The date for templates that write one: rows must come out the same tomorrow."""


class TextRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation as text."""

    id: str
    """The trace's id."""
    text: str
    """What the student is trained on, from the first turn to the token that ends the last one."""


def text(trace: Trace, wishes: Wishes) -> tuple[TextRow]:
    """Render a trace through the chat template."""
    assert wishes.chat_template is not None
    reasoning, response = said_of(trace)
    context: list[JSON] = [msgspec.to_builtins(turn) for turn in context_of(trace, wishes)]
    apart = {"role": "assistant", "content": response, "reasoning_content": reasoning, "thinking": reasoning}
    within = {"role": "assistant", "content": inline(reasoning, response)}
    for reply in (apart, within) if reasoning else (within,):
        whole = _whole(wishes.chat_template, [*context, reply])
        if reasoning.strip() in whole and response.strip() in whole:
            return (TextRow(id=trace.id, text=_ended(whole, response, wishes.chat_template)),)
    raise RefusedError("thinking or response do not come out of the chat template")


def _whole(template: StudentTemplate, turns: list[JSON]) -> str:
    """Return a conversation as the template writes it; nothing where it does not take it."""
    try:
        whole = _compiled(template.source, tuple(template.special_tokens.items())).render(turns).text
    except TemplateRaisedError:
        return ""
    return whole.removeprefix(template.special_tokens.get("bos_token", "")).rstrip("\n")


@lru_cache(maxsize=4)
def _compiled(source: str, special_tokens: tuple[tuple[str, str], ...]) -> ChatTemplate:
    return ChatTemplate(source, dict(special_tokens), day=DAY)


def _ended(whole: str, response: str, template: StudentTemplate) -> str:
    """Return the text with the token that ends the turn, which some templates leave to the next turn."""
    if whole.rpartition(response.strip())[2].strip():
        return whole
    end = template.special_tokens.get("eos_token")
    if not end:
        raise RefusedError("the chat template does not end the last turn, and no token is known that would")
    return whole + end


def paste(facts: Facts) -> str:
    """Return the lines of a TRL script."""
    return trl(facts, note="the whole text is in the loss")


TEXT = Format(
    name="text",
    doc="`{id, text}`: the conversation as `chat_template` writes it, with the thinking and the end of the turn in it.",
    kind="trace",
    render=text,
    row=TextRow,
    paste=paste,
    needs=("chat_template",),
)
