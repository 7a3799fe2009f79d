"""The access line of a municipality: a TCP path of a given rate, latency, loss and cuts, for all its connections.

`python -m load.line.shaped_line --to HOST:PORT --rate 128k`: a process that says where it listens in one line of JSON."""

import argparse
import asyncio
import fcntl
import json
import random
import signal
import sys
import termios
from array import array
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import uvloop

from load import LOOPBACK
from load.estimate.capacity import CapacityError, line_kbps

SEGMENT = 1_460  # bytes of a TCP segment on Ethernet
_STEP_SECONDS = 0.01  # how finely a line is shared between its connections
_AHEAD_SECONDS = 0.05
_MOST_AT_ONCE = 262_144  # bytes taken in one piece, whatever the rate
# RFC 6298 §2.4: the shortest time after which TCP sends again is 1 s; Linux takes 200 ms.
RESEND_SECONDS = 0.2


@dataclass(frozen=True)
class LineQuality:
    """What a line is like. latency_seconds: one way; loss: part of all segments; cuts: (from, to) in seconds since the
    line is there, in which nothing gets through; connections: as many it has at once from either side, None for any."""

    bits_per_second: float
    latency_seconds: float = 0.0
    loss: float = 0.0
    cuts: tuple[tuple[float, float], ...] = ()
    connections: int | None = None

    @property
    def ahead_seconds(self) -> float:
        """How long before a piece has left the next is taken: a sleep that lasts too long must not leave the line idle
        (it cost 2 to 4 % of the rate)."""
        return max(_AHEAD_SECONDS, self.piece * 8 / self.bits_per_second)

    @property
    def piece(self) -> int:
        """Bytes that are taken from one connection at a time."""
        return int(min(max(SEGMENT, self.bits_per_second / 8 * _STEP_SECONDS), _MOST_AT_ONCE))


