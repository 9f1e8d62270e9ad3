"""What endpoints and libraries say when something goes wrong, and what becomes of the request: one table each."""

import inspect
import ssl
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx2
import openai
import pytest
from aiohttp.client_reqrep import ConnectionKey
from yarl import URL

from curate import jsonlines
from curate.errors import TeacherError
from curate.protocols import FailureKind, RequestFailedError
from curate.records import JSON
from curate.teachers.failures import failure_inside, failure_of
from curate.teachers.lean import failure_of_aiohttp
from curate.teachers.openai import failure_of_sdk
from curate.teachers.pace import LONGEST_WAIT
from curate.teachers.replies import reply_of
from tests.teachers.asking import KEY, KEY_ENV, failed, teacher_at
from tests.teachers.canned import Canned

HOST = "api.example.com"
EVERY = None
"""What stands for a `TeacherError`: every request would get it, so the run stops."""


def error(message: str = "Something.", **fields: object) -> bytes:
    """Return the body of an error as OpenAI words it."""
    return jsonlines.encode({"error": {"message": message, **fields}})


STATUSES: dict[str, tuple[int, bytes, FailureKind | None]] = {
    "wrong key": (401, error("Incorrect API key provided", code="invalid_api_key"), EVERY),
    "no credit": (402, error("Insufficient Balance"), EVERY),
    "not let in": (403, error("Country not supported"), EVERY),
    "unknown model": (404, error("The model `x` does not exist", code="model_not_found"), EVERY),
    "unknown path": (404, b"<html>nothing here</html>", EVERY),
    "wrong method": (405, b"", EVERY),
    "proxy wants a login": (407, b"", EVERY),
    "unknown model as bad request": (400, error("Invalid model: x", type="invalid_model"), EVERY),
    "unknown parameter": (400, error("Unrecognized request argument supplied: foo"), EVERY),
    "unsupported parameter": (400, error("Use max_completion_tokens", code="unsupported_parameter"), EVERY),
    "parameter of another shape": (422, b'{"detail":[{"type":"extra_forbidden","loc":["body","x"]}]}', EVERY),
    "no quota": (429, error("You exceeded your current quota", code="insufficient_quota"), EVERY),
    "no quota by type": (429, error("You exceeded it", type="insufficient_quota"), EVERY),
    "too many": (429, error("Rate limit reached", code="rate_limit_exceeded"), "rate_limited"),
    "too many, in plain text": (429, b"slow down", "rate_limited"),
    "context length": (400, error("...", code="context_length_exceeded"), "refused"),
    "context length in words": (400, error("This model's maximum context length is 8192 tokens"), "refused"),
    "context length, and a model": (400, error("maximum context length of the model is invalid model x"), "refused"),
    "too large": (413, b"", "refused"),
    "content filter": (400, error("The response was filtered", code="content_filter"), "refused"),
    "content filter, forbidden": (403, error("flagged by moderation"), "refused"),
    "another bad request": (400, error("messages must not be empty"), "refused"),
    "unprocessable": (422, error("no"), "refused"),
    "time-out of the server": (408, b"", "timed_out"),
    "conflict": (409, b"", "overloaded"),
    "too early": (425, b"", "overloaded"),
    "trouble": (500, error("The server had an error"), "overloaded"),
    "bad gateway": (502, b"<html>bad gateway</html>", "overloaded"),
    "away": (503, b"", "overloaded"),
    "gateway time-out": (504, b"", "timed_out"),
    "overloaded": (529, b'{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', "overloaded"),
    "gateway waited too long": (524, b"", "timed_out"),
    "not implemented": (501, b"", EVERY),
    "redirect": (307, b"", EVERY),
}


def outcome(failure: Exception) -> FailureKind | None:
    """Return the kind of a failure of one request, or None for one of all requests."""
    assert isinstance(failure, RequestFailedError | TeacherError)
    return failure.kind if isinstance(failure, RequestFailedError) else EVERY


