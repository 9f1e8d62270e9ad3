"""The SDK is the reference: provider by provider, what is sent is what the SDK would send over the same socket."""

import asyncio
import gzip
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai
import pytest

from curate import jsonlines
from curate.errors import TeacherError
from curate.records import JSON, Message, Request, Sampling
from curate.teachers import PROVIDERS
from curate.teachers.addresses import address_of
from curate.teachers.endpoint import Endpoint
from curate.teachers.openai import proxy_of, template_of
from curate.teachers.providers import Provider
from curate.testing.exchanges import Received
from curate.testing.server import FakeServer
from tests.teachers.asking import KEY, KEY_ENV, answered, ask, failed, request_for, teacher_at
from tests.teachers.canned import SOUND, Canned
from tests.teachers.certificates import Certificate

NETWORKED = [name for name in PROVIDERS if name != "builtin"]
VERSION = "2025-01-01"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the machine changes what either side sends."""
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_BASE_URL", "OPENAI_CUSTOM_HEADERS", "OPENAI_LOG"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv(KEY_ENV, KEY)


def base_on(server: FakeServer, name: str) -> str:
    """Return a provider's address with its host replaced by the server."""
    path = urlsplit(PROVIDERS[name].base_url or "https://any/v1").path
    own = f"?api-version={VERSION}" if name == "azure" else ""
    return f"http://127.0.0.1:{server.port}{'' if name == 'azure' else path}{own}"


def sampling_for(row: Provider) -> Sampling:
    """Return sampling that uses every parameter that a provider takes."""
    return Sampling(
        model="tiny",
        temperature=0.5,
        top_p=0.9,
        max_tokens=77,
        seed=12345,
        reasoning_effort=(row.efforts or ("low",))[-1] if row.efforts != () else None,
    )


EXTRA: JSON = {"top_k": 20, "chat_template_kwargs": {"enable_thinking": True}, "stop": ["\u2028", "caf\u00e9"]}


def ours(server: FakeServer, name: str, *, stream: bool) -> Received:
    """Return what the server received from us."""
    teacher = teacher_at(base_on(server, name), f"{name}/tiny", api_key_env=KEY_ENV, stream=stream)
    base = request_for("What is 3 \u00d7 4?", extra_body=EXTRA)
    messages = (Message(role="system", content="Be brief."), *base.messages)
    request = Request(
        key="k",
        problem=base.problem,
        messages=messages,
        sampling=sampling_for(PROVIDERS[name]),
        sample=0,
        extra_body=EXTRA,
    )
    answered(teacher, request)
    return server.received[-1]


