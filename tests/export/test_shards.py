"""Shards, splits, lengths and sidecars, from files to a result folder."""

import gzip
import io
import json
import re
from collections import Counter
from pathlib import Path

import msgspec
import polars as pl
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from curate.errors import DataError, RecipeError
from curate.pipeline.exporting import ordered as ordering
from curate.pipeline.exporting.lengths import LIMITS, lengths_of, usual_limit
from curate.pipeline.exporting.ordered import ordered
from curate.pipeline.exporting.sides import Sides, stratified
from curate.pipeline.exporting.spool import point_of, spooled
from curate.recipe.shape import Output
from tests.filtering.results import Result, filtered, jsonl, sound
from tests.reading.strategies import Json

ROWS = [sound(number) for number in range(60)]


def _written(**output: object) -> Result:
    return filtered(jsonl(*ROWS), {"checks": [], "output": output})


def _from_zstd(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(data).read()


def _shards(result: Result, folder: str) -> dict[str, bytes]:
    return {name: data for name, data in result.files.items() if name.startswith(f"{folder}/")}


@pytest.mark.parametrize("compression,ending", [("gzip", ".gz"), ("zstd", ".zst")])
def test_compressed_shards_hold_the_same_rows(compression: str, ending: str) -> None:
    """A compressed shard holds the rows of the plain one, and always comes to the same bytes."""
    plain, packed, again = (
        _shards(_written(shard_rows=25, compression=how), "messages") for how in ("none", compression, compression)
    )
    assert packed == again
    assert list(packed) == [f"{name}{ending}" for name in plain]
    open_ = (
        gzip.decompress
        if compression == "gzip"
        else lambda data: zstandard.ZstdDecompressor().stream_reader(data).read()
    )
    assert [open_(data) for data in packed.values()] == list(plain.values())


def test_shards_by_bytes() -> None:
    """No shard has more bytes of rows than was asked for, unless a single row has."""
    shards = _shards(_written(shard_bytes=2000), "messages")
    longest = max(len(line) + 1 for data in shards.values() for line in data.splitlines())
    assert len(shards) > 3
    assert all(2000 - longest < len(data) <= 2000 for data in list(shards.values())[:-1])
    alone = _shards(_written(shard_bytes=1), "messages")
    assert [data.count(b"\n") for data in alone.values()] == [1] * len(ROWS)


def test_parquet_holds_the_same_rows() -> None:
    """Parquet stands beside each shard, in a folder of its own, with the same rows in the same order."""
    result = _written(shard_rows=25, parquet=True, compression="zstd")
    assert all(name.endswith(".jsonl.zst") for name in _shards(result, "messages"))
    for name, data in _shards(result, "parquet").items():
        shard = result.files[name.removeprefix("parquet/").replace(".parquet", ".jsonl.zst")]
        rows = _from_zstd(shard).splitlines()
        assert pl.read_parquet(io.BytesIO(data)).to_dicts() == [json.loads(row) for row in rows]


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(1, 3))
@settings(max_examples=30)
def test_order_does_not_depend_on_memory(numbers: list[int], files: int) -> None:
    """Lines come out sorted however little is sorted at a time, and nothing is left behind."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - a fixture would not do under hypothesis

    lines = [spooled(str(number), point_of(str(number)), 7, b"{}") for number in numbers]
    with TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "BUCKET_BYTES", 100)
        spools = [Path(scratch, str(number)) for number in range(files)]
        for place, spool in enumerate(spools):
            spool.write_bytes(b"".join(lines[place::files]))
        assert list(ordered([*spools, Path(scratch, "none")], Path(scratch))) == sorted(lines)
        assert sorted(Path(scratch).iterdir()) == sorted(spools)


LONG = (
    "A farmer has a barn with cows, goats and hens, and wants to know how many legs there are in the barn at night "
    "when the dog sleeps outside and nobody else is in, given that there are {} cows, {} goats and {} hens in it"
)


def _variants(number: int) -> list[Json]:
    """Return rows of one problem that is worded in several ways."""
    text = LONG.format(number, number + 1, number + 2)
    words = [f"{text}.", f"{text}, please.", f"Any{text[1:]}?", text.upper()]
    return [
        {"question": question, "output": f"There are {number} of them. The answer is {number}."} for question in words
    ]


def test_near_duplicates_fall_on_one_side() -> None:
    """Problems that are nearly the same are in one split; problems with other numbers go their own ways."""
    rows = [row for number in range(60) for row in _variants(number)]
    result = filtered(jsonl(*rows), {"checks": [], "output": {"splits": {"test": 0.5}}})
    found: dict[str, set[str]] = {}
    for split in ("train", "test"):
        for row in result.rows(f"messages/{split}-"):
            found.setdefault(row["messages"][1]["content"], set()).add(split)
    assert len(found) == 60
    assert all(len(splits) == 1 for splits in found.values())
    assert 15 < sum(splits == {"test"} for splits in found.values()) < 45


def test_splits_do_not_depend_on_how_the_input_is_cut() -> None:
    """Splits with near-duplicates in them are the same bytes however the input is cut and on more workers."""
    rows = [row for number in range(20) for row in _variants(number)]
    recipe = {"checks": [], "output": {"splits": {"test": 0.5}, "stratify": "domain"}}
    whole = _shards(filtered(jsonl(*rows), recipe), "messages")
    assert whole == _shards(filtered(jsonl(*reversed(rows)), recipe, unit_bytes=2000, workers=2), "messages")


@given(st.dictionaries(st.integers(0, 2**64 - 1), st.sampled_from("ab"), max_size=60))
def test_strata_have_their_share(domains: dict[int, str]) -> None:
    """Each split has its share of every domain, to a problem, and what follows another problem goes with it."""
    shares = {"validation": 0.2, "test": 0.3}
    leaders = {point: min(domains) for point in sorted(domains)[1:4]}
    sides = stratified(shares, leaders, domains)
    assert all(sides.split_of(point) == sides.split_of(leader) for point, leader in leaders.items())
    counts = Counter((domain, sides.split_of(point)) for point, domain in domains.items() if point not in leaders)
    for domain in set(domains.values()):
        total = sum(count for (of, _), count in counts.items() if of == domain)
        for split, share in shares.items():
            assert abs(counts[domain, split] - share * total) <= 1


def test_a_leader_decides() -> None:
    """A problem that follows another one is in its split, wherever its own id would put it."""
    sides = Sides(shares={"test": 0.5}, leaders={2**64 - 1: 0})
    assert sides.split_of(2**64 - 1) == sides.split_of(0) == "test"
    assert sides.split_of(2**64 - 2) == "train"


@given(st.lists(st.integers(0, 40_000), min_size=1, max_size=50))
def test_lengths(tokens: list[int]) -> None:
    """Percentiles, the longest row and the rows over each usual limit are those of the sorted lengths."""
    found = lengths_of(Counter(tokens), "tokenizer.json", None)
    ranked = sorted(tokens)
    assert found.p50 == ranked[-(-len(ranked) // 2) - 1]
    assert found.p90 == ranked[-(-len(ranked) * 9 // 10) - 1]
    assert found.max == ranked[-1] <= found.limit
    assert found.over == {str(limit): sum(one > limit for one in tokens) for limit in LIMITS}


def test_an_estimate_leaves_room() -> None:
    """A limit that rests on an estimate is twice what was estimated, because a limit cuts."""
    assert lengths_of({600: 1}, None, None).limit == 2048
    assert lengths_of({600: 1}, "tokenizer.json", None).limit == 1024
    assert [usual_limit(tokens) for tokens in (0, 512, 513, 32_768, 32_769)] == [512, 512, 1024, 32_768, 65_536]


def _tokenizer(folder: Path) -> Path:
    from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: PLC0415 - an extra

    tokenizer = Tokenizer(models.WordLevel({"a": 0, "<unk>": 1}, unk_token="<unk>"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def _counted(row: Json) -> int:
    """Return the words and signs of question and reply, and eight for what stands around each."""
    return sum(len(re.findall(r"\w+|[^\w\s]+", row[key])) + 8 for key in ("question", "output"))


def test_tokens_are_counted(tmp_path: Path) -> None:
    """With a tokenizer, a file or its folder, lengths are counted with it, and the result says so."""
    for given_ in (_tokenizer(tmp_path), tmp_path / "tokenizer.json"):
        lengths = _written(tokenizer=str(given_)).manifest.formats["messages"].lengths
        assert lengths is not None
        assert lengths.counted_by == "tokenizer.json"
        assert lengths.max == max(map(_counted, ROWS))
    estimated = _written().manifest.formats["messages"].lengths
    assert estimated is not None
    assert estimated.counted_by is None


def test_a_missing_tokenizer_is_an_error(tmp_path: Path) -> None:
    """A folder without a tokenizer is refused before anything is read."""
    with pytest.raises(RecipeError, match=r"output\.tokenizer"):
        _written(tokenizer=str(tmp_path))


def test_long_rows_are_dropped_and_counted() -> None:
    """Rows over the limit are left out and counted, never cut; all kept rows are one or the other."""
    row = sound(3)
    long = {**row, "output": f"{'Step by step. ' * 50}{row['output']}"}
    result = filtered(jsonl(sound(1), long), {"checks": [], "output": {"max_tokens": 100}})
    counts = result.manifest.formats["messages"]
    assert counts.refused == {"more than 100 tokens": 1}
    assert counts.rows == {"train": 1}
    assert counts.lengths is not None
    assert counts.lengths.limit == 100


def test_long_rows_may_be_an_error() -> None:
    """With `over_limit: fail` a row over the limit leaves nothing written, and the error counts such rows."""
    with pytest.raises(DataError, match="60 rows of messages have more than 5 tokens"):
        _written(max_tokens=5, over_limit="fail")


def test_parquet_is_refused_where_columns_differ() -> None:
    """The input's own rows, which may be of any shape, are not made columns."""
    with pytest.raises(RecipeError, match=r"output\.parquet"):
        _written(format="same", parquet=True)


