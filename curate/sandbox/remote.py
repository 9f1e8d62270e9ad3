"""Objects of another process: spoken to over a socket, in either direction; what is plain is copied.

Sent as text to bare interpreters, so it imports nothing that is not sent with it.
"""

import builtins
import operator
import socket
import sys
from collections.abc import Callable
from json import dumps, loads
from typing import Any

from curate.sandbox.plain import become, is_scalar, lent, plain_of, read, written

NOTHING: Any = object()
BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift")


def _reflected(name: str) -> Callable[[Any, Any], Any]:
    operation = getattr(operator, f"__{name}__")
    return lambda one, two: operation(two, one)


COMPARING: dict[str, Callable[..., Any]] = {
    **{f"__{name}__": getattr(operator, f"__{name}__") for name in ("eq", "ne", "lt", "le", "gt", "ge")},
    "__contains__": operator.contains,
    "__instancecheck__": lambda kind, value: isinstance(value, kind),
    "__subclasscheck__": lambda kind, other: issubclass(other, kind),
}
ASKING: dict[str, Callable[..., Any]] = {
    **COMPARING,
    **{f"__{name}__": getattr(operator, f"__{name}__") for name in BINARY},
    **{f"__r{name}__": _reflected(name) for name in BINARY},
}
"""Special methods that are shown a value, which may be the expected one."""
DIFFERING = frozenset(f"__{side}{name}__" for side in ("", "r") for name in ("sub", "truediv", "mod", "xor"))
"""Those of which tests know what comes of it where the value is the expected one, as 0 of a difference."""
TELLING: dict[str, Callable[..., Any]] = {
    **{f"__{name}__": getattr(operator, f"__{name}__") for name in ("neg", "pos", "abs", "invert", "index")},
    "__len__": len,
    "__iter__": iter,
    "__next__": next,
    "__getitem__": operator.getitem,
    "__bool__": bool,
    "__str__": str,
    "__repr__": repr,
    "__hash__": hash,
    "__float__": float,
    "__int__": int,
    "__round__": round,
}
DOING: dict[str, Callable[..., Any]] = {
    "__setitem__": operator.setitem,
    "__delitem__": operator.delitem,
    "__call__": lambda function, *arguments, **named: function(*arguments, **named),
    "__enter__": lambda manager: type(manager).__enter__(manager),
    "__exit__": lambda manager, *_: type(manager).__exit__(manager, None, None, None),
}
SPECIAL = {**ASKING, **TELLING, **DOING}
"""Name of a special method to a function that calls it."""


