"""Rows of every shape that we know, with whatever else may stand in them, sound and broken."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from curate import jsonlines
from tests.filtering.results import BOM, sound
from tests.reading.strategies import Json, blanks, files, garbage, integers, objects, spelled, texts, values

some = settings(max_examples=50)
"""For properties of whole filterings, each of which writes some folders."""

replies = (
    st.sampled_from(
        [
            "Three times four is twelve, and two more make fourteen. The answer is 14.",
            "<think>3 * 4 = 12, and 12 + 2 = 14.</think>It is \\boxed{14}.",
            "<think>We begin with three times four, and then we",
            "14",
            "The long way there goes over all the numbers that lie between here and \ud83d",
            "",
        ]
    )
    | texts
)
problems = st.sampled_from(["What is 3 * 4 + 2?", "What is 12 + 2?"]) | texts
FREE_NAMES = ("label", "is_correct", "truncated", "split", "", "origin", "extra")


def _columns(**fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Return rows with these columns, and by chance others that are read, of any type."""
    about: dict[Any, st.SearchStrategy[Any]] = {
        "finish_reason": st.sampled_from(["stop", "length", "eos", "odd"]) | values,
        "n_tokens": integers | values,
        "max_tokens": integers | values,
        "model": texts | values,
        "reasoning": replies | values,
        "gold": st.sampled_from(["14", 14, "14.0", "#### 14"]) | values,
    }
    about |= dict.fromkeys(FREE_NAMES, values)
    return st.fixed_dictionaries(fixed, optional={name: how for name, how in about.items() if name not in fixed})


turns = st.lists(st.fixed_dictionaries({"role": st.sampled_from(["system", "user"]), "content": problems}), max_size=2)


@st.composite
def conversations(draw: st.DrawFn) -> Json:
    """Return a row with a conversation that ends with a reply, or nearly so."""
    row = draw(_columns(messages=turns))
    last = {"role": "assistant", "content": draw(replies)}
    return {**row, "messages": [*row["messages"], {"role": "user", "content": draw(problems)}, last]}


generations = _columns(
    question=problems,
    generations=st.lists(replies, min_size=1, max_size=3),
    finish_reasons=st.lists(st.sampled_from(["stop", "length", "odd", None]), max_size=3),
)
traces = st.fixed_dictionaries(
    {
        "schema_version": st.just(1),
        "id": texts,
        "problem": st.fixed_dictionaries({"id": texts, "text": problems}),
        "response": replies,
    },
    optional={
        "reasoning": replies,
        "finish_reason": st.sampled_from(["stop", "length", None]),
        "origin": st.just({"fault": "truncated"}) | values,
        "extra": objects,
        "sample": integers | values,
    },
)
batches = st.fixed_dictionaries(
    {
        "custom_id": texts,
        "response": st.fixed_dictionaries(
            {
                "body": st.fixed_dictionaries(
                    {
                        "choices": st.lists(
                            st.fixed_dictionaries({"message": st.fixed_dictionaries({"content": replies})})
                        )
                    }
                )
            }
        ),
    }
)
rows = (
    _columns(question=problems, output=replies)
    | _columns(problem=problems, solution=replies)
    | _columns(question=problems, answer=replies)
    | conversations()
    | generations
    | traces
    | batches
)
lines = spelled(rows) | spelled(rows) | spelled(objects) | garbage | blanks


@st.composite
def inputs(draw: st.DrawFn) -> bytes:
    """Return a file whose first row is sound, so that it is not refused as a whole, and the rest is anything."""
    data = draw(files(lines))
    bom = BOM if data.startswith(BOM) else b""
    return bom + jsonlines.encode(sound()) + b"\n" + data.removeprefix(BOM)


recipes: st.SearchStrategy[Json] = st.sampled_from(
    [
        {},
        {"checks": []},
        {"checks": ["truncated"], "output": []},
        {"checks": ["exact_duplicate", "missing_answer", {"exact_duplicate": {"of": "problem"}}]},
        {
            "checks": [
                "invalid_structure",
                {"exact_duplicate": {"when": {"model": ["m", ""]}}},
                {"wrong_answer": {"undecided": "drop"}},
                "final_answer_only",
                {"exact_duplicate": {"of": "reasoning"}},
                "truncated",
            ],
            "output": {"shard_rows": 2, "splits": {"validation": 0.3}},
        },
    ]
)