@dataclass
class Direction:
    """One direction of a line: whatever is sent goes over it one after the other. Times in seconds since its begin.
    `senders`: connections that are sent from; free: nothing waits any more; `sleeping`: what waits for its moment."""

    quality: LineQuality
    chance: random.Random
    free_at: float = 0.0
    carried: int = field(default=0)
    senders: set[asyncio.StreamWriter] = field(default_factory=set)
    free: bool = False
    sleeping: set[asyncio.Future[None]] = field(default_factory=set)

    def book(self, count: int, now: float) -> float:
        """When `count` bytes that come now have left the line. What is lost takes the line again, and the time after
        which TCP sends again: above TCP a loss is a delay."""
        done = self._take(count, max(now, self.free_at))
        late = 0.0
        if self.quality.loss and self.chance.random() < 1 - (1 - self.quality.loss) ** -(-count // SEGMENT):
            late = RESEND_SECONDS
            done = self._take(SEGMENT, done)
        self.free_at = done
        self.carried += count
        return done + late

    def waiting_seconds(self, now: float) -> float:
        """How long what comes now would wait before it is its turn."""
        return max(0.0, self.free_at - now)

    def left(self, now: float) -> int:
        """Bytes that are over the line, of those that it has taken: in a cut nothing goes over it."""
        cut = sum(max(0.0, min(end, self.free_at) - max(start, now)) for start, end in self.quality.cuts)
        return self.carried - int((self.waiting_seconds(now) - cut) * self.quality.bits_per_second / 8)

    async def until(self, seconds: float) -> None:
        """Sleeps so long, or until the line is released."""
        if seconds <= 0 or self.free:
            return
        loop = asyncio.get_running_loop()
        awake: asyncio.Future[None] = loop.create_future()
        alarm = loop.call_later(seconds, _wake, awake)
        self.sleeping.add(awake)
        try:
            await awake
        finally:
            alarm.cancel()
            self.sleeping.discard(awake)

    def release(self) -> None:
        """From now on nothing waits, what waits already least of all."""
        self.free = True
        for sleeper in self.sleeping:
            _wake(sleeper)

    def queued(self, now: float) -> int:
        """Bytes that wait: those the line has taken, and those that have left their sender and find no room on it."""
        return self.carried - self.left(now) + sum(_unread(sender) for sender in self.senders)

    def _take(self, count: int, begin: float) -> float:
        """The end of a transmission that begins then, the cuts left out."""
        needed = count * 8 / self.quality.bits_per_second
        for start, end in self.quality.cuts:
            if begin >= end:
                continue
            if begin + needed <= start:
                break
            needed -= max(0.0, start - begin)
            begin = end
        return begin + needed


@dataclass(frozen=True)
class Line:
    """Both directions, and a clock."""

    quality: LineQuality
    out: Direction
    back: Direction
    clock: Callable[[], float]

    @classmethod
    def of(cls, quality: LineQuality, clock: Callable[[], float], seed: int = 0) -> "Line":
        """A line that is there from now on."""
        begin = clock()
        there, back = (Direction(quality, random.Random(chance_seed)) for chance_seed in (seed, seed + 1))  # noqa: S311  # loss, not secrets
        return cls(quality, there, back, lambda: clock() - begin)


def _wake(sleeper: asyncio.Future[None]) -> None:
    if not sleeper.done():
        sleeper.set_result(None)


def _unread(connected: asyncio.StreamWriter) -> int:
    """Bytes that lie in the kernel's buffer (SIOCINQ, tcp(7))."""
    count = array("i", [0])
    try:
        fcntl.ioctl(connected.get_extra_info("socket").fileno(), termios.FIONREAD, count)
    except (OSError, ValueError):  # it was closed in this moment: a number that is none, or -1
        return 0
    return count[0]


async def carry(
    line: Line, direction: Direction, come: asyncio.StreamReader, go: asyncio.StreamWriter
) -> None:
    """Takes what comes, piece by piece, and hands it on when the line has carried it. No more is read than the line
    has taken, so that a sender is held up as TCP holds it up."""
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
    delivering = asyncio.create_task(_deliver(line, direction, under_way, go))
    try:
        while piece := await come.read(direction.quality.piece):
            done = direction.book(len(piece), line.clock())
            await under_way.put((done + direction.quality.latency_seconds, piece))
            await direction.until(done - direction.quality.ahead_seconds - line.clock())
        await under_way.put((line.clock() + direction.quality.latency_seconds, b""))
        await delivering
    except ConnectionError:
        go.transport.abort()
    finally:
        delivering.cancel()


async def _deliver(
    line: Line,
    direction: Direction,
    under_way: "asyncio.Queue[tuple[float, bytes]]",
    go: asyncio.StreamWriter,
) -> None:
    while True:
        at, piece = await under_way.get()
        await direction.until(at - line.clock())
        if not piece:
            go.write_eof()
            return
        go.write(piece)
        await go.drain()


def connection(line: Line, host: str, port: int) -> Callable[..., Awaitable[None]]:
    """What happens with a connection: a second one to the target, and the line between the two."""

    async def connected(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection(host, port)
        except OSError:
            go.transport.abort()
            return
        line.out.senders.add(go)
        line.back.senders.add(back)
        try:
            await asyncio.gather(carry(line, line.out, come, back), carry(line, line.back, there, go))
        except asyncio.CancelledError:  # the line itself ends
            go.transport.abort()
        finally:
            line.out.senders.discard(go)
            line.back.senders.discard(back)
            back.close()
            go.close()

    return connected


async def serve(quality: LineQuality, target: tuple[str, int]) -> None:
    """Listens on loopback until SIGTERM."""
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    line = Line.of(quality, loop.time)
    server = await asyncio.start_server(connection(line, *target), LOOPBACK, 0, limit=quality.piece)
    port = server.sockets[0].getsockname()[1]
    sys.stdout.write(json.dumps({"ready": True, "address": f"{LOOPBACK}:{port}"}) + "\n")
    sys.stdout.flush()
    await over.wait()
    server.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 after SIGTERM, 2 with one sentence."""
    parser = argparse.ArgumentParser(
        prog="python -m load.line.shaped_line", description="速度・遅延・損失・切断のある回線"
    )
    parser.add_argument("--to", required=True, metavar="HOST:PORT")
    add_quality_arguments(parser)
    given = parser.parse_args(arguments)
    try:
        quality, target = quality_of(given), loopback(given.to, "--to")
    except CapacityError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    uvloop.run(serve(quality, target))
    return 0


def add_quality_arguments(parser: argparse.ArgumentParser) -> None:
    """What a line is like, as arguments."""
    parser.add_argument("--rate", required=True, metavar="128k")
    parser.add_argument("--latency", type=float, default=0.0, help="片道の秒")
    parser.add_argument("--loss", type=float, default=0.0, help="失われる割合")
    parser.add_argument("--cut", action="append", default=[], metavar="秒:秒")
    parser.add_argument("--connections", type=int, help="同時に通す接続の数")


def quality_of(given: argparse.Namespace) -> LineQuality:
    """The line that was asked for. Raises CapacityError in one sentence."""
    cuts = tuple(sorted(_cut(text) for text in given.cut))
    if not 0 <= given.loss < 1 or not 0 <= given.latency < 60:
        raise CapacityError("--loss は0以上1未満、--latency は0以上60未満。")
    return LineQuality(line_kbps(given.rate) * 1000, given.latency, given.loss, cuts, given.connections)


def loopback(text: str, name: str) -> tuple[str, int]:
    """Host and port of an address of this machine. Raises CapacityError for any other."""
    host, _, port = text.rpartition(":")
    if host not in {LOOPBACK, "localhost"} or not port.isdigit():
        raise CapacityError(f"{name} {text}: 回線はこの計算機の中だけに置く（例: {LOOPBACK}:9101）。")
    return host, int(port)


def _cut(text: str) -> tuple[float, float]:
    begin, _, end = text.partition(":")
    try:
        cut = float(begin), float(end)
    except ValueError as error:
        raise CapacityError(f"--cut {text}: 始まりと終わりの秒を 10:12 のように書く。") from error
    if not 0 <= cut[0] < cut[1]:
        raise CapacityError(f"--cut {text}: 終わりは始まりより後。")
    return cut


if __name__ == "__main__":
    sys.exit(main())
