"""A streamed reply, put together as it comes: server-sent events to chunks, chunks to a completion.

data: {"choices": [{"delta": {"content": "It costs"}}]}

data: {"choices": [{"delta": {"content": " $12."}, "finish_reason": "stop"}]}

data: [DONE]
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from curate import jsonlines
from curate.records import JSON

DONE = b"[DONE]"
_SAME_PART = ("type", "index")
_PIECES = ("text", "thinking", "summary", "data", "reasoning", "content", "arguments", "refusal")
"""Fields of parts whose texts come in pieces; any other is said once."""


class Events:
    """Cuts bytes into the data of server-sent events, however they are cut on the way."""

    def __init__(self) -> None:
        self._rest: list[bytes] = []
        self._data: list[bytes] = []

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take some bytes, and yield the data of every event that they complete."""
        if b"\n" not in data:
            self._rest.append(data)
            return
        *lines, rest = b"".join((*self._rest, data)).split(b"\n")
        self._rest = [rest]
        for line in lines:
            yield from self._line(line.removesuffix(b"\r"))

    def end(self) -> Iterator[bytes]:
        """Yield the data of an event that the end of the stream completes."""
        line, self._rest = b"".join(self._rest), []
        yield from self._line(line)
        yield from self._line(b"")

    def _line(self, line: bytes) -> Iterator[bytes]:
        if line.startswith(b"data:"):
            self._data.append(line[5:].removeprefix(b" "))
        elif not line and self._data:
            data, self._data = b"\n".join(self._data), []
            yield data


class Assembly:
    """A completion that grows with every chunk."""

    def __init__(self) -> None:
        self.ended = False
        """Whether the server said that the reply is whole."""
        self.error: Any = None
        """The error that came instead of the rest, or None."""
        self._texts: dict[str, list[str]] = {}
        self._parts: dict[str, list[Any]] = {}
        self._others: JSON = {}
        self._finish_reason: Any = None
        self._completion: JSON = {}

    async def take(self, chunks: AsyncIterator[bytes]) -> None:
        """Take a whole stream as it comes; what had come stays when it breaks off.

        Raises:
            UnreadableLineError: An event is no JSON object.
        """
        events = Events()
        async for chunk in chunks:
            for data in events.feed(chunk):
                self.add(data)
        for data in events.end():
            self.add(data)

    def add(self, data: bytes) -> None:
        """Take the data of one event.

        Raises:
            UnreadableLineError: It is no JSON object.
        """
        if data.strip() == DONE:
            self.ended = True
            return
        chunk = jsonlines.decode(data)
        self.error = self.error or chunk.get("error")
        for key in ("model", "usage"):
            if chunk.get(key):
                self._completion[key] = chunk[key]
        choices = chunk.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if isinstance(choice, dict):
            self._take(choice)

    def _take(self, choice: JSON) -> None:
        if choice.get("finish_reason"):
            self._finish_reason = choice["finish_reason"]
            self.ended = True
        self.error = self.error or choice.get("error")
        delta = choice.get("delta")
        for key, value in delta.items() if isinstance(delta, dict) else ():
            if isinstance(value, str) and key != "role":
                self._texts.setdefault(key, []).append(value)
            elif isinstance(value, list):
                self._parts.setdefault(key, []).extend(value)
            elif value is not None:
                self._others[key] = value

    @property
    def holds_text(self) -> bool:
        """Whether anything came that somebody said."""
        return any(map(any, self._texts.values())) or bool(self._parts)

    @property
    def is_empty(self) -> bool:
        """Whether nothing came, not even the reason why it ended."""
        return not self.holds_text and not self._others and self._finish_reason is None

    def completion(self) -> JSON:
        """Return the completion so far, in the shape of one that was not streamed."""
        message = self._others | {key: "".join(pieces) for key, pieces in self._texts.items()}
        for key, parts in self._parts.items():
            text = message.pop(key, None)
            message[key] = folded([*([{"type": "text", "text": text}] if text else []), *parts])
        return self._completion | {"choices": [{"message": message, "finish_reason": self._finish_reason}]}


def folded(parts: list[Any]) -> list[Any]:
    """Return parts that came in pieces as whole ones: neighbours of the same type and index are one."""
    groups: list[list[Any]] = []
    for part in parts:
        if groups and _continues(groups[-1][0], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [_joined(group) if isinstance(group[0], dict) else group[0] for group in groups]


def _continues(first: Any, part: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Say whether a part is one more piece of the one that began with `first`; it need not say its type again."""
    if not isinstance(first, dict) or not isinstance(part, dict):
        return False
    return all(part.get(key) in (None, first.get(key)) for key in _SAME_PART)


def _joined(pieces: list[JSON]) -> JSON:
    """Return one part made of pieces: texts one after the other, lists and objects likewise, else what came first."""
    joined: JSON = {}
    for key in dict.fromkeys(key for piece in pieces for key in piece):
        values = [piece[key] for piece in pieces if piece.get(key) is not None]
        if values and key in _PIECES and all(isinstance(value, str) for value in values):
            joined[key] = "".join(values)
        elif values and all(isinstance(value, list) for value in values):
            joined[key] = folded([item for value in values for item in value])
        elif values and all(isinstance(value, dict) for value in values):
            joined[key] = _joined(values)
        elif values:
            joined[key] = values[0]
    return joined
