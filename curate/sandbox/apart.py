"""Tests in one process, the code that they test in another, so that code neither sees nor touches what judges it.

Sent as text to bare interpreters, so it imports nothing that is not sent with it. The examiner runs the tests; a name
that they leave to the code stands for an object of the subject, the process that holds the code and never sees the
tests. What the subject says of an object of its own although it is shown what is expected (that it equals 4, that it
contains it) counts as doubtful.
"""

import ast
import builtins
import ctypes
import importlib
import io
import linecache
import os
import runpy
import socket
import sys
from importlib.abc import InspectLoader
from types import CodeType, ModuleType
from typing import Any

from curate.sandbox.plain import lent
from curate.sandbox.remote import ASKING, COMPARING, DIFFERING, Line, Remote, at

PROGRAM, TESTS = "program.py", "tests.py"
"""As the harness has them, which is not there to import."""
SET_DUMPABLE = 4
OFFERED = (
    *("bisect", "cmath", "collections", "copy", "decimal", "fractions", "functools", "heapq", "itertools", "math"),
    *("operator", "re", "statistics", "string", "typing"),
)
"""Modules that tests may use although only the code imports them."""
SHOWING = frozenset({"__str__", "__repr__", "__hash__"})
"""Special methods whose answer shows a value rather than what it comes to."""
NAMED = ("getattr", "__name__")
"""What a decorator asks of a function."""
MAX_WATCHED = 100
"""Collections that the code gives of which it is watched whether tests change them."""


class Subject(Line):
    """The end that holds the code."""

    names: dict[str, Any]

    def load(self) -> None:
        """Run the code that the examiner sends, say how it ended, and answer what is asked of it."""
        sys.stdout = io.TextIOWrapper(io.BytesIO(), "utf-8", "replace", write_through=True)
        with open(PROGRAM, "w", encoding="utf-8", errors="surrogatepass") as file:  # noqa: PTH123 - a bare interpreter
            file.write(self.receive())
        try:
            self.names = runpy.run_path(PROGRAM, run_name="__answer__")
        except BaseException as error:  # noqa: BLE001 - whatever the code raises is its result
            self.send(["raised", self.told(error), self.printed()])
            return
        self.send(["answer", [None, []], self.printed()])
        self.serve()

    def done(self, name: str, *arguments: Any) -> object:  # noqa: ANN401 - any values
        """Do what the examiner asks for."""
        if name == "names":
            return {one: self.names[one] for one in arguments[0] if one in self.names}
        return super().done(name, *arguments)

    def printed(self) -> str:
        """Return what was printed since the last answer."""
        buffer = getattr(sys.stdout, "buffer", None)
        if not isinstance(buffer, io.BytesIO):
            return ""
        said = buffer.getvalue().decode("utf-8", "replace")
        buffer.seek(0)
        buffer.truncate()
        return said


