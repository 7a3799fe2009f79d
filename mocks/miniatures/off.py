"""The reference gateway by a clock that is off: nothing else is wrong with it, and within 5 seconds nothing at all."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import time_machine

from mocks.gateway.__main__ import main

_NAME = re.compile(r"clock([+-][0-9]{1,5}(?:\.[0-9]{1,3})?)")


def seconds_of(name: str) -> float | None:
    """By how much `clock-4.5` is ahead; None for another name."""
    found = _NAME.fullmatch(name)
    return float(found[1]) if found else None


def run(seconds: float, arguments: Sequence[str]) -> int:
    """Serves until SIGTERM as mocks.gateway does. What measures a duration (time.monotonic) goes as it always did."""
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds), tick=True):
        return main(arguments)
