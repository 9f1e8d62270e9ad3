"""`template`: rows of one's own, each key a jinja2 template.

    output:
      format: template
      render: {question: "{{ problem }}", answer: "{{ reasoning }} So: {{ answer }}"}

Every value is a text, so all rows have the same keys and types whatever a trace holds. What a template may use is in
`VARIABLES`; the language is jinja2 in its sandbox, without functions, and text of a model is never a template.
"""

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from curate.errors import UsageError
from curate.export.base import Format, RefusedError, Wishes
from curate.export.pastes import any_trainer
from curate.export.turns import context_of, require_fit, said_of
from curate.limits import bounded
from curate.records import Trace

MAX_CHARACTERS = 10_000_000
"""A text that is longer is a template run wild, and no row."""
VARIABLES = (
    "id",
    "problem",
    "reference",
    "reasoning",
    "steps",
    "response",
    "answer",
    "messages",
    "data",
    "domain",
    "family",
    "difficulty",
    "source",
    "model",
    "pass_rate",
)


def template(trace: Trace, wishes: Wishes) -> tuple[dict[str, str]]:
    """Render each key of a row; what is null in a trace is an empty text.

    Raises:
        RefusedError: The row cannot be rendered, or a trainer could not take it.
        UsageError: A template takes more time or memory than any row needs.
    """
    reasoning, response = said_of(trace)
    context = context_of(trace, wishes)
    given = {
        "id": trace.id,
        "problem": trace.problem.text,
        "reference": trace.problem.reference,
        "reasoning": reasoning,
        "steps": trace.steps,
        "response": response,
        "answer": trace.answer,
        "messages": context,
        "data": trace.data,
        "domain": trace.problem.domain,
        "family": trace.problem.family,
        "difficulty": trace.problem.difficulty,
        "source": trace.problem.source,
        "model": trace.teacher.model,
        "pass_rate": trace.pass_rate,
    }
    row = {}
    for key, text in wishes.render.items():
        with bounded(f"the template of {key}"):
            row[key] = _rendered(text, given)
    require_fit(row.values())
    return (row,)


def _rendered(text: str, given: Mapping[str, object]) -> str:
    pieces, length = [], 0
    try:
        for piece in _compiled(text).generate(given):
            pieces.append(piece)
            length += len(piece)
            if length > MAX_CHARACTERS:
                raise RefusedError("a text of the template that is too long for a row")
    except (TemplateError, TypeError, ArithmeticError, LookupError, RecursionError):
        raise RefusedError("the template cannot be rendered for the row") from None
    return "".join(pieces)


@lru_cache(maxsize=64)
def _compiled(text: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=lambda value: "" if value is None else value, keep_trailing_newline=True
    )
    environment.globals.clear()
    return environment.from_string(text)


def require_templates(templates: Mapping[str, str]) -> None:
    """Check that templates can be read.

    Raises:
        UsageError: One does not parse, or not within the limits.
    """
    for key, text in templates.items():
        try:
            with bounded(f"the template of {key}"):
                _compiled(text)
        except TemplateError as error:
            raise UsageError(f"the template of {key}: {error.message}") from None
        except RecursionError:
            raise UsageError(f"the template of {key} is nested too deeply to be read") from None


TEMPLATE = Format(
    name="template",
    doc="Rows of your own: the keys of `render`, each a jinja2 template over what a trace holds.",
    kind="trace",
    render=template,
    row=None,
    paste=any_trainer,
    needs=("render",),
)
