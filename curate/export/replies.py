r"""Replies as the rows of our formats hold them, taken out again, for whoever must see what becomes of them.

{"messages": [{"role": "user", ...}, {"role": "assistant", "content": "<think>\n3 * 4 = 12.\n</think>\n\nIt is ..."}]}
{"prompt": [{"role": "user", ...}], "chosen": [{"role": "assistant", ...}], "rejected": [{"role": "assistant", ...}]}
{"conversations": [{"from": "human", ...}, {"from": "gpt", "value": ...}]}
"""

from collections.abc import Callable, Mapping

import msgspec

from curate.export.turns import inline
from curate.records import JSON


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation that ends with a reply to learn."""

    prompt: tuple[JSON, ...]
    """The turns before the reply, as the row has them."""
    turn: JSON
    """The reply's own turn, as the row has it."""
    reasoning: str
    """The thinking in it; empty when there is none."""
    response: str
    """What is said after thinking."""


CARRIERS: Mapping[str, Callable[[str, str], JSON]] = {
    "messages": lambda reasoning, response: _spoken(content=inline(reasoning, response)),
    "messages_reasoning": lambda reasoning, response: _spoken(reasoning_content=reasoning, content=response),
    "gpt_oss": lambda reasoning, response: _spoken(thinking=reasoning, content=response),
}
"""Formats that hand thinking to a template, each in its own way, to the assistant's turn in them."""

_COLUMNS = (
    "messages",
    "conversations",
    "completion",
    "chosen",
    "rejected",
    "preferred_output",
    "non_preferred_output",
)
"""Columns that end with the assistant's turn."""
_ROLES = {"human": "user", "gpt": "assistant"}


def _spoken(**fields: str) -> JSON:
    return {"role": "assistant", **fields}


def replies_of(row: JSON) -> tuple[Reply, ...]:
    """Return the conversations of a row of any of our formats; none where no chat template takes part.

    A row of preferences has two of them.
    """
    shared = _turns(row.get("prompt")) or _turns(_object(row.get("input")).get("messages"))
    if "chosen" in row:  # else the conversations end with the reply
        shared = shared or _turns(row.get("conversations"))
    shared = (*_system(row.get("system")), *shared)
    spoken = ((*shared, *_turns(row.get(key))) for key in _COLUMNS if key in row)
    return tuple(_reply(turns) for turns in spoken if turns and turns[-1].get("role") == "assistant")


def _system(value: object) -> tuple[JSON, ...]:
    """Return the turn of a system message that stands in a column of its own."""
    return ({"role": "system", "content": value},) if isinstance(value, str) and value else ()


def _turns(value: object) -> tuple[JSON, ...]:
    """Return the turns in a column: a list of messages, or one message; none where it is text or nothing."""
    found = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
    return tuple(_chat_turn(turn) for turn in found if isinstance(turn, dict))


def _chat_turn(turn: JSON) -> JSON:
    """Return a turn with `role` and `content`, also where it has ShareGPT's names, as trainers convert it."""
    if "from" not in turn:
        return turn
    role = str(turn["from"])
    return {"role": _ROLES.get(role, role), "content": turn.get("value")}


def _object(value: object) -> JSON:
    return value if isinstance(value, dict) else {}


def _reply(turns: tuple[JSON, ...]) -> Reply:
    *prompt, turn = turns
    content = str(turn.get("content") or "")
    reasoning = str(turn.get("reasoning_content") or turn.get("thinking") or "")
    if not reasoning and content.startswith("<think>") and "</think>" in content:
        reasoning, _, content = content.removeprefix("<think>").partition("</think>")
    return Reply(prompt=tuple(prompt), turn=turn, reasoning=reasoning.strip(), response=content.strip())
