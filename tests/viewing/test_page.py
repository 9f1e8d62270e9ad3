"""The page of `curate view --html`: hostile text stays text, and everything can be read."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from curate import report
from curate.escaping import parted, safe
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.pipeline.inspect import Chosen
from curate.recipe import load_text
from curate.report.page import MAX_CHARACTERS, page
from tests.commands.running import UNSAFE, curate
from tests.filtering.results import jsonl, sound
from tests.viewing.hostile import PAYLOADS, written


@dataclass
class Parsed(HTMLParser):
    """What a browser would find in a page."""

    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    policy: str = ""
    inside: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        known = dict(attrs)
        if known.get("http-equiv") == "Content-Security-Policy":
            self.policy = known["content"] or ""
        self.inside = tag

    def handle_data(self, data: str) -> None:
        """Remember text by the element that opened last."""
        self.texts.setdefault(self.inside, []).append(data)


def parsed(text: str) -> Parsed:
    """Parse a page."""
    found = Parsed()
    found.feed(text)
    return found


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What filtering hostile rows came to."""
    folder = tmp_path_factory.mktemp("hostile")
    recipe = "checks: [invalid_structure, truncated, final_answer_only: {min_words: 9}, exact_duplicate]"
    loaded = load_text(recipe, name="r", base=folder)
    filter_into([str(written(folder))], folder / "out", loaded, FilterOptions(workers=1))
    return folder / "out"


def _page_of(folder: Path, tmp_path: Path, *options: object) -> str:
    done = curate("view", folder, "--html", tmp_path / "page.html", *options, cwd=tmp_path)
    assert done.code == 0, done.stderr
    return (tmp_path / "page.html").read_text("utf-8")


def test_nothing_of_the_data_is_markup(hostile: Path, tmp_path: Path) -> None:
    """Whatever rows, columns and files are called, the page has our elements alone, and nothing that loads or runs."""
    found = parsed(_page_of(hostile, tmp_path))
    template = parsed(Path(report.__file__).with_name("page.html").read_text("utf-8"))
    assert found.tags <= template.tags | {"b"}
    assert not [name for name in found.attributes if name.startswith("on")]
    assert not found.attributes & {"src", "href", "srcset", "style", "action", "formaction", "srcdoc", "xlink:href"}


def test_policy(hostile: Path, tmp_path: Path) -> None:
    """The policy lets nothing be loaded, and nothing run but the one script whose digest it names."""
    text = _page_of(hostile, tmp_path)
    found = parsed(text)
    assert found.policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        assert text.count(f"<{tag}>") == 1
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in found.policy
    assert text.index("Content-Security-Policy") < text.index("<style>")
    assert "unsafe" not in found.policy


def test_texts_are_whole(hostile: Path, tmp_path: Path) -> None:
    """Every text reads on the page as it stands in the data, with what could not be seen shown as escapes."""
    text = _page_of(hostile, tmp_path)
    texts = parsed(text).texts
    read = "".join(piece for tag, pieces in texts.items() if tag not in {"script", "style"} for piece in pieces)
    whole = re.sub(r"\s+", " ", read)
    for payload in PAYLOADS:
        for plain, _ in parted(payload):
            assert re.sub(r"\s+", " ", plain) in whole
    assert not {character for character in text if ord(character) in UNSAFE}
    assert '<b class="unseen">\\u202e</b>' in text
    assert '<b class="unseen">\\ud800</b>' in text
    assert '<b class="unseen">\\x1b</b>' in text


def test_parted_is_safe() -> None:
    """The pieces of a text put together are the text as a terminal would get it."""
    for payload in PAYLOADS:
        assert "".join(plain + unseen for plain, unseen in parted(payload)) == safe(payload)


def test_terminal(hostile: Path, tmp_path: Path) -> None:
    """`view` and `why` show the same rows on a terminal with nothing that could drive it."""
    for words in (["view", hostile, "-n", 99], ["view", hostile, "--kept"], ["view", hostile, "--borderline"]):
        done = curate(*words, cwd=tmp_path)
        assert done.code == 0, done.stderr
        assert not {character for character in done.stdout + done.stderr if ord(character) in UNSAFE}
    for row in Chosen(hostile).of_every_kind(99):
        done = curate("why", hostile, f"{row.file}:{row.line}", cwd=tmp_path)
        assert done.code == 0, done.stderr
        assert not {character for character in done.stdout + done.stderr if ord(character) in UNSAFE}


