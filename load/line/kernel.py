"""The same line made by the kernel (tbf between two network namespaces), where root may do so: a second opinion."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from harness.processes.process import Process
from load.line.calibration import Measured, listening, measure

_HERE, _THERE, _PREFIX = "10.255.255.253", "10.255.255.254", 30
# tbf counts frames: 1,448 bytes of data in 1,514 of Ethernet, IP and TCP with timestamps.
_PAYLOAD = 1_448 / 1_514
# Takes what the shaped way brings and hands it back by the way that is not shaped.
_RELAY = """
import json, socket, sys, threading
there, port, here = sys.argv[1], int(sys.argv[2]), sys.argv[3]
listener = socket.create_server((there, 0))
print(json.dumps({"ready": True, "port": listener.getsockname()[1]}), flush=True)
come, _ = listener.accept()
go = socket.create_connection((here, port))
def carry(one, other):
    while data := one.recv(262144):
        other.sendall(data)
threading.Thread(target=carry, args=(go, come), daemon=True).start()
carry(come, go)
"""


def why_not() -> str:
    """Why the kernel cannot be asked here, "" where it can."""
    if os.geteuid() != 0:
        return "root ではない"
    missing = [name for name in ("ip", "tc") if shutil.which(name) is None]
    return f"{'、'.join(missing)} がない" if missing else ""


@contextmanager
def kernel_line(kbps: float) -> Iterator[str]:
    """The address of the other end of a veth pair whose way there is shaped by tbf. Raises subprocess.CalledProcessError
    where the kernel refuses; takes away everything that it made."""
    name = f"renkei{os.getpid() % 10_000}"
    here, there = f"{name}a", f"{name}b"
    try:
        _do("ip", "netns", "add", name)
        _do("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", name)
        _do("ip", "addr", "add", f"{_HERE}/{_PREFIX}", "dev", here)
        _do("ip", "link", "set", here, "up")
        _do("ip", "netns", "exec", name, "ip", "addr", "add", f"{_THERE}/{_PREFIX}", "dev", there)
        _do("ip", "netns", "exec", name, "ip", "link", "set", there, "up")
        burst = max(1_600, int(kbps * 1000 / 8 / 250))  # what a kernel of 250 Hz must send in a tick
        rate = f"{kbps:g}kbit"
        _do(
            "tc",
            "qdisc",
            "add",
            "dev",
            here,
            "root",
            "tbf",
            "rate",
            rate,
            "burst",
            str(burst),
            "latency",
            "2s",
        )
        yield name
    finally:
        _try("ip", "link", "del", here)
        _try("ip", "netns", "del", name)


def measure_kernel(kbps: float, log: Path) -> Measured:
    """The same measurement over tbf. Raises subprocess.CalledProcessError, ConfigurationError, OSError."""
    with kernel_line(kbps) as name, listening(_HERE) as listener:
        port = listener.getsockname()[1]
        command = ["ip", "netns", "exec", name, sys.executable, "-I", "-c", _RELAY, _THERE, str(port), _HERE]
        relay = Process.start("中継", command, log, {}, announces=True)
        try:
            found = measure((_THERE, int(str(relay.ready["port"]))), listener, kbps)
            return replace(found, error=found.measured_kbps / (kbps * _PAYLOAD) - 1)
        finally:
            relay.stop()


def _try(*command: str) -> None:
    subprocess.run(command, capture_output=True, check=False)


def _do(*command: str) -> None:
    subprocess.run(command, capture_output=True, check=True)