class Examiner(Line):
    """The end that holds the tests."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(connection)
        self.is_loaded = False
        """Whether the code by itself ran to its end."""
        self.doubted = False
        """Whether anything was decided by what the code said of it, shown what is expected."""
        self.calls = 0
        self.trusted: set[int] = set()
        """What the tests name of the code: what they make of its classes is theirs to compare."""
        self.methods: set[int] = set()
        """Methods of objects that the tests did not name."""
        self.differences: set[int] = set()
        """Objects of the code that it made when it was shown a value to hold one of its own against."""
        self.watched: list[tuple[object, Any]] = []
        """Collections that the code gave, each with what was said of it."""
        self._is_entangled = False

    def examine(self, program: str, tests: str) -> None:
        """Run the tests against the code.

        Raises:
            EOFError: The code's process is gone.
            BaseException: What the code raises by itself, or the tests.
        """
        self.send(program)
        self.answered()
        self.is_loaded = True
        linecache.cache[TESTS] = (len(tests), None, tests.splitlines(keepends=True), TESTS)
        module = sys.modules["__answer__"] = ModuleType("__answer__")
        vars(module).update(self.given(tests))
        Tests(tests).exec_module(module)
        self.ask("names", [])  # tests may have swallowed that the code is gone

    def given(self, tests: str) -> dict[str, object]:
        """Return what the code gives to names that tests use; it takes none from Python while it has others to give."""
        nodes = [*ast.walk(ast.parse(tests))]
        owners = {one.value.id for one in nodes if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)}
        found = self.ask("names", sorted({node.id for node in nodes if isinstance(node, ast.Name)}))
        own = {name: value for name, value in found.items() if not hasattr(builtins, name)}
        self.trusted |= {place.number for value in found.values() if (place := at(value)) is not None}
        return {**(own or found), **{name: importlib.import_module(name) for name in OFFERED if name in owners}}

    def renew(self, lent_out: Any, now: Any) -> None:  # noqa: ANN401 - two values of one type
        """Bring what was lent to what it became; who holds a collection in it may hold another than before."""
        self._is_entangled |= lent_out != now and _holds_others(lent_out)
        super().renew(lent_out, now)

    def error(self, said: list[Any]) -> Exception:
        """Return an error of the code, of which not all that it says is known here."""
        self._is_entangled = True
        return super().error(said)

    @property
    def is_entangled(self) -> bool:
        """Whether a failure may come of running apart: of an object or an error of which each process has a copy."""
        return self._is_entangled or any(given != self.take(said) for given, said in self.watched)

    def attribute(self, remote: Remote, name: str) -> object:
        """Return an attribute of an object of the code."""
        found = super().attribute(remote, name)
        self._is_entangled = True
        self.follow(remote, found)
        place = at(found)
        if place is not None and not self.is_trusted(remote):
            self.methods.add(place.number)
        return found

    def special(self, remote: Remote, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> object:
        """Call a special method of an object of the code, and mind whether what it says can be believed."""
        self.calls += name == "__call__"
        said = super().special(remote, name, arguments, named)
        if name == "__exit__" and arguments[0] is not None:
            self._is_entangled = True
            return False  # what fails in the tests is not the code's to forgive
        if name in DIFFERING and at(arguments[0]) is None and (place := at(said)) is not None:
            self.differences.add(place.number)
        elif name not in SHOWING:
            self.follow(remote, said)
        if name in ASKING and not self.is_believed(remote, name, arguments[0], said):
            if name == "__eq__" and said and super().special(remote, name, (object(),), {}):
                raise AssertionError("what the code gives claims to be equal to anything")
            self.doubted = True
        elif name == "__call__" and remote._at.number in self.methods and (arguments or named):  # noqa: SLF001 - ours
            self.doubted |= isinstance(said, bool) or at(said) is not None
        return said

    def follow(self, remote: Remote, said: object) -> None:
        """Doubt what a difference comes to, or remember that something comes of one."""
        if remote._at.number not in self.differences:  # noqa: SLF001 - of our own kind
            return
        if (place := at(said)) is None:
            self.doubted = True
        else:
            self.differences.add(place.number)

    def is_believed(self, remote: Remote, name: str, other: object, said: object) -> bool:
        """Say whether to believe an object of the code that is shown another, which may be what is expected."""
        if not self.is_trusted(remote):
            return False
        return at(other) is not None or (name not in COMPARING and at(said) is not None)

    def is_trusted(self, remote: Remote) -> bool:
        """Say whether the tests name an object, or its class."""
        return bool({remote._at.number, remote._at.of} & self.trusted)  # noqa: SLF001 - of our own kind

    def done(self, name: str, *arguments: Any) -> object:  # noqa: ANN401 - any values
        """Do what the code asks of an object that it was given; what leads to the tests themselves is not given out.

        Raises:
            AttributeError: That is none of the code's business.
        """
        target, attribute, *_ = arguments
        is_open = type(target).__module__ == "__answer__" and not attribute.startswith("_")
        if id(target) not in self.numbers or not (is_open or name == "special" or (name, attribute) == NAMED):
            raise AttributeError(attribute)
        return super().done(name, *arguments)

    def number_of_class(self, value: object) -> int:  # noqa: ARG002 - whatever it is
        """Return no number: by that of a class, which nobody gave it, the code could make what equals all."""
        return -1

    def receive_answer(self, said: Any) -> Any:  # noqa: ANN401 - JSON, and any value
        """Return an answer of the code; of a collection it is watched whether the tests change it."""
        value = super().receive_answer(said)
        if lent(value) and len(self.watched) < MAX_WATCHED:
            self.watched.append((value, said))
        return value


def _holds_others(value: Any) -> bool:  # noqa: ANN401 - a collection
    """Say whether a collection holds collections, which others may hold as well."""
    return any(lent(one) for one in (value.values() if isinstance(value, dict) else value))


def start(folder: str) -> tuple[Examiner, int]:
    """Start the process of the code; return the line to it and its number.

    Args:
        folder: Where this module and those that it needs are to be imported from.

    Raises:
        OSError: This process cannot be hidden from the other.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    ours, theirs = socket.socketpair()
    theirs.set_inheritable(True)
    text = f"import sys; sys.path.insert(0, {folder!r}); from {__name__} import be_subject; del sys.path[0]; "
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", f"{text}be_subject({theirs.fileno()})"]
    process = os.posix_spawn(command[0], command, {})
    theirs.close()
    return Examiner(ours), process


class Tests(InspectLoader):
    """Tests as a module that stands in no file, which code could read."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_source(self, _: str) -> str:
        """Return the tests."""
        return self.text

    def get_code(self, _: str) -> CodeType:
        """Return the tests, compiled."""
        return compile(self.text, TESTS, "exec")


def be_subject(number: int) -> None:
    """Hold the code for the examiner at the other end of an open socket, until it is gone."""
    connection = socket.socket(fileno=number)
    connection.set_inheritable(False)
    try:
        Subject(connection).load()
    except EOFError:
        os._exit(0)
