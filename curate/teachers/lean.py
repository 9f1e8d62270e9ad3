"""The lean way: bytes on an aiohttp session, to the address and with the headers that the SDK would use."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import aiohttp
from aiohttp.http_exceptions import ContentEncodingError
from yarl import URL

from curate import jsonlines
from curate.errors import TeacherError
from curate.records import JSON
from curate.teachers.failures import Failure, garbled
from curate.teachers.openai import Template
from curate.teachers.wire import Arrived, disconnected, timed_out

MAX_HEADER_BYTES = 64 * 1024
READ_BYTES = 256 * 1024
CLOSING = {"Connection": "close"}
KEEPALIVE_SECONDS = 5.0
"""Seconds that an idle connection is kept, as the SDK has it; servers that close after as many cut no request off."""


class Lean:
    """A wire of bytes; make it inside the event loop that uses it.

    Args:
        host: Whom errors name.
        completions: What every request for a completion has in common.
        models: Where the list of models is.
    """

    def __init__(self, host: str, completions: Template, models: str) -> None:
        self._host = host
        self._seconds = completions.read
        self._url = URL(completions.url, encoded=True)
        self._models = URL(models, encoded=True)
        self._proxy = completions.proxy
        self._session = aiohttp.ClientSession(
            # The engine decides how many requests are under way; a limit here would only hide them from it.
            connector=aiohttp.TCPConnector(limit=0, ssl=completions.tls, keepalive_timeout=KEEPALIVE_SECONDS),
            headers=completions.headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            # What the SDK gives a read we give the whole: it bounds every read, too, without a timer for each.
            timeout=aiohttp.ClientTimeout(total=completions.read, sock_connect=completions.connect),
            read_bufsize=READ_BYTES,
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
        )

    def post(self, body: JSON, *, stream: bool) -> AbstractAsyncContextManager[Arrived]:  # noqa: ARG002 - the body says it
        """Send a request for a completion."""
        return self._ask("POST", self._url, jsonlines.encode(body))

    def models(self) -> AbstractAsyncContextManager[Arrived]:
        """Ask what models there are."""
        return self._ask("GET", self._models, None)

    async def close(self) -> None:
        """Close every connection."""
        await self._session.close()

    @asynccontextmanager
    async def _ask(self, method: str, url: URL, data: bytes | None) -> AsyncIterator[Arrived]:
        # A list of models is asked for once. Some servers fail at it and close the connection without saying so; the
        # next request would find that out.
        headers = CLOSING if method == "GET" else None
        request = self._session.request(
            method, url, data=data, headers=headers, allow_redirects=False, proxy=self._proxy
        )
        try:
            async with request as response:
                yield Arrived(response.status, response.headers, response.content.iter_any())
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise failure_of_aiohttp(self._host, self._seconds, error) from None


def failure_of_aiohttp(host: str, seconds: float, error: Exception) -> Failure:  # noqa: PLR0911 - a table, a line a kind
    """Return what an exception of aiohttp means; its own text may hold headers, and is not repeated."""
    match error:
        case aiohttp.ConnectionTimeoutError():
            return timed_out(host, seconds, sent=False)
        case TimeoutError():
            return timed_out(host, seconds, sent=True)
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ServerFingerprintMismatch():
            return TeacherError(f"{host}: its certificate is not trusted")
        case aiohttp.ClientHttpProxyError():
            return TeacherError(f"{host}: the proxy in between refuses: HTTP {error.status}")
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError() | aiohttp.RedirectClientError():
            return TeacherError(f"{host}: this is no address that can be asked")
        case aiohttp.ClientConnectorError():
            return disconnected(host, f"no connection: {_why(error)}", sent=False)
        case aiohttp.ClientPayloadError() if isinstance(error.__cause__, ContentEncodingError):
            return garbled(host, "a reply whose compression is broken")
        case aiohttp.ClientResponseError():
            return garbled(host, "something that is no HTTP")
        case _:
            return disconnected(host, "the connection was cut", sent=True)


def _why(error: aiohttp.ClientConnectorError) -> str:
    return error.os_error.strerror or type(error.os_error).__name__
