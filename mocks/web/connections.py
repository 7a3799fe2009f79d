"""Connections of httpcore, but for one fault: anyio asks a socket that is gone, where whoever took a connection was killed then."""

from collections.abc import Iterable
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any

import httpcore


@dataclass
class Connection(httpcore.AsyncNetworkStream):
    """One of httpcore's own. What it cannot say of itself any more means that it is cut."""

    stream: httpcore.AsyncNetworkStream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # httpcore's own interface
        """As httpcore's own."""
        return await self.stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As httpcore's own."""
        await self.stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """As httpcore's own."""
        await self.stream.aclose()

    async def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """As httpcore's own."""
        return Connection(await self.stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Raises ConnectError where the socket is gone: anyio has an AttributeError for it."""
        try:
            return self.stream.get_extra_info(info)
        except AttributeError as error:
            raise httpcore.ConnectError("接続がすぐに切れた") from error


class Connections(httpcore.AsyncNetworkBackend):
    """Opens them."""

    def __init__(self) -> None:
        self.backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # httpcore's own interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """As httpcore's own."""
        return Connection(await self.backend.connect_tcp(host, port, timeout, local_address, socket_options))

    async def sleep(self, seconds: float) -> None:
        """As httpcore's own."""
        await self.backend.sleep(seconds)
