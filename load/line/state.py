"""What the process of a line says of it."""

from typing import TypedDict


class SideState(TypedDict):
    """Bytes of one direction: carried since the begin, and waiting for their turn."""

    carried: int
    queued: int


class LineState(TypedDict):
    """Seconds since the begin, and connections too many; up: gateway → network."""

    seconds: float
    refused: int
    up: SideState
    down: SideState


class Refused(TypedDict):
    """What an order is answered with that was none."""

    error: str
