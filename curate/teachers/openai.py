"""The SDK: what it would send is what we send, and where its own call is needed it makes it.

The one place that imports `openai`. A request of the SDK is caught before it leaves: its method, address and headers
are those of all requests that the lean way sends (`lean.py`).
"""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2
import openai

from curate.errors import TeacherError
from curate.protocols import RequestFailedError
from curate.records import JSON
from curate.teachers.addresses import API_VERSION, NO_KEY, Address, Secret, belongs
from curate.teachers.failures import Failure, failure_of, garbled
from curate.teachers.providers import PROVIDERS
from curate.teachers.wire import Arrived, disconnected, timed_out

COMPLETIONS = "/chat/completions"
AZURE_VERSION = "2024-10-21"
"""The version of Azure's interface that is asked for when neither the address nor OPENAI_API_VERSION names one."""
CONNECT_SECONDS = 5.0
"""Seconds until a connection must stand, as the SDK has it."""
_ON_THE_WAY = ("host", "content-length")
"""Headers that belong to one message and are made for each."""


@dataclass(frozen=True)
class Template:
    """What every request to an endpoint has in common, as the SDK made it."""

    url: str
    """Where it goes."""
    headers: dict[str, str] = field(repr=False)
    """Its headers, the key among them."""
    connect: float
    """Seconds until a connection must stand."""
    read: float
    """Seconds until the next bytes must have come."""
    tls: ssl.SSLContext = field(repr=False)
    """Whom it trusts."""
    proxy: str | None = field(repr=False)
    """The proxy in between, or None."""


class _Catcher(httpx2.AsyncBaseTransport):
    """Keeps the request that the SDK would send, and sends nothing."""

    def __init__(self) -> None:
        self.caught: httpx2.Request | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.caught = request
        return httpx2.Response(200, json={}, request=request)


async def template_of(address: Address, key: Secret, seconds: float) -> Template:
    """Return what the SDK would send to an address, the body apart."""
    catcher = _Catcher()
    async with client_of(address, key, seconds, openai.DefaultAsyncHttpxClient(transport=catcher)) as client:
        body = {"model": "model", "messages": []}
        await client.post(COMPLETIONS, cast_to=httpx2.Response, body=body, options=_options(key))
    request = catcher.caught
    assert request is not None
    times = request.extensions["timeout"]
    url = str(request.url)
    return Template(
        url=url,
        headers={name: value for name, value in request.headers.items() if name not in _ON_THE_WAY},
        connect=times["connect"],
        read=times["read"],
        tls=httpx2.create_ssl_context(),
        proxy=proxy_of(url),
    )


def client_of(
    address: Address, key: Secret, seconds: float, http_client: httpx2.AsyncClient | None = None
) -> openai.AsyncOpenAI:
    """Return the SDK's client for an address; it never retries, and takes nothing from the environment but proxies."""
    settings: dict[str, Any] = {
        "max_retries": 0,
        # Whole seconds as an integer: the SDK says them in a header, as they were given.
        "timeout": httpx2.Timeout(
            int(seconds) if seconds.is_integer() else seconds, connect=min(CONNECT_SECONDS, seconds)
        ),
        "http_client": http_client,
    }
    if address.provider == "azure":
        base = urlsplit(address.base_url)
        version = parse_qs(base.query).get(API_VERSION, [os.environ.get("OPENAI_API_VERSION") or AZURE_VERSION])[0]
        return openai.AsyncAzureOpenAI(
            azure_endpoint=f"{base.scheme}://{base.netloc}",
            api_version=version,
            api_key=key.reveal(),
            default_headers=_headers(address, {"api-key": key.reveal()}),
            **settings,
        )
    own = {} if key is NO_KEY else {"Authorization": f"Bearer {key.reveal()}"}
    return openai.AsyncOpenAI(
        base_url=address.base_url,
        api_key=key.reveal() or "none",
        default_headers=_headers(address, own),
        **settings,
    )


def _headers(address: Address, own: dict[str, str]) -> dict[str, Any]:
    """Return our own headers, and those that keep what the environment holds for OpenAI from going to anybody else."""
    if belongs(urlsplit(address.base_url).hostname or "", PROVIDERS["openai"]):
        return {**own}
    lines = os.environ.get("OPENAI_CUSTOM_HEADERS", "").split("\n")
    names = [line.partition(":")[0].strip() for line in lines if ":" in line]
    ours = {name.lower() for name in own}
    foreign = [name for name in (*names, "OpenAI-Organization", "OpenAI-Project") if name.lower() not in ours]
    return dict.fromkeys(foreign, openai.Omit()) | own


