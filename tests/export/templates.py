"""Small chat templates, each with one habit of those that models ship with."""

from typing import Final

_TURNS: Final = "{% for m in messages %}<|im_start|>{{ m.role }}\n"
_END: Final = "<|im_end|>\n{% endfor %}"
_ASK: Final = "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
_CONTENT: Final = "{{ m.content }}"
_AFTER_THINKING: Final = "{{ m.content.split('</think>')[-1] }}"
_FIELD: Final = "{% if m.reasoning_content %}<think>\n{{ m.reasoning_content }}\n</think>\n\n{% endif %}{{ m.content }}"
_ALWAYS_THINKS: Final = (
    "{% if m.role == 'assistant' and '<think>' not in m.content %}<think>\n\n</think>\n\n{% endif %}{{ m.content }}"
)
_CHANNELS: Final = "{% if m.thinking %}<|channel|>analysis {{ m.thinking }}<|channel|>final {% endif %}{{ m.content }}"
_MARKED: Final = "{% if m.role == 'assistant' %}{% generation %}{{ m.content }}<|im_end|>\n{% endgeneration %}"
_MARKED_LATE: Final = (
    "{% if m.role == 'assistant' %}{{ m.content.split('</think>')[0] }}</think>{% generation %}"
    "{{ m.content.split('</think>')[-1] }}<|im_end|>\n{% endgeneration %}"
)
_MARKED_SHORT: Final = "{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}<|im_end|>\n"
_ELSE: Final = "{% else %}{{ m.content }}<|im_end|>\n{% endif %}{% endfor %}"

PLAIN: Final = _TURNS + _CONTENT + _END + _ASK
"""Writes what it is given."""
STRIPS: Final = _TURNS + _AFTER_THINKING + _END + _ASK
"""Takes thinking out."""
READS_FIELD: Final = _TURNS + _FIELD + _END + _ASK
"""Reads `reasoning_content`."""
ADDS_EMPTY: Final = _TURNS + _ALWAYS_THINKS + _END + _ASK
"""Puts an empty thinking block where there is no thinking."""
CHANNELS: Final = _TURNS + _CHANNELS + _END + _ASK
"""Has a channel for thinking, as gpt-oss."""
ENDLESS: Final = _TURNS + _CONTENT + "\n{% endfor %}" + _ASK
"""Ends no turn."""
OTHER_END: Final = PLAIN.replace("<|im_end|>", "</s>")
"""Ends turns with another token."""
STOIC: Final = "{% if '<think>' in messages[-1].content %}{{ raise_exception('no thinking here') }}{% endif %}" + PLAIN
"""Raises."""
ALWAYS_ASKS_TO_THINK: Final = _TURNS + _CONTENT + _END + _ASK.replace("assistant\n", "assistant\n<think>\n")
"""Opens the thinking when it asks."""
MARKED: Final = _TURNS + _MARKED + _ELSE + _ASK
"""Has marks around the assistant's turns."""
MARKED_LATE: Final = _TURNS + _MARKED_LATE + _ELSE + _ASK
"""Has marks that begin after the thinking."""
MARKED_SHORT: Final = _TURNS + _MARKED_SHORT + _ELSE + _ASK
"""Has marks that stop before the end of the turn."""
EMPTY: Final = "{% for m in messages %}{% if m.role != 'assistant' %}{{ m.content }}{% endif %}<|im_end|>{% endfor %}"
"""Leaves the reply out."""
