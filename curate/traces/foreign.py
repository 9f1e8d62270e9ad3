"""A row of somebody's file, made regular by the columns it has.

How a row is read, the first that fits:

    trace          our own `trace.v1`
    batch          an OpenAI batch output line, one trace a choice; its problem is not known unless a column has it
    generations    `generations[]`, one trace each, aligned with `finish_reasons[]`
    reply          `output|response|completion|generation` beside a problem column
    conversation   `messages` or `conversations`, or `prompt` and `completion` that are lists of turns; the last
                   assistant turn is the reply
    solution       `solution` is the reply
    answer         `question` and `answer` alone: the answer is the reply, the reference stands after `####`

What `--map` names is taken first: a mapped `reply` makes the row a `reply`, whatever else it holds. Every column that
is not used goes to `extra`.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec

from curate import schemas
from curate.answers import find_answer
from curate.chat import FINISH_REASONS, finish_reason_of, is_text, read_message
from curate.digests import digest, plain_text
from curate.reading.columns import Mapped, RowReader, whole
from curate.records import JSON, Message, Problem, Sampling, Trace, Usage
from curate.traces.reading import read_reply

REPLY_COLUMNS = ("output", "response", "completion", "generation")
REASONING_COLUMNS = ("reasoning_content", "reasoning", "thinking")
TOKEN_COLUMNS = ("n_tokens", "completion_tokens")
MAPPABLE = (
    "problem",
    "reference",
    "reply",
    "reasoning",
    "finish_reason",
    "completion_tokens",
    "max_tokens",
    "model",
    "domain",
    "difficulty",
    "answer_type",
    "source",
    "license",
)
"""Fields that `--map` may name a column for."""

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
    """Column to the field it gave; the rest is `extra`."""


Shape = Callable[[RowReader], tuple[Trace, ...] | None]
"""Returns the traces of a row, or None when the row is of another shape."""


def read_row(row: JSON, mapped: Mapped) -> Read:
    """Read a row.

    Args:
        row: The decoded line.
        mapped: What `--map` says.

    Raises:
        NoShapeError: No shape fits.
        StructureError: The row is a trace of ours, and broken.
    """
    for name, shape in (REPLY,) if "reply" in mapped else SHAPES:
        reader = RowReader(row, mapped)
        traces = shape(reader)
        if traces is not None:
            return Read(name, traces, reader.used)
    raise NoShapeError(f"no problem and reply found among the columns {', '.join(map(str, row)) or '(none)'}")


def read_again(row: JSON, mapped: Mapped, id_: str) -> Trace:
    """Read a row of a result: a trace that was written in the place of an input row, or a line as it was read then.

    Args:
        row: The row, as it lies in the result.
        mapped: What `--map` said of the input.
        id_: The id of its trace there.

    Raises:
        ValueError: It cannot be read, which only rows can be that were not judged.
    """
    if "reply" in mapped:  # which speaks of the input, and not of what was written
        with suppress(ValueError):
            written = read_row(row, {}).traces[0]
            if written.id == id_:
                return written
    (trace,) = read_row(row, mapped).traces
    return trace if trace.id == id_ else msgspec.structs.replace(trace, id=id_)


def extra_of(row: JSON, used: dict[str, str]) -> JSON:
    """Return the columns of a row that no field of its trace holds."""
    return {key: value for key, value in row.items() if key not in used}


OWN_COLUMNS = {field.name: field.name for field in msgspec.structs.fields(Trace)}
_UNSEEN = frozenset({"origin", "extra"})


def _own_trace(reader: RowReader) -> tuple[Trace, ...] | None:
    row = reader.row
    if row.get("schema_version") != 1 or not isinstance(row.get("problem"), dict):
        return None
    schema = schemas.named("trace.v1")
    if not schema.accepts(row):
        raise StructureError(schema.explain(row) or "/: does not fit the schema")
    reader.used = OWN_COLUMNS
    return (_as_trace({key: value for key, value in row.items() if key not in _UNSEEN}),)


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


def _batch(reader: RowReader) -> tuple[Trace, ...] | None:
    body = _object(_object(reader.row.get("response")).get("body"))
    choices = body.get("choices")
    if "custom_id" not in reader.row or not isinstance(choices, list):
        return None
    messages = [_object(_object(choice).get("message")) for choice in choices]
    if not messages or not all(isinstance(message.get("content"), str) for message in messages):
        return None
    reader.used |= {"custom_id": "problem", "response": "replies"}
    problem = reader.problem(reader.problem_text() or "", identity=str(reader.row["custom_id"]))
    usage = _object(body.get("usage")) if len(choices) == 1 else {}
    model = body.get("model")
    return tuple(
        _trace(
            problem,
            message["content"],
            reasoning=_thought(message),
            finish_reason=choice.get("finish_reason"),
            usage=Usage(
                prompt_tokens=whole(usage.get("prompt_tokens")), completion_tokens=whole(usage.get("completion_tokens"))
            ),
            teacher=Sampling(model=model if isinstance(model, str) else None),
            sample=sample,
        )
        for sample, (choice, message) in enumerate(zip(choices, messages, strict=True))
    )


def _object(value: object) -> JSON:
    return value if isinstance(value, dict) else {}


def _thought(message: JSON) -> str | None:
    """Return the thinking that a message carries apart."""
    spoken = read_message(message)
    return spoken.thinking if spoken else None


def _generations(reader: RowReader) -> tuple[Trace, ...] | None:
    if "generations" not in reader.row:
        return None
    texts = reader.row["generations"]
    problem_text = reader.problem_text()
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str | None) for text in texts):
        raise NoShapeError("`generations` is no list of texts")
    if problem_text is None:
        raise NoShapeError("`generations` stands beside no problem column")
    reader.used["generations"] = "replies"
    stated = reader.row.get("finish_reasons")
    reasons: list[Any] = [None] * len(texts)
    if isinstance(stated, list) and len(stated) == len(texts):
        reasons = stated
        if all(map(_is_finish_reason, stated)):
            reader.used["finish_reasons"] = "finish_reason"
    problem = reader.problem(problem_text)
    teacher = Sampling(model=reader.text("model", ("model",)), max_tokens=reader.count("max_tokens", ("max_tokens",)))
    return tuple(
        _trace(problem, text or "", finish_reason=reason, teacher=teacher, sample=sample)
        for sample, (text, reason) in enumerate(zip(texts, reasons, strict=True))
    )


def _is_finish_reason(value: object) -> bool:
    return value is None or (isinstance(value, str) and value in FINISH_REASONS)


def _reply(reader: RowReader) -> tuple[Trace, ...] | None:
    return _single(reader, reader.text("reply", REPLY_COLUMNS))


def _solution(reader: RowReader) -> tuple[Trace, ...] | None:
    return _single(reader, reader.text("reply", ("solution",)))


def _answer(reader: RowReader) -> tuple[Trace, ...] | None:
    return _single(reader, reader.text("reply", ("answer",)))


def _single(reader: RowReader, reply: str | None) -> tuple[Trace, ...] | None:
    """Return the one trace of a row with a reply; the `####` of a whole `answer` is its reference where no other is."""
    problem_text = None if reply is None else reader.problem_text()
    if reply is None or problem_text is None:
        return None
    problem = reader.problem(problem_text)
    found = find_answer(reply) if reader.used.get("answer") == "reply" else None
    if problem.reference is None and found and found.rule == "hashes":
        problem = msgspec.structs.replace(problem, reference=found.text)
    return (_trace(problem, reply, **_about(reader)),)


def _about(reader: RowReader) -> dict[str, Any]:
    """Return what a row says about its reply beside the text."""
    return {
        "reasoning": reader.text("reasoning", REASONING_COLUMNS),
        "finish_reason": reader.text("finish_reason", ("finish_reason",)),
        "usage": Usage(completion_tokens=reader.count("completion_tokens", TOKEN_COLUMNS)),
        "teacher": Sampling(
            model=reader.text("model", ("model",)), max_tokens=reader.count("max_tokens", ("max_tokens",))
        ),
    }


def _conversation(reader: RowReader) -> tuple[Trace, ...] | None:
    columns = next((found for found in _CONVERSATIONS if all(map(reader.holds_list, found))), ())
    said = [turn for column in columns for turn in reader.row[column]]
    turns = _turns(said)
    last = next((place for place in reversed(range(len(turns))) if turns[place].role == "assistant"), None)
    context = turns[:last]
    asked = [turn.content for turn in context if turn.role == "user"]
    if last is None or not asked:
        return None
    reader.used |= dict.fromkeys(columns, "conversation")
    system = reader.text("system", ("system",)) if "conversations" in columns else None
    if system:
        context = (Message(role="system", content=system), *context)
    spoken = [turn.content for turn in context if turn.role != "system"]
    text = reader.text("problem", ()) or asked[-1]
    problem = reader.problem(text, identity="\n\n".join(spoken) if len(spoken) > 1 else text)
    about = _about(reader)
    about["reasoning"] = about["reasoning"] or _thought(said[last])
    return (_trace(problem, turns[last].content, messages=context, **about),)


_CONVERSATIONS = (("messages",), ("conversations",), ("prompt", "completion"))
"""Columns that hold the turns of a conversation, one behind the other."""


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
    return role if isinstance(role, str) else None, _content(content)


def _content(value: object) -> str | None:
    """Return what a turn says: a text, the texts of its parts, or nothing where a tool was called instead."""
    if isinstance(value, list) and not all(map(is_text, value)):
        return None
    spoken = read_message({"content": value})
    return spoken.content if spoken else None


_UNKNOWN_USAGE = Usage()
_UNKNOWN_TEACHER = Sampling()


def _trace(  # noqa: PLR0913 - a trace has that many parts
    problem: Problem,
    reply: str,
    *,
    reasoning: str | None = None,
    finish_reason: str | None = None,
    usage: Usage = _UNKNOWN_USAGE,
    teacher: Sampling = _UNKNOWN_TEACHER,
    messages: tuple[Message, ...] = (),
    sample: int = 0,
) -> Trace:
    """Build a trace from the parts that a shape found.

    Its id is made of all that it says, the turns before it included; identical rows are numbered later.
    """
    said = read_reply(reply, reasoning or "", answer_type=problem.answer_type)
    return Trace(
        id=digest("trace", problem.id, plain_text(problem.text), said.reasoning, said.response, teacher.model or ""),
        problem=problem,
        messages=messages,
        reasoning=said.reasoning,
        thinking_closed=said.thinking_closed,
        steps=said.steps,
        response=said.response,
        answer=said.answer,
        data=said.data,
        finish_reason=finish_reason_of(finish_reason),
        usage=usage,
        teacher=teacher,
        sample=sample,
    )


SEVERAL = frozenset({"batch", "generations"})
"""Shapes whose lines hold several rows, or could; their rows are written as traces, so that one file has one shape."""
REPLY: tuple[str, Shape] = ("reply", _reply)
SHAPES: tuple[tuple[str, Shape], ...] = (
    ("trace", _own_trace),
    ("batch", _batch),
    ("generations", _generations),
    REPLY,
    ("conversation", _conversation),
    ("solution", _solution),
    ("answer", _answer),
)
