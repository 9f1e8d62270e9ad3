"""Rows as a page to read by eye: one file that needs a browser and nothing else.

The page holds what strangers wrote. Every text is escaped, characters that hide or turn text around are shown as what
they are, and a Content-Security-Policy lets the page load nothing and run nothing but our own script, by its digest.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup, escape

from curate import jsonlines
from curate.escaping import one_line, parted
from curate.lives import Row
from curate.manifests import CuratedManifest
from curate.records import JSON
from curate.report.rows import fate, held_against, rate
from curate.wording import counted

MARK = "<!doctype html>\n<!-- made by curate view -->"
"""How our pages begin, so that nothing else is ever overwritten by one."""
MAX_CHARACTERS = 100_000
"""Longer texts are cut in their middle."""
KEPT, BORDERLINE = "kept", "borderline"


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of rows that the page can be narrowed to: one step of the funnel."""

    tag: str
    """How rows of it are marked in the page: a word of ours, never a name from the data."""
    label: str
    rows: int | None
    """How many there are in the whole result; None where that is no step of the funnel."""
    share: float
    """Of the rows that came in, for its bar."""
    shown: int
    """How many of them the page holds."""


def page(manifest: CuratedManifest, rows: Sequence[Row], *, title: str) -> str:
    """Return the page.

    Args:
        manifest: What the result came to, for the funnel.
        rows: The rows to show.
        title: How the result is called.
    """
    style, script = _ours("page.css"), _ours("page.js")
    return _template().render(
        mark=Markup(MARK),  # noqa: S704 - a constant of ours
        policy=policy(style, script),
        style=Markup(style),  # noqa: S704 - files of ours, whose digests the policy names
        script=Markup(script),  # noqa: S704 - likewise
        title=one_line(title),
        manifest=manifest,
        kinds=list(_kinds(manifest, rows)),
        rows=[(row, " ".join(_tags(manifest, row))) for row in rows],
    )


def is_page(path: Path) -> bool:
    """Say whether a file is a page of ours."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK.encode("ascii")


def policy(style: str, script: str) -> str:
    """Return the Content-Security-Policy: nothing but these very texts."""
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    styles, scripts = (f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; style-src {styles}; script-src {scripts}; base-uri 'none'; form-action 'none'"


def _kinds(manifest: CuratedManifest, rows: Sequence[Row]) -> Iterator[Kind]:
    """Yield the steps of the funnel, and the rows near a threshold."""
    total = manifest.rows.in_ or 1
    shown = [tag for row in rows for tag in _tags(manifest, row)]
    for place, (check, count) in enumerate(manifest.dropped_by.items()):
        tag = f"dropped-{place}"
        yield Kind(tag=tag, label=check, rows=count, share=count / total, shown=shown.count(tag))
    kept = manifest.rows.kept
    yield Kind(tag=KEPT, label=KEPT, rows=kept, share=kept / total, shown=shown.count(KEPT))
    yield Kind(tag=BORDERLINE, label="near a threshold", rows=None, share=0, shown=shown.count(BORDERLINE))


def _tags(manifest: CuratedManifest, row: Row) -> Iterator[str]:
    if row.is_kept:
        yield KEPT
    if row.dropped_by is not None:
        yield f"dropped-{list(manifest.dropped_by).index(row.dropped_by)}"
    if row.near is not None:
        yield BORDERLINE


def _shown(text: str) -> Markup:
    """Return a text for the page: escaped, and with what cannot be seen made visible."""
    if len(text) > MAX_CHARACTERS:
        half = MAX_CHARACTERS // 2
        left_out = f"{len(text) - 2 * half:,}"
        cut = Markup('<span class="cut">{} characters are left out here</span>').format(left_out)
        return _shown(text[:half]) + cut + _shown(text[-half:])
    pieces = []
    for plain, unseen in parted(text):
        pieces.append(escape(plain))
        if unseen:
            pieces.append(Markup('<b class="unseen">{}</b>').format(unseen))
    return Markup("").join(pieces)


def _json(value: JSON) -> Markup:
    return _shown(jsonlines.encode(value).decode("utf-8"))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(shown=_shown, json=_json, counted=counted, fate=fate, against=held_against, rate=rate)
    return environment.from_string(_ours("page.html"))


@cache
def _ours(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")
