"""Tests of a Python function, as text: what has to be called for them to run, and whether they share state with it.

    def test_add():                      if __name__ == "__main__":       class TestAdd(unittest.TestCase):
        assert add(1, 2) == 3                unittest.main()                  def test_sum(self): ...

Nothing of it is run here.
"""

import ast
import builtins
import re
import symtable
import warnings

PURE = frozenset(
    {
        *("bisect", "cmath", "collections", "copy", "datetime", "decimal", "fractions", "functools", "heapq"),
        *("itertools", "json", "math", "operator", "re", "statistics", "string", "typing", "unittest"),
    }
)
"""Modules whose use in a test cannot change what the code does in the same process; `unittest.mock` can."""
_REACHING = frozenset({"eval", "exec", "globals", "locals", "vars", "input", "open", "compile", "__import__", "id"})
"""Built-in names by which tests reach into the process of the code, or see which objects are the same."""
_BUILT_IN = frozenset(dir(builtins))
_ASKING_KIND = frozenset({"isinstance", "issubclass", "assertIsInstance", "assertNotIsInstance"})
_RUNNERS = frozenset({("unittest", "main"), ("pytest", "main")})


def parsed(text: str) -> ast.Module | None:
    """Return a program as a tree, None where it is none."""
    try:
        with warnings.catch_warnings(action="ignore"):  # what Python thinks of a stranger's text is no news of ours
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def runnable_tests(tests: str) -> str:
    """Return tests that run by themselves: with test functions and classes that nobody calls called at the end."""
    tree = parsed(tests)
    if tree is None:
        return tests
    body = [inner for node in tree.body for inner in _unguarded(node)]
    text = tests
    if body != tree.body:
        tree.body = body
        text = ast.unparse(tree)
    called = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    calls = [line for node in tree.body for line in _calls(node, called)]
    return "\n".join([text, *calls]) if calls else text


def _unguarded(node: ast.stmt) -> list[ast.stmt]:
    """Return a statement, or those that run where tests are the main program, without what would run them all."""
    if isinstance(node, ast.If) and ast.unparse(node.test) in {"__name__ == '__main__'", "'__main__' == __name__"}:
        return [inner for inner in node.body if not _is_runner(inner)]
    return [] if _is_runner(node) else [node]


def _is_runner(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    return tuple(ast.unparse(node.value.func).split(".")) in _RUNNERS


def _calls(node: ast.stmt, called: set[str]) -> list[str]:
    """Return the lines that run what a statement of the tests defines, if a runner of tests would."""
    if isinstance(node, ast.FunctionDef):
        return [f"{node.name}()"] if _is_test(node, []) and node.name not in called else []
    if not isinstance(node, ast.ClassDef):
        return []
    if "TestCase" in {ast.unparse(base).rpartition(".")[2] for base in node.bases}:
        return [_CASES.format(name=node.name)]
    methods = [one.name for one in node.body if isinstance(one, ast.FunctionDef) and _is_test(one, ["self"])]
    return [f"{node.name}().{name}()" for name in methods if node.name.startswith("Test") and node.name not in called]


_CASES = """
import unittest as _unittest
{name}.setUpClass()
for _case in _unittest.defaultTestLoader.loadTestsFromTestCase({name}):
    try:
        _case.debug()
    except _unittest.SkipTest:
        pass
"""
"""Runs the tests of a class and raises what the first of them raises."""


def _is_test(node: ast.FunctionDef, parameters: list[str]) -> bool:
    given = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
    needed = given[: len(given) - len(node.args.defaults)]
    return node.name.startswith("test") and needed == parameters and not node.decorator_list


def is_separable(tests: str, code: str) -> bool:
    """Say whether tests do to code in another process what they do to it in their own."""
    tree = parsed(tests)
    if tree is None:
        return False
    nodes = list(ast.walk(tree))
    imported = {name for node in nodes for name in _imported(node)}
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    if not all(name[0] in PURE and name[1:2] != ("mock",) for name in imported) or names & _REACHING:
        return False
    if any(_tells_identity(node) or _asks_kind(node) for node in nodes):
        return False
    program = parsed(code)
    is_overriding = program is None or bool(_defined(program) & names & _BUILT_IN)
    return not is_overriding and not (_defined(tree) & _globals_of(code))


def _imported(node: ast.AST) -> list[tuple[str, ...]]:
    if isinstance(node, ast.Import):
        return [tuple(one.name.split(".")) for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(*(node.module or "").split("."), one.name) for one in node.names]
    return []


def _asks_kind(node: ast.AST) -> bool:
    """Say whether something is asked of the class of an object, which only built-in ones have in another process."""
    if isinstance(node, ast.Attribute):
        return node.attr in {"__class__", "__name__", "__dict__"}
    if not isinstance(node, ast.Call):
        return isinstance(node, ast.Name) and node.id == "type"
    if ast.unparse(node.func).rpartition(".")[2] not in _ASKING_KIND:
        return False
    return any(
        isinstance(one, ast.Name) and one.id not in _BUILT_IN for kind in node.args[1:2] for one in ast.walk(kind)
    )


def _tells_identity(node: ast.AST) -> bool:
    """Say whether a comparison asks if two objects are one, rather than whether something is None or True."""
    if not isinstance(node, ast.Compare) or not any(isinstance(one, ast.Is | ast.IsNot) for one in node.ops):
        return False
    return not any(isinstance(one, ast.Constant) for one in (node.left, *node.comparators))


def _defined(tree: ast.Module) -> set[str]:
    """Return the names that a program gives to anything."""
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return stored | defined


def _globals_of(code: str) -> set[str]:
    """Return the names that functions of the code look up outside themselves; of what is no Python, every word."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tables = [symtable.symtable(code, "code", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(re.findall(r"\w+", code))
    found: set[str] = set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        if table.get_type() != "module":
            found |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
    return found
