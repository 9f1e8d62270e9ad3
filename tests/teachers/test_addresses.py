"""Which key goes where: decided before anything is sent, located in the recipe, and told without the key."""

from pathlib import Path

import pytest

from curate.errors import RecipeError, TeacherError
from curate.pipeline.generating.teaching import plan_teachers
from curate.recipe import load_text
from curate.recipe.teacher import Teacher as Asked
from curate.teachers import key_notices, make_teachers
from curate.teachers.addresses import address_of
from tests.teachers.asking import KEY, KEY_ENV

RECIPE = "name: small\nproblems: {from: builtin, families: {arithmetic_chain: 2}}\nteacher:\n  model: "

REFUSED: dict[str, tuple[str, str, str]] = {
    "key of a preset, another host": (
        "openai/gpt-4o\n  base_url: https://evil.example.com/v1\n",
        "5: teacher.base_url",
        "OPENAI_API_KEY is the key of openai and is not sent to evil.example.com",
    ),
    "key of a preset, named": (
        "custom/m\n  base_url: https://evil.example.com/v1\n  api_key_env: ANTHROPIC_API_KEY\n",
        "6: teacher.api_key_env",
        "ANTHROPIC_API_KEY is the key of anthropic",
    ),
    "host that only begins like it": (
        "openai/m\n  base_url: https://api.openai.com.evil.org/v1\n",
        "5: teacher.base_url",
        "not sent to api.openai.com.evil.org",
    ),
    "host that only ends like it": (
        "openai/m\n  base_url: https://xapi.openai.com/v1\n",
        "5: teacher.base_url",
        "not sent to xapi.openai.com",
    ),
    "user instead of host": (
        "openai/m\n  base_url: https://api.openai.com@evil.org/v1\n",
        "5: teacher.base_url",
        "credentials",
    ),
    "credentials": (
        f"custom/m\n  base_url: https://user:{KEY}@example.com/v1\n",
        "5: teacher.base_url",
        "put the key into a variable",
    ),
    "a key in the query": (
        f"custom/m\n  base_url: https://example.com/v1?key={KEY}\n",
        "5: teacher.base_url",
        "a key belongs into api_key_env",
    ),
    "plain http": ("custom/m\n  base_url: http://example.com/v1\n", "5: teacher.base_url", "--allow-insecure"),
    "no address": ("custom/m\n  base_url: example.com/v1\n", "5: teacher.base_url", "this is no address"),
    "another scheme": ("custom/m\n  base_url: file:///etc/passwd\n", "5: teacher.base_url", "this is no address"),
    "a port that is none": ("custom/m\n  base_url: https://h:99999/v1\n", "5: teacher.base_url", "this is no address"),
    "half a host": ('custom/m\n  base_url: "https://[::1/v1"\n', "5: teacher.base_url", "this is no address"),
    "white space": ('custom/m\n  base_url: "https://h/v 1"\n', "5: teacher.base_url", "this is no address"),
    "no base_url": ("custom/m\n", "3: teacher.base_url", "custom needs a base_url"),
    "a seed that it takes not": ("anthropic/m\n  seed: 5\n", "5: teacher.seed", "anthropic takes no seed"),
    "too warm": ("anthropic/m\n  temperature: 1.5\n", "5: teacher.temperature", "anthropic takes at most 1"),
    "an effort that it knows not": (
        "openai/m\n  reasoning_effort: hihg\n",
        "5: teacher.reasoning_effort",
        "did you mean 'high'?",
    ),
    "an effort where there is none": (
        "anthropic/m\n  reasoning_effort: high\n",
        "5: teacher.reasoning_effort",
        "which takes none",
    ),
    "a field of ours": ("openai/m\n  extra_body: {n: 5}\n", "5: teacher.extra_body", "'n' is set by curate"),
    "a format that it has not": (
        "deepseek/m\n  extra_body: {response_format: {type: json_schema}}\n",
        "5: teacher.extra_body",
        "deepseek has no response_format json_schema; it has json_object",
    ),
    "the field of a seed": (
        "mistral/m\n  extra_body: {random_seed: 5}\n",
        "5: teacher.extra_body",
        "'random_seed' is set by curate",
    ),
}


