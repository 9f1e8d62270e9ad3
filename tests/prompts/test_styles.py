"""Styles: what each sends, and how what comes back is read."""

import jsonschema
import pytest

from curate.answers import find_answer
from curate.prompts import NEEDS, PLAIN, STYLES, PromptWishes
from curate.prompts.structured import STEPS_AND_ANSWER, STRUCTURED, response_format
from curate.recipe.shape import Shot
from curate.records import JSON, Problem
from curate.teachers import PROVIDERS
from curate.traces.reading import read_reply

PROBLEM = Problem(id="p", text="What is 3 * 4?", reference="the secret 12")
SHOTS = (
    Shot(problem="What is 1 + 1?", solution="One and one.", answer="2"),
    Shot(problem="What is 2 + 2?", solution="Two and two. The answer is 4."),
)
WISHES = PromptWishes(system="Be brief.", shots=SHOTS, render=lambda problem: f"Mine: {problem.text}")


@pytest.mark.parametrize("name", STYLES)
def test_contract(name: str) -> None:
    """Every style says the problem last, as the user, keeps the system message, and never tells the reference."""
    messages = STYLES[name](PROBLEM, WISHES)
    assert messages[0].content == "Be brief."
    assert [message.role for message in messages] == [
        "system",
        *["user", "assistant"] * (len(messages) // 2 - 1),
        "user",
    ]
    assert PROBLEM.text in messages[-1].content
    assert not [message for message in messages if "secret" in message.content]
    assert STYLES[name](PROBLEM, WISHES) == messages
    assert (STYLES[name].__doc__ or "").split("\n")[0].endswith(".")


@pytest.mark.parametrize("name", STYLES)
def test_without_wishes(name: str) -> None:
    """Without a system message none is sent."""
    assert [message.role for message in STYLES[name](PROBLEM, PLAIN)] == ["user"]


def test_shots_are_turns() -> None:
    """Each shot is a question and an answer that ends as the teacher is to end."""
    contents = [message.content for message in STYLES["few_shot_cot"](PROBLEM, WISHES)]
    assert contents[1].startswith("What is 1 + 1?\n\nThink step by step")
    assert contents[2] == "One and one.\nThe answer is 2."
    assert contents[4] == "Two and two. The answer is 4."
    assert contents[5].startswith("What is 3 * 4?\n\nThink step by step")
    assert [found.text if found else None for found in map(find_answer, (contents[2], contents[4]))] == ["2", "4"]


REPLIES: dict[str, str] = {
    "zero_shot_cot": "3 * 4 = 12.\nThe answer is 12.",
    "few_shot_cot": "3 * 4 = 12.\nThe answer is 12.",
    "plan_and_solve": "Plan: multiply.\n3 * 4 = 12.\nThe answer is 12.",
    "least_to_most": "What is 3 * 2? 6. What is 6 * 2? 12.\nThe answer is 12.",
    "boxed": r"3 * 4 = 12, so \boxed{12}.",
    "json_steps": '{"steps": ["3 * 4 = 12."], "answer": "12"}',
    "direct": "The answer is 12.",
    "template": "12",
}


@pytest.mark.parametrize("name", STYLES)
def test_what_is_asked_for_is_read(name: str) -> None:
    """A reply that does what a style asks for has its answer found."""
    assert read_reply(REPLIES[name]).answer == "12"


def test_structured_replies_are_read() -> None:
    """The steps of a structured reply are the trace's steps, and the object is its data."""
    said = read_reply('```json\n{"steps": ["3 * 2 = 6.", "6 * 2 = 12."], "answer": "12"}\n```')
    assert said.steps == ("3 * 2 = 6.", "6 * 2 = 12.")
    assert said.data == {"steps": ["3 * 2 = 6.", "6 * 2 = 12."], "answer": "12"}


OWN: JSON = {"type": "object", "properties": {"premises": {"type": "array"}}}
FORMATS: dict[str, tuple[str, JSON | None, JSON | None]] = {
    "as strict as it goes": (
        "openai",
        None,
        {
            "type": "json_schema",
            "json_schema": {"name": "solution", "schema": STEPS_AND_ANSWER, "strict": True},
        },
    ),
    "a schema of one's own": (
        "openai",
        OWN,
        {"type": "json_schema", "json_schema": {"name": "solution", "schema": OWN, "strict": False}},
    ),
    "an object at least": ("deepseek", OWN, {"type": "json_object"}),
    "in words alone": ("anthropic", OWN, None),
}


@pytest.mark.parametrize("provider,schema,expected", FORMATS.values(), ids=list(FORMATS))
def test_response_format(provider: str, schema: JSON | None, expected: JSON | None) -> None:
    """The response format is the strictest that a provider has."""
    assert response_format("json_steps", schema, PROVIDERS[provider].formats) == expected


def test_only_structured_styles_have_a_format() -> None:
    """A style in words asks for no response format."""
    kept = [name for name in STYLES if response_format(name, None, ("json_schema", "json_object")) is not None]
    assert tuple(kept) == STRUCTURED


def test_own_schema_is_shown_to_the_teacher() -> None:
    """The recipe's own schema stands in the prompt, for providers that have no response format."""
    (message,) = STYLES["json_steps"](PROBLEM, PromptWishes(schema=OWN))
    assert '{"type":"object","properties":{"premises":{"type":"array"}}}' in message.content


def test_what_is_asked_for_is_what_the_words_say() -> None:
    """The schema of the strict mode holds for what the prompt asks for in words."""
    asked = {"steps": ["3 * 4 = 12."], "answer": "12"}
    jsonschema.validate(asked, STEPS_AND_ANSWER)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"steps": [], "result": "12"}, STEPS_AND_ANSWER)


def test_needs_are_of_styles() -> None:
    """What a style needs is said of styles that there are."""
    assert set(NEEDS) <= set(STYLES)
