"""Chat templates as transformers renders them, and the page that says what survives them."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from curate.export.chat_template import ChatTemplate, TemplateRaisedError
from docs import survival_page
from tests.integration.conftest import OTHERS, run_with_others

pytestmark = pytest.mark.integration

SPECIAL = {"bos_token": "<s>", "eos_token": "</s>"}
TURNS: list[dict[str, Any]] = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "What is 3 * 4?"},
    {"role": "assistant", "content": "12"},
    {"role": "user", "content": 'And 3 * 5?\n<b>"Is it 15?"</b> \u00fc'},
    {"role": "assistant", "content": " <think>\nFive threes.\n</think>\n\n15 "},
]
BOTH = {"role": "assistant", "content": "15", "thinking": "Five threes.", "reasoning_content": "Five threes."}
CONVERSATIONS: dict[str, list[dict[str, Any]]] = {
    "inline": TURNS,
    "fields": [*TURNS[1:4], BOTH],
    "prompt": TURNS[:4],
    "two_users": [TURNS[1], TURNS[3]],
    "no_user": TURNS[4:],
}


def templates() -> dict[str, str]:
    """Return every template that TRL ships, by its name."""
    (folder,) = OTHERS.parent.glob("lib/python*/site-packages/trl/chat_templates")
    return {file.stem: file.read_text("utf-8") for file in sorted(folder.glob("*.jinja"))}


def ours(case: dict[str, Any]) -> dict[str, Any]:
    """Render a case by our own hand."""
    try:
        found = ChatTemplate(case["template"], case["special_tokens"]).render(case["turns"], asks=case["asks"])
    except TemplateRaisedError:
        return {}
    return {"text": found.text, "generated": [list(interval) for interval in found.generated]}


def test_every_template_is_rendered_as_transformers_does() -> None:
    """Of every template that TRL ships, and every kind of conversation, ours is the very text, marks included."""
    kinds = list(itertools.product(templates().items(), CONVERSATIONS.items(), (False, True)))
    plan = [
        {"template": template, "special_tokens": SPECIAL, "turns": turns, "asks": asks}
        for (_, template), (_, turns), asks in kinds
    ]
    theirs = json.loads(run_with_others("render_rows.py", given=json.dumps(plan)))
    wrong = [
        (name, kind, asks)
        for ((name, _), (kind, _), asks), case, found in zip(kinds, plan, theirs, strict=True)
        if ours(case) != {key: value for key, value in found.items() if key != "raises"}
    ]
    assert not wrong
    assert sum("text" in found for found in theirs) > len(theirs) / 2


def test_the_page_is_current() -> None:
    """What `docs/survival.md` says of the templates is what is found today."""
    assert Path(survival_page.PAGE).read_text("utf-8") == survival_page.page(OTHERS.parent)