@pytest.mark.parametrize("status,body,expected", STATUSES.values(), ids=list(STATUSES))
def test_status(status: int, body: bytes, expected: FailureKind | None) -> None:
    """Each status, with what its body says, is a failure of one request or of all of them."""
    failure = failure_of(HOST, status, {}, body)
    assert outcome(failure) == expected
    assert str(failure).startswith(f"{HOST}: HTTP {status}: ")
    if isinstance(failure, RequestFailedError):
        assert failure.billed is (None if status in {408, 504, 524} else False)


MESSAGES: dict[str, tuple[bytes, str]] = {
    "usual": (error("The reason."), "The reason."),
    "text": (b'{"error":"The reason."}', "The reason."),
    "detail": (b'{"detail":"The reason."}', "The reason."),
    "message": (b'{"message":"The reason.","object":"error"}', "The reason."),
    "list": (b'[{"error":{"message":"The reason."}}]', "The reason."),
    "nested": (b'{"error":{"error":{"message":"The reason."}}}', "The reason."),
    "plain": (b"The\n reason.", "The reason."),
    "no message": (b'{"error":{"reason":"x"}}', '{"reason":"x"}'),
    "nothing": (b"", "nothing more is said"),
    "not text": (b"\xff\xfe", "\ufffd\ufffd"),
    "long": (error("x" * 10_000), f"{'x' * 300} ..."),
    "null": (b"null", "null"),
    "empty list": (b"[]", "[]"),
}


@pytest.mark.parametrize("body,said", MESSAGES.values(), ids=list(MESSAGES))
def test_message(body: bytes, said: str) -> None:
    """What an error's body says is told in one short line, whatever its shape."""
    assert str(failure_of(HOST, 500, {}, body)) == f"{HOST}: HTTP 500: {said}"


def test_a_body_of_any_size_is_read_quickly() -> None:
    """A body of megabytes, nested as deep as it goes, is one short line, too."""
    assert len(str(failure_of(HOST, 500, {}, b"[" * 5_000_000))) < 400


WAITS: dict[str, tuple[dict[str, str], float | None]] = {
    "not said": ({}, None),
    "seconds": ({"retry-after": "7"}, 7.0),
    "milliseconds before seconds": ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
    "garbage": ({"retry-after": "soon"}, None),
    "negative": ({"retry-after": "-3"}, 0.0),
    "endless": ({"retry-after": "1e12"}, LONGEST_WAIT),
    "not a number": ({"retry-after": "nan"}, None),
}


@pytest.mark.parametrize("headers,wait", WAITS.values(), ids=list(WAITS))
def test_pace_comes_with_the_failure(headers: Mapping[str, str], wait: float | None) -> None:
    """How long to wait travels with the refusal."""
    failure = failure_of(HOST, 429, headers, b"")
    assert isinstance(failure, RequestFailedError)
    assert failure.pace.retry_after == wait


REPLIES: dict[str, tuple[bytes, FailureKind | None, str]] = {
    "no JSON": (b'{"choices": [', "garbled", "no JSON object"),
    "empty": (b"  ", "garbled", "an empty reply"),
    "HTML": (b"<!doctype html><p>Log in</p>", "garbled", "HTML"),
    "a list": (b"[]", "garbled", "an array, not an object"),
    "a text": (b'"hi"', "garbled", "a string, not an object"),
    "NaN": (b'{"choices":[{"message":{"content":NaN}}]}', "garbled", "NaN is no JSON"),
    "not UTF-8": (b'{"choices":"\xff"}', "garbled", "invalid UTF-8"),
    "choices missing": (b"{}", "garbled", "no choices"),
    "choices null": (b'{"choices":null}', "garbled", "no choices"),
    "choices empty": (b'{"choices":[]}', "garbled", "no choices"),
    "choices no list": (b'{"choices":{"0":{}}}', "garbled", "no choices"),
    "no message": (b'{"choices":[{"finish_reason":"stop"}]}', "garbled", "no message"),
    "null message": (b'{"choices":[{"message":null}]}', "garbled", "no message"),
    "a choice that is none": (b'{"choices":[7]}', "garbled", "no message"),
    "null content": (b'{"choices":[{"message":{"content":null},"finish_reason":"stop"}]}', "garbled", "null content"),
    "content a number": (b'{"choices":[{"message":{"content":5}}]}', "garbled", "content is no text"),
    "an error instead": (error("upstream", code=502), "overloaded", "HTTP 502: upstream"),
    "an error in words": (b'{"error":"busy"}', "overloaded", "busy"),
    "no quota": (error("none", type="insufficient_quota"), EVERY, "no quota left"),
    "wrong key inside": (error("bad key", code=401), EVERY, "key"),
    "an error in the choice": (
        b'{"choices":[{"message":{"content":""},"error":{"message":"cut","code":502}}]}',
        "overloaded",
        "HTTP 502: cut",
    ),
}


