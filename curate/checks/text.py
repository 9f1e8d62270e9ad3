"""Faults of the text itself: broken characters, tokens of a chat template, another language in the middle."""

import re

from curate.jsonlines import has_lone_surrogate
from curate.records import Finding, Trace

_MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac|\u00e2\u0080[\u0080-\u00bf]|\u00ef\u00bf\u00bd")


def broken_text(trace: Trace) -> Finding | None:
    """The text holds characters that nobody wrote.

    Replacement characters, NUL, lone surrogates, and UTF-8 that was read as Latin-1 somewhere on its way.

    Args:
        trace: The trace to judge.
    """
    for text in (trace.reasoning, trace.response):
        if "\x00" in text:
            return Finding(outcome="fail", reason="a NUL character")
        if text.isascii():
            continue
        if "\ufffd" in text:
            return Finding(outcome="fail", reason=f"a replacement character: {_around(text, text.index(chr(0xFFFD)))}")
        if has_lone_surrogate(text):
            return Finding(outcome="fail", reason="a lone surrogate")
        broken = _MOJIBAKE.search(text)
        if broken:
            return Finding(outcome="fail", reason=f"UTF-8 read as Latin-1: {_around(text, broken.start())}")
    return None


_SPECIAL = re.compile(
    r"<\|[A-Za-z][\w ]{0,40}\|>|<\uff5c[^<>\uff5c]{1,40}\uff5c>|</?s>|<(?:bos|eos|pad|unk)>|<(?:start|end)_of_turn>"
    r"|\[/?INST\]|<</?SYS>>|\[(?:CLS|SEP|PAD|UNK|MASK)\]"
)


def special_tokens(trace: Trace) -> Finding | None:
    """The text holds tokens of a chat template, such as `<|im_end|>`, `<|channel|>`, `[INST]` or `</s>`.

    A trainer's tokenizer would take them for turns that begin or end.

    Args:
        trace: The trace to judge.
    """
    for text in (trace.reasoning, trace.response):
        if "<" in text or "[" in text:
            found = _SPECIAL.search(text)
            if found:
                return Finding(outcome="fail", reason=f"the token {found[0]} stands in the text")
    return None


def _around(text: str, place: int) -> str:
    return repr(text[max(0, place - 15) : place + 15])
