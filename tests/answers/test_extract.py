"""Finding the final answer in a response."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.answers.extract import RULES, find_answer
from curate.answers.plain import MAX_ANSWER_CHARACTERS

MAX_SECONDS = 1.0
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
    (r"Hence $\boxed{2}$ and $\boxed{3}$.", "2, 3", "boxed"),
    (r"So \boxed{5}, that is, indeed \boxed{5}", "5", "boxed"),
    (r"The box \boxed{200} holds it. The final answer is $10,455$.", "10,455", "phrase"),
    ("The correct answer is (B) Paris.", "(B) Paris", "phrase"),
    ("Ans: 12", "12", "phrase"),
    ("*Answer:* 42", "42", "phrase"),
    ("The answer is 42, because 6 * 7 = 42.", "42", "phrase"),
    ("The answer is C because 14 is even", "C", "phrase"),
    ("\u56e0\u4e3a 3 * 5 = 15\u3002\n\u7b54\u6848\uff1a15", "15", "other_language"),
    ("\u9023\u7dda\u3002\u7b54\u3048\u306f7\u500b\u3067\u3059\u3002", "7\u500b", "other_language"),
    ("5 + 8 = 13.\n**\u041e\u0442\u0432\u0435\u0442:** 13", "13", "other_language"),
    ("Primero sumamos. La respuesta es 24.", "24", "other_language"),
    ("On divise. La r\u00e9ponse est donc 12.", "12", "other_language"),
    ("\uc815\ub2f5\uc740 16\uc785\ub2c8\ub2e4.", "16", "other_language"),
    ("So the answer would be 12.", "12", "phrase"),
    ("We know 2 + 3.\n### Final Answer\n\n5 apples\n", "5 apples", "heading"),
    ("We know 2 + 3.\n**Answer:**\n\\[\n5\n\\]", "5", "heading"),
    ("Rome is in Italy, so option B is correct.", "B", "correct_option"),
    ('Let me see: 3 * 4.\n{"answer": 12}', "12", "json"),
    ('Let me see: 3 * 4.\n```json\n{"answer": [1, 2]}\n```', "[1, 2]", "json"),
    ("We divide by 3. Therefore, $x = 4$ is the only solution.", "x = 4", "conclusion"),
    ("We add all of them up. So she has 12 apples. I hope this helps!", "12 apples", "conclusion"),
    ("We add all of them up.\nThe matrix is $A^2$.", "A^2", "conclusion"),
    ("We add all of them up.\n\n$42", "$42", "last_line"),
    ("We add all of them up.\n\\[\nx = 5\n\\]", "x = 5", "last_line"),
    (
        "Answer: We begin by counting all the eggs.\nThere are many.",
        "We begin by counting all the eggs",
        "leading_phrase",
    ),
    ("Solution: We begin by counting all the eggs.\nIn total there are 12 eggs.", "12 eggs", "conclusion"),
    ("False", "False", "whole"),
    ("$1,000.50", "$1,000.50", "whole"),
    ("[3, 1, 4, 1, 5, 9, 2, 6]", "[3, 1, 4, 1, 5, 9, 2, 6]", "whole"),
]


@pytest.mark.parametrize("response,answer,rule", CASES, ids=[case[0][:30].replace("\n", " ") for case in CASES])
def test_answer_is_found(response: str, answer: str, rule: str) -> None:
    """The answer is found bare, with its rule, and its span lies in the response."""
    found = find_answer(response)
    assert found is not None
    assert (found.text, found.rule) == (answer, rule)
    assert 0 <= found.start < found.end <= len(response)
    assert answer.split(maxsplit=1)[0].rstrip(",") in response[found.start : found.end]


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
        "So the price of a bag will be $41.472+$8.2944 = $<<41.472+8.",
        "In total, she pays 1411900+20170 = <<1411900+20170=1432070>>1432070 pesos for an",
        "Then find the height after 14 days: 32768 feet * 2 =",
        "We are given $5 and $6, and so we go on and on to the next of them",
        '{"answer": ',
        "That makes the answer Isola",
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
@settings(max_examples=200)
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
        "\n" * 500_000,
        "So it is 12." + " \t" * 250_000,
    ],
    ids=["boxes", "tags", "braces", "phrases", "bold", "hashes", "lines", "blanks"],
)
def test_hostile_text_costs_little(hostile: str) -> None:
    """Half a million characters of nothing but marks are searched within a second, and give no endless answer."""
    start = time.process_time()
    found = find_answer(hostile)
    assert time.process_time() - start < MAX_SECONDS
    assert found is None or len(found.text) <= MAX_ANSWER_CHARACTERS