def of_the_sdk(server: FakeServer, name: str, *, stream: bool) -> Received:
    """Return what the server received from the SDK, used as its own documentation says."""
    row, sampling = PROVIDERS[name], sampling_for(PROVIDERS[name])
    keys: dict[str, Any] = {row.limit: sampling.max_tokens, "extra_body": {**row.extra_body, **EXTRA}}
    if row.seed == "seed":
        keys["seed"] = sampling.seed
    elif row.seed is not None:
        keys["extra_body"][row.seed] = sampling.seed
    if sampling.reasoning_effort is not None:
        keys["reasoning_effort"] = sampling.reasoning_effort
    if stream:
        keys |= {"stream": True} | ({"stream_options": {"include_usage": True}} if row.stream_usage else {})

    async def sent() -> None:
        async with sdk(base_on(server, name), name) as client:
            reply = await client.chat.completions.create(
                model="tiny",
                messages=[
                    {"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "What is 3 \u00d7 4?"},
                ],
                temperature=sampling.temperature,
                top_p=sampling.top_p,
                **keys,
            )
            if stream:
                async for _ in reply:
                    pass

    asyncio.run(sent())
    return server.received[-1]


def sdk(base_url: str, name: str) -> openai.AsyncOpenAI:
    """Return the SDK's client for a provider, as anybody would make it."""
    if name == "azure":
        return openai.AsyncAzureOpenAI(
            azure_endpoint=base_url.split("?", maxsplit=1)[0], api_version=VERSION, api_key=KEY, max_retries=0
        )
    return openai.AsyncOpenAI(base_url=base_url, api_key=KEY, max_retries=0)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("name", NETWORKED)
def test_a_request_is_that_of_the_sdk(name: str, *, stream: bool) -> None:
    """Method, path, query, every header and the body are those of the SDK's own call."""
    with FakeServer() as server:
        got, reference = ours(server, name, stream=stream), of_the_sdk(server, name, stream=stream)
    assert (got.method, got.path) == (reference.method, reference.path)
    assert jsonlines.decode(got.body) == jsonlines.decode(reference.body)
    assert without_length(got) == without_length(reference)
    assert got.headers["content-length"] == str(len(got.body))


def without_length(received: Received) -> dict[str, str]:
    """Return the headers but the length of the body, in which white space and escapes may differ."""
    return {name: value for name, value in received.headers.items() if name != "content-length"}


@pytest.mark.parametrize("name", [name for name in NETWORKED if PROVIDERS[name].base_url])
def test_the_address_is_that_of_the_sdk(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a preset's own address and key, URL and authorization are those that the SDK would use."""
    row = PROVIDERS[name]
    monkeypatch.setenv(str(row.key_env), KEY)
    address = address_of(name, None, None)
    template = asyncio.run(template_of(address, address.key(), 600.0))
    assert template.url == f"{row.base_url}/chat/completions"
    assert template.headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(template)


def test_time_outs_are_those_of_the_sdk() -> None:
    """With the usual time limit, connecting and reading may take as long as the SDK lets them."""
    template = asyncio.run(template_of(address_of("vllm", None, None), address_of("vllm", None, None).key(), 600.0))
    assert isinstance(openai.DEFAULT_TIMEOUT, httpx2.Timeout)
    assert (template.connect, template.read) == (openai.DEFAULT_TIMEOUT.connect, openai.DEFAULT_TIMEOUT.read)


OF_OPENAI = (
    "OPENAI_ADMIN_KEY",
    "OPENAI_API_KEY",
    "OPENAI_API_TYPE",
    "OPENAI_ORG_ID",
    "OPENAI_PROJECT_ID",
    "OPENAI_WEBHOOK_SECRET",
    "AZURE_OPENAI_AD_TOKEN",
    "AZURE_OPENAI_API_KEY",
)
"""Variables that the SDK reads."""


@pytest.mark.parametrize("name", NETWORKED)
def test_what_belongs_to_openai_stays_there(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the environment holds for OpenAI goes to another host, whatever the provider is called."""
    for variable in OF_OPENAI:
        monkeypatch.setenv(variable, "belongs-to-openai")
    monkeypatch.setenv(
        "OPENAI_CUSTOM_HEADERS",
        "X-Mine: belongs-to-openai\nAuthorization: belongs-to-openai\napi-key: belongs-to-openai",
    )
    with FakeServer() as server:
        got = ours(server, name, stream=False)
    assert "belongs-to-openai" not in repr(got)
    assert KEY in repr(got.headers)


def test_openai_gets_what_belongs_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenAI itself gets organization, project and headers from the environment, as the SDK has it."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: mine")
    address = address_of("openai", None, None)
    headers = asyncio.run(template_of(address, address.key(), 600.0)).headers
    expected = {"openai-organization": "org-1", "openai-project": "proj-1", "x-mine": "mine"}
    assert {key: value for key, value in headers.items() if key in expected} == expected


def test_without_a_key_none_is_sent() -> None:
    """A server that wants no key gets no authorization, not a made-up one."""
    with FakeServer() as server:
        answered(teacher_at(server.url, "vllm/tiny"))
    assert "authorization" not in server.received[-1].headers


COMPRESSED = {
    "gzip": gzip.compress(jsonlines.encode(SOUND)),
    "deflate": zlib.compress(jsonlines.encode(SOUND)),
}


@pytest.mark.parametrize("coding", COMPRESSED)
def test_compression(coding: str) -> None:
    """A reply may be compressed in every way that the SDK says it accepts."""
    with Canned(COMPRESSED[coding], headers={"Content-Encoding": coding}) as server:
        reply = answered(teacher_at(server.url)).reply
    assert reply.content == "It is 12."
    assert coding in server.received[-1].headers["accept-encoding"].split(", ")


def test_compression_is_that_of_the_sdk() -> None:
    """No coding is accepted that these tests do not try."""
    with FakeServer() as server:
        got = of_the_sdk(server, "custom", stream=False)
    assert set(got.headers["accept-encoding"].split(", ")) == set(COMPRESSED)


def test_broken_compression_is_garbled() -> None:
    """A reply whose compression is broken has arrived, and is no reply."""
    with Canned(b"\x1f\x8b not gzip at all", headers={"Content-Encoding": "gzip"}) as server:
        failure = failed(teacher_at(server.url))
    assert getattr(failure, "kind", None) == "garbled"


PROXIES: dict[str, tuple[dict[str, str], str]] = {
    "none": ({}, "https://api.example.com/v1"),
    "https": ({"HTTPS_PROXY": "http://proxy:3128"}, "https://api.example.com/v1"),
    "another scheme": ({"HTTP_PROXY": "http://proxy:3128"}, "https://api.example.com/v1"),
    "all": ({"ALL_PROXY": "http://proxy:3128"}, "https://api.example.com/v1"),
    "own before all": ({"ALL_PROXY": "http://a:1", "HTTPS_PROXY": "http://b:2"}, "https://api.example.com/v1"),
    "small letters": ({"https_proxy": "http://proxy:3128"}, "https://api.example.com/v1"),
    "without a scheme": ({"HTTPS_PROXY": "proxy:3128"}, "https://api.example.com/v1"),
    "not for this host": ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "api.example.com"}, "https://api.example.com/v1"),
    "not for its domain": ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": ".example.com"}, "https://api.example.com/v1"),
    "for others not": ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "other.org"}, "https://api.example.com/v1"),
    "for nobody": ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, "https://api.example.com/v1"),
    "not for this machine": ({"HTTP_PROXY": "http://p:1", "NO_PROXY": "localhost,127.0.0.1"}, "http://localhost:8000"),
    "for this machine, too": ({"HTTP_PROXY": "http://p:1"}, "http://localhost:8000"),
}


@pytest.mark.parametrize("variables,url", PROXIES.values(), ids=list(PROXIES))
def test_proxies_are_those_of_the_sdk(variables: dict[str, str], url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's proxy is used, and passed by, exactly where the SDK does; it does not say so in public."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    client = openai.DefaultAsyncHttpxClient()
    transport: Any = client._transport_for_url(httpx2.URL(url))  # noqa: SLF001 - nothing public tells it
    expected = None if transport is client._transport else transport._pool._proxy_url  # noqa: SLF001 - likewise
    found = proxy_of(url)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert urlsplit(found).hostname == expected.host.decode()
        assert urlsplit(found).port == expected.port


def test_a_request_goes_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy is asked for the endpoint, with its own login, which goes no further."""
    with Canned() as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://user:password@localhost:{proxy.port}")
        reply = answered(teacher_at("http://model.localhost:9/v1")).reply
    assert reply.content == "It is 12."
    assert proxy.received[0].path == "http://model.localhost:9/v1/chat/completions"
    assert proxy.received[0].headers["proxy-authorization"] == "Basic dXNlcjpwYXNzd29yZA=="


def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of a kind that is not installed stops the run, and its password is not told."""
    monkeypatch.setenv("ALL_PROXY", "socks5://user:password@localhost:9")
    failure = failed(teacher_at("http://localhost:9/v1"))
    assert isinstance(failure, TeacherError)
    assert "proxy" in str(failure)
    assert "password" not in str(failure)


def test_certificates_are_trusted_as_by_the_sdk(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate is trusted where SSL_CERT_FILE says so, by us as by the SDK, and else by neither."""
    with Canned(tls=certificate.context()) as server:
        untrusted = failed(teacher_at(server.url))
        with pytest.raises(openai.APIConnectionError):
            asyncio.run(asked_by_the_sdk(server.url))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
        asyncio.run(asked_by_the_sdk(server.url))
        reply = answered(teacher_at(server.url)).reply
    assert isinstance(untrusted, TeacherError)
    assert "certificate is not trusted" in str(untrusted)
    assert reply.content == "It is 12."


async def asked_by_the_sdk(base_url: str) -> None:
    """Ask once, with the SDK's own call."""
    async with sdk(base_url, "custom") as client:
        await client.chat.completions.create(model="tiny", messages=[{"role": "user", "content": "?"}])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    """A redirect ends the run: the key would go along to whoever it names."""
    with Canned() as other, Canned(b"", status=status, headers={"Location": other.url}) as server:
        failure = failed(teacher_at(server.url))
    assert isinstance(failure, TeacherError)
    assert "redirect" in str(failure)
    assert other.received == []


def test_nothing_is_tried_again() -> None:
    """However often a request fails, the wire sends it once: the engine decides, and counts."""
    for model in ("custom/tiny", "azure/tiny"):
        with Canned(b"{}", status=503) as server:
            ask(teacher_at(server.url, model, api_key_env=KEY_ENV))
        assert len(server.received) == 1


def test_no_import_before_the_first_request() -> None:
    """A teacher is made, and named, without the SDK or aiohttp."""
    code = (
        "import sys; from curate.teachers import make_teachers; from curate.recipe.teacher import Teacher;"
        "print(make_teachers(Teacher(model='openai/gpt-4o'))); print({'openai', 'aiohttp', 'httpx2'} & {*sys.modules})"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert ended.stdout.splitlines() == ["(Endpoint(openai at api.openai.com),)", "set()"]


def test_an_endpoint_shows_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an address nor a teacher nor a key shows the key."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    address = address_of("openai", None, None)
    assert KEY not in repr(address) + repr(Endpoint(address)) + repr(address.key()) + str(address.notice())