def test_compression_is_refused_where_no_trainer_reads_it() -> None:
    """A format whose trainer reads no compressed files refuses to be compressed."""
    with pytest.raises(RecipeError, match=r"output\.compression"):
        _written(format="llama_factory", compression="gzip")


@pytest.mark.parametrize("name", ["text", "template"])
def test_what_a_format_needs(name: str) -> None:
    """A format that cannot do without a key of `output` says which."""
    with pytest.raises(RecipeError, match=r"needs `(chat_template|render)`"):
        _written(format=name)


def test_metadata_is_one_text() -> None:
    """With `metadata` each row says what is known of its trace in one text, so that all rows are of one type."""
    rows = [sound(1, source="book", gold="3"), sound(2, license="x\ud83d", finish_reason="stop"), sound(3)]
    result = filtered(jsonl(*rows), {"checks": [], "output": {"metadata": True}})
    known = [json.loads(row["metadata"]) for row in result.rows("messages")]
    assert {tuple(row) for row in result.rows("messages")} == {("id", "messages", "metadata")}
    assert {one["problem_id"] for one in known} == set(result.column("problem_id"))
    assert {one["source"] for one in known} >= {"book", None}
    assert b"\\ud83d" in result.whole("messages")
    msgspec.json.decode(result.lines("messages")[0])  # refuses a lone surrogate
    with pytest.raises(RecipeError, match=r"output\.metadata"):
        _written(format="openai", metadata=True)


