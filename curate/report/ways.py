"""Ways to ask side by side: each teacher and prompt of a run, with how often it is right, its tokens and its cost."""

from collections.abc import Sequence

from curate.engine.cost import usd
from curate.manifests import WayCounts

HEAD = ("asked", "traces", "right", "cut off", "prompt tokens", "reply tokens", "cost", "a right one")


def ways_table(ways: Sequence[WayCounts]) -> str:
    """Return a table of several ways to ask; nothing where there is one alone."""
    if len(ways) < 2:  # noqa: PLR2004 - nothing to compare with
        return ""
    several = len({way.model for way in ways}) > 1
    rows = [HEAD, *(_row(way, with_model=several) for way in ways)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(way: WayCounts, *, with_model: bool) -> tuple[str, ...]:
    return (
        f"{way.style} by {way.model}" if with_model else way.style,
        f"{way.traces:,}",
        f"{way.right / way.judged:.1%}" if way.judged else "-",
        f"{way.truncated / way.traces:.1%}" if way.traces else "-",
        _each(way.prompt_tokens, way.traces),
        _each(way.completion_tokens, way.traces),
        "-" if way.cost is None else usd(way.cost),
        usd(way.cost / way.right) if way.cost is not None and way.right else "-",
    )


def _each(tokens: int, traces: int) -> str:
    return f"{tokens / traces:,.0f}" if traces else "-"


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join([first.strip().ljust(widths[0]), *rest]).rstrip()
