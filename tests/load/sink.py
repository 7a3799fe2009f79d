"""Something that takes requests on loopback and answers as a test wants, and orders for Locust to send there."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from load.prepare.arrivals import Phase, Spacing
from load.prepare.prepared import NORTH, Prepared, write
from load.send.collecting import DROPPED, LATENCY
from load.send.generator import Generator, Workers
from load.send.order import Order
from load.send.sent import Sent, read
from tests.bench.waiting import until

Answer = tuple[int, bytes]
Act = Callable[[int, str], Answer]


@dataclass
class Sink:
    """Where it is, and the body of everything that came."""

    url: str
    came: list[str] = field(default_factory=list)


@contextmanager
def sink(act: Act = lambda time, body: (202, b"{}")) -> Iterator[Sink]:
    """`act`: how often this body has come (from 1), and the body → status and content of the answer."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.came.append(body)
            status, content = act(found.came.count(body), body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            if status in {301, 302, 307}:
                self.send_header("Location", f"{found.url}/elsewhere")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Sink(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def requests(count: int, face: str = NORTH) -> list[Prepared]:
    """As many, with their index as the body."""
    return [Prepared(i, "照会依頼", face, "POST", "/inbox", {}, str(i), f"c-{i}", "p") for i in range(count)]


def order(folder: Path, url: str, wanted: Sequence[Prepared], seconds: float = 1.0, **changes: Any) -> Path:
    """Prepared, with an order to send all of them evenly over so many seconds."""
    write(folder, wanted)
    return order_for(folder, url, len(wanted) / seconds, seconds, **changes)


def order_for(folder: Path, url: str, per_second: float, seconds: float, **changes: Any) -> Path:
    """An order to send what is prepared already, so many a second."""
    values: dict[str, Any] = {
        "faces": {"north": url, "south": url},
        "phases": (Phase(0.0, seconds, per_second, per_second),),
        "spacing": Spacing.EVEN,
        "seed": 1,
        "retries": 3,
        "in_flight": 100,
        "timeout_seconds": 2.0,
    }
    return Order(**{**values, **changes}).write(folder)


def sent_by_locust(path: Path, workers: int = 1) -> list[Sent]:
    """Sends all; the sent log by index."""
    generator = Generator.start(path, Workers(workers), path.parent / "locust.log")
    try:
        assert until(lambda: not generator.process.alive()), "Locust does not end"
    finally:
        generator.process.stop()
    assert (path.parent / LATENCY).exists(), (path.parent / "locust.log").read_text(encoding="utf-8")
    return sorted(read(path.parent), key=lambda one: one.index)


def dropped(folder: Path) -> list[int]:
    """Indexes of what was not sent."""
    lines = (folder / DROPPED).read_text(encoding="utf-8").splitlines()[1:]
    return [int(line.split(",")[0]) for line in lines]
