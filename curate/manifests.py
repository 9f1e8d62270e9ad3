"""Manifests: what a folder of ours holds and how it adds up. Written last, so a folder that has one is whole."""

from typing import Literal

import msgspec

from curate.records import JSON


class FileEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file of a result."""

    path: str
    """Relative to the folder."""
    bytes: int
    """Its size."""
    sha256: str
    """Digest of its bytes."""
    rows: int | None = None
    """Its lines, for JSONL."""


class InputEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was read."""

    path: str
    """Relative to what all inputs have in common; `-` for standard input."""
    bytes: int
    """Its size on disk."""
    sha256: str
    """Digest of its bytes on disk."""


class SampleCounts(msgspec.Struct, frozen=True, kw_only=True):
    """planned = traces + failed + pending."""

    planned: int
    """Problems x teachers x samples."""
    traces: int
    """Samples with a reply."""
    failed: int
    """Samples that were tried and got none; `failed.jsonl` says why."""
    pending: int
    """Samples that were not tried yet."""


class TokenCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens of the replies in `traces/`, as servers counted them."""

    prompt: int
    """Of the prompts."""
    completion: int
    """Of the completions, thinking included."""


class WayCounts(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one way to ask: one teacher and one prompt."""

    model: str
    """The teacher, `provider/model`."""
    style: str
    """The prompt: its name in the recipe, or its style."""
    traces: int
    """Samples with a reply."""
    judged: int
    """Those of them whose problem has a reference."""
    right: int
    """Those of them that are right by it, compared as `wrong_answer` does."""
    truncated: int
    """Replies that the limit cut off."""
    prompt_tokens: int
    """Tokens of the prompts, as servers counted them."""
    completion_tokens: int
    """Tokens of the completions, thinking included."""
    cost: float | None
    """USD that all tries cost, at most; null where no price is known."""


class RowCounts(msgspec.Struct, frozen=True, kw_only=True):
    """in = kept + dropped."""

    in_: int = msgspec.field(name="in")
    """Rows read; several of one line, where it holds several generations."""
    kept: int
    """Rows that passed every check."""
    dropped: int
    """Rows that a check dropped."""
    unreadable: int
    """Lines that hold no row that we can read."""


class LineCounts(msgspec.Struct, frozen=True, kw_only=True):
    """in = lines with rows + unreadable + blank."""

    in_: int = msgspec.field(name="in")
    """Physical lines read."""
    with_rows: int
    """Lines that gave one row or more."""
    unreadable: int
    """Lines that could not be read; they are in `unreadable/`."""
    blank: int
    """Lines with nothing on them."""


class Lengths(msgspec.Struct, frozen=True, kw_only=True):
    """The tokens of the rows of a format."""

    counted_by: str | None
    """The tokenizer file that counted them, or null where they are estimated from the bytes of the text."""
    p50: int
    """Tokens that half of the rows do not exceed."""
    p90: int
    """Likewise nine of ten."""
    p99: int
    """Likewise ninety-nine of a hundred."""
    max: int
    """The longest row."""
    over: dict[str, int]
    """Limit to the rows that have more tokens."""
    limit: int
    """What trainers are told: no row has more."""


class FormatCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one format: kept = all splits + repeated + refused."""

    rows: dict[str, int]
    """Split to rows."""
    refused: dict[str, int]
    """Reason to rows that the format could not carry."""
    repeated: int = 0
    """Further samples of a problem, where a format has each problem once."""
    lengths: Lengths | None = None
    """The tokens of its rows; null where it has none."""
    pairs: dict[str, int] = {}
    """Of a format of pairs: strategy to pairs; all pairs = all splits + refused."""
    paired: int = 0
    """Of a format of pairs: replies that stand in one pair or more; all rows = paired + left out."""
    left_out: dict[str, int] = {}
    """Of a format that is made of all replies: reason to replies that were left out."""


class Origins(msgspec.Struct, kw_only=True):
    """Where kept rows come from, as far as they say; the commonest of each, and `(others)`."""

    sources: dict[str, int] = {}
    """Where problems come from, to rows; empty text where it is not stated."""
    licenses: dict[str, int] = {}
    """Licence of the problem to rows, likewise."""
    teachers: dict[str, int] = {}
    """Provider and model to rows, likewise."""


class PluginEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin whose checks were used."""

    name: str
    """The file, relative to the recipe's folder, or the distribution that installed it."""
    sha256: str
    """Digest of its bytes."""


