"""The problems in the reply of an author: JSON, repaired where only one thing can be meant, and else broken.

Text around the JSON and code fences are passed over, and commas before a closing bracket taken out. Two values that
both may be the problems, a value that breaks off, a key that stands twice, a backslash that is not doubled: nobody can
tell what was meant, so the whole reply is broken.
"""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

import msgspec

MAX_DEPTH = 50
LISTS = ("problems", "questions", "items")
"""Keys under which a list of problems stands."""
TEXTS = ("problem", "question", "text")
ANSWERS = ("answer", "final_answer")
_PAIRS = {"]": "[", "}": "{"}


class BrokenReplyError(ValueError):
    """A reply in which no problems can be read; the message says why, in few words that many replies share."""


class Proposal(msgspec.Struct, frozen=True):
    """A problem as an author proposes it."""

    text: str
    answer: str | None
    """The author's own answer, or None."""


class Proposals(msgspec.Struct, frozen=True):
    """What a reply proposes."""

    problems: list[Proposal]
    malformed: int
    """Entries of its list that are no problems."""


def proposals_of(text: str) -> Proposals:
    """Return the problems in a reply.

    Raises:
        BrokenReplyError: It holds no JSON that could be them, or more than one.
    """
    found = [entries for value in _values(text) if (entries := _entries(value)) is not None]
    if not found:
        raise BrokenReplyError("no problems in its JSON")
    if len(found) > 1:
        raise BrokenReplyError("more than one list of problems")
    problems = [problem for entry in found[0] if (problem := _problem(entry)) is not None]
    return Proposals(problems, len(found[0]) - len(problems))


def _entries(value: Any) -> list[Any] | None:  # noqa: ANN401 - any JSON value
    """Return the entries of what may be a list of problems, else None."""
    if isinstance(value, dict):
        lists = [value[key] for key in LISTS if isinstance(value.get(key), list)]
        if len(lists) == 1:
            return list(lists[0])
        return None if lists or _problem(value) is None else [value]
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return value
    return None


def _problem(entry: Any) -> Proposal | None:  # noqa: ANN401 - any JSON value
    if not isinstance(entry, dict):
        return None
    texts = [entry[key] for key in TEXTS if isinstance(entry.get(key), str)]
    answers = [entry[key] for key in ANSWERS if isinstance(entry.get(key), str | int | float)]
    if len(texts) != 1 or not texts[0].strip():
        return None
    answer = answers[0] if len(answers) == 1 and not isinstance(answers[0], bool) else None
    return Proposal(texts[0].strip(), None if answer is None else str(answer).strip() or None)


def _values(text: str) -> Iterator[Any]:
    """Yield every JSON object and array that stands in a text, those inside of others apart.

    Raises:
        BrokenReplyError: There is none, or what begins like one is none.
    """
    spans = list(_spans(text))
    if not spans:
        raise BrokenReplyError("no JSON")
    values = [(span, _decoded(span)) for span in spans]
    sound = [value for _, value in values if not isinstance(value, BrokenReplyError)]
    for span, value in values:
        # What is broken and as long as a problem may be the problems themselves.
        if isinstance(value, BrokenReplyError) and (not sound or '"' in span):
            raise value
    yield from sound


def _spans(text: str) -> Iterator[str]:
    """Yield the stretches from an opening bracket to the one that closes it, in one pass.

    Raises:
        BrokenReplyError: One breaks off.
    """
    begin, open_ = 0, ""
    for place, sign in _outside_of_texts(text):
        if sign in "[{":
            begin = begin if open_ else place
            open_ += sign
            if len(open_) > MAX_DEPTH:
                raise BrokenReplyError("JSON nested too deeply")
        elif sign in "]}" and open_:
            if open_[-1] != _PAIRS[sign]:
                raise BrokenReplyError("brackets that do not match")
            open_ = open_[:-1]
            if not open_:
                yield text[begin : place + 1]
    if open_:
        raise BrokenReplyError("JSON that breaks off")


def _outside_of_texts(text: str) -> Iterator[tuple[int, str]]:
    """Yield place and sign of all that stands in no text of JSON; outside of brackets a quotation mark is prose."""
    depth, in_text, escaped = 0, False, False
    for place, sign in enumerate(text):
        if in_text:
            escaped, in_text = sign == "\\" and not escaped, sign != '"' or escaped
            continue
        if sign == '"' and depth:
            in_text = True
        depth += (sign in "[{") - (sign in "]}" and depth > 0)
        yield place, sign


def _decoded(span: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of a stretch, or the error that it is."""
    try:
        return _load(span)
    except json.JSONDecodeError as error:
        first = error
    except ValueError as error:
        return BrokenReplyError(str(error))
    try:
        return _load(_without_trailing_commas(span))
    except ValueError:
        return BrokenReplyError(f"broken JSON: {first.msg}")


def _load(text: str) -> Any:  # noqa: ANN401 - any JSON value
    return json.loads(text, strict=False, object_pairs_hook=_once, parse_constant=_no_number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key that stands twice")
    return dict(pairs)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _without_trailing_commas(text: str) -> str:
    """Return a JSON text without commas that stand right before a closing bracket."""
    taken, comma = set(), -1
    for place, sign in _outside_of_texts(text):
        if sign in "]}" and comma >= 0:
            taken.add(comma)
        if not sign.isspace():
            comma = place if sign == "," else -1
    return "".join(sign for place, sign in enumerate(text) if place not in taken)
