"""The folder of a tokenizer, read as data: its chat template, its special tokens, the tokens that end a turn.

    tokenizer_config.json     {"eos_token": "<|im_end|>", "chat_template": "{% for message in ..."}
    chat_template.jinja       the template, where it is a file of its own; it goes before the one in the configuration
    generation_config.json    {"eos_token_id": [151645, 151643]}, where a model has more than one end
    tokenizer.json            the tokenizer itself

Nothing in the folder is ever executed but the template, in a sandbox.
"""

from pathlib import Path
from typing import Any

import msgspec

from curate import jsonlines
from curate.errors import UsageError
from curate.export.chat_template import ChatTemplate
from curate.records import JSON

CONFIG = "tokenizer_config.json"
TEMPLATE = "chat_template.jinja"
GENERATION = "generation_config.json"
TOKENIZER = "tokenizer.json"
SPECIAL_TOKENS = ("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token")


class TokenizerFolder(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder says of how a student reads."""

    path: Path
    """The folder."""
    template: ChatTemplate
    """Its chat template."""
    ends: tuple[str, ...]
    """Tokens that end a turn, the tokenizer's own first."""
    tokenizer: Path | None
    """The file that counts tokens, where there is one."""


def read_tokenizer_folder(path: Path) -> TokenizerFolder:
    """Read the folder of a tokenizer.

    Raises:
        UsageError: It is no such folder, has no chat template or no end of a turn, or its tokenizer is code of its own.
    """
    if not path.is_dir():
        raise UsageError(f"{path} is no folder; a tokenizer's folder has a {CONFIG}")
    config = _object(path / CONFIG)
    _refuse_code(path, config)
    special = {name: text for name in SPECIAL_TOKENS if (text := _token(config.get(name))) is not None}
    ends = _ends(path, config, special)
    if not ends:
        raise UsageError(f"{path / CONFIG} names no eos_token, so nothing can be said to end a turn")
    tokenizer = path / TOKENIZER
    return TokenizerFolder(
        path=path,
        template=ChatTemplate(_template(path, config), special),
        ends=ends,
        tokenizer=tokenizer if tokenizer.is_file() else None,
    )


def _refuse_code(path: Path, config: JSON) -> None:
    """Refuse a tokenizer that is code: it is not run, and without running it nobody knows what it makes of a row."""
    code = config.get("auto_map")
    if isinstance(code, dict) and code.get("AutoTokenizer"):
        raise UsageError(f"{path} has a tokenizer that is code of its own (auto_map in {CONFIG}), which is never run")


def _template(path: Path, config: JSON) -> str:
    file = path / TEMPLATE
    if file.is_file():
        return _text(file)
    found = config.get("chat_template")
    if isinstance(found, list):
        found = next((one.get("template") for one in found if _is_named(one, "default")), None)
    if not isinstance(found, str):
        raise UsageError(f"{path} has no chat template: no {TEMPLATE}, and none in {CONFIG}")
    return found


def _is_named(variant: Any, name: str) -> bool:  # noqa: ANN401 - any JSON value
    return isinstance(variant, dict) and variant.get("name") == name


def _ends(path: Path, config: JSON, special: dict[str, str]) -> tuple[str, ...]:
    """Return the tokens that end a turn: the tokenizer's own, and those at which the model stops."""
    file = path / GENERATION
    found = _object(file).get("eos_token_id") if file.is_file() else None
    numbers = [number for number in (found if isinstance(found, list) else [found]) if isinstance(number, int)]
    known = _added_tokens(path, config) if numbers else {}
    texts = [special.get("eos_token"), *(known.get(number) for number in numbers)]
    return tuple(dict.fromkeys(text for text in texts if text))


def _added_tokens(path: Path, config: JSON) -> dict[int, str]:
    """Return number to text of the tokens that stand beside the vocabulary, by the configuration or the file."""
    decoder = config.get("added_tokens_decoder")
    if isinstance(decoder, dict):
        return {int(number): text for number, token in decoder.items() if (text := _token(token)) and number.isdigit()}
    file = path / TOKENIZER
    added = _object(file).get("added_tokens") if file.is_file() else None
    tokens = [token for token in added if isinstance(token, dict)] if isinstance(added, list) else []
    return {token["id"]: text for token in tokens if isinstance(token.get("id"), int) and (text := _token(token))}


def _token(value: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """Return the text of a token, which may be an object with flags."""
    text = value.get("content") if isinstance(value, dict) else value
    return text if isinstance(text, str) else None


def _object(path: Path) -> JSON:
    try:
        return jsonlines.decode(_text(path).encode("utf-8"))
    except jsonlines.UnreadableLineError as error:
        raise UsageError(f"{path} cannot be read: {error}") from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