@pytest.mark.parametrize("body,expected,words", REPLIES.values(), ids=list(REPLIES))
def test_what_comes_with_200(body: bytes, expected: FailureKind | None, words: str) -> None:
    """Whatever is no reply, though its status is 200, has its kind and says what came."""
    with pytest.raises((RequestFailedError, TeacherError)) as caught:
        reply_of(HOST, body)
    assert outcome(caught.value) == expected
    assert words in str(caught.value)


SOUND: dict[str, JSON] = {
    "empty text": {"message": {"content": ""}, "finish_reason": "stop"},
    "thinking alone": {"message": {"content": None, "reasoning": "3 * 4"}, "finish_reason": "length"},
    "cut before a word": {"message": {"content": None}, "finish_reason": "length"},
    "filtered": {"message": {"content": None}, "finish_reason": "content_filter"},
    "refused by the model": {"message": {"content": None, "refusal": "I cannot."}, "finish_reason": "stop"},
    "a tool's call": {"message": {"content": None, "tool_calls": [{"id": "1"}]}, "finish_reason": "tool_calls"},
    "parts": {"message": {"content": [{"type": "text", "text": "It is 12."}]}},
    "a reason that nobody knows": {"message": {"content": "It is 12."}, "finish_reason": "bored"},
    "a reason that is no text": {"message": {"content": "It is 12."}, "finish_reason": 7},
    "usage that is no object": {"message": {"content": "It is 12."}},
}


@pytest.mark.parametrize("choice", SOUND.values(), ids=list(SOUND))
def test_what_is_a_reply(choice: JSON) -> None:
    """A reply that was paid for is kept, however little it says: judging it comes later."""
    reply_of(HOST, jsonlines.encode({"choices": [choice], "usage": [1]}))


_REQUEST = httpx2.Request("POST", "https://api.example.com/v1/chat/completions")


def _response(status: int, body: bytes = b"") -> httpx2.Response:
    return httpx2.Response(status, request=_REQUEST, content=body)


def _of_status(kind: type[openai.APIStatusError], status: int, body: bytes = b"") -> openai.APIStatusError:
    return kind("m", response=_response(status, body), body=None)


def _caused(by: Exception, kind: type[openai.APIConnectionError] = openai.APIConnectionError) -> Exception:
    try:
        raise kind(request=_REQUEST) from by
    except openai.APIConnectionError as raised:
        return raised