@pytest.mark.parametrize("lines,place,words", REFUSED.values(), ids=list(REFUSED))
def test_refused_before_the_first_request(lines: str, place: str, words: str) -> None:
    """What a provider cannot do, and a key that would go astray, is an error at its place in the recipe."""
    with pytest.raises(RecipeError) as caught:
        plan_teachers(load_text(RECIPE + lines, name="r.yaml", base=Path()))
    said = str(caught.value)
    assert said.startswith(f"r.yaml:{place}: ")
    assert words in said
    assert KEY not in said


TAKEN: dict[str, tuple[str, str | None, str | None, str | None]] = {
    "a preset": ("openai", None, None, "OPENAI_API_KEY"),
    "a region of a preset": ("openai", "https://eu.api.openai.com/v1", None, "OPENAI_API_KEY"),
    "a resource of azure": ("azure", "https://mine.openai.azure.com", None, "AZURE_OPENAI_API_KEY"),
    "another host, another key": ("openai", "https://proxy.example.com/v1", "MY_KEY", "MY_KEY"),
    "a preset's key at the preset": ("custom", "https://api.openai.com/v1", "OPENAI_API_KEY", "OPENAI_API_KEY"),
    "one's own server": ("vllm", "http://127.0.0.1:9000/v1", None, "VLLM_API_KEY"),
    "one's own server elsewhere": ("vllm", "https://gpu.example.com/v1", None, None),
    "a server without a key": ("custom", "https://gpu.example.com/v1", None, None),
    "a loopback address in IPv6": ("vllm", "http://[::1]:9000/v1", None, "VLLM_API_KEY"),
}


@pytest.mark.parametrize("provider,base_url,named,variable", TAKEN.values(), ids=list(TAKEN))
def test_which_variable_goes_where(
    provider: str, base_url: str | None, named: str | None, variable: str | None
) -> None:
    """A preset's variable goes to the preset's hosts, one that the recipe names to the recipe's."""
    assert address_of(provider, base_url, named).key_env == variable


def test_plain_http_when_allowed() -> None:
    """Plain http goes to other machines only when the user allows it."""
    assert address_of("vllm", "http://10.0.0.5:8000/v1", None, allow_insecure=True).host == "10.0.0.5:8000"


def test_each_key_and_host_is_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is sent, each variable and the host that it goes to is said once, without the key."""
    monkeypatch.setenv(KEY_ENV, KEY)
    urls = ("https://a.example.com/v1", "https://b.example.com/v1", "https://a.example.com/v2")
    asked = Asked(model="custom/m", base_url=urls, api_key_env=KEY_ENV)
    teachers = (*make_teachers(asked), *make_teachers(asked), *make_teachers(Asked(model="vllm/m")))
    assert key_notices(teachers) == [
        f"the key in {KEY_ENV} goes to a.example.com",
        f"the key in {KEY_ENV} goes to b.example.com",
    ]


@pytest.mark.parametrize("value", [None, "", "  ", "two words", "caf\u00e9", "line\nbreak"])
def test_a_key_that_is_none(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is not set, or holds what no header can carry, stops the run and is named; its value is not."""
    monkeypatch.delenv(KEY_ENV, raising=False)
    if value is not None:
        monkeypatch.setenv(KEY_ENV, value)
    teachers = make_teachers(Asked(model="custom/m", base_url=("https://h.example.com/v1",), api_key_env=KEY_ENV))
    with pytest.raises(TeacherError) as caught:
        key_notices(teachers)
    assert KEY_ENV in str(caught.value)
    assert not value or not value.strip() or value not in str(caught.value)
