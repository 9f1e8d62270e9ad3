"""A chat message as endpoints send it and files keep it: its text, its thinking, and tokens that belong in neither.

{"content": "It costs $12.", "reasoning_content": "3 * 4 = 12."}                 (`reasoning`, `thinking` likewise)
{"content": "It costs $12.", "reasoning_details": [{"type": "reasoning.text", "text": "3 * 4 = 12."}]}
{"content": [{"type": "thinking", "thinking": "3 * 4 = 12."}, {"type": "text", "text": "It costs $12."}]}

Thinking between tags inside the text is for `traces.thinking`.
"""

import re
from typing import Any, get_args

import msgspec

from curate.records import JSON, FinishReason

THINKING_FIELDS = ("reasoning_content", "reasoning", "thinking", "reasoning_details")
"""Fields of a message that carry thinking beside its text; the first that holds any counts, the others repeat it."""
THINKING_TAGS = "think|thinking|thought|reasoning"
"""Names of the tags that models put around thinking inside the text, as a pattern."""
_THINKING_PARTS = ("thinking", "reasoning", "redacted_thinking")
_TEXTS = ("text", "thinking", "reasoning", "summary", "content")


FINISH_REASONS: dict[str, FinishReason] = {
    **{reason: reason for reason in get_args(FinishReason)},
    "eos": "stop",
    "end_turn": "stop",
    "eos_token": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "max_length": "length",
    "model_length": "length",
    "function_call": "tool_calls",
}
"""Why a reply ended, in the words that servers and files use, to ours."""


def finish_reason_of(value: object) -> FinishReason | None:
    """Return the finish reason that a server or a file means, or None when it says none that we know."""
    return FINISH_REASONS.get(value) if isinstance(value, str) else None


class Spoken(msgspec.Struct, frozen=True):
    """A message, read."""

    content: str
    """Its text, a refusal included; empty when there is none."""
    thinking: str
    """The thinking that stands beside the text; empty when there is none."""
    carrier: str | None
    """The field that the thinking stood in, `content` for parts of the content; None when there is none."""


def read_message(message: JSON) -> Spoken | None:
    """Return text and thinking of a message, or None when its content is neither text nor parts of a text."""
    content = message.get("content")
    if content is None:
        refusal = message.get("refusal")
        content = refusal if isinstance(refusal, str) else ""
    if isinstance(content, str):
        return Spoken(content, *_beside(message))
    if not isinstance(content, list):
        return None
    text = "".join(_text(part) for part in content if not _is_thinking(part))
    thinking, carrier = _beside(message)
    inside = "" if thinking else "\n\n".join(filter(None, (_text(part) for part in content if _is_thinking(part))))
    return Spoken(text, thinking or inside, carrier or ("content" if inside else None))


def beyond_the_text(message: JSON, spoken: Spoken) -> JSON:
    """Return what a message holds that its reading does not hand on to the letter: details, parts, tool calls."""
    said = (spoken.content, spoken.thinking)
    return {
        key: value
        for key, value in message.items()
        if key != "role" and value not in (None, "", [], {}) and (key == "refusal" or value not in said)
    }


def is_text(part: object) -> bool:
    """Say whether a part of a message's content is text or thinking, and no picture or call of a tool."""
    return isinstance(part, dict) and (isinstance(part.get("text"), str) or _is_thinking(part))


def _beside(message: JSON) -> tuple[str, str | None]:
    for field in THINKING_FIELDS:
        value = message.get(field)
        if value and (text := _thought(value)):
            return text, field
    return "", None


def _thought(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return the text of a field of thinking: a text, a block, or a list of blocks."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_text, value)))
    return _text(value)


def _is_thinking(part: Any) -> bool:  # noqa: ANN401 - any JSON value
    return isinstance(part, dict) and part.get("type") in _THINKING_PARTS


def _text(part: Any, depth: int = 0) -> str:  # noqa: ANN401 - any JSON value
    """Return the text of a part: itself, or what its first field of text says, which may be parts again."""
    if isinstance(part, str):
        return part
    if not isinstance(part, dict):
        return ""
    value = next((part[key] for key in _TEXTS if part.get(key)), "")
    if isinstance(value, list) and depth < MAX_DEPTH:
        return "".join(_text(item, depth + 1) for item in value)
    return value if isinstance(value, str) else ""


MAX_DEPTH = 3
"""How deep parts of parts are read; no endpoint nests them deeper than two."""


TURN_MARK = (
    r"(?:<\|/?[A-Za-z][\w ]{0,40}\|>|<\uff5c[^<>\uff5c]{1,40}\uff5c>|<(?:bos|eo[sd]|pad|unk)>|<(?:start|end)_of_turn>)"
)
"""The pattern of tokens that begin, end or fill up turns, in the spelling that most families share."""
_SPECIAL = re.compile(
    rf"\A\s*<s>(?![^<\n\[]{{1,200}}</s>\s*\S)|(?P<struck><s>[^<\n\[]{{1,200}}</s>)|{TURN_MARK}"
    r"|</?tool_(?:call|response)>|</?seed:\w{1,20}>|<extra_id_\d{1,3}>|<unused\d{1,3}>|\u25c1/?\w{1,20}\u25b7"
    r"|<</?SYS>>|</s>(?=\s*\Z|\s*<s>|\s*\[INST\])|<s>(?=\s*\[INST\])|\[/?INST\]|\[/?TOOL_(?:CALLS|RESULTS)\]"
    r"|\[/?(?:AVAILABLE_TOOLS|SYSTEM_PROMPT)\]|\[gMASK\]|\[PAD\]\s?\[PAD\]"
)

_ANGLED = re.compile(r"<(?:[|\uff5c/bepstu]|</?S)")
_BRACKETED = re.compile(r"\[/?(?:INST|TOOL_|AVAIL|SYSTEM_P|gMASK|PAD)")
_TRIANGLE = "\u25c1"
"""Each token begins with one of these: a pattern that begins with one character is found sooner than many."""


def special_token_in(text: str) -> str | None:
    """Return the first token of a chat template that stands in a text, or None; text struck out in HTML is none."""
    angles = "<" in text and _ANGLED.search(text)
    if not angles and _TRIANGLE not in text and not ("[" in text and _BRACKETED.search(text)):
        return None
    return next((token[0] for token in _SPECIAL.finditer(text) if not token["struck"]), None)