_COMPLETION: Any = SimpleNamespace(usage=None)
OF_THE_SDK: dict[str, tuple[Exception, FailureKind | None, bool | None]] = {
    "OpenAIError": (openai.OpenAIError("no key"), EVERY, None),
    "APIError": (openai.APIError("m", request=_REQUEST, body=None), "overloaded", None),
    "APIStatusError": (_of_status(openai.APIStatusError, 418), "refused", False),
    "APIConnectionError": (_caused(httpx2.ReadError("cut")), "disconnected", None),
    "APITimeoutError": (openai.APITimeoutError(request=_REQUEST), "timed_out", None),
    "APIResponseValidationError": (
        openai.APIResponseValidationError(response=_response(200), body=None),
        "garbled",
        True,
    ),
    "BadRequestError": (_of_status(openai.BadRequestError, 400), "refused", False),
    "AuthenticationError": (_of_status(openai.AuthenticationError, 401), EVERY, None),
    "PermissionDeniedError": (_of_status(openai.PermissionDeniedError, 403), EVERY, None),
    "NotFoundError": (_of_status(openai.NotFoundError, 404), EVERY, None),
    "ConflictError": (_of_status(openai.ConflictError, 409), "overloaded", False),
    "UnprocessableEntityError": (_of_status(openai.UnprocessableEntityError, 422), "refused", False),
    "RateLimitError": (_of_status(openai.RateLimitError, 429), "rate_limited", False),
    "InternalServerError": (_of_status(openai.InternalServerError, 500), "overloaded", False),
    "LengthFinishReasonError": (openai.LengthFinishReasonError(completion=_COMPLETION), "refused", True),
    "ContentFilterFinishReasonError": (openai.ContentFilterFinishReasonError(), "refused", True),
    "OAuthError": (openai.OAuthError(response=_response(401), body=None), EVERY, None),
    "InvalidWebhookSignatureError": (openai.InvalidWebhookSignatureError("m"), EVERY, None),
    "WebSocketConnectionClosedError": (
        openai.WebSocketConnectionClosedError("m", unsent_messages=[]),
        EVERY,
        None,
    ),
    "WebSocketQueueFullError": (openai.WebSocketQueueFullError("m"), EVERY, None),
}


@pytest.mark.parametrize("raised,expected,billed", OF_THE_SDK.values(), ids=list(OF_THE_SDK))
def test_exception_of_the_sdk(raised: Exception, expected: FailureKind | None, billed: bool | None) -> None:  # noqa: FBT001 - a column of the table
    """Each exception that the SDK exports is a failure of one request or of all of them."""
    failure = failure_of_sdk(HOST, 5.0, raised)
    assert outcome(failure) == expected
    assert isinstance(failure, TeacherError) or failure.billed is billed


def exported(module: Any) -> set[str]:  # noqa: ANN401 - a module
    """Return the exceptions that a module exports."""
    classes = inspect.getmembers(module, inspect.isclass)
    return {name for name, kind in classes if issubclass(kind, BaseException) and not name.startswith("_")}


def test_every_exception_of_the_sdk_is_in_the_table() -> None:
    """A new release that exports another exception is noticed here."""
    assert exported(openai) == set(OF_THE_SDK)


