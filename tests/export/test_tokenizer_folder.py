"""A tokenizer's folder: its template, its ends of a turn, and nothing of its code."""

import json
from pathlib import Path
from typing import Any

import pytest

from curate.errors import UsageError
from curate.export.chat_template import ChatTemplate, TemplateRaisedError
from curate.export.tokenizer_folder import read_tokenizer_folder
from tests.export import templates

CONFIG: dict[str, Any] = {"eos_token": "<|im_end|>", "chat_template": templates.PLAIN}
TURNS = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
RENDERED = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n"


def folder(path: Path, config: dict[str, Any] | None = None, **files: str) -> Path:
    """Write the folder of a tokenizer."""
    (path / "tokenizer_config.json").write_text(json.dumps(CONFIG if config is None else config))
    for name, text in files.items():
        (path / name.replace("__", ".")).write_text(text)
    return path


@pytest.mark.parametrize(
    "config,files",
    [
        pytest.param(CONFIG, {}, id="in the configuration"),
        pytest.param({**CONFIG, "chat_template": "other"}, {"chat_template__jinja": templates.PLAIN}, id="file"),
        pytest.param(
            {
                **CONFIG,
                "chat_template": [
                    {"name": "tool_use", "template": "other"},
                    {"name": "default", "template": templates.PLAIN},
                ],
            },
            {},
            id="named variants",
        ),
        pytest.param({**CONFIG, "eos_token": {"content": "<|im_end|>", "lstrip": False}}, {}, id="token with flags"),
        pytest.param(
            {**CONFIG, "auto_map": {"AutoConfig": "configuration.Config"}}, {"m__py": "1 / 0"}, id="model code"
        ),
    ],
)
def test_folders(tmp_path: Path, config: dict[str, Any], files: dict[str, str]) -> None:
    """The template is found wherever tokenizers keep it, and so is the token that ends a turn."""
    found = read_tokenizer_folder(folder(tmp_path, config, **files))
    assert found.template.render(TURNS).text == RENDERED
    assert found.ends == ("<|im_end|>",)
    assert found.tokenizer is None


def test_more_than_one_end(tmp_path: Path) -> None:
    """The tokens at which a model stops are ends as well, by the numbers in its generation configuration."""
    config = {**CONFIG, "eos_token": "<eos>", "added_tokens_decoder": {"106": {"content": "<end_of_turn>"}}}
    found = read_tokenizer_folder(folder(tmp_path, config, generation_config__json='{"eos_token_id": [1, 106]}'))
    assert found.ends == ("<eos>", "<end_of_turn>")


def test_ends_by_the_tokenizer_file(tmp_path: Path) -> None:
    """Numbers that the configuration does not know are looked up in the tokenizer's own file."""
    known = json.dumps({"added_tokens": [{"id": 7, "content": "<|eot_id|>"}]})
    path = folder(tmp_path, CONFIG, generation_config__json='{"eos_token_id": 7}', tokenizer__json=known)
    assert read_tokenizer_folder(path).ends == ("<|im_end|>", "<|eot_id|>")


@pytest.mark.parametrize(
    "config,words",
    [
        pytest.param({"eos_token": "</s>"}, "has no chat template", id="no template"),
        pytest.param({"chat_template": "x"}, "names no eos_token", id="no end"),
        pytest.param({**CONFIG, "chat_template": "{% for %}"}, "line 1 of the chat template", id="broken template"),
        pytest.param(
            {**CONFIG, "auto_map": {"AutoTokenizer": ["tokenization.Own", None]}}, "which is never run", id="own code"
        ),
    ],
)
def test_folders_that_cannot_be_used(tmp_path: Path, config: dict[str, Any], words: str) -> None:
    """A folder that says too little, or whose tokenizer is code, is refused by name, and its code is not run."""
    path = folder(tmp_path, config, tokenization__py=f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(UsageError, match=words):
        read_tokenizer_folder(path)
    assert not (tmp_path / "ran").exists()


def test_no_folder(tmp_path: Path) -> None:
    """What is no folder, or a folder without a configuration, is named."""
    with pytest.raises(UsageError, match="is no folder"):
        read_tokenizer_folder(tmp_path / "missing")
    with pytest.raises(UsageError, match=r"tokenizer_config\.json cannot be read"):
        read_tokenizer_folder(tmp_path)


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{{ ''.__class__.__mro__ }}", id="attributes of Python"),
        pytest.param("{{ messages.append(1) }}", id="changes what it is given"),
        pytest.param("{{ messages[9].content.x }}", id="what is not there"),
        pytest.param("{{ 1 / 0 }}", id="arithmetic"),
        pytest.param("{{ raise_exception('no') }}", id="its own refusal"),
        pytest.param("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", id="no end of itself"),
        pytest.param("{% for i in range(10 ** 9) %}x{% endfor %}", id="no end in sight"),
    ],
)
def test_templates_that_raise(template: str) -> None:
    """Whatever a template tries, it ends in one error of ours, and reaches nothing."""
    with pytest.raises(TemplateRaisedError):
        ChatTemplate(template, {}).render(TURNS)


def test_what_templates_may_use() -> None:
    """Loops that break, JSON, the time and special tokens are there, as trainers have them."""
    source = "{{ bos_token }}{% for m in messages %}{{ m | tojson }}{% break %}{% endfor %}{{ strftime_now('%%') }}"
    assert ChatTemplate(source, {"bos_token": "<s>"}).render(TURNS).text == '<s>{"role": "user", "content": "Hi"}%'


def test_generation_marks() -> None:
    """What stands between the marks is where the marks say, in every text anew."""
    template = ChatTemplate(templates.MARKED, {})
    for _ in range(2):
        whole = template.render([*TURNS, *TURNS])
        assert [whole.text[start:stop] for start, stop in whole.generated] == ["Hello<|im_end|>\n"] * 2