class Remote:
    """An object of the other process."""

    def __init__(self, line: "Line", number: int, of: int, plain: object = NOTHING) -> None:
        object.__setattr__(self, "_at", At(line, number, of, plain))

    @property  # type: ignore[misc] # what `isinstance` asks for
    def __class__(self) -> type:
        plain = self._at.plain
        return Remote if plain is NOTHING else type(plain)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever it has
        return self._at.line.attribute(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        self._at.line.ask("setattr", self, name, value)

    def __format__(self, how: str) -> str:
        return format(str(self), how)


class At:
    """Where a remote object is."""

    def __init__(self, line: "Line", number: int, of: int, plain: object) -> None:
        self.line = line
        self.number = number
        """The number that the other end has for it."""
        self.of = of
        """The number of its class."""
        self.plain = plain
        """The plain value that it is besides, or `NOTHING`."""


def at(value: object) -> At | None:
    """Return where a value is, None where it is here."""
    return object.__getattribute__(value, "_at") if type(value) is Remote else None


def _special(name: str) -> Callable[..., Any]:
    def method(self: Remote, *arguments: Any, **named: Any) -> object:  # noqa: ANN401 - any values
        place = self._at
        if place.plain is not NOTHING and name not in DOING:
            return SPECIAL[name](place.plain, *map(_plainly, arguments))
        return place.line.special(self, name, arguments, named)

    return method


for _name in SPECIAL:
    setattr(Remote, _name, _special(_name))


def _plainly(value: object) -> object:
    place = at(value)
    return value if place is None or place.plain is NOTHING else place.plain


class Line:
    """One end of the line between the two processes."""

    def __init__(self, connection: socket.socket) -> None:
        self.stream = connection.makefile("rwb")
        self.kept: list[object] = []
        """Objects that the other end may speak of, by number."""
        self.numbers: dict[int, int] = {}
        """Identity of each to its number."""
        self.remotes: dict[int, object] = {}
        """Objects of the other end, by its number."""

    def ask(self, *request: Any) -> Any:  # noqa: ANN401 - any values
        """Ask the other end for something, and answer meanwhile what it asks.

        Raises:
            EOFError: The other end is gone.
            Exception: What it raised.
        """
        self.send(["ask", [self.put(part) for part in request], ""])
        return self.answered(request)

    def answered(self, request: tuple[Any, ...] = ()) -> Any:  # noqa: ANN401 - any value
        """Return what the other end answers to a request."""
        while True:
            kind, said, printed = self.receive()
            if printed:
                sys.stdout.write(printed)
            if kind == "ask":
                self.send(self.answer([self.take(part) for part in said]))
            elif kind == "raised":
                raise self.error(said)
            else:
                for old, new in zip(_lent_in(request), map(self.take, said[1]), strict=True):
                    self.renew(old, new)
                return self.receive_answer(said[0])

    def receive_answer(self, said: Any) -> Any:  # noqa: ANN401 - JSON, and any value
        """Return the value that is an answer."""
        return self.take(said)

    def renew(self, lent_out: Any, now: Any) -> None:  # noqa: ANN401 - two values of one type
        """Bring an argument that was lent to what the other end made of it."""
        become(lent_out, now)

    def serve(self) -> None:
        """Answer until the other end is gone."""
        while True:
            self.send(self.answer([self.take(part) for part in self.receive()[1]]))

    def send(self, message: object) -> None:
        """Send one message."""
        self.stream.write(dumps(message).encode() + b"\n")
        self.stream.flush()

    def receive(self) -> Any:  # noqa: ANN401 - JSON
        """Return one message."""
        line = self.stream.readline()
        if not line:
            raise EOFError
        return loads(line)

    def answer(self, request: list[Any]) -> list[Any]:
        """Return the answer to a request, with what became of the arguments that were lent."""
        try:
            value = self.put(self.done(*request))
            return ["answer", [value, [self.put(one) for one in _lent_in(request)]], self.printed()]
        except BaseException as error:  # noqa: BLE001 - whatever it raises is its answer
            return ["raised", self.told(error), self.printed()]

    def done(self, name: str, *arguments: Any) -> object:  # noqa: ANN401 - any values
        """Do what the other end asks for."""
        if name == "special":
            target, which, given, named = arguments
            return SPECIAL[which](target, *given, **named)
        return {"getattr": getattr, "setattr": setattr}[name](*arguments)

    def printed(self) -> str:
        """Return what was printed since the last answer."""
        return ""

    def told(self, error: BaseException) -> list[Any]:
        """Return an error as JSON: its class, and what it says where that is plain."""
        try:
            said = [self.put(one) for one in error.args if is_scalar(one)]
        except Exception:  # noqa: BLE001 - the error is an object of the code's own
            said = []
        return [self.put(type(error)), said]

    def error(self, said: list[Any]) -> Exception:
        """Return an error of the other end as one of ours: of the nearest class that both know."""
        kind = self.take(said[0])
        try:
            error = kind(*map(self.take, said[1]))
        except TypeError:
            error = None
        return error if isinstance(error, Exception) else RuntimeError(getattr(kind, "__name__", ""))

    def attribute(self, remote: Remote, name: str) -> object:
        """Return an attribute of an object of the other end."""
        return self.ask("getattr", remote, name)

    def special(self, remote: Remote, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> object:
        """Call a special method of an object of the other end."""
        return self.ask("special", remote, name, list(arguments), named)

    def number(self, value: object) -> int:
        """Return the number under which an object is kept for the other end."""
        number = self.numbers.get(id(value))
        if number is None:
            number = self.numbers[id(value)] = len(self.kept)
            self.kept.append(value)
        return number

    def number_of_class(self, value: object) -> int:
        """Return the number under which the class of an object is kept."""
        return self.number(type(value))

    def put(self, value: Any) -> Any:  # noqa: ANN401 - any value
        """Return a value as JSON."""
        if is_scalar(value):
            return value
        if (place := at(value)) is not None:
            return ["yours", place.number]
        if isinstance(value, type) and issubclass(value, BaseException):
            return ["error", self.number(value), [kind.__name__ for kind in value.__mro__]]
        try:
            plain = written(value, self.put)
        except RecursionError:
            plain = None  # it holds itself, so it stays where it is
        if plain is not None:
            return plain
        return ["mine", self.number(value), self.number_of_class(value), [self.put(one) for one in plain_of(value)]]

    def take(self, said: Any) -> Any:  # noqa: ANN401 - any value
        """Return a value that was written as JSON."""
        if not isinstance(said, list):
            return said
        tag, *rest = said
        if tag == "yours":
            return self.kept[rest[0]]
        if tag not in ("mine", "error"):
            return read(tag, rest[0], self.take)
        number = rest[0]
        if number not in self.remotes or (tag == "mine" and rest[2]):
            self.remotes[number] = (
                _twin(rest[1]) if tag == "error" else Remote(self, *rest[:2], *map(self.take, rest[2]))
            )
        return self.remotes[number]


def _lent_in(request: Any) -> list[Any]:  # noqa: ANN401 - a request
    """Return the arguments of a call that it may change."""
    if len(request) != 5 or request[2] != "__call__":  # noqa: PLR2004 - special, target, name, arguments, named
        return []
    return [one for one in (*request[3], *request[4].values()) if lent(one)]


def _twin(names: list[str]) -> type[Exception]:
    """Return a class of errors for one of the other end, given the names of it and its bases."""
    for place, name in enumerate(names):
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, Exception):
            return kind if place == 0 else type(names[0], (kind,), {})
    return type(names[0], (RuntimeError,), {})
