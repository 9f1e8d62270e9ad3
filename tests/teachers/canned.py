"""A server that says one thing, byte for byte, whatever it is asked; over a real socket, with TLS where wanted."""

import ssl
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from curate import jsonlines
from curate.records import JSON
from curate.testing.exchanges import Received

SOUND: JSON = {"choices": [{"message": {"content": "It is 12."}, "finish_reason": "stop"}]}


class Canned:
    """The server; enter it to start it.

    Args:
        body: What it says: bytes, or an object for JSON.
        status: The HTTP status.
        headers: Sent with it.
        tls: The certificate that it shows, or None for plain http.
    """

    def __init__(
        self,
        body: bytes | JSON = SOUND,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.body = body if isinstance(body, bytes) else jsonlines.encode(body)
        self.status = status
        self.headers = {"Content-Type": "application/json", **(headers or {})}
        self.received: list[Received] = []
        self._tls = tls

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        if self._tls is not None:
            self._server.socket = self._tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """The base URL of its API."""
        return f"{'http' if self._tls is None else 'https'}://localhost:{self.port}/v1"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.received.append(
                    Received(method=self.command, path=self.path, headers=headers, body=self.rfile.read(length))
                )
                self.send_response(outer.status)
                for name, value in {**outer.headers, "Content-Length": str(len(outer.body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(outer.body)

            do_GET = do_POST  # noqa: N815 - the name that http.server looks for

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
