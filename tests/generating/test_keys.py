"""What a request's key depends on: all that shapes the reply, and not on the limit."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.pipeline.generating.requests import request_key
from curate.records import JSON, Message, Problem, Request, Sampling

REQUEST = Request(
    key="",
    problem=Problem(id="p", text="What is 2 + 2?", reference="4"),
    messages=(Message(role="user", content="What is 2 + 2?"),),
    sampling=Sampling(model="m", provider="v", style="s", temperature=0.5, top_p=0.9, max_tokens=100, seed=7),
    sample=0,
    extra_body={"a": [1, {"b": None}]},
)


def sampled(**changes: object) -> Request:
    """Return the request, asked in another way."""
    return msgspec.structs.replace(REQUEST, sampling=msgspec.structs.replace(REQUEST.sampling, **changes))


def changed(**changes: object) -> Request:
    """Return the request with other fields."""
    return msgspec.structs.replace(REQUEST, **changes)


OTHERS = {
    "problem": changed(problem=Problem(id="q", text="What is 2 + 2?")),
    "text of a message": changed(messages=(Message(role="user", content="What is 2 + 3?"),)),
    "role of a message": changed(messages=(Message(role="system", content="What is 2 + 2?"),)),
    "one message more": changed(messages=(*REQUEST.messages, Message(role="user", content=""))),
    "no messages": changed(messages=()),
    "sample": changed(sample=1),
    "extra body": changed(extra_body={"a": [1, {"b": False}]}),
    "no extra body": changed(extra_body={}),
    "model": sampled(model="n"),
    "provider": sampled(provider="w"),
    "model and provider shifted": sampled(model="v", provider="m"),
    "temperature": sampled(temperature=0.6),
    "temperature of the provider": sampled(temperature=None),
    "top_p": sampled(top_p=0.5),
    "temperature and top_p swapped": sampled(temperature=0.9, top_p=0.5),
    "seed": sampled(seed=8),
    "no seed": sampled(seed=None),
    "reasoning effort": sampled(reasoning_effort="high"),
    "another reasoning effort": sampled(reasoning_effort="low"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_depends_on(other: Request) -> None:
    """Whatever shapes the reply is another request."""
    assert request_key(other) != request_key(REQUEST)


def test_all_differ() -> None:
    """No two of these changes make the same request."""
    assert len({request_key(other) for other in OTHERS.values()}) == len(OTHERS)


SAME = {
    "a higher limit": sampled(max_tokens=200),
    "no limit": sampled(max_tokens=None),
    "the reference": changed(problem=Problem(id="p", text="What is 2 + 2?", reference="5")),
    "the problem's licence": changed(problem=Problem(id="p", text="What is 2 + 2?", license="MIT")),
    "the key that it had": changed(key="k"),
    "the order in the extra body": changed(extra_body=dict(reversed([*REQUEST.extra_body.items()]))),
}


@pytest.mark.parametrize("same", SAME.values(), ids=SAME)
def test_does_not_depend_on(same: Request) -> None:
    """The limit, and what the teacher does not see, is no part of a request's identity."""
    assert request_key(same) == request_key(REQUEST)


def test_stays_the_same_in_every_version() -> None:
    """A key is the address of a reply that was paid for, so it must never change."""
    assert request_key(REQUEST) == "857cedd7138284298ca1592397085b23"


BODIES: st.SearchStrategy[JSON] = st.dictionaries(
    st.text(max_size=3),
    st.recursive(st.none() | st.integers() | st.text(max_size=3), st.lists, max_leaves=3),
    max_size=3,
)


@given(BODIES, BODIES)
def test_extra_bodies(one: JSON, other: JSON) -> None:
    """Two extra bodies make the same request exactly when they are equal."""
    same = request_key(changed(extra_body=one)) == request_key(changed(extra_body=other))
    assert same == (one == other)
