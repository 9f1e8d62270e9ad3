"""The shape of a recipe: strict, frozen models; every key says what it does.

The recipe knows shapes, not names: whether a check, family, format, style or provider exists is for `pipeline.plan`,
which reports it at the same place in the file.
"""

import hashlib
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from curate import jsonlines
from curate.recipe.bases import Dollars, Name, Seed, Shape, Share, Split, listed
from curate.recipe.checks import CheckList
from curate.recipe.pairs import Pairs
from curate.recipe.problems import ONE_OR_MORE_PROBLEMS, Problems
from curate.recipe.teacher import Teacher


class Budget(Shape):
    """What a run may cost."""

    max_cost: Dollars | None = None
    """USD, over all resumes and all kinds of request; null for no limit. Needs a price for every teacher."""


class Shot(Shape):
    """A solved example for `few_shot_cot` and templates."""

    problem: str
    """The question."""
    solution: str
    """The steps to its answer."""
    answer: str | None = None
    """The answer; null where the solution ends with it."""


_ONE_OR_MORE_SHOTS = BeforeValidator(listed, json_schema_input_type=Shot | tuple[Shot, ...])


class Prompt(Shape):
    """The prompt that makes a teacher think."""

    name: Name | None = None
    """What traces call it (`teacher.style`), where two prompts have one style; the style's name when null."""
    style: str = "zero_shot_cot"
    """The chain-of-thought style; `curate prompts` lists them."""
    system: str | None = None
    """A system message before the prompt."""
    shots: Annotated[tuple[Shot, ...], _ONE_OR_MORE_SHOTS] = ()
    """Solved examples; none may be a problem of the recipe."""
    shots_path: str | None = None
    """A JSONL file of such examples instead, relative to the recipe."""
    template: str | None = None
    """For the style `template`: jinja2 over `problem`, `domain`, `family`, `difficulty`, `answer_type`, `shots`."""
    template_path: str | None = None
    """A file with such a template instead, relative to the recipe."""


def _keyed(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


_TEXT_OR_KEYS = BeforeValidator(_keyed, json_schema_input_type=str | dict[str, str])


OUTPUT_PATHS = frozenset({"chat_template", "tokenizer"})
"""Keys of an output that are paths."""


class Output(Shape):
    """One format to write what was kept in."""

    format: str = "messages"
    """The format; `curate formats` lists them."""
    shard_rows: Annotated[int, Field(ge=1)] = 5000
    """Rows in each shard."""
    shard_bytes: Annotated[int, Field(ge=1)] | None = None
    """Bytes of rows in each shard, at most, before they are compressed; null for no limit but that on rows."""
    compression: Literal["none", "gzip", "zstd"] = "none"
    """How shards are compressed: `.jsonl.gz`, `.jsonl.zst`."""
    parquet: bool = False
    """Whether each shard is written as Parquet as well, in `parquet/`."""
    splits: Annotated[dict[Split, Share], Field(max_length=20)] = {}
    """Split to its share of the problems; the rest is `train`. All samples of a problem, and problems that are nearly
    the same, fall into one split."""
    stratify: Literal["domain"] | None = None
    """Give each split its share of every domain, to a problem; null leaves that to chance, and moves no problem when
    rows are added."""
    tokenizer: str | None = None
    """What counts tokens: a `tokenizer.json`, or a folder with one, relative to the recipe; needs `curate[tokens]`.
    Null: they are estimated from bytes."""
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    """Tokens that a row may have, which every config that is written says; null for the least of 512, 1024 ... 32768
    that all rows keep."""
    over_limit: Literal["drop", "fail"] = "drop"
    """What becomes of longer rows: they are left out and counted, or nothing is written. None is ever cut."""
    pairs: Pairs = Pairs()
    """For formats of preference pairs: which replies to one problem are set against one another."""
    system: str | None = None
    """A system message put before each conversation that has none."""
    user: Literal["problem", "prompt"] = "problem"
    """What the student reads of generated traces: the bare problem, or the prompt that the teacher got."""
    chat_template: str | None = None
    """For `text`: a file with a chat template, or the folder of a tokenizer that has one, relative to the recipe."""
    metadata: bool = False
    """Whether each row has the key `metadata`, one text of JSON with what is known of the trace."""
    render: Annotated[dict[str, str], _TEXT_OR_KEYS] = {}
    """For `template`: key of a row to its jinja2 template; a template alone makes the key `text`."""

    @model_validator(mode="after")
    def _shares_leave_room(self) -> "Output":
        if "train" in self.splits:
            raise ValueError("`train` is what the other splits leave; do not give it a share")
        if "all" in self.splits:
            raise ValueError("`all` is what `datasets` calls all splits together; give this one another name")
        if sum(self.splits.values()) >= 1:
            raise ValueError("the shares of the splits must stay below 1 in all, so that something is left for train")
        return self


class Expect(Shape):
    """What a run should reach; a run that does not ends with exit code 1."""

    min_kept_share: Share | None = None
    """Least share of the traces that pass all checks."""
    max_failed_share: Share | None = None
    """Greatest share of the planned samples for which no reply could be had."""


_ONE_OR_MORE_PROMPTS = BeforeValidator(listed, json_schema_input_type=Prompt | tuple[Prompt, ...])
_ONE_OR_MORE_TEACHERS = BeforeValidator(listed, json_schema_input_type=Teacher | tuple[Teacher, ...])
_ONE_OR_MORE_OUTPUTS = BeforeValidator(listed, json_schema_input_type=Output | tuple[Output, ...])
_ONE_OR_MORE_PLUGINS = BeforeValidator(listed, json_schema_input_type=str | tuple[str, ...])


class Recipe(Shape):
    """A recipe, resolved: every default is filled in."""

    name: Name | None = None
    """Name of the run and of its folder in `datasets_out/`; needed to generate."""
    seed: Seed = 0
    """Everything random is derived from it: problems, wordings, seeds on the wire."""
    problems: Annotated[tuple[Problems, ...], ONE_OR_MORE_PROBLEMS] = ()
    """Where problems come from, one or a list; needed to generate."""
    teacher: Annotated[tuple[Teacher, ...], _ONE_OR_MORE_TEACHERS] = ()
    """One teacher, or a list of which each is asked every problem, unless they have weights; needed to generate."""
    budget: Budget = Budget()
    """What the run may cost."""
    prompt: Annotated[tuple[Prompt, ...], _ONE_OR_MORE_PROMPTS, Field(min_length=1)] = (Prompt(),)
    """The prompt, or a list of several, in each of which every problem is asked."""
    checks: CheckList | None = None
    """The checks in order; each sees only the survivors of those before it. Absent: `curate checks` shows the list."""
    output: Annotated[tuple[Output, ...], _ONE_OR_MORE_OUTPUTS] = (Output(),)
    """The formats to write."""
    schema_: str | None = Field(default=None, alias="schema")
    """A JSON Schema of your own for `data`: a path relative to the recipe, or the name of a shipped one."""
    plugins: Annotated[tuple[str, ...], _ONE_OR_MORE_PLUGINS] = ()
    """Checks of your own: Python files in the recipe's folder (`./my_checks.py`), or names of installed plugins."""
    expect: Expect = Expect()
    """What the run should reach."""

    def fingerprint(self) -> str:
        """Return a digest of everything the recipe says."""
        plain = jsonlines.encode(self.model_dump(mode="json", by_alias=True))
        return hashlib.sha256(plain).hexdigest()[:16]
