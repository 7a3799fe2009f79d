"""Waits for what other processes do, and finds a port for them."""

import socket
import time
from collections.abc import Callable

LONGEST_SECONDS = 120.0  # patience, not a wait: a run on a crowded machine took over 20 s to its first check


def until(done: Callable[[], bool]) -> bool:
    """Waits for something that another process does; False when it takes too long."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
