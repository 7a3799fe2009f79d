"""One ASGI application on loopback, at one port or more: bind, say so in one line of JSON, serve until SIGTERM."""

import json
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from types import FrameType, MappingProxyType

import uvicorn
from starlette.applications import Starlette

from mocks.web.http_protocol import HttpProtocol
from mocks.web.overhearing import OverhearingProtocol

HOST = "127.0.0.1"  # the bench's tokens and keys are for tests: nothing of it listens on a network
GRACE_SECONDS = 1  # connections that are busy when SIGTERM comes
KEEP_ALIVE_SECONDS = (
    120  # longer than any client of the bench keeps a connection: none is closed under a request
)


class PortTakenError(OSError):
    """The port cannot be bound; the message is one sentence with the remedy."""


def bind(port: int) -> socket.socket:
    """A bound socket on loopback; 0 takes a free port. Raises PortTakenError."""
    listener = socket.socket()
    # A gateway that was killed leaves connections in TIME_WAIT; its successor needs the same port at once.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise PortTakenError(
            f"ポート {port} を使えない（{error}）。--port に別の番号か 0 を指定する。"
        ) from error
    return listener


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, paths: Mapping[str, str], about: Mapping[str, object]) -> None:
        super().__init__(config)
        self.paths, self.about = paths, about

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Speaks only once it listens: whoever reads the line may connect at once."""
        await super().startup(sockets)
        if self.started and sockets:
            base = f"http://{HOST}:{sockets[0].getsockname()[1]}"
            urls = {name: base + path for name, path in self.paths.items()}
            sys.stdout.write(json.dumps({"ready": True, **urls, **self.about}) + "\n")
            sys.stdout.flush()


def serve(
    app: Starlette,
    listeners: Sequence[socket.socket],
    paths: Mapping[str, str],
    about: Mapping[str, object] = MappingProxyType({}),
    *,
    overhearing: bool = False,
) -> None:
    """Serves until SIGTERM or SIGINT; returns when connections and workers are through.

    `paths`: what the ready line names, as paths below the base URL of the first listener; `about`: what else it says;
    `overhearing`: requests carry the bytes that came for them."""
    config = uvicorn.Config(
        app,
        loop="auto",  # uvloop, which sets TCP_NODELAY: without it answers wait 40 ms for an ACK
        http=OverhearingProtocol if overhearing else HttpProtocol,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        workers=1,  # else that of WEB_CONCURRENCY, which an environment says to another server
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    _Server(config, paths, about).run(sockets=list(listeners))


def _leave(number: int, frame: FrameType | None) -> None:
    """uvicorn shuts down on a signal and then raises it again; that is a clean end here."""
    raise SystemExit(0)
