"""Where kept rows come from, counted: sources and licences of problems, and teachers, as far as the rows say."""

from curate.jsonlines import valid_text
from curate.manifests import Origins
from curate.pipeline.filtering.tally import add
from curate.records import Trace

MAX_NAMES = 200
"""Different names counted apart; a file whose rows each name another source must not fill the memory."""
MAX_CHARACTERS = 200
OTHERS = "(others)"
KINDS = ("sources", "licenses", "teachers")


def count_origin(origins: Origins, trace: Trace) -> None:
    """Count one row."""
    problem, teacher = trace.problem, trace.teacher
    asked = "/".join(filter(None, (teacher.provider, teacher.model)))
    names = (_source(problem.source or ""), problem.license or "", asked)
    for kind, name in zip(KINDS, names, strict=True):
        counts = getattr(origins, kind)
        known = valid_text(name[:MAX_CHARACTERS])
        add(counts, {known if known in counts or len(counts) < MAX_NAMES else OTHERS: 1})


def _source(source: str) -> str:
    """Return the family of a built-in problem, without seed and number."""
    return ":".join(source.split(":")[:2]) if source.startswith("builtin:") else source


def add_origins(total: Origins, more: Origins) -> None:
    """Add the counts of other rows."""
    for kind in KINDS:
        counts = getattr(total, kind)
        for name, count in getattr(more, kind).items():
            add(counts, {name if name in counts or len(counts) < MAX_NAMES else OTHERS: count})
