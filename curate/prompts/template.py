"""A prompt template of a user's own: jinja2 in a sandbox of text, names, conditions and loops over the shots.

{% for shot in shots %}Q: {{ shot.problem }}
A: {{ shot.solution }}

{% endfor %}Q: {{ problem }}
A:

Nothing else of the language is let in, so what a template costs grows with its length and that of the problem. The
reference is no variable: a teacher that is told the answer does not solve the problem.
"""

from collections.abc import Callable, Iterable

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from curate.errors import UsageError
from curate.recipe.located import nearest
from curate.recipe.shape import Shot
from curate.records import Problem

MAX_CHARACTERS = 1_000_000
"""A prompt that is longer fits into no model."""
MAX_TEMPLATE_CHARACTERS = 100_000
FILTERS = ("capitalize", "default", "length", "lower", "title", "tojson", "trim", "upper")
ATTRIBUTES = ("problem", "solution", "answer", "index", "first", "last")
"""Of a shot, and of `loop`."""
VARIABLES = ("problem", "domain", "family", "difficulty", "answer_type", "shots")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Filter,
    nodes.Test,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.For,
)


def compiled(text: str, shots: tuple[Shot, ...] = ()) -> Callable[[Problem], str]:
    """Return the function that renders a template for a problem.

    Args:
        text: The template.
        shots: Examples that it may loop over.

    Raises:
        UsageError: It does not parse, uses what is not let in, or does not say the problem.
    """
    if len(text) > MAX_TEMPLATE_CHARACTERS:
        raise UsageError(f"the template has more than {MAX_TEMPLATE_CHARACTERS:,} characters")
    environment = _environment()
    try:
        tree = environment.parse(text)
        _check(tree)
        template = environment.from_string(text)
    except TemplateSyntaxError as error:
        raise UsageError(f"line {error.lineno} of the template: {error.message}") from None
    except RecursionError:
        raise UsageError("the template is nested too deeply to be read") from None

    def render(problem: Problem) -> str:
        variables = {
            "problem": problem.text,
            "domain": problem.domain,
            "family": problem.family,
            "difficulty": problem.difficulty,
            "answer_type": problem.answer_type,
            "shots": [{"problem": shot.problem, "solution": shot.solution, "answer": shot.answer} for shot in shots],
        }
        try:
            return _bounded(template.generate(variables))
        except TemplateError as error:
            raise UsageError(f"the template cannot be rendered: {error.message}") from None

    return render


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=False)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    return environment


def _check(tree: nodes.Template) -> None:
    """Refuse what is not let in, at its line."""
    for node in tree.find_all(nodes.Node):
        fault = _fault(node)
        if fault is not None:
            raise TemplateSyntaxError(fault, node.lineno)
    unknown = sorted(meta.find_undeclared_variables(tree) - {*VARIABLES})
    if unknown:
        known = f"there are {', '.join(VARIABLES)}{nearest(unknown[0], VARIABLES)}"
        raise TemplateSyntaxError(f"no variable {unknown[0]!r}; {known}", 1)
    if not any(node.name == "problem" for node in tree.find_all(nodes.Name)):
        raise TemplateSyntaxError("it never says {{ problem }}", 1)


def _fault(node: nodes.Node) -> str | None:  # noqa: PLR0911 - a table, a line a kind
    """Return why a part of a template is not let in, or None."""
    match node:
        case nodes.Filter() if node.name not in FILTERS:
            return f"no filter {node.name!r}; there are {', '.join(FILTERS)}"
        case nodes.Filter() if isinstance(node.node, nodes.Filter) or (node.node and node.node.find(nodes.Filter)):
            return "one filter at a time"
        case nodes.Getattr() if node.attr not in ATTRIBUTES:
            return f"no attribute {node.attr!r}; there are {', '.join(ATTRIBUTES)}"
        case nodes.For() if not (isinstance(node.iter, nodes.Name) and node.iter.name == "shots"):
            return "a loop goes over shots, and nothing else"
        case nodes.For() if any(inner.find(nodes.For) or isinstance(inner, nodes.For) for inner in node.body):
            return "no loop inside a loop"
        case nodes.Expr() | nodes.Stmt() if not isinstance(node, _ALLOWED):
            return f"{type(node).__name__} is not let in; there are text, variables, filters, if, and for over shots"
    return None


def _bounded(pieces: Iterable[str]) -> str:
    kept = []
    left = MAX_CHARACTERS
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise UsageError(f"the template comes to a prompt of more than {MAX_CHARACTERS:,} characters")
        kept.append(piece)
    return "".join(kept)
