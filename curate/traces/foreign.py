"""A row of somebody's file, made regular by the columns it has.

How a row is read, the first that fits:

    trace          our own `trace.v1`
    batch          an OpenAI batch output line: custom_id, response.body.choices
    generations    `generations[]`, one trace each, aligned with `finish_reasons[]`
    reply          `output|response|completion|generation` beside a problem column
    conversation   `messages` or `conversations`, the last assistant turn is the reply
    solution       `solution` is the reply
    answer         `question` and `answer` alone: the answer is the reply, the reference stands after `####`

A row with `--map` is read by what the map names before anything else. Every column that is not used goes to `extra`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

import msgspec

from curate import schemas
from curate.answers import find_answer
from curate.digests import digest, plain_text, problem_id
from curate.records import JSON, FinishReason, Message, Origin, Problem, Sampling, Trace, Usage
from curate.traces.steps import cut_steps
from curate.traces.thinking import split_thinking

PROBLEM_COLUMNS = ("question", "problem", "prompt", "instruction")
REPLY_COLUMNS = ("output", "response", "completion", "generation")
REFERENCE_COLUMNS = ("gold", "reference", "final_answer", "target", "answer")
REASONING_COLUMNS = ("reasoning_content", "reasoning", "thinking")
TOKEN_COLUMNS = ("n_tokens", "completion_tokens")
MAPPABLE = ("problem", "reference", "reply", "reasoning", "finish_reason", "completion_tokens", "max_tokens", "model")

_FINISH_REASONS: dict[str, FinishReason] = {
    **{reason: reason for reason in get_args(FinishReason)},
    "eos": "stop",
    "end_turn": "stop",
    "eos_token": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "max_length": "length",
}
_UNKNOWN_USAGE = Usage()
_UNKNOWN_TEACHER = Sampling()
_ROLES = {"human": "user", "gpt": "assistant", "bot": "assistant", "chatgpt": "assistant", "model": "assistant"}


class NoShapeError(ValueError):
    """A row in which we cannot find a problem and a reply; the message lists the columns that there are."""


class StructureError(ValueError):
    """A row that says it is one of our traces and does not fit the schema; the message is `/pointer: sentence`."""


class Read(msgspec.Struct, frozen=True):
    """What a row was read as."""

    shape: str
    """The shape, as in the module's docstring."""
    traces: tuple[Trace, ...]
    """One trace, or one for each generation; without `origin` and `extra`, which no check may see."""
    used: dict[str, str]
    """Column to the field it gave, of the columns that the row has; the rest is `extra`."""


Columns = Mapping[str, str]
"""Field of a trace (one of `MAPPABLE`) to the column that holds it, from `--map`."""


def read_row(row: JSON, mapping: Columns) -> Read:
    """Read a row.

    Args:
        row: The decoded line.
        mapping: What `--map` says.

    Raises:
        NoShapeError: No shape fits.
        StructureError: The row is a trace of ours, and broken.
    """
    for shape, reader in (MAPPED,) if "reply" in mapping else SHAPES:
        read = reader(row, mapping)
        if read is not None:
            traces, used = read
            return Read(shape, traces, {column: field for column, field in used.items() if column in row})
    raise NoShapeError(f"no problem and reply found among the columns {', '.join(map(str, row)) or '(none)'}")


def extra_of(row: JSON, used: Mapping[str, str]) -> JSON:
    """Return the columns of a row that no field of its trace holds."""
    return {key: value for key, value in row.items() if key not in used}


Readings = tuple[tuple[Trace, ...], dict[str, str]]
Reader = Callable[[JSON, Columns], Readings | None]

_OWN_COLUMNS = {field.name: field.name for field in msgspec.structs.fields(Trace)}
_UNSEEN = frozenset({"origin", "extra"})


def _own_trace(row: JSON, _mapping: Columns) -> Readings | None:
    if row.get("schema_version") != 1 or not isinstance(row.get("problem"), dict):
        return None
    schema = schemas.named("trace.v1")
    if not schema.accepts(row):
        raise StructureError(schema.explain(row) or "/: does not fit the schema")
    seen = {key: value for key, value in row.items() if key not in _UNSEEN}
    return (_as_trace(seen),), _OWN_COLUMNS


def _as_trace(row: JSON) -> Trace:
    try:
        return msgspec.convert(row, Trace)
    except msgspec.ValidationError:
        return msgspec.convert(_whole_numbers(row), Trace)


