"""HTTP/1.1 for a client that offers another protocol: the offer is not taken up, the request is worked on all the same."""

import asyncio

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

_INVALID = "Invalid HTTP request received."
_OFFER = frozenset({b"upgrade", b"http2-settings"})


class HttpProtocol(HttpToolsProtocol):
    """As uvicorn's, which drops the body of a request with `Upgrade`: its parser stops reading there. Java's HttpClient
    offers h2c with every request; a server may overlook that (RFC 9110 §7.8)."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.parser = _parser(self)

    def data_received(self, data: bytes) -> None:
        """Reads on. A head with an offer is read again without it, then what follows it."""
        self._unset_keepalive_if_required()
        while data:
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserUpgrade as stopped:
                head = self._head_without_offer() if self._is_offered() else b""
                self.parser = _parser(self)
                data = head + data[stopped.args[0] :]
            except httptools.HttpParserError:
                self.logger.warning(_INVALID)
                self.send_400_response(_INVALID)
                return
            else:
                return

    def on_headers_complete(self) -> None:
        """Starts to answer, once the head holds no offer."""
        if not self._is_offered():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Never of a head that is going to be read again."""
        if not self._is_offered():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """A head with an offer is no whole message yet."""
        if not self._is_offered():
            super().on_message_complete()

    def _is_offered(self) -> bool:
        """CONNECT stops the parser too, without an offer: it has no body, and is refused like any other method."""
        return bool(self.parser.should_upgrade()) and self.parser.get_method() != b"CONNECT"

    def _head_without_offer(self) -> bytes:
        lines = [
            self.parser.get_method() + b" " + self.url + b" HTTP/" + self.parser.get_http_version().encode()
        ]
        for name, value in self.headers:
            if name == b"connection":
                kept = [word.strip() for word in value.split(b",") if word.strip().lower() not in _OFFER]
                lines += [b"connection: " + b", ".join(kept)] if kept else []
            elif name not in _OFFER:
                lines.append(name + b": " + value)
        return b"\r\n".join([*lines, b"", b""])


def _parser(protocol: HttpProtocol) -> httptools.HttpRequestParser:
    """With the leniency that uvicorn sets: data after a request that closes the connection is no error of that request."""
    parser = httptools.HttpRequestParser(protocol)
    parser.set_dangerous_leniencies(lenient_data_after_close=True)
    return parser
