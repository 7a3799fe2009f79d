"""Which day it is for tests that try a part a day: `RENKEI_PART` names another."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, TypeVar

T = TypeVar("T")

DAY: Final = int(os.environ.get("RENKEI_PART", datetime.now(UTC).toordinal()))


def of_today(those: Sequence[T]) -> T:
    """One of them, another each day, all of them in turn."""
    return those[DAY % len(those)]