def _whole_numbers(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return `value` with 3.0 as 3: JSON Schema calls both an integer, msgspec only the second."""
    if isinstance(value, dict):
        return {key: _whole_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _batch(row: JSON, _mapping: Columns) -> Readings | None:
    body = _object(_object(row.get("response")).get("body"))
    choices = body.get("choices")
    choice = _object(choices[0]) if isinstance(choices, list) and choices else {}
    message = _object(choice.get("message"))
    if "custom_id" not in row or not isinstance(message.get("content"), str):
        return None
    usage = _object(body.get("usage"))
    model = body.get("model")
    trace = _trace(
        problem=_problem(str(row["custom_id"]), None),
        reply=message["content"],
        reasoning=_first_text(message, REASONING_COLUMNS)[1],
        finish_reason=choice.get("finish_reason"),
        usage=Usage(
            prompt_tokens=_whole(usage.get("prompt_tokens")), completion_tokens=_whole(usage.get("completion_tokens"))
        ),
        teacher=Sampling(model=model if isinstance(model, str) else None),
    )
    return (trace,), {"custom_id": "problem", "response": "reply"}


def _object(value: object) -> JSON:
    return value if isinstance(value, dict) else {}


def _generations(row: JSON, mapping: Columns) -> Readings | None:
    texts = row.get("generations")
    column, problem = _problem_text(row, mapping)
    if not isinstance(texts, list) or not texts or problem is None or not all(isinstance(text, str) for text in texts):
        return None
    reasons = row.get("finish_reasons")
    reasons = reasons if isinstance(reasons, list) and len(reasons) == len(texts) else [None] * len(texts)
    reference_column, reference = _reference(row, mapping)
    about = _about(row, mapping)
    traces = tuple(
        _trace(
            problem=_problem(problem, reference), reply=text, finish_reason=reason, teacher=about.teacher, sample=sample
        )
        for sample, (text, reason) in enumerate(zip(texts, reasons, strict=True))
    )
    return traces, {
        **about.used,
        reference_column: "reference",
        column: "problem",
        "finish_reasons": "finish_reason",
        "generations": "replies",
    }


def _reply_column(row: JSON, mapping: Columns) -> Readings | None:
    mapped = mapping.get("reply")
    column, reply = _first_text(row, (mapped,) if mapped else REPLY_COLUMNS)
    return None if reply is None else _single(row, mapping, column, reply)


def _solution(row: JSON, mapping: Columns) -> Readings | None:
    reply = row.get("solution")
    return _single(row, mapping, "solution", reply) if isinstance(reply, str) else None


def _answer(row: JSON, mapping: Columns) -> Readings | None:
    reply = row.get("answer")
    if not isinstance(reply, str):
        return None
    found = find_answer(reply)
    reference = found.text if found and found.rule == "hashes" else None
    return _single(row, mapping, "answer", reply, reference=("answer", reference))


def _single(
    row: JSON, mapping: Columns, column: str, reply: str, *, reference: tuple[str, str | None] | None = None
) -> Readings | None:
    problem_column, problem = _problem_text(row, mapping)
    if problem is None:
        return None
    reference_column, known = reference or _reference(row, mapping, besides=column)
    about = _about(row, mapping)
    trace = _trace(
        problem=_problem(problem, known),
        reply=reply,
        reasoning=about.reasoning,
        finish_reason=about.finish_reason,
        usage=about.usage,
        teacher=about.teacher,
    )
    return (trace,), {**about.used, reference_column: "reference", problem_column: "problem", column: "reply"}


def _conversation(row: JSON, mapping: Columns) -> Readings | None:
    column = "messages" if isinstance(row.get("messages"), list) else "conversations"
    turns = _turns(row.get(column))
    last = next((place for place in reversed(range(len(turns))) if turns[place].role == "assistant"), None)
    if last is None:
        return None
    context = turns[:last]
    if column == "conversations" and isinstance(row.get("system"), str) and row["system"]:
        context = (Message(role="system", content=row["system"]), *context)
    asked = next((turn.content for turn in reversed(context) if turn.role == "user"), None)
    if asked is None:
        return None
    reference_column, reference = _reference(row, mapping)
    about = _about(row, mapping)
    raw = row[column][last]
    trace = _trace(
        problem=_problem(asked, reference),
        reply=turns[last].content,
        reasoning=about.reasoning or _first_text(raw, REASONING_COLUMNS)[1],
        finish_reason=about.finish_reason,
        usage=about.usage,
        teacher=about.teacher,
        messages=context,
    )
    return (trace,), {**about.used, reference_column: "reference", "system": "system", column: "conversation"}


def _turns(value: object) -> tuple[Message, ...]:
    """Return the turns of a conversation in either dialect, or none when it holds anything else."""
    if not isinstance(value, list):
        return ()
    turns = []
    for item in value:
        role, content = _turn(item)
        if role is None or content is None:
            return ()
        turns.append(Message(role=_ROLES.get(role, role), content=content))
    return tuple(turns)


def _turn(item: object) -> tuple[str | None, str | None]:
    if not isinstance(item, dict):
        return None, None
    role, content = item.get("role", item.get("from")), item.get("content", item.get("value"))
    return role if isinstance(role, str) else None, content if isinstance(content, str) else None


class _About(msgspec.Struct, frozen=True):
    """What a row says about its reply beside the text."""

    reasoning: str | None
    finish_reason: object
    usage: Usage
    teacher: Sampling
    used: dict[str, str]


def _about(row: JSON, mapping: Columns) -> _About:
    reasoning_column, reasoning = _first_text(row, _columns(mapping, "reasoning", REASONING_COLUMNS))
    token_column, tokens = _first_whole(row, _columns(mapping, "completion_tokens", TOKEN_COLUMNS))
    limit_column = mapping.get("max_tokens", "max_tokens")
    model_column = mapping.get("model", "model")
    finish_column = mapping.get("finish_reason", "finish_reason")
    model = row.get(model_column)
    return _About(
        reasoning=reasoning,
        finish_reason=row.get(finish_column),
        usage=Usage(completion_tokens=tokens),
        teacher=Sampling(model=model if isinstance(model, str) else None, max_tokens=_whole(row.get(limit_column))),
        used={
            reasoning_column: "reasoning",
            token_column: "completion_tokens",
            limit_column: "max_tokens",
            model_column: "model",
            finish_column: "finish_reason",
        },
    )


def _columns(mapping: Columns, field: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    return (mapping[field],) if field in mapping else usual


def _first_text(row: JSON, columns: Iterable[str]) -> tuple[str, str | None]:
    """Return the first of `columns` that holds text, and the text."""
    return next(((column, row[column]) for column in columns if isinstance(row.get(column), str)), ("", None))


def _first_whole(row: JSON, columns: Iterable[str]) -> tuple[str, int | None]:
    return next(
        ((column, _whole(row[column])) for column in columns if _whole(row.get(column)) is not None), ("", None)
    )


def _whole(value: object) -> int | None:
    """Return a count: a non-negative integer, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _problem_text(row: JSON, mapping: Columns) -> tuple[str, str | None]:
    column, text = _first_text(row, _columns(mapping, "problem", PROBLEM_COLUMNS))
    extra_input = row.get("input")
    if column == "instruction" and isinstance(extra_input, str) and extra_input.strip():
        return column, f"{text}\n\n{extra_input}"
    return column, text


def _reference(row: JSON, mapping: Columns, besides: str = "") -> tuple[str, str | None]:
    """Return the reference column and its text; numbers count as they are written."""
    for column in _columns(mapping, "reference", REFERENCE_COLUMNS):
        value = row.get(column)
        if column != besides and isinstance(value, str | int | float) and not isinstance(value, bool):
            return column, reference_text(value)
    return "", None


def reference_text(value: str | float) -> str:
    """Return a reference as text; of a whole worked solution, what stands after `####`."""
    text = str(value)
    return text.rsplit("####", 1)[1].strip() if "####" in text else text


def _problem(text: str, reference: str | None) -> Problem:
    return Problem(id=problem_id(text), text=text, reference=reference)


def _trace(  # noqa: PLR0913 - a trace has that many parts
    *,
    problem: Problem,
    reply: str,
    reasoning: str | None = None,
    finish_reason: object = None,
    usage: Usage = _UNKNOWN_USAGE,
    teacher: Sampling = _UNKNOWN_TEACHER,
    messages: tuple[Message, ...] = (),
    sample: int = 0,
) -> Trace:
    """Build a trace from the parts that a shape found."""
    split = split_thinking(reply)
    thought = reasoning or split.reasoning
    found = find_answer(split.response)
    return Trace(
        id=digest("trace", plain_text(problem.text), thought, split.response, teacher.model or ""),
        problem=problem,
        messages=messages,
        reasoning=thought,
        steps=cut_steps(thought or split.response),
        response=split.response,
        answer=found.text if found else None,
        finish_reason=_FINISH_REASONS.get(finish_reason) if isinstance(finish_reason, str) else None,
        usage=usage,
        teacher=teacher,
        sample=sample,
        origin=Origin(),
    )


MAPPED: tuple[str, Reader] = ("reply", _reply_column)
SHAPES: tuple[tuple[str, Reader], ...] = (
    ("trace", _own_trace),
    ("batch", _batch),
    ("generations", _generations),
    MAPPED,
    ("conversation", _conversation),
    ("solution", _solution),
    ("answer", _answer),
)
