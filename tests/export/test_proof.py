"""What a chat template does to the rows of a result, found before they are written."""

from typing import Any

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from curate import jsonlines
from curate.export import FORMATS, Wishes
from curate.export.proof import Proof, prove
from curate.export.replies import CARRIERS, replies_of
from curate.records import JSON, Problem, Trace
from curate.report.survival import told
from tests.export import templates
from tests.export.test_survival import END, PROMPT, REASONING, RESPONSE, student


def rows(form: str, reasonings: tuple[str, ...] = (REASONING,)) -> list[JSON]:
    """Return rows of a format."""
    return [{"messages": [*PROMPT, CARRIERS[form](reasoning, RESPONSE)]} for reasoning in reasonings]


@pytest.mark.parametrize("form", CARRIERS)
def test_carriers_are_what_the_formats_write(form: str) -> None:
    """What is tried as another format is the very turn that the format writes, and is read back out of its row."""
    trace = Trace(id="1", problem=Problem(id="1", text="What is 3 * 4?"), reasoning=REASONING, response=RESPONSE)
    (row,) = FORMATS[form].render(trace, Wishes())
    (reply,) = replies_of(jsonlines.decode(jsonlines.encode(row)))
    assert reply.turn == CARRIERS[form](REASONING, RESPONSE)
    assert (reply.reasoning, reply.response) == (REASONING, RESPONSE)


@pytest.mark.parametrize(
    "template,form,whole,faults,kept_by",
    [
        pytest.param(templates.PLAIN, "messages", 2, {}, (), id="whole"),
        pytest.param(templates.PLAIN, "messages_reasoning", 1, {"reasoning_lost": 1}, ("messages",), id="another"),
        pytest.param(templates.STRIPS, "messages", 1, {"reasoning_lost": 1}, (), id="none"),
        pytest.param(templates.ADDS_EMPTY, "messages", 1, {"empty_thinking": 1}, (), id="some"),
        pytest.param(templates.CHANNELS, "messages", 1, {"bare_tags": 1}, ("gpt_oss",), id="channels"),
    ],
)
def test_what_is_proven(template: str, form: str, whole: int, faults: dict[str, int], kept_by: tuple[str, ...]) -> None:
    """Replies are counted by what they lost, and the formats that would keep all of them are named."""
    proof = prove(form, rows(form, (REASONING, "")), student(template))
    assert (proof.rows, proof.replies, proof.whole) == (2, 2, whole)
    assert (proof.faults, proof.kept_by) == (faults, kept_by)


def test_tokens_in_the_loss() -> None:
    """With a tokenizer the tokens are counted, and those that the loss is taken over."""
    tokenizer = Tokenizer(models.WordLevel({"?": 0}, unk_token="?"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    proof = prove("messages", rows("messages"), student(templates.MARKED), tokenizer)
    text = student(templates.MARKED).survival(*replies_of(rows("messages")[0])).text
    assert proof.tokens == len(text.split())
    assert proof.tokens_learnt == len(f"<think> {REASONING} </think> {RESPONSE}{END}".split())


@pytest.mark.parametrize(
    "proof,words",
    [
        pytest.param(Proof(format="text", rows=3), "no chat template takes part in its 3 rows", id="text"),
        pytest.param(
            Proof(format="dpo", rows=2, replies=4, whole=4, marked=True, tokens=90, tokens_learnt=60),
            "4 of 4 replies come through whole, the loss between the template's generation marks: 60 of 90 tokens",
            id="whole",
        ),
        pytest.param(
            Proof(format="messages", rows=1, replies=1, faults={"raises": 1}, seen={"raises": "no\x1b[2J\n!"}),
            "  raises          1  the template refuses the row: no\\x1b[2J\\n!\n  no format keeps them",
            id="hostile",
        ),
        pytest.param(
            Proof(format="messages", rows=1, replies=1, faults={"bare_tags": 1}, kept_by=("gpt_oss",)),
            "with this template they come through whole as gpt_oss",
            id="remedy",
        ),
    ],
)
def test_what_is_told(proof: Proof, words: str) -> None:
    """What was found is told in words that drive no terminal."""
    assert words in told(proof)


def test_a_row_of_preferences_has_two_replies() -> None:
    """Of a preference both replies are looked at."""
    chosen, rejected = (CARRIERS["messages"](reasoning, RESPONSE) for reasoning in (REASONING, ""))
    row: dict[str, Any] = {"prompt": [*PROMPT], "chosen": [chosen], "rejected": [rejected]}
    proof = prove("dpo", [row], student(templates.STRIPS))
    assert (proof.rows, proof.replies, proof.whole, proof.faults) == (1, 2, 1, {"reasoning_lost": 1})
