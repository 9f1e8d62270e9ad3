"""Comparing answers: same, different or undecided, and symmetric."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.answers import canonical, compare
from curate.answers.numeric import read_number

CASES = [
    ("42", "42", "same"),
    ("42", "42.0", "same"),
    ("1000", "1,000", "same"),
    ("1,000,000", "1000000", "same"),
    ("3/4", "0.75", "same"),
    ("3/4", r"\frac{3}{4}", "same"),
    ("3/4", r"\dfrac34", "same"),
    ("1 1/2", "3/2", "same"),
    ("-7", "\u22127", "same"),
    ("5e3", "5000", "same"),
    ("5e3", r"5 \times 10^{3}", "same"),
    ("$12", "12", "same"),
    ("$12", "$12.00", "same"),
    ("yes", "Yes.", "same"),
    ("yes", "True", "same"),
    ("(B)", "B", "same"),
    ("Paris", "paris", "same"),
    ("x+1", "X+1", "same"),
    ("\uff11\uff12", "12", "same"),
    ("42", "43", "different"),
    ("42", "-42", "different"),
    ("3/4", "4/3", "different"),
    ("0.5", "0.05", "different"),
    ("yes", "no", "different"),
    ("(A)", "(B)", "different"),
    ("12%", "13%", "different"),
    ("1/3", "0.34", "different"),
    ("125.5", "126", "different"),
    ("1/3", "0.333", "undecided"),
    ("10%", "0.1", "undecided"),
    ("12%", "$12", "undecided"),
    ("x+1", "1+x", "same"),
    ("5 km", "5 m", "different"),
    ("Paris", "the capital of France", "undecided"),
    ("42", "", "undecided"),
    ("1/0", "0", "undecided"),
    ("5 atm", "5 Pa", "different"),
    ("5 kg", "5 sacks", "undecided"),
    ("2024-03-05", "25/12/24", "undecided"),
    ("2024-02-30", "2024-03-01", "undecided"),
    ("0.1 M", "0.1 mol/L", "undecided"),
    ("1 GB", "1024 MB", "undecided"),
    ("1 GB", "1000 MB", "same"),
    ("1 GB", "1025 MB", "different"),
    (r"\log 100", "2", "undecided"),
    (r"\log 100", "3", "different"),
    (r"\log x", r"\ln x", "same"),
    (r"\log_{10} 100", "2", "same"),
    ("180\u00b0", "3.14 rad", "undecided"),
    (r"\mathbf{i} + 2\mathbf{j}", "(1, 2)", "undecided"),
    ("third", "1/3", "undecided"),
    ("1984", "nineteen eighty-four", "undecided"),
    ("100K", "100000", "same"),
    ("A, B", "B", "undecided"),
    ("C#", "C", "undecided"),
    ("3 to 2", "3:2", "same"),
    ("x_1", "x1", "same"),
    ("101_2", "1012", "different"),
    ("DNE", "does not exist", "same"),
    ("about 12", "12", "same"),
    ("1/6", "1 in 6", "undecided"),
    ("1/6", "16.67%", "undecided"),
    ("about two thirds", "2/3", "same"),
    ("10", "10 is wrong", "undecided"),
    ("10", "10 mod 12", "undecided"),
    ("10", "10 (mod 12)", "undecided"),
    ("41", "not 41 but 42", "undecided"),
    ("A", "A cat", "undecided"),
    ("about 12", "13", "different"),
    ("~p", "p", "undecided"),
    ("\u00acp", "p", "undecided"),
    ("n!", "n", "different"),
    ("p'", "p", "undecided"),
    ("A \u2227 B", "A \u2228 B", "undecided"),
    ("A \u2192 B", "A B", "undecided"),
    ("B\u266d", "B", "undecided"),
    ("Yes!", "yes", "same"),
    (r"\overline{AB}", "AB", "undecided"),
    (r"\vec{v}", "v", "undecided"),
    ("2 x 10^3 J", "2 kJ", "same"),
    ("5 hundred", "500", "same"),
    ("2 lakh rupees", "Rs 2,00,000", "same"),
    ("12.7%", "0.13", "undecided"),
    ("12.7%", "0.14", "different"),
    ("CAD 5", "$5", "undecided"),
    ("CAD 5", "$6", "different"),
    ("\u00a55", "5 yuan", "undecided"),
    (r"\approx 3.14", r"\pi", "undecided"),
]


@pytest.mark.parametrize("gold,answer,sameness", CASES, ids=[f"{case[0]} ~ {case[1]}" for case in CASES])
def test_verdict(gold: str, answer: str, sameness: str) -> None:
    """A pair is judged as the table says, in both directions."""
    assert compare(gold, answer).sameness == sameness
    assert compare(answer, gold).sameness == sameness


@pytest.mark.parametrize(
    "gold,answer,sameness",
    [
        pytest.param("Ada, Bo", "Bo and Ada", "same", id="order"),
        pytest.param("Ada, Bo", "Ada, and Bo", "same", id="serial comma"),
        pytest.param("Ada, Bo", "Ada", "different", id="one missing"),
        pytest.param("Ada", "Bo", "different", id="another"),
        pytest.param("Ada", "it is Ada who speaks the truth", "undecided", id="a sentence"),
    ],
)
def test_names(gold: str, answer: str, sameness: str) -> None:
    """Names are compared as a set, whatever joins them."""
    assert compare(gold, answer, "names").sameness == sameness


@pytest.mark.parametrize("gold,answer,sameness", CASES, ids=[f"{case[0]} ~ {case[1]}" for case in CASES])
def test_votes_count_as_verdicts_fall(gold: str, answer: str, sameness: str) -> None:
    """Answers that are the same have one normal form, and answers that differ have two."""
    assert sameness == "undecided" or (canonical(gold) == canonical(answer)) is (sameness == "same")


@pytest.mark.parametrize(
    "answer,sameness",
    [("300", "same"), ("300K", "same"), ("300 kelvin", "same"), ("26.85 \u00b0C", "same"), ("27 \u00b0C", "different")],
)
def test_kelvins(answer: str, sameness: str) -> None:
    """A temperature in kelvins is no number of thousands, unless it is written like one."""
    assert compare("300 K", answer).sameness == sameness


CAPITAL = "What is the capital of France?\n(A) Rome\n(B) Paris\n(C) Lyon, in the south"


@pytest.mark.parametrize(
    "gold,answer,sameness",
    [
        pytest.param("(B)", "Paris", "same", id="text"),
        pytest.param("(B)", "B) Paris", "same", id="both"),
        pytest.param("Paris", "Option B", "same", id="letter"),
        pytest.param("(B)", "Lyon, in the south", "different", id="another text"),
        pytest.param("(B)", "A", "different", id="another letter"),
        pytest.param("(B)", "London", "undecided", id="no option"),
    ],
)
@pytest.mark.parametrize("problem", [CAPITAL, "Capital? A. Rome B. Paris C. Lyon, in the south"], ids=["lines", "row"])
def test_options(gold: str, answer: str, sameness: str, problem: str) -> None:
    """Where the problem lists its options, a letter and the text beside it are one answer."""
    assert compare(gold, answer, problem_text=problem).sameness == sameness


@given(st.text(max_size=40))
def test_every_answer_equals_itself(text: str) -> None:
    """No answer differs from itself."""
    assert compare(text, text).sameness != "different"


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparison_is_symmetric(left: str, right: str) -> None:
    """Turning a pair round turns the readings round, and changes nothing else."""
    there, back = compare(left, right), compare(right, left)
    assert (there.sameness, there.rule, there.gold, there.answer) == (
        back.sameness,
        back.rule,
        back.answer,
        back.gold,
    )


@given(st.fractions(), st.fractions())
def test_numbers_are_exact(left: "st.SearchStrategy[object]", right: "st.SearchStrategy[object]") -> None:
    """Two fractions are the same exactly when they are equal."""
    assert (compare(str(left), str(right)).sameness == "same") is (left == right)


@pytest.mark.parametrize("text", ["9" * 61, "1e99999", "--1", "1,00", "1.2.3", "1/2/3", "one", "0x10", "1_000", ""])
def test_no_number_is_none(text: str) -> None:
    """What is no plain number, or too long to be one, is not read as one."""
    assert read_number(text) is None


def test_a_set_has_one_normal_form() -> None:
    """The normal form of a set does not depend on the order in which its elements stand."""
    names = [f"'{name}'" for name in "abcdefgh"]
    one, other = (canonical(f"{{{', '.join(row)}}}", "literal") for row in (names, names[::-1]))
    assert one == other
