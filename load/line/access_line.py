"""The access line between gateway and network as a process of its own: both ways of connecting share its two directions.

`python -m load.line.access_line --network HOST:PORT --rate 128k` says in one line of JSON where the gateway reaches the network
(`network`), where the network reaches the gateway's inbox (`inbox`), and where it is told what to do (`control`)."""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import uvloop

from load import LOOPBACK
from load.estimate.capacity import CapacityError
from load.line.shaped_line import (
    Direction,
    Line,
    LineQuality,
    add_quality_arguments,
    connection,
    loopback,
    quality_of,
)
from load.line.state import LineState, Refused, SideState

Connected = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
# Residents are registered before the load: until it begins, the line is a loopback and nothing else.
FREE = LineQuality(1e11)


@dataclass
class AccessLine:
    """`up`: gateway → network, `down`: network → gateway, whoever opened the connection. `inbox`: where the gateway's inbox
    is, once that is known; `begun`: since when the line is shaped, by its own clock; `refused`: connections too many."""

    quality: LineQuality
    up: Direction
    down: Direction
    clock: Callable[[], float]
    inbox: tuple[str, int] | None = None
    begun: float = 0.0
    refused: int = 0

    @classmethod
    def of(cls, quality: LineQuality, clock: Callable[[], float]) -> "AccessLine":
        """A free line."""
        line = Line.of(FREE, clock)
        return cls(quality, line.out, line.back, line.clock)

    def begin(self) -> None:
        """From now on the line is what it is; its cuts count from now."""
        now = self.begun = self.clock()
        shaped = replace(
            self.quality, cuts=tuple((start + now, end + now) for start, end in self.quality.cuts)
        )
        for direction in (self.up, self.down):
            direction.quality, direction.free_at, direction.carried = shaped, now, 0

    def release(self) -> None:
        """The load is over: what is still held up gets through at once."""
        for direction in (self.up, self.down):
            direction.quality, direction.free_at = FREE, self.clock()
            direction.release()

    def state(self) -> LineState:
        """Bytes of each direction since the begin: carried, and waiting for their turn."""
        now = self.clock()
        up, down = (_measured(direction, now) for direction in (self.up, self.down))
        return {"seconds": now - self.begun, "refused": self.refused, "up": up, "down": down}

    def towards_network(self) -> Line:
        """For connections of the gateway."""
        return Line(self.quality, self.up, self.down, self.clock)

    def towards_gateway(self) -> Line:
        """For connections to the gateway: what is sent there goes down."""
        return Line(self.quality, self.down, self.up, self.clock)


def _measured(direction: Direction, now: float) -> SideState:
    return {"carried": direction.left(now), "queued": direction.queued(now)}


def obey(line: AccessLine, order: Mapping[str, object]) -> LineState | Refused:
    """One order: {"inbox": "HOST:PORT"}, {"begin": true}, {"release": true} or {"state": true}. The answer has `error` where it was none."""
    try:
        if "inbox" in order:
            line.inbox = loopback(str(order["inbox"]), "north.url")
        elif "begin" in order:
            line.begin()
        elif "release" in order:
            line.release()
        elif "state" not in order:
            return {"error": f"{', '.join(order)}: その指示はない。"}
    except CapacityError as error:
        return {"error": str(error)}
    return line.state()


def inbox_connection(line: AccessLine) -> Connected:
    """As load.line.shaped_line.connection, towards wherever the inbox is by now."""

    async def connected(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        if line.inbox is None:
            go.transport.abort()
            return
        await connection(line.towards_gateway(), *line.inbox)(come, go)

    return connected


def capped(line: AccessLine, connect: Connected) -> Connected:
    """No more at once than the line has connections; who comes too many is cut off, as by a firewall that is full."""
    there: set[asyncio.StreamWriter] = set()

    async def connected(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        most = line.up.quality.connections
        if most is not None and len(there) >= most:
            line.refused += 1
            go.transport.abort()
            return
        there.add(go)
        try:
            await connect(come, go)
        finally:
            there.discard(go)

    return connected


def control_connection(line: AccessLine) -> Connected:
    """Orders and answers, a line of JSON each."""

    async def connected(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        try:
            while text := await come.readline():
                answer = obey(line, json.loads(text))
                go.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
                await go.drain()
        finally:
            go.close()

    return connected


async def serve(quality: LineQuality, network: tuple[str, int], port: int) -> None:
    """Listens on loopback until SIGTERM. `port`: where the gateway reaches the network, 0 for any."""
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    line = AccessLine.of(quality, loop.time)
    servers = {
        "network": await asyncio.start_server(
            capped(line, connection(line.towards_network(), *network)), LOOPBACK, port, limit=quality.piece
        ),
        "inbox": await asyncio.start_server(
            capped(line, inbox_connection(line)), LOOPBACK, 0, limit=quality.piece
        ),
        "control": await asyncio.start_server(control_connection(line), LOOPBACK, 0),
    }
    said = {name: f"{LOOPBACK}:{server.sockets[0].getsockname()[1]}" for name, server in servers.items()}
    sys.stdout.write(json.dumps({"ready": True, **said}) + "\n")
    sys.stdout.flush()
    await over.wait()
    for server in servers.values():
        server.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 after SIGTERM, 2 with one sentence."""
    parser = argparse.ArgumentParser(prog="python -m load.line.access_line", description="団体のアクセス回線")
    parser.add_argument("--network", required=True, metavar="HOST:PORT")
    parser.add_argument("--port", type=int, default=0, help="ゲートウェイがネットワークに接続するポート")
    add_quality_arguments(parser)
    given = parser.parse_args(arguments)
    try:
        uvloop.run(serve(quality_of(given), loopback(given.network, "--network"), given.port))
    except CapacityError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"--port {given.port}: 待ち受けられない（{error.strerror}）。\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