def test_funnel_and_kinds(finished: Path, tmp_path: Path) -> None:
    """The page has the funnel with its numbers, and each row is marked with the kinds it can be narrowed to."""
    chosen = Chosen(finished / "curated")
    rows = chosen.of_every_kind(3)
    text = page(chosen.manifest, rows, title="small")
    for place, (check, count) in enumerate(chosen.manifest.dropped_by.items()):
        button = re.search(rf'data-kind="dropped-{place}".*?</button>', text, re.DOTALL)
        assert button is not None
        assert f">{check}<" in button[0]
        assert (f">-{count}<" if count else ">0<") in button[0]
        shown = sum(row.dropped_by == check for row in rows)
        assert text.count(f'data-kinds="dropped-{place}') == shown
    assert text.count("<article ") == len(rows)
    assert text.count('data-kinds="kept') == sum(row.is_kept for row in rows)
    assert text.count("borderline") > 1


def test_reasoning_is_folded(finished: Path, tmp_path: Path) -> None:
    """Reasoning is folded away, and says how long it is; each row has a table with every check."""
    text = _page_of(finished, tmp_path, "--kept", "-n", 2)
    assert text.count('<details class="reasoning">') == 2
    assert len(re.findall(r"Reasoning <small>[\d,]+ characters, \d+ steps?</small>", text)) == 2
    assert text.count('<th scope="row">') == 2 * len(Chosen(finished / "curated").checks)
    assert "<small>min_words 6</small>" in text


def test_pass_rates(tmp_path: Path) -> None:
    """A row of a problem whose replies were compared says how many of them are right."""
    rows = [{"question": "What is 3 * 4?", "gold": "12", "output": f"The answer is {number}."} for number in (12, 13)]
    (tmp_path / "in.jsonl").write_bytes(jsonl(*rows))
    loaded = load_text("checks: [wrong_answer]", name="r", base=tmp_path)
    filter_into([str(tmp_path / "in.jsonl")], tmp_path / "out", loaded, ONE)
    text = _page_of(tmp_path / "out", tmp_path)
    assert text.count("<dt>Pass rate</dt><dd>0.5: 1 of 2 replies to the problem</dd>") == 2


def test_a_huge_text(tmp_path: Path) -> None:
    """A text of any length makes a page that opens: its middle is left out, and how much is said."""
    (tmp_path / "in.jsonl").write_bytes(jsonl(sound(note="x", reasoning="y" * 5_000_000)))
    filter_into([str(tmp_path / "in.jsonl")], tmp_path / "out", load_text("checks: []", name="r", base=tmp_path), ONE)
    text = _page_of(tmp_path / "out", tmp_path)
    assert len(text) < 2 * MAX_CHARACTERS
    assert "4,900,000 characters are left out here" in text


ONE = FilterOptions(workers=1)


def test_an_older_page_is_replaced(finished: Path, tmp_path: Path) -> None:
    """A page is written over an older one of ours, and over nothing else."""
    _page_of(finished, tmp_path)
    assert "--dropped-by" not in _page_of(finished, tmp_path)
    (tmp_path / "thesis.html").write_text("<!doctype html>mine")
    done = curate("view", finished, "--html", "thesis.html", cwd=tmp_path)
    assert done.code == 2
    assert "thesis.html holds something that is no page of ours" in done.stderr
    assert (tmp_path / "thesis.html").read_text() == "<!doctype html>mine"


def test_where_a_page_cannot_be(finished: Path, tmp_path: Path) -> None:
    """A page that cannot be written is one sentence."""
    done = curate("view", finished, "--html", "gone/page.html", cwd=tmp_path)
    assert done.code == 4
    assert done.stderr.splitlines() == ["curate: cannot write to gone: No such file or directory"]
