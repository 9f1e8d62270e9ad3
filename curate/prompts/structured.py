"""The style that asks for JSON, and the response format that makes a provider keep to it."""

from collections.abc import Collection

from curate import jsonlines
from curate.prompts.wishes import PLAIN, PromptWishes
from curate.records import JSON, Message, Problem

RESPONSE_FORMAT = "response_format"
STRUCTURED = ("json_steps",)
"""Styles whose replies are JSON objects."""

STEPS_AND_ANSWER: JSON = {
    "type": "object",
    "properties": {
        "steps": {"type": "array", "items": {"type": "string"}},
        "answer": {"type": "string"},
    },
    "required": ["steps", "answer"],
    "additionalProperties": False,
}
"""What is asked for where the recipe has no schema of its own."""


def json_steps(problem: Problem, wishes: PromptWishes = PLAIN) -> tuple[Message, ...]:
    """A JSON object `{steps, answer}`, or one of the recipe's own `schema`, by `response_format` where there is one."""
    return wishes.conversation(f"{problem.text}\n\n{_demand(wishes.schema)}")


def _demand(schema: JSON | None) -> str:
    head = "Think step by step, and reply with one JSON object and nothing else"
    if schema is None:
        return f'{head}: {{"steps": [every step, in order, as a string], "answer": the final answer, as a string}}.'
    return f"{head}, valid under this JSON Schema:\n{jsonlines.encode(schema).decode('utf-8')}"


def response_format(style: str, schema: JSON | None, formats: Collection[str]) -> JSON | None:
    """Return the `response_format` for a style, as strict as a provider has it, or None.

    Args:
        style: The prompt's style.
        schema: The recipe's own schema, or None.
        formats: Kinds of response format that the provider honours.
    """
    if style not in STRUCTURED:
        return None
    # Only of our own schema do we know that it is of the part of JSON Schema that the strict mode takes.
    return json_format("solution", schema or STEPS_AND_ANSWER, formats, strict=schema is None)


def json_format(name: str, schema: JSON, formats: Collection[str], *, strict: bool) -> JSON | None:
    """Return the `response_format` that asks for an object of a schema, as a provider has it, or None.

    Args:
        name: What the object is called.
        schema: Its schema.
        formats: Kinds of response format that the provider honours.
        strict: Whether the schema is of the part of JSON Schema that the strict mode takes.
    """
    if "json_schema" in formats:
        return {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": strict}}
    return {"type": "json_object"} if "json_object" in formats else None
