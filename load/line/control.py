"""The access line as the bench handles it: started with a quality, told where the inbox is, begun, asked how it is."""

import json
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self, cast
from urllib.parse import urlsplit

from harness.catalogue.findings import ConfigurationError, InconclusiveError
from harness.contract.journal_entries import Said
from harness.processes.process import Process
from load.line.shaped_line import LineQuality
from load.line.state import LineState

_LATE = 5.0  # seconds after which a line that says nothing is broken


@dataclass(frozen=True)
class LineControl:
    """A running line. `network_url`: where the gateway reaches the network."""

    process: Process
    channel: socket.socket
    network_url: str
    inbox: str

    @classmethod
    def start(cls, quality: LineQuality, network_url: str, port: int, folder: Path) -> Self:
        """Starts `python -m load.line.access_line`, free until it begins. Raises ConfigurationError."""
        command = [
            sys.executable,
            "-I",
            "-m",
            "load.line.access_line",
            "--network",
            urlsplit(network_url).netloc,
        ]
        command += ["--port", str(port), *arguments(quality)]
        process = Process.start("回線", command, folder / "line.log", {}, announces=True)
        host, _, number = str(process.ready["control"]).rpartition(":")
        channel = socket.create_connection((host, int(number)), timeout=_LATE)
        return cls(process, channel, f"http://{process.ready['network']}", str(process.ready["inbox"]))

    def towards(self, north_url: str) -> str:
        """The URL by which the network reaches this north face over the line. Raises ConfigurationError."""
        parts = urlsplit(north_url)
        told = self._order({"inbox": f"{parts.hostname}:{parts.port or 80}"})
        if "error" in told:
            raise ConfigurationError(str(told["error"]))
        return parts._replace(netloc=self.inbox).geturl()

    def begin(self) -> None:
        """From now on the line has its rate; cuts count from now."""
        self._order({"begin": True})

    def release(self) -> None:
        """From now on it is a loopback and nothing else."""
        self._order({"release": True})

    def state(self) -> LineState:
        """Since the begin; up: gateway → network."""
        return cast(LineState, self._order({"state": True}))

    def stop(self) -> None:
        """Ends the process."""
        with suppress(OSError):
            self.channel.close()
        self.process.stop()

    def _order(self, order: Said) -> Said:
        """Raises InconclusiveError NETWORK_FAILED: without a line nothing about the gateway can be said."""
        try:
            self.channel.sendall(json.dumps(order).encode() + b"\n")
            received = b""
            while not received.endswith(b"\n"):
                piece = self.channel.recv(65_536)
                if not piece:
                    raise ConnectionError("回線のプロセスが終わった")
                received += piece
            told: Said = json.loads(received)
        except (OSError, ValueError) as error:
            raise InconclusiveError("NETWORK_FAILED", f"回線: {error}") from error
        return told


def arguments(quality: LineQuality) -> list[str]:
    """A quality on the command line."""
    cuts = [part for start, end in quality.cuts for part in ("--cut", f"{start!r}:{end!r}")]
    rate = f"{quality.bits_per_second / 1000!r}k"
    most = ["--connections", str(quality.connections)] if quality.connections else []
    return [
        "--rate",
        rate,
        "--latency",
        repr(quality.latency_seconds),
        "--loss",
        repr(quality.loss),
        *cuts,
        *most,
    ]