_KEY = ConnectionKey(
    "api.example.com", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
)
_INFO: Any = SimpleNamespace(real_url=URL("https://api.example.com/"))
_OF_STATUS = {"request_info": _INFO, "history": (), "status": 502}
OF_AIOHTTP: dict[str, tuple[Exception, FailureKind | None, bool | None]] = {
    "ClientError": (aiohttp.ClientError(), "disconnected", None),
    "ClientConnectionError": (aiohttp.ClientConnectionError(), "disconnected", None),
    "ClientConnectionResetError": (aiohttp.ClientConnectionResetError(), "disconnected", None),
    "ClientOSError": (aiohttp.ClientOSError(), "disconnected", None),
    "ServerConnectionError": (aiohttp.ServerConnectionError(), "disconnected", None),
    "ServerDisconnectedError": (aiohttp.ServerDisconnectedError(), "disconnected", None),
    "ClientPayloadError": (aiohttp.ClientPayloadError(), "disconnected", None),
    "ClientConnectorError": (aiohttp.ClientConnectorError(_KEY, OSError(111, "refused")), "disconnected", False),
    "ClientConnectorDNSError": (aiohttp.ClientConnectorDNSError(_KEY, OSError(1, "no")), "disconnected", False),
    "ClientProxyConnectionError": (aiohttp.ClientProxyConnectionError(_KEY, OSError(1, "no")), "disconnected", False),
    "ClientSSLError": (aiohttp.ClientSSLError(_KEY, OSError(1, "no")), "disconnected", False),
    "ClientConnectorSSLError": (aiohttp.ClientConnectorSSLError(_KEY, OSError(1, "no")), "disconnected", False),
    "ClientConnectorCertificateError": (
        aiohttp.ClientConnectorCertificateError(_KEY, ssl.SSLCertVerificationError()),
        EVERY,
        None,
    ),
    "ServerFingerprintMismatch": (aiohttp.ServerFingerprintMismatch(b"", b"", "h", 1), EVERY, None),
    "ServerTimeoutError": (aiohttp.ServerTimeoutError(), "timed_out", None),
    "SocketTimeoutError": (aiohttp.SocketTimeoutError(), "timed_out", None),
    "ConnectionTimeoutError": (aiohttp.ConnectionTimeoutError(), "timed_out", False),
    "ClientResponseError": (aiohttp.ClientResponseError(**_OF_STATUS), "garbled", True),
    "ContentTypeError": (aiohttp.ContentTypeError(**_OF_STATUS), "garbled", True),
    "ClientHttpProxyError": (aiohttp.ClientHttpProxyError(**_OF_STATUS), EVERY, None),
    "TooManyRedirects": (aiohttp.TooManyRedirects(**_OF_STATUS), "garbled", True),
    "InvalidURL": (aiohttp.InvalidURL("x"), EVERY, None),
    "InvalidUrlClientError": (aiohttp.InvalidUrlClientError("x"), EVERY, None),
    "InvalidUrlRedirectClientError": (aiohttp.InvalidUrlRedirectClientError("x"), EVERY, None),
    "NonHttpUrlClientError": (aiohttp.NonHttpUrlClientError("x"), EVERY, None),
    "NonHttpUrlRedirectClientError": (aiohttp.NonHttpUrlRedirectClientError("x"), EVERY, None),
    "RedirectClientError": (aiohttp.RedirectClientError("x"), EVERY, None),
}
_NOT_OF_REQUESTS = {
    "BadContentDispositionHeader",
    "BadContentDispositionParam",
    "EofStream",
    "UploadAbortedError",
    "WSMessageTypeError",
    "WSServerHandshakeError",
    "WebSocketError",
}
"""Exceptions of web sockets, multipart bodies and streams, which a request for a completion never meets."""


@pytest.mark.parametrize("raised,expected,billed", OF_AIOHTTP.values(), ids=list(OF_AIOHTTP))
def test_exception_of_aiohttp(raised: Exception, expected: FailureKind | None, billed: bool | None) -> None:  # noqa: FBT001 - a column of the table
    """Each exception of the lean way is a failure of one request or of all of them, and its own text is not told."""
    failure = failure_of_aiohttp(HOST, 5.0, raised)
    assert outcome(failure) == expected
    assert isinstance(failure, TeacherError) or failure.billed is billed


def test_every_exception_of_aiohttp_is_in_the_table() -> None:
    """A new release of aiohttp that exports another exception is noticed here."""
    assert exported(aiohttp) - _NOT_OF_REQUESTS == set(OF_AIOHTTP)


@pytest.mark.parametrize("model", ["custom/tiny", "azure/tiny"])
@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_no_error_repeats_the_key(status: int, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that says the key back, in whatever it refuses, does not bring it into an error."""
    monkeypatch.setenv(KEY_ENV, KEY)
    with Canned(error(f"Incorrect API key provided: {KEY}."), status=status) as server:
        failure = failed(teacher_at(server.url, model, api_key_env=KEY_ENV))
    assert KEY not in str(failure) + repr(failure)
    assert "[key]" in str(failure)


def test_an_error_in_a_stream_is_read_like_one_without() -> None:
    """An error object means the same wherever it comes."""
    assert outcome(failure_inside(HOST, {"message": "x", "code": 429})) == "rate_limited"
    assert outcome(failure_inside(HOST, "busy")) == "overloaded"
    assert outcome(failure_inside(HOST, [1])) == "overloaded"
