"""What went wrong with a request: one table from what an endpoint says to what becomes of the request.

A `RequestFailedError` concerns one request, a `TeacherError` all of them.
"""

from collections.abc import Mapping
from typing import Any

from curate import jsonlines
from curate.errors import TeacherError
from curate.escaping import clipped
from curate.protocols import FailureKind, RequestFailedError
from curate.records import JSON
from curate.teachers.pace import pace_of

Failure = RequestFailedError | TeacherError

SHOWN_CHARACTERS = 300
NO_QUOTA = (
    "insufficient_quota",
    "billing_hard_limit",
    "billing_not_active",
    "insufficient balance",
    "insufficient credit",
)
TOO_LONG = ("context_length_exceeded", "context length", "context window", "maximum context", "too many tokens")
FILTERED = ("content_filter", "content_policy", "content management policy", "moderation", "flagged", "safety system")
NO_PARAMETER = (
    "unsupported_parameter",
    "unsupported_value",
    "unknown_parameter",
    "extra_forbidden",
    "unknown name",
    "unrecognized request argument",
    "unexpected fields",
)
NO_MODEL = ("model_not_found", "invalid model", "does not exist", "unknown model", "no such model")

_EVERY_REQUEST: dict[int, str] = {
    401: "it does not accept the key",
    402: "the account has no credit left",
    403: "it does not let this key in",
    404: "there is no such model or address",
    405: "the address takes no requests; the base_url is not that of a chat endpoint",
    407: "the proxy wants a login",
    410: "the model or address is gone",
    501: "it has no chat completions",
}
"""Statuses that every other request would get as well."""
_OF_ONE_REQUEST: dict[int, FailureKind] = {
    408: "timed_out",
    409: "overloaded",
    425: "overloaded",
    429: "rate_limited",
    498: "rate_limited",
    504: "timed_out",
    524: "timed_out",
}
"""Statuses that say what sort of trouble it is; of those from 500 on the others are an overloaded server."""


def failure_of(host: str, status: int, headers: Mapping[str, str], body: bytes) -> Failure:
    """Return what a status other than 200 means.

    Args:
        host: Who said it.
        status: The HTTP status.
        headers: Its headers, looked up by lower-case names.
        body: Its body, without the key.
    """
    said = message_of(body)
    where = f"{host}: HTTP {status}"
    hints = f"{said} {_codes(body)}".lower()
    if 300 <= status < 400:  # noqa: PLR2004 - the statuses of redirects
        return TeacherError(f"{where}: a redirect, which is not followed, because the key would go along; fix base_url")
    if status == 429 and _says(hints, NO_QUOTA):  # noqa: PLR2004 - too many requests, or none paid for
        return TeacherError(f"{where}: no quota left: {said}")
    kind = _kind(status, hints)
    if kind is not None:
        return RequestFailedError(f"{where}: {said}", kind, pace=pace_of(headers), billed=_billed(status))
    return TeacherError(f"{where}: {_EVERY_REQUEST.get(status, 'every request would be refused')}: {said}")


def _kind(status: int, hints: str) -> FailureKind | None:
    """Return what sort of trouble one request has, or None when every request would have it."""
    if status in _OF_ONE_REQUEST:
        return _OF_ONE_REQUEST[status]
    if status >= 500 and status not in _EVERY_REQUEST:  # noqa: PLR2004 - troubles of the server
        return "overloaded"
    if _says(hints, FILTERED) or _says(hints, TOO_LONG):
        return "refused"
    of_the_model = "model" in hints and _says(hints, NO_MODEL)
    return None if status in _EVERY_REQUEST or of_the_model or _says(hints, NO_PARAMETER) else "refused"


def _billed(status: int) -> bool | None:
    """Say whether a request that ended with this status was paid for; a gateway that gave up does not know."""
    return None if _OF_ONE_REQUEST.get(status) == "timed_out" else False


def _says(hints: str, words: tuple[str, ...]) -> bool:
    return any(word in hints for word in words)


def garbled(host: str, what: str) -> RequestFailedError:
    """Return the failure of a request that was answered, and so paid for, with something that is no reply."""
    return RequestFailedError(f"{host}: {what}", "garbled", billed=True)


def failure_inside(host: str, error: Any) -> Failure:  # noqa: ANN401 - any JSON value
    """Return what an `error` object means that came with status 200, or in the middle of a stream."""
    fields: JSON = error if isinstance(error, dict) else {"message": str(error)}
    code = fields.get("code")
    body = jsonlines.encode({"error": fields})
    if isinstance(code, int) and 400 <= code < 600:  # noqa: PLR2004 - it is an HTTP status
        return failure_of(host, code, {}, body)
    if _says(f"{message_of(body)} {_codes(body)}".lower(), NO_QUOTA):
        return TeacherError(f"{host}: no quota left: {message_of(body)}")
    return RequestFailedError(f"{host}: {message_of(body)}", "overloaded", billed=None)


def message_of(body: bytes) -> str:
    """Return what an error's body says, in one line: the message of the usual shapes, or how the text begins."""
    error = _error(body)
    for candidate in (error, error.get("message"), error.get("detail"), error.get("error")):
        text = candidate.get("message") if isinstance(candidate, dict) else candidate
        if isinstance(text, str) and text.strip():
            return _shown(text)
    if error:
        return _shown(jsonlines.encode(error).decode("utf-8"))
    return _shown(body[: 4 * SHOWN_CHARACTERS].decode("utf-8", "replace")) or "nothing more is said"


def _error(body: bytes) -> JSON:
    """Return the error object of a body: `{"error": {...}}`, the same inside a list, or the object itself."""
    try:
        value = jsonlines.decode_value(body)
    except jsonlines.UnreadableLineError:
        return {}
    if isinstance(value, list):
        value = value[0] if value else {}
    if not isinstance(value, dict):
        return {}
    inner = value.get("error")
    return inner if isinstance(inner, dict) else value


def _codes(body: bytes) -> str:
    """Return what stands beside the message: codes and types, which say more surely what is wrong."""
    error = _error(body)
    return " ".join(
        str(error[key])[:SHOWN_CHARACTERS] for key in ("code", "type", "detail", "message") if error.get(key)
    )


def _shown(text: str) -> str:
    return clipped(" ".join(text[: 4 * SHOWN_CHARACTERS].split()), SHOWN_CHARACTERS)
