"""A teacher behind a network: one model at one address."""

import asyncio
from typing import Literal

from curate import jsonlines
from curate.protocols import Answered, RequestFailedError
from curate.records import JSON, Reply, Request
from curate.teachers.addresses import Address, Secret
from curate.teachers.body import LONG_REPLY_TOKENS, body_of
from curate.teachers.failures import failure_inside, failure_of, garbled
from curate.teachers.pace import pace_of
from curate.teachers.replies import reply_of
from curate.teachers.streams import Assembly
from curate.teachers.wire import Arrived, Wire

OK = 200


class Endpoint:
    """One address of a teacher; nothing is opened before the first request.

    Args:
        address: Where it is, and which key goes there.
        timeout: Seconds that one request may take.
        stream: Whether replies are received piece by piece; `auto` when they may take minutes.
    """

    def __init__(self, address: Address, *, timeout: float = 600.0, stream: Literal["auto"] | bool = "auto") -> None:
        self.address = address
        self._seconds = timeout
        self._stream = stream
        self._opening: asyncio.Task[tuple[Wire, Secret]] | None = None

    def __repr__(self) -> str:
        return f"Endpoint({self.address.provider} at {self.address.host})"

    async def reply(self, request: Request) -> Answered:
        """Return the answer to one request; a connection that is cut leaves what had come, as `interrupted`."""
        wire, key = await self._opened()
        body = self.body(request)
        assembly = Assembly()
        try:
            async with wire.post(body, stream="stream" in body) as arrived:
                return await self._answered(arrived, assembly, key)
        except RequestFailedError as failure:
            if failure.kind in {"disconnected", "timed_out"} and assembly.holds_text:
                return Answered(self._partial(assembly, key), failure.pace)
            raise

    def body(self, request: Request) -> JSON:
        """Return the body that is sent for a request."""
        return body_of(self.address.row, request, stream=self._streams(request.sampling.max_tokens))

    async def models(self) -> JSON:
        """Return what the endpoint says of its models, as received.

        Raises:
            RequestFailedError: It says nothing.
            TeacherError: No request can succeed.
        """
        wire, key = await self._opened()
        async with wire.models() as arrived:
            body = key.scrub_bytes(await arrived.read(self.address.host))
        if arrived.status != OK:
            raise failure_of(self.address.host, arrived.status, arrived.headers, body)
        try:
            return jsonlines.decode(body)
        except jsonlines.UnreadableLineError:
            raise garbled(self.address.host, "a list of models that is no JSON object") from None

    async def close(self) -> None:
        """Close every connection; it may be asked again afterwards, in another event loop."""
        opening, self._opening = self._opening, None
        if opening is not None and opening.done() and not opening.cancelled() and opening.exception() is None:
            await opening.result()[0].close()

    def _streams(self, max_tokens: int | None) -> bool:
        if self._stream == "auto":
            return max_tokens is None or max_tokens > LONG_REPLY_TOKENS
        return self._stream

    async def _opened(self) -> tuple[Wire, Secret]:
        """Return the wire and the key; the first request opens it for all."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        if self._opening.done():
            return self._opening.result()
        return await asyncio.shield(self._opening)

    async def _open(self) -> tuple[Wire, Secret]:
        from curate.teachers.lean import Lean  # noqa: PLC0415 - aiohttp and the SDK take a second to import
        from curate.teachers.openai import OwnCall, template_of  # noqa: PLC0415 - likewise

        key = self.address.key()
        if self.address.row.own_call:
            return OwnCall(self.address, key, self._seconds), key
        template = await template_of(self.address, key, self._seconds)
        if template.proxy is not None and not template.proxy.startswith(("http://", "https://")):
            return OwnCall(self.address, key, self._seconds), key
        models = f"{self.address.base_url}/models"
        return Lean(self.address.host, template, models), key

    async def _answered(self, arrived: Arrived, assembly: Assembly, key: Secret) -> Answered:
        host = self.address.host
        if arrived.status == OK and arrived.is_stream:
            return await self._streamed(arrived, assembly, key)
        body = key.scrub_bytes(await arrived.read(host))
        if arrived.status != OK:
            raise failure_of(host, arrived.status, arrived.headers, body)
        return Answered(reply_of(host, body), pace_of(arrived.headers))

    async def _streamed(self, arrived: Arrived, assembly: Assembly, key: Secret) -> Answered:
        host = self.address.host
        try:
            await assembly.take(arrived.bounded(host))
        except jsonlines.UnreadableLineError as error:
            if not assembly.holds_text:
                raise garbled(host, f"a stream that is no JSON: {error}") from None
        if assembly.error and not assembly.holds_text:
            raise failure_inside(host, assembly.error)
        if assembly.is_empty:
            raise garbled(host, "a stream in which nobody says anything")
        if not assembly.ended and assembly.holds_text:
            return Answered(self._partial(assembly, key), pace_of(arrived.headers))
        return Answered(self._whole(assembly, key), pace_of(arrived.headers))

    def _whole(self, assembly: Assembly, key: Secret) -> Reply:
        completion = jsonlines.encode(assembly.completion())
        return reply_of(self.address.host, key.scrub_bytes(completion))

    def _partial(self, assembly: Assembly, key: Secret) -> Reply:
        completion = assembly.completion()
        completion["choices"][0]["finish_reason"] = "interrupted"
        return reply_of(self.address.host, key.scrub_bytes(jsonlines.encode(completion)))
