"""Splitting thinking from response, and a chain of thought into steps."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.traces.steps import cut_steps
from curate.traces.thinking import split_thinking

CASES = [
    pytest.param("<think>a</think>b", "a", "b", "closed", id="both tags"),
    pytest.param("a</think>b", "a", "b", "closed", id="closing tag alone"),
    pytest.param("<think>a", "a", "", "unclosed", id="opening tag alone"),
    pytest.param("<think>a\\end{think}b", "a", "b", "closed", id="malformed closing tag"),
    pytest.param("<THINKING>\na\n</THINKING>\n\nb\n", "a", "b", "closed", id="case and space"),
    pytest.param("<reasoning>a</reasoning>b", "a", "b", "closed", id="another name"),
    pytest.param(
        "<|begin_of_thought|>a<|end_of_thought|><|begin_of_solution|>b<|end_of_solution|>",
        "a",
        "b",
        "closed",
        id="marks",
    ),
    pytest.param("think\na\nanswer\nb", "a", "b", "closed", id="bare words"),
    pytest.param("think\na", "a", "", "unclosed", id="bare word, unclosed"),
    pytest.param("think again", "", "think again", "none", id="a sentence that begins so"),
    pytest.param("a b", "", "a b", "none", id="no thinking"),
    pytest.param("", "", "", "none", id="nothing"),
    pytest.param("<think></think>b", "", "b", "closed", id="empty thinking"),
    pytest.param("I think <think> is a tag", "", "I think <think> is a tag", "none", id="a tag that is talked about"),
    pytest.param("<think>a</think>b</think>c", "a", "b</think>c", "closed", id="two closing tags"),
    pytest.param("<think>a<think>b</think>c</think>d", "a<think>b</think>c", "d", "closed", id="nested"),
    pytest.param("<think>\n<think>a</think>b", "<think>a", "b", "closed", id="opening tag twice"),
    pytest.param("<think>a</think>\n<think>b</think>c", "a\n\nb", "c", "closed", id="two blocks in a row"),
    pytest.param("<think></think>\n<think>a</think>b", "a", "b", "closed", id="an empty block before"),
    pytest.param("<think>a</think><think>b", "a\n\nb", "", "unclosed", id="the second block never closed"),
    pytest.param("<think>a</think>b <think>c</think>", "a", "b <think>c</think>", "closed", id="a later block"),
    pytest.param("Sure!\n<think>a</think>b", "Sure!\n\na", "b", "closed", id="a remark before the tag"),
    pytest.param("A <think> tag</think>b", "A <think> tag", "b", "closed", id="a tag named in open thinking"),
    pytest.param("[THINK]a[/THINK]b", "a", "b", "closed", id="square brackets"),
    pytest.param("see [1] and [/2]", "", "see [1] and [/2]", "none", id="other brackets"),
    pytest.param(
        "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b<|return|>",
        "a",
        "b",
        "closed",
        id="channels",
    ),
    pytest.param("<|channel|>analysis<|message|>a", "a", "", "unclosed", id="channels, unclosed"),
    pytest.param("<thinking about it> b", "", "<thinking about it> b", "none", id="no tag of ours"),
]


@pytest.mark.parametrize("text,reasoning,response,state", CASES)
def test_split(text: str, reasoning: str, response: str, state: str) -> None:
    """Thinking and response are told apart wherever the tags are."""
    split = split_thinking(text)
    assert (split.reasoning, split.response, split.state) == (reasoning, response, state)


PIECES = st.sampled_from(["<think>", "</think>", "<|end_of_thought|>", "[THINK]", "answer", "a", " ", "\n"])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_word_is_lost(text: str) -> None:
    """However tags stand, what is not a tag is in the thinking or in the response, in its order."""
    split = split_thinking(text)
    assert _bare(split.reasoning + split.response) == _bare(text)


def _bare(text: str) -> str:
    """Return a text without tags and white space."""
    return "".join(re.sub(r"</?think>|<\|end_of_thought\|>|\[THINK\]", "", text).split())


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("<think></think>", id="empty blocks"),
        pytest.param("<think>a<think>b</think>", id="blocks that do not add up"),
        pytest.param("<think>", id="opening tags"),
        pytest.param("</think>", id="closing tags"),
        pytest.param("<|end|> ", id="ends of channels"),
        pytest.param(" ", id="white space"),
    ],
)
def test_time_is_linear(piece: str) -> None:
    """A text that is all tags costs time by its length, and no more."""
    seconds = [_seconds(piece * (count // len(piece))) for count in (20_000, 400_000)]
    assert seconds[1] < 20 * 8 * max(seconds[0], 1e-3)


def _seconds(text: str) -> float:
    started = time.process_time()
    split_thinking(text)
    return time.process_time() - started


@given(st.text())
def test_text_without_tags_is_untouched(text: str) -> None:
    """A text without thinking is the response, to the letter."""
    split = split_thinking(text)
    assert split.state != "none" or split.response == text


@pytest.mark.parametrize(
    "chain,steps",
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("One sentence.", 1, id="one"),
        pytest.param("First this. Then that. Done.", 3, id="sentences"),
        pytest.param("a = 1\nb = 2", 2, id="lines"),
        pytest.param("a\nb\n\nc\nd", 2, id="paragraphs"),
        pytest.param("1. a\n\nmore of it\n2. b\n3. c", 3, id="numbered"),
        pytest.param("Intro\nStep 1: a\nStep 2: b", 3, id="marked"),
        pytest.param("It costs 3.50 dollars, e.g. today.", 1, id="points inside a sentence"),
    ],
)
def test_steps(chain: str, steps: int) -> None:
    """A chain is cut where its writer cut it."""
    assert len(cut_steps(chain)) == steps


@given(st.text())
def test_steps_lose_nothing(chain: str) -> None:
    """The steps together are the chain, but for white space."""
    assert "".join("".join(cut_steps(chain)).split()) == "".join(chain.split())
