"""Keeps a process of the bench to itself: it holds tokens and the record, and a gateway runs on the same machine."""

import ctypes
from contextlib import suppress

_DUMPABLE = 4  # prctl(2): PR_SET_DUMPABLE


def seclude() -> None:
    """Closes /proc/PID/{environ,fd,mem} of this process, and tracing, to other processes of the same user. It holds on
    Linux, not against root, and not for a program that is executed afterwards."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)
