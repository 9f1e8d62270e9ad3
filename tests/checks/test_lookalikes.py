"""Properties of the checks of text: a fault is found wherever it stands, and what only looks like it is left alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from curate import chat
from curate.checks.conduct import refusal
from curate.checks.language import mixed_language
from curate.checks.repetition import looping
from curate.checks.text import broken_text, special_tokens
from curate.checks.thinking import duplicate_thinking
from curate.records import Finding
from tests.checks.cases import STEPS, trace

NAMES = st.sampled_from(["Ada", "Bo", "Ren\u00e9e", "J\u00fcrgen", "\u00c5sa", "Zo\u00eb"])
NUMBERS = st.integers(2, 9_999)
LATIN = st.text(
    st.sampled_from(
        "abcdefgh\u00e4\u00f6\u00fc\u00df\u00e9\u00e8\u00ea\u00e7\u00f1\u00e5\u00f8\u0159\u0161\u017e\u0142"
    ),
    min_size=2,
)


@st.composite
def solutions(draw: st.DrawFn) -> str:
    """A sound solution: sentences about names and numbers, some worded alike, no two of them the same."""
    lines = [STEPS]
    for place in range(draw(st.integers(3, 25))):
        who, first, second = draw(NAMES), draw(NUMBERS), draw(NUMBERS)
        lines.append(f"{place + 1}. {who} has {first} + {second} = {first + second} eggs, which is more than before.")
    return draw(st.sampled_from(["\n", " ", "\n\n"])).join(lines)


def outcome(finding: Finding | None) -> str:
    """Return what a finding comes to."""
    return "pass" if finding is None else finding.outcome


def inserted(text: str, piece: str, share: float) -> str:
    """Return a text with a piece between two of its words."""
    words = text.split(" ")
    place = int(share * len(words))
    return " ".join([*words[:place], piece, *words[place:]])


shares = st.floats(0, 1)
few = settings(max_examples=60)


@few
@given(solutions())
def test_sound_solutions_pass(text: str) -> None:
    """Numbered lines that are worded alike and names of other languages are no fault of text."""
    row = trace(reasoning=text)
    for check in (looping, mixed_language, refusal, special_tokens, broken_text, duplicate_thinking):
        assert outcome(check(row)) == "pass", check


@few
@given(
    solutions(),
    st.sampled_from(["But wait, is it so?", "so we add the eggs again and", "Let me\nstart over."]),
    st.data(),
)
def test_loops_are_found(text: str, phrase: str, data: st.DataObject) -> None:
    """Whatever comes before it, a phrase that the text ends in often enough is a loop, and five times is none."""
    times = data.draw(st.integers(8, 60))
    assert outcome(looping(trace(reasoning=f"{text} " + f"{phrase} " * times))) == "fail"
    assert outcome(looping(trace(reasoning=f"{text} " + f"{phrase} " * 3))) == "pass"


@few
@given(st.integers(3, 30), st.integers(3, 30), st.sampled_from("0123456789.#|-"))
def test_grids_are_no_loops(rows: int, columns: int, mark: str) -> None:
    """A grid of one mark, as puzzles ask for, is no loop."""
    grid = "\n".join(" ".join([mark] * columns) for _ in range(rows))
    assert outcome(looping(trace(response=f"The grid is then:\n{grid}"))) == "pass"


PHRASES = st.sampled_from(
    [
        "\u6240\u4ee5\u6211\u4eec\u5f97\u5230",
        "\u0442\u043e \u0435\u0441\u0442\u044c \u0442\u0430\u043a",
        "\u3060\u304b\u3089\u305d\u3046",
    ]
)


@few
@given(solutions(), PHRASES, shares)
def test_another_script_is_found(text: str, phrase: str, share: float) -> None:
    """A phrase in another script is found wherever it slips in; in code, in a formula or as a gloss it is sound."""
    assert outcome(mixed_language(trace(reasoning=inserted(text, phrase, share)))) == "fail"
    for sound in (f"`{phrase}`", f"$\\text{{{phrase}}}$", f"\u201c{phrase}\u201d", "$\\alpha + \u03b2 = \u03b3$"):
        assert outcome(mixed_language(trace(reasoning=inserted(text, sound, share)))) == "pass", sound


@few
@given(solutions(), st.from_regex(r"<\|[a-z]{2,12}(_[a-z]{1,8})?\|>", fullmatch=True), shares)
def test_special_tokens_are_found(text: str, token: str, share: float) -> None:
    """A token of any template is found wherever it stands; comparisons, tags of HTML and citations are sound."""
    assert outcome(special_tokens(trace(reasoning=inserted(text, token, share)))) == "fail"
    for sound in ("a < b", "x<|y|", "<b>6</b>", "[1]", "<<6*7=42>>", "|a|>|b|", "<s>7</s>"):
        assert outcome(special_tokens(trace(reasoning=inserted(text, sound, share)))) == "pass", sound


@few
@given(solutions(), LATIN, shares)
def test_wrongly_decoded_words_are_found(text: str, word: str, share: float) -> None:
    """A word with accents whose UTF-8 was read as Latin-1 is found wherever it stands; the word itself is sound."""
    garbled = word.encode().decode("latin-1")
    assert outcome(broken_text(trace(reasoning=inserted(text, word, share)))) == "pass"
    assert outcome(broken_text(trace(reasoning=inserted(text, garbled, share)))) == (
        "fail" if garbled != word else "pass"
    )


@few
@given(solutions(), st.sampled_from(["cannot", "can't", "is unable to", "will not"]))
def test_people_who_refuse_are_no_refusal(text: str, how: str) -> None:
    """What somebody in the story cannot do is no refusal; the same in the first person, at the beginning, is one."""
    assert outcome(refusal(trace(response=f"Ada {how} help with this, so Bo counts alone. {text}"))) == "pass"
    first = how.replace("is unable", "am unable")
    assert outcome(refusal(trace(response=f"I {first} help with this request."))) == "fail"


@few
@given(solutions(), st.integers(1, 3))
def test_repeated_thinking_is_found(text: str, last: int) -> None:
    """Thinking that the response says again is there twice; its last lines said again are a summary."""
    assert outcome(duplicate_thinking(trace(reasoning=text, response=f"{text}\nThe answer is 6."))) == "fail"
    lines = text.replace(". ", ".\n").splitlines()
    if len(lines) > 4 * last:
        assert outcome(duplicate_thinking(trace(reasoning=text, response="\n".join(lines[-last:])))) == "pass"


@few
@given(
    st.lists(st.sampled_from([*"<|>[]/s aI", "<s>", "INST]", "[TOOL_", "CALLS]", "<|x|>", "SYS>>", "eos>", "\uff5c"]))
)
def test_a_token_is_never_overlooked_for_speed(pieces: list[str]) -> None:
    """The substrings that are looked for first stand in every token that the pattern finds."""
    text = "".join(pieces)
    found = [token[0] for token in chat._SPECIAL.finditer(text) if not token["struck"]]  # noqa: SLF001 - the slow way
    assert chat.special_token_in(text) == (found[0] if found else None)
