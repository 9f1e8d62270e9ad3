"""The rows that travel through curate: problems, replies, traces, findings.

A trace as it stands in a file (`schemas/trace.v1.schema.json`), shortened:

    {"id": "9f1c...", "problem": {"id": "77aa...", "text": "Solve 3x + 7 = 22.", "reference": "5", ...},
     "reasoning": "Subtract 7 from both sides: 3x = 22 - 7 = 15. ...", "steps": ["Subtract 7 ...", "Divide ..."],
     "response": "The answer is 5.", "answer": "5", "finish_reason": "stop", "sample": 0, ..., "schema_version": 1}

Records are msgspec structs because they are built once for each row of a dataset of any size. The sentence below a
field is its documentation; `schemas/` is generated from it.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import msgspec

JSON: TypeAlias = dict[str, Any]
"""A decoded JSON object whose keys are not ours to know."""

FinishReason = Literal["stop", "length", "content_filter", "tool_calls", "interrupted"]
Outcome = Literal["fail", "undecided", "pass"]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A question, with or without the answer that is known to be right."""

    id: str
    """Hash of the normalised text, never of the answer."""
    text: str
    """The question as the student reads it."""
    reference: str | None = None
    """The answer known to be right, or null."""
    answer_type: str | None = None
    """What kind of thing the answer is (`integer`, `number`, `yes_no`, `names` ...), or null when not stated. With
    `python_function` the reference is tests, Python text that calls the function by its name."""
    domain: str | None = None
    """The field it belongs to (`math`, `logic` ...), or null."""
    family: str | None = None
    """The built-in family that made it, `gym:<dataset>` for one of reasoning-gym, or null."""
    difficulty: int | None = None
    """1 (easy) to 5 (hard), or null."""
    source: str | None = None
    """Where it comes from: `builtin:<family>:<seed>:<difficulty>:<index>`, `gym:<dataset>:<seed>:<index>`, a file's
    name, or what the row says."""
    license: str | None = None
    """The licence of its text, or null when not known."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of a conversation."""

    role: str
    """`system`, `user` or `assistant`."""
    content: str
    """What was said, as text."""


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens of one reply as the server counted them; null where it did not say."""

    prompt_tokens: int | None = None
    """Tokens of the prompt."""
    completion_tokens: int | None = None
    """Tokens of the whole completion, thinking included."""
    reasoning_tokens: int | None = None
    """Tokens of the thinking alone."""


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How a teacher was asked, as far as it is known."""

    model: str | None = None
    """The model's name at its provider."""
    provider: str | None = None
    """The provider's name, `builtin` for the built-in solver."""
    style: str | None = None
    """The chain-of-thought prompt style."""
    temperature: float | None = None
    """Sampling temperature."""
    top_p: float | None = None
    """Nucleus sampling share."""
    max_tokens: int | None = None
    """The limit on completion tokens of the attempt that was kept."""
    seed: int | None = None
    """The seed sent with the request."""
    reasoning_effort: str | None = None
    """How hard the teacher was told to think, where it can be told."""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a trace comes from: a line of an input file, or a request of a recipe."""

    file: str | None = None
    """The input file as it was named on the command line."""
    line: int | None = None
    """The physical line, from 1, blank lines included."""
    recipe: str | None = None
    """The name of the recipe that asked for it."""
    request: str | None = None
    """The key of the request in the run's ledger."""
    fault: str | None = None
    """The fault that the noisy built-in teacher planted; no check reads it."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of a teacher, as received."""

    content: str
    """The text of the reply."""
    reasoning: str = ""
    """The thinking that arrived apart from the text, or empty."""
    finish_reason: FinishReason | None = None
    """Why the teacher stopped, or null when it did not say."""
    usage: Usage = Usage()
    """Tokens as the server counted them."""
    model: str | None = None
    """The model that the server says answered."""
    cost: Decimal | None = None
    """What the server says the reply cost, in USD, or null when it does not say."""
    carrier: str | None = None
    """The field of the message that the thinking arrived in, or null when none stood apart."""
    rest: JSON = {}
    """What the message held besides content and thinking, as received: refusal, details, parts, tool calls."""
    fault: str | None = None
    """The fault that the noisy built-in teacher planted."""


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """What a model costs, in USD per million tokens."""

    input: Decimal
    """Of a prompt."""
    output: Decimal
    """Of a completion, thinking included."""
    noted: date | None = None
    """When this was its price; null for one that a recipe states."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One call to a teacher: what is asked, of whom, and which sample it is."""

    key: str
    """Hash of teacher, messages, sampling without `max_tokens`, extra body and sample: its identity."""
    problem: Problem
    """The problem asked; network teachers see only `messages`."""
    messages: tuple[Message, ...]
    """What is sent."""
    sampling: Sampling
    """How it is asked."""
    sample: int
    """0, 1, 2 ... among the samples of this problem and teacher."""
    extra_body: JSON = {}
    """Fields of the body beyond the standard ones, as the recipe states them."""


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """A reply made regular: one row of a dataset of reasoning."""

    id: str
    """Identity of the trace: of its request when generated, of its text and occurrence when imported."""
    problem: Problem
    """The question that was asked."""
    messages: tuple[Message, ...] = ()
    """The context before the reply, as sent or imported."""
    reasoning: str = ""
    """The chain of thought that stands apart from the response, or empty when there is none."""
    thinking_closed: bool | None = None
    """Whether thinking that stood in the reply's own text was closed; null where it came apart, or there was none."""
    steps: tuple[str, ...] = ()
    """The chain of thought cut into steps: of the reasoning, or of the response where that is all there is."""
    response: str = ""
    """What the teacher said after thinking."""
    answer: str | None = None
    """The final answer found in the response, or null."""
    data: JSON = {}
    """The object that the recipe's own schema describes, for structured replies; else empty."""
    finish_reason: FinishReason | None = None
    """Why the teacher stopped, or null when not known."""
    usage: Usage = Usage()
    """Tokens, where known."""
    teacher: Sampling = Sampling()
    """Who answered, and how it was asked."""
    sample: int = 0
    """0, 1, 2 ... among the samples of one problem."""
    pass_rate: float | None = None
    """Share of this problem's samples that were right, over all replies, or null when not known."""
    origin: Origin = Origin()
    """Where it comes from; no check reads it."""
    extra: JSON = {}
    """Every column of an imported row that is not used above, unharmed; no check reads it."""
    schema_version: Literal[1] = 1
    """Version of this shape."""

    @property
    def chain(self) -> str:
        """The text that holds the chain of thought, wherever the teacher put it."""
        return self.reasoning or self.response


class PreferencePair(msgspec.Struct, frozen=True, kw_only=True):
    """Two replies to one problem, by their ids, and why one is better."""

    id: str
    """Identity of the pair: of its rule and its replies."""
    problem_id: str
    """The problem."""
    rule: str
    """By what they were told apart: `right_over_wrong`, `complete_over_truncated` ..."""
    chosen: str
    """The better reply's trace id."""
    rejected: str
    """The worse reply's trace id."""
    chosen_because: str
    """What speaks for the better one, in a few words."""
    rejected_because: str
    """What speaks against the worse one: what the check saw that dropped it."""
    schema_version: Literal[1] = 1
    """Version of this shape."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a check says of one trace."""

    outcome: Outcome
    """`fail` drops the row; `undecided` does not, unless the recipe says so; `pass` keeps it."""
    reason: str = ""
    """What was seen, in one sentence: `stopped at 2048 of 2048 tokens`."""
    value: float | None = None
    """The measure that the check looked at, kept for tuning its threshold; null when there is none."""
