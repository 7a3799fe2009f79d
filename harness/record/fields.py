"""Untrusted JSON → plain values. No field of a journal is believed to have the type that it should have."""

import json
import math
from datetime import UTC, datetime

from harness.contract.journal_entries import Said
from harness.contract.messages import parse_timestamp

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_LINE = 10_000_000  # no feature file is longer; keeps absurd numbers out of every view


def text(value: object) -> str:
    """A string as it is, None as "", anything else as its JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def texts(value: object) -> tuple[str, ...]:
    """The elements of a list as strings; of anything else, none."""
    return tuple(text(element) for element in value) if isinstance(value, list) else ()


def pairs(value: object) -> tuple[tuple[str, str], ...]:
    """The members of an object as strings, in their order; of anything else, none."""
    return tuple((key, text(member)) for key, member in mapping(value).items())


def mapping(value: object) -> Said:
    """An object as it is, anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: object) -> tuple[Said, ...]:
    """The objects of a list; of anything else, none."""
    return tuple(row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()


def seconds(value: object) -> float:
    """A finite duration of at least 0 seconds; 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    try:
        duration = float(value)
    except OverflowError:
        return 0.0
    return duration if math.isfinite(duration) and duration >= 0 else 0.0


def line_number(value: object) -> int:
    """A line of a feature file from 1; 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 < value <= _LARGEST_LINE else 0


def milliseconds(value: object) -> int | None:
    """An RFC 3339 timestamp as whole milliseconds since 1970 (UTC); None for anything else."""
    try:
        moment = parse_timestamp(text(value))
        return round((moment - _EPOCH).total_seconds() * 1000)
    except (ValueError, OverflowError):
        return None
