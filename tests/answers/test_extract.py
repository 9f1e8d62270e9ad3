"""Finding the final answer in a response."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.answers.extract import RULES, find_answer
from curate.answers.plain import MAX_ANSWER_CHARACTERS

CASES = [
    ("3 * 4 = 12.\n#### 12", "12", "hashes"),
    ("3 * 4 = 12.\n####12 ", "12", "hashes"),
    ("<answer>-272</answer>", "-272", "answer_tag"),
    ("<ANSWER>\n 7\n</ANSWER>", "7", "answer_tag"),
    (r"<answer>\boxed{5}</answer>", "5", "answer_tag"),
    (r"So $\boxed{\frac{3}{4}}$.", r"\frac{3}{4}", "boxed"),
    (r"First \boxed{1}, no: \boxed{2}.", "2", "boxed"),
    (r"An open \boxed{3 after \boxed{4}", "4", "boxed"),
    ("The answer is 42.", "42", "phrase"),
    ("The answer is **42**.", "42", "phrase"),
    ("**Answer:** 42", "42", "phrase"),
    ("**Final answer: 42**", "42", "phrase"),
    ("So the answer is (B).", "(B)", "phrase"),
    ("The final answer is: 3.50 dollars. I hope that helps!", "3.50 dollars", "phrase"),
    ("The answer is 7. Wait, the answer is 8.", "8", "phrase"),
    ("The solution to the equation is x = 3.", "x = 3", "phrase"),
    ("2 bolts and 1 bolt.\nA: 3", "3", "letter_a"),
    ('{"reasoning": "3 * 4", "answer": 12}', "12", "json"),
    ('```json\n{"final_answer": "12"}\n```', "12", "json"),
    ("We add them up and get\n\n**12 apples**", "12 apples", "bold"),
    ("False", "False", "whole"),
    ("$1,000.50", "$1,000.50", "whole"),
]


@pytest.mark.parametrize("response,answer,rule", CASES, ids=[case[0][:30].replace("\n", " ") for case in CASES])
def test_answer_is_found(response: str, answer: str, rule: str) -> None:
    """The answer is found bare, with its rule, and its span lies in the response."""
    found = find_answer(response)
    assert found is not None
    assert (found.text, found.rule) == (answer, rule)
    assert 0 <= found.start < found.end <= len(response)
    assert answer.split(maxsplit=1)[0] in response[found.start : found.end]


@pytest.mark.parametrize(
    "response",
    [
        "",
        "   \n",
        "We should first think about what is asked, and only then begin to count the eggs.",
        r"\boxed{",
        r"\boxed{}",
        "<answer></answer>",
        "<answer>3",
        "#### \n",
        '{"answer": ',
    ],
)
def test_nothing_is_guessed(response: str) -> None:
    """Where no answer is stated none is found."""
    found = find_answer(response)
    assert found is None or found.rule == "whole"
    assert found is None or response.strip() == found.text


def test_every_rule_has_a_case() -> None:
    """No rule is without an example."""
    assert {rule for _, _, rule in CASES} == set(RULES)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_survived(response: str) -> None:
    """Any text gives an answer within bounds, or none."""
    found = find_answer(response)
    assert found is None or (found.text and 0 <= found.start <= found.end <= len(response))


@pytest.mark.parametrize(
    "hostile",
    [
        r"\boxed{" * 100_000,
        "<answer>" * 100_000,
        "{" * 500_000,
        "the answer is " * 50_000,
        "**" * 200_000,
        "\n#### " * 80_000,
    ],
    ids=["boxes", "tags", "braces", "phrases", "bold", "hashes"],
)
def test_hostile_text_costs_little(hostile: str) -> None:
    """Half a million characters of nothing but marks are searched in linear time, and give no endless answer."""
    found = find_answer(hostile)
    assert found is None or len(found.text) <= MAX_ANSWER_CHARACTERS
