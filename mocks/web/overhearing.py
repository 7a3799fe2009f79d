"""Every byte that comes over a connection, beside what server and client make of it: chunk extensions, trailers, the
spelling of a header, a reason phrase and what stands behind the end of a message are nowhere else."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

import httpcore

from mocks.web.connections import Connection, Connections
from mocks.web.http_protocol import HttpProtocol

OVERHEARD: Final = "renkei.overheard"  # in the scope of a request
_LONGEST = 4_500_000  # bytes of one message that are kept


@dataclass
class Overheard:
    """What came for one request. `bodies`: the slices of `raw` that are its body."""

    raw: bytearray = field(default_factory=bytearray)
    bodies: list[bytes] = field(default_factory=list)

    def keep(self, data: bytes) -> None:
        """Up to a limit: a gateway may send without end."""
        self.raw += data[: max(0, _LONGEST - len(self.raw))]

    def framing(self) -> bytes:
        """Everything but the body: request line, headers, sizes and extensions of chunks, trailers."""
        start = max(0, self.raw.find(b"\r\n\r\n"))
        parts, done = [self.raw[:start]], start
        for body in self.bodies:
            found = self.raw.find(body, done)
            if found >= 0:
                parts.append(self.raw[done:found])
                done = found + len(body)
        return b"".join((*parts, self.raw[done:]))


class OverhearingProtocol(HttpProtocol):
    """The protocol of the mocks, which hands the bytes of a request to the application as well."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.overheard: Overheard | None = None
        self.last = b""

    def data_received(self, data: bytes) -> None:
        """Keeps before it parses: the application may look as soon as the last byte is parsed."""
        self.last = data
        if self.overheard is not None:
            self.overheard.keep(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins within the bytes that came last."""
        super().on_message_begin()
        self.overheard = Overheard()
        self.overheard.keep(self.last)
        self.scope[OVERHEARD] = self.overheard  # type: ignore[typeddict-unknown-key]  # ASGI leaves room for it

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        if self.overheard is not None:
            self.overheard.bodies.append(body)
        super().on_body(body)


class OverhearingBackend(Connections):
    """Connections of a client whose answers are kept as they came. Of several requests at once, each hears its own: a
    task reads what it asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: ContextVar[Overheard | None] = ContextVar("heard", default=None)

    def listen(self) -> Overheard:
        """From now on, in this task."""
        overheard = Overheard()
        self.heard.set(overheard)
        return overheard

    async def connect_tcp(self, *about: Any, **more: Any) -> httpcore.AsyncNetworkStream:
        """As httpcore's own."""
        return _Stream(await super().connect_tcp(*about, **more), self.heard)


@dataclass
class _Stream(Connection):
    heard: ContextVar[Overheard | None]

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await super().read(max_bytes, timeout)
        overheard = self.heard.get()
        if overheard is not None:
            overheard.keep(data)
        return data
