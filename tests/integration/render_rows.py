"""Render conversations as transformers does: `python render_rows.py < PLAN.json`, in the environment that has it.

The plan is a list of {template, special_tokens, turns, asks}; what comes to stdout is, for each, {text, generated} or
{raises}.
"""

import json
import sys
from typing import Any

from jinja2 import TemplateError
from transformers.utils.chat_template_utils import render_jinja_template


def rendered(case: dict[str, Any]) -> dict[str, Any]:
    """Return the text of one conversation, and what of it the template marks as generated."""
    try:
        (text,), (generated,) = render_jinja_template(
            conversations=[case["turns"]],
            chat_template=case["template"],
            return_assistant_tokens_mask=True,
            add_generation_prompt=case["asks"],
            **case["special_tokens"],
        )
    except (TemplateError, TypeError) as error:
        return {"raises": type(error).__name__}
    return {"text": text, "generated": generated}


if __name__ == "__main__":
    json.dump([rendered(case) for case in json.load(sys.stdin)], sys.stdout)