def _options(key: Secret) -> Any:  # noqa: ANN401 - a type that the SDK keeps to itself
    """Return the options of every call: redirects are not followed, and where there is no key none is sent."""
    headers = {"Authorization": openai.Omit()} if key is NO_KEY else {}
    return {"follow_redirects": False, "headers": headers}


def proxy_of(url: str) -> str | None:
    """Return the proxy that the environment names for an address, or None."""
    parts = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxies.get("no") == "*" or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


class OwnCall:
    """A wire whose requests the SDK itself sends: for tokens that are refreshed, and paths that are odd.

    Args:
        address: The endpoint.
        key: Its key.
        seconds: How long a request may take.
    """

    def __init__(self, address: Address, key: Secret, seconds: float) -> None:
        self._host = address.host
        self._seconds = seconds
        self._key = key
        try:
            self._client = client_of(address, key, seconds)
        except (ImportError, ValueError, httpx2.InvalidURL):  # its text may hold the login of the proxy
            raise TeacherError(f"{address.host}: the proxy that the environment names cannot be used") from None

    @asynccontextmanager
    async def post(self, body: JSON, *, stream: bool) -> AsyncIterator[Arrived]:
        """Send a request for a completion."""
        async with self._explained():
            # With a stream the SDK would hand on pieces of its own making; asked for the response it gives it unread.
            response: Any = await self._client.post(
                COMPLETIONS,
                cast_to=httpx2.Response,
                body=body,
                options=_options(self._key),
                stream=stream,
                stream_cls=openai.AsyncStream[Any] if stream else None,
            )
            async with self._closing(response) as arrived:
                yield arrived

    @asynccontextmanager
    async def models(self) -> AsyncIterator[Arrived]:
        """Ask what models there are."""
        async with self._explained():
            response = await self._client.get("/models", cast_to=httpx2.Response, options=_options(self._key))
            async with self._closing(response) as arrived:
                yield arrived

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()

    @asynccontextmanager
    async def _closing(self, response: httpx2.Response) -> AsyncIterator[Arrived]:
        try:
            yield Arrived(response.status_code, response.headers, response.aiter_bytes())
        finally:
            await response.aclose()

    @asynccontextmanager
    async def _explained(self) -> AsyncIterator[None]:
        try:
            # The time-out of the SDK is one for each read; a reply that drips in would never reach it.
            async with asyncio.timeout(self._seconds):
                yield
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL) as error:
            raise failure_of_sdk(self._host, self._seconds, error, self._key) from None
        except TimeoutError:
            raise timed_out(self._host, self._seconds, sent=True) from None
        except UnicodeEncodeError:
            raise RequestFailedError(f"{self._host}: half a character in the prompt cannot be sent") from None


def failure_of_sdk(host: str, seconds: float, error: Exception, key: Secret = NO_KEY) -> Failure:  # noqa: PLR0911 - a table, a line a kind
    """Return what an exception of the SDK, or of the library below it, means."""
    match error:
        case openai.APITimeoutError() | httpx2.TimeoutException():
            return timed_out(host, seconds, sent=not isinstance(_cause(error), httpx2.ConnectTimeout))
        case openai.APIConnectionError() | httpx2.HTTPError():
            return _cut(host, _cause(error))
        case openai.APIStatusError():
            return failure_of(host, error.status_code, error.response.headers, key.scrub_bytes(error.response.content))
        case openai.APIResponseValidationError() | httpx2.StreamError():
            return garbled(host, "a reply that is no completion")
        case openai.LengthFinishReasonError() | openai.ContentFilterFinishReasonError():
            return RequestFailedError(f"{host}: the reply ended early", billed=True)
        case openai.APIError():
            return RequestFailedError(f"{host}: an error instead of a reply", "overloaded", billed=None)
        case _:
            return TeacherError(f"{host}: the SDK cannot send anything: {type(error).__name__}")


def _cause(error: Exception) -> BaseException:
    return error.__cause__ or error


def _cut(host: str, cause: BaseException) -> Failure:
    sent = not isinstance(cause, httpx2.ConnectError | httpx2.ProxyError | httpx2.UnsupportedProtocol)
    if isinstance(cause, httpx2.ConnectError) and "CERTIFICATE_VERIFY_FAILED" in str(cause):
        return TeacherError(f"{host}: its certificate is not trusted")
    return disconnected(host, "the connection was cut" if sent else "no connection", sent=sent)