def test_same_rows() -> None:
    """`same` writes the input's lines byte for byte, and traces where a line is several rows."""
    odd = b'{"output": "Two and two is four, so 4.",  "question":"What is 2 + 2?", "n": 1e3, "x": "\\ud83d", "y": null}'
    several = {"question": "What is 3 + 3?", "generations": ["It is six: 6.", "Three and three is 6."]}
    result = filtered(odd + b"\r\n" + jsonl(several), {"checks": [], "output": {"format": "same"}})
    assert sorted(result.lines("same")) == sorted(result.lines("kept"))
    assert odd + b"\r" in result.lines("same")


def test_sidecars_name_the_shards() -> None:
    """Every config names files that are there, by split, and says the limit."""
    splits = {"validation": 0.3}
    outputs = [
        {"format": name, "splits": splits, "shard_rows": 15} for name in ("llama_factory", "axolotl", "messages")
    ]
    result = filtered(jsonl(*ROWS), {"name": "mine", "checks": [], "output": outputs})
    info = json.loads(result.files["dataset_info.json"])
    config = YAML(typ="safe").load(result.files["llama_factory.yaml"])
    train = [info[name]["file_name"] for name in config["dataset"].split(",")]
    validation = [info[name]["file_name"] for name in config["eval_dataset"].split(",")]
    assert sorted([*train, *validation]) == sorted(_shards(result, "llama_factory"))
    assert all("/train-" in name for name in train)
    assert config["cutoff_len"] == _limit(result, "llama_factory")
    axolotl = YAML(typ="safe").load(result.files["axolotl.yaml"])
    files = [file for one in (*axolotl["datasets"], *axolotl["test_datasets"]) for file in one["data_files"]]
    assert sorted(files) == sorted(_shards(result, "axolotl"))
    assert axolotl["excess_length_strategy"] == "raise"
    assert axolotl["sequence_len"] == _limit(result, "axolotl")


def _limit(result: Result, name: str) -> int:
    lengths = result.manifest.formats[name].lengths
    assert lengths is not None
    return lengths.limit


def test_every_key_of_an_output_has_its_words() -> None:
    """Every key of `output` says what it does."""
    assert all(field.description for field in Output.model_fields.values())
