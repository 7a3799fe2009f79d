"""Waits for what other processes do."""

import time
from collections.abc import Callable

import psutil

LONGEST_SECONDS = 120.0  # patience, not a wait: a run on a crowded machine took over 20 s to its first check


def until(done: Callable[[], bool]) -> bool:
    """Waits for something that another process does; False when it takes too long."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def gone(processes: list[psutil.Process]) -> bool:
    """Is none of them running?"""
    return not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes)
