"""Checks `code_reading` by running the program that stands in the text, with a record of all that it assigns."""

import ast
import re
from collections.abc import Callable

from curate.families.base import Solution
from curate.families.code_reading import If, Loop, Puzzle, Statement
from tests.families.equalities import false_equalities
from tests.families.texts import numbers

ALLOWED = (
    ast.Module,
    ast.Assign,
    ast.AugAssign,
    ast.For,
    ast.If,
    ast.Expr,
    ast.Call,
    ast.Name,
    ast.Constant,
    ast.List,
    ast.BinOp,
    ast.Compare,
    ast.Attribute,
    ast.expr_context,
    ast.operator,
    ast.cmpop,
)
"""What our programs are made of; anything else is not run."""
Event = tuple[str, object]


class _Recording(ast.NodeTransformer):
    """Lets a program record what it assigns, appends, loops over and decides."""

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        return [node, _record("set", node.targets[0])]

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        return [node, _record("set", node.target)]

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        is_append = isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute)
        return [node, _record("append", node.value.func.value)] if is_append else node  # type: ignore[attr-defined] # an attribute's owner

    def visit_For(self, node: ast.For) -> list[ast.stmt]:
        self.generic_visit(node)
        return [_record("loop", node.iter), node]

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        node.test = _call("if", node.test)
        return node


def _call(kind: str, value: ast.expr) -> ast.expr:
    load = ast.parse(ast.unparse(value), mode="eval").body
    return ast.Call(func=ast.Name("record", ast.Load()), args=[ast.Constant(kind), load], keywords=[])


def _record(kind: str, value: ast.expr) -> ast.stmt:
    return ast.Expr(_call(kind, value))


def run(text: str) -> tuple[str, list[Event]]:
    """Run the program in a text; return what it prints, and what it did."""
    tree = ast.parse(text.partition("```python\n")[2].rpartition("\n```")[0])
    assert all(isinstance(node, ALLOWED) for node in ast.walk(tree))
    printed: list[str] = []
    events: list[Event] = []

    def record(kind: str, value: object) -> object:
        events.append((kind, list(value) if isinstance(value, list | range) else value))
        return value

    def show(value: object) -> None:
        printed.append(str(value))

    names = {"__builtins__": {}, "range": range, "print": show, "record": record}
    exec(compile(ast.fix_missing_locations(_Recording().visit(tree)), "puzzle", "exec"), names)  # noqa: S102 - our own text, of nodes that are allowed
    (answer,) = printed
    return answer, events


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return what the program prints."""
    return run(text)[0]


WHEN = re.compile(r"^with \w+ at -?\d+(?: and \w+ at -?\d+)*", re.IGNORECASE)

SAID: dict[str, Callable[[str], object]] = {
    "set": lambda step: numbers(step)[-1],
    "append": lambda step: numbers(re.findall(r"\[.*\]", step)[0]),
    "loop": lambda step: numbers(WHEN.sub("", step)),
    "if": lambda step: "holds" in step,
}


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return untrue equalities, steps that say another value than the program had, and another output."""
    answer, events = run(text)
    if [] in [value for _, value in events[:1]]:
        events = events[1:]
    *done, last = solution.steps
    found = [fault for step in solution.steps for fault in false_equalities(step)]
    if len(done) != len(events):
        found.append(f"{len(events)} things happen, {len(done)} are told")
    for (kind, value), step in zip(events, done, strict=False):
        if SAID[kind](step) != value:
            found.append(f"not {value}: {step}")
    if not re.search(rf"{re.escape(answer)}(?:\.| is printed\.)$", last):
        found.append(f"another output: {last}")
    return found


def _size(statement: Statement) -> int:
    match statement:
        case Loop(body=body):
            return 3 * sum(map(_size, body))
        case If(then=then, otherwise=otherwise):
            return 1 + sum(map(_size, then + otherwise))
        case _:
            return 1


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the number of statements, those of a loop three times."""
    return sum(map(_size, puzzle.statements))