class AuthoredCounts(msgspec.Struct, kw_only=True):
    """What one source of authored problems came to. proposed = accepted + all of dropped."""

    requests: int = 0
    """Requests to the author."""
    failed: int = 0
    """Those that got no reply."""
    broken: dict[str, int] = {}
    """Replies in which no problems could be read, by what is wrong with them."""
    empty: int = 0
    """Replies that propose no problem."""
    malformed: int = 0
    """Entries of their lists that are no problems."""
    proposed: int = 0
    """Problems that the replies propose."""
    dropped: dict[str, int] = {}
    """Why a problem is not taken to how many are not: `repeated`, `near_duplicate`, `own_prompt`, `surplus`,
    `unconfirmed`, or a check."""
    accepted: int = 0
    """Problems that are asked."""
    confirmed: int = 0
    """Those of them whose answer samples agree with; the others have no reference."""
    cost: float = 0.0
    """USD that the author cost."""
    confirm_cost: float = 0.0
    """USD that the confirming samples cost; the first ones of a problem are also samples of the run."""
    cost_per_accepted: float | None = None
    """USD that both come to for each accepted problem; null where there is none."""
    ended: Literal["", "complete", "exhausted", "stopped"] = ""
    """How it ended: with as many as were asked for, because no new ones came, or because nothing more may be sent."""


class RunManifest(msgspec.Struct, frozen=True, kw_only=True):
    """The manifest of a run's folder."""

    curate: str
    """Version that wrote it."""
    recipe: str
    """Name of the recipe."""
    fingerprint: str
    """Digest of everything the recipe says."""
    problems: int
    """Different problems asked."""
    repeated: int
    """Problems that were there before; they were asked once."""
    dropped: dict[str, int] = {}
    """Check of a source of problems to those that it dropped; they are in `dropped_problems/`."""
    left_out: int = 0
    """Problems that a `sample` of their source does not take. All that was read of the sources is problems + repeated
    + dropped + left_out + unreadable."""
    samples: SampleCounts
    """How the samples add up."""
    unreadable: int
    """Rows of problem files that hold no problem."""
    tokens: TokenCounts
    """What was used."""
    authored: tuple[AuthoredCounts, ...] = ()
    """What each source of authored problems came to."""
    ways: tuple[WayCounts, ...] = ()
    """What came of each teacher and prompt, in the order of the plan."""
    made_by: Literal["curate"] = "curate"
    """The mark of our folders."""
    kind: Literal["run"] = "run"
    """What the folder holds."""
    files: tuple[FileEntry, ...] = ()
    """Every file of the result but the manifest."""


class CuratedManifest(msgspec.Struct, frozen=True, kw_only=True):
    """The manifest of a filtered result."""

    curate: str
    """Version that wrote it."""
    recipe: str | None
    """Name of the recipe, or null."""
    fingerprint: str
    """Digest of everything the recipe says."""
    rows: RowCounts
    """How the rows add up."""
    lines: LineCounts
    """How the lines add up."""
    dropped_by: dict[str, int]
    """Check to rows that it dropped, in the order of the checks."""
    outcomes: dict[str, dict[str, int]]
    """Check to `pass`, `undecided` and `fail` to rows that it looked at."""
    shapes: dict[str, int]
    """How lines were read, to how many were."""
    formats: dict[str, FormatCounts]
    """Format to its rows."""
    origins: Origins = msgspec.field(default_factory=Origins)
    """Where the rows that were written in a format come from."""
    checks: tuple[JSON, ...]
    """The checks with their parameters, in order."""
    columns: dict[str, str]
    """Field to column, as `--map` said."""
    inputs: tuple[InputEntry, ...]
    """What was read."""
    limit: int | None = None
    """So many lines were read and no more, where that was wished."""
    sample: int | None = None
    """So many lines of these were read, chosen by their hash, where that was wished."""
    plugins: tuple[PluginEntry, ...] = ()
    """Where checks of the user's own came from."""
    marked: bool = False
    """Whether every check judged every row and none dropped one."""
    made_by: Literal["curate"] = "curate"
    """The mark of our folders."""
    kind: Literal["curated"] = "curated"
    """What the folder holds."""
    files: tuple[FileEntry, ...] = ()
    """Every file of the result but the manifest."""


class ExportManifest(msgspec.Struct, frozen=True, kw_only=True):
    """The manifest of an export: rows of a curated result in other formats."""

    curate: str
    """Version that wrote it."""
    recipe: str | None
    """Name of the recipe of the result, or null."""
    curated: str
    """SHA-256 of the manifest of the result that the rows are of."""
    rows: int
    """Rows that were kept there."""
    formats: dict[str, FormatCounts]
    """Format to its rows."""
    made_by: Literal["curate"] = "curate"
    """The mark of our folders."""
    kind: Literal["export"] = "export"
    """What the folder holds."""
    files: tuple[FileEntry, ...] = ()
    """Every file of the result but the manifest."""


Manifest = RunManifest | CuratedManifest | ExportManifest
